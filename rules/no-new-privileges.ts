import {requireAtLeast} from 'unitlint/rule'

export default requireAtLeast({
  id: 'no-new-privileges',
  directive: 'NoNewPrivileges',
  value: 'yes',
  why: 'One exploitable set-user-ID program is enough to turn any service into root.',
  unless: 'The service starts `sudo`, `sendmail`, or other programs with privileges of their own.',
})
