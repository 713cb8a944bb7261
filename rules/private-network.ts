import {requireAtLeast} from 'unitlint/rule'

export default requireAtLeast({
  id: 'private-network',
  directive: 'PrivateNetwork',
  value: 'yes',
  why: 'A service that needs no network can still be made to send out what it reads.',
  unless: 'The service talks to anything beyond itself, a local D-Bus or DNS included.',
})
