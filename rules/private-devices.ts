import {requireAtLeast} from 'unitlint/rule'

export default requireAtLeast({
  id: 'private-devices',
  directive: 'PrivateDevices',
  value: 'yes',
  why: 'A compromised service can read and write disks, cameras, and other hardware through `/dev`.',
  unless: 'The service drives hardware: disks, serial ports, GPUs, tunnels.',
})
