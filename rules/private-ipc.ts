import {requireAtLeast} from 'unitlint/rule'

export default requireAtLeast({
  id: 'private-ipc',
  directive: 'PrivateIPC',
  value: 'yes',
  why: 'System V and POSIX shared memory of other services can be read and changed by whoever shares their user.',
  unless: 'The service shares memory with others: databases with their tools, X clients.',
})
