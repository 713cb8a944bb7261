import {requireAtLeast} from 'unitlint/rule'

export default requireAtLeast({
  id: 'private-mounts',
  directive: 'PrivateMounts',
  value: 'yes',
  why: 'Mounts made by the service, or by whoever took it over, appear on the whole host.',
  unless: 'The service mounts file systems for others to see.',
})
