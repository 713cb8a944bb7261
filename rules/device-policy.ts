import {requireAtLeast} from 'unitlint/rule'

export default requireAtLeast({
  id: 'device-policy',
  directive: 'DevicePolicy',
  value: 'closed',
  why: 'Without a device policy, a service with privileges can make and open any device node.',
  unless:
    'The service opens devices beyond `/dev/null` and its like without `DeviceAllow=` lines for them.',
})
