import {requireAtLeast} from 'unitlint/rule'

export default requireAtLeast({
  id: 'protect-kernel-logs',
  directive: 'ProtectKernelLogs',
  value: 'yes',
  why: 'The kernel log holds addresses that make exploits reliable, and can be cleared to hide traces.',
  unless: 'The service reads or forwards the kernel log.',
})
