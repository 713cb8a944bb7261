import {defineRule, fixBy, lines, services, set, unitNames} from 'unitlint/rule'

/** Nodes through which memory and every disk can be reached. */
const powerful = /^(?:\/dev\/(?:mem|kmem|port)|block-\*|char-\*|block-sd|block-nvme|block-blkext)$/

/** What a private `/dev` has as well (systemd.exec(5), "PrivateDevices="). */
const pseudo =
  /^\/dev\/(?:null|zero|full|random|urandom|tty|ptmx|pts\/.*|fd|stdin|stdout|stderr|log|shm|mqueue)$/

/** All devices in sight, and of them only those that are listed can be opened. */
const fix = fixBy(
  'unsafe',
  [set('Service', 'PrivateDevices', 'no'), set('Service', 'DevicePolicy', 'closed')],
  'Set `PrivateDevices=no` and `DevicePolicy=closed`',
)

export default defineRule({
  id: 'device-allow',
  directives: ['DeviceAllow'],
  summary: 'Allow devices that arrive, and not all of them',
  why: 'A private `/dev` holds no device of the machine, whatever is allowed; access to all disks or to memory is access to everything.',
  on: {...services, ...lines('DeviceAllow')},
  fixesHangOn: ['DeviceAllow', 'PrivateDevices', 'BindPaths', 'BindReadOnlyPaths'],
  messages: {
    absent:
      'Unexpected `DeviceAllow={device}` with `PrivateDevices=yes`, expected `BindPaths={device}` as well',
    powerful: 'Unexpected `DeviceAllow={device}`, access to all of the machine',
  },
  *check(unit) {
    if (unit.type !== 'service' || !unit.isReadable) return
    const bound = [...unit.values('BindPaths'), ...unit.values('BindReadOnlyPaths')]
    const isPrivate = unit.settings.PrivateDevices.value === 'yes'
    for (const at of unit.values('DeviceAllow')) {
      const device = at.words[0]?.text ?? ''
      if (powerful.test(device) && !unitNames.isProvided(unit.name, unit))
        yield {message: 'powerful', data: {device}, at}
      const isMissing = isPrivate && device.startsWith('/dev/') && !pseudo.test(device)
      if (isMissing && !bound.some(({value}) => value.includes(device)))
        yield {message: 'absent', data: {device}, at, fix}
    }
  },
  examples: {
    bad: [
      '[Service]\nExecStart=/usr/bin/example\nPrivateDevices=yes\nDeviceAllow=/dev/fuse rw\n',
      '[Service]\nExecStart=/usr/bin/example\nDeviceAllow=/dev/mem\n',
    ],
    good: [
      '[Service]\nExecStart=/usr/bin/example\nDevicePolicy=closed\nDeviceAllow=/dev/fuse rw\n',
    ],
  },
})
