import {requireAtLeast} from 'unitlint/rule'

export default requireAtLeast({
  id: 'private-users',
  directive: 'PrivateUsers',
  value: 'yes',
  why: 'The service sees, and with privileges can act on, the files and processes of every user.',
  unless:
    'The service changes owners, needs capabilities outside itself, or serves files of several users.',
})
