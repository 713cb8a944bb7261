import {requireAtLeast} from 'unitlint/rule'

export default requireAtLeast({
  id: 'notify-access',
  directive: 'NotifyAccess',
  value: 'exec',
  why: 'With `all`, any process of the service can declare it ready, move its main process, or keep descriptors alive.',
  unless: 'Helpers that are no control processes send the notifications.',
  isDefault: true,
})
