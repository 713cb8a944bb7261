import {requireAtLeast} from 'unitlint/rule'

export default requireAtLeast({
  id: 'restrict-suid-sgid',
  directive: 'RestrictSUIDSGID',
  value: 'yes',
  why: 'A set-user-ID file left behind gives the next local user the rights of the service.',
  unless: 'The service makes set-group-ID directories or restores archives that hold such files.',
})
