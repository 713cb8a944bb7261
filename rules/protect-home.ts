import {requireAtLeast} from 'unitlint/rule'

export default requireAtLeast({
  id: 'protect-home',
  directive: 'ProtectHome',
  value: 'yes',
  why: 'Keys, tokens, and mail below `/home` and `/root` are what an intruder looks for first.',
  unless: 'The service reads or writes home directories; `read-only` serves those that only read.',
})
