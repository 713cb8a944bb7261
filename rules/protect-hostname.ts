import {requireAtLeast} from 'unitlint/rule'

export default requireAtLeast({
  id: 'protect-hostname',
  directive: 'ProtectHostname',
  value: 'yes',
  why: 'A changed host name confuses logs, mail, and every peer that trusts it.',
  unless: 'The service sets the host name, or must see it change.',
})
