import {requireAtLeast} from 'unitlint/rule'

export default requireAtLeast({
  id: 'protect-kernel-tunables',
  directive: 'ProtectKernelTunables',
  value: 'yes',
  why: 'Writing to `/proc/sys` and `/sys` changes how the kernel treats every process.',
  unless: 'The service sets kernel variables, or controls hardware through `/sys`.',
})
