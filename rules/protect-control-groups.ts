import {requireAtLeast} from 'unitlint/rule'

export default requireAtLeast({
  id: 'protect-control-groups',
  directive: 'ProtectControlGroups',
  value: 'yes',
  why: 'A privileged service can change the limits of every other service, or leave its own.',
  unless: 'The service manages control groups: container managers, service supervisors.',
})
