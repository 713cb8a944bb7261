import {requireAtLeast} from 'unitlint/rule'

export default requireAtLeast({
  id: 'protect-proc',
  directive: 'ProtectProc',
  value: 'invisible',
  why: 'Command lines and environments of other users’ processes often hold secrets.',
  unless: 'The service watches or manages processes of other users.',
})
