import {requireAtLeast} from 'unitlint/rule'

export default requireAtLeast({
  id: 'private-pids',
  directive: 'PrivatePIDs',
  value: 'yes',
  why: 'The service sees every process of the host and can signal those of its user.',
  unless:
    'The service forks into the background, manages other processes, or speaks to systemd about itself.',
})
