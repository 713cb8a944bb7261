import {requireAtLeast} from 'unitlint/rule'

export default requireAtLeast({
  id: 'remove-ipc',
  directive: 'RemoveIPC',
  value: 'yes',
  why: 'Shared memory and queues that a stopped service leaves behind can be read by the next process of that user.',
  unless: 'Several services share the user and its shared memory, as with PostgreSQL.',
  context: 'User=example\n',
})
