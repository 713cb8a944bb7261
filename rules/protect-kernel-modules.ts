import {requireAtLeast} from 'unitlint/rule'

export default requireAtLeast({
  id: 'protect-kernel-modules',
  directive: 'ProtectKernelModules',
  value: 'yes',
  why: 'A privileged service that loads a kernel module owns the machine.',
  unless:
    'The service loads kernel modules itself, or through tools such as `iptables` and `mount`.',
})
