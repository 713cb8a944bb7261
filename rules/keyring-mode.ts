import {requireAtLeast} from 'unitlint/rule'

export default requireAtLeast({
  id: 'keyring-mode',
  directive: 'KeyringMode',
  value: 'private',
  why: 'Keys that others left in a shared kernel keyring can be read and used.',
  unless: 'The service uses keys of the user keyring: Kerberos, encrypted file systems.',
  isDefault: true,
})
