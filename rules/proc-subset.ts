import {requireAtLeast} from 'unitlint/rule'

export default requireAtLeast({
  id: 'proc-subset',
  directive: 'ProcSubset',
  value: 'pid',
  why: '`/proc` tells about hardware, memory, and network of the host, and holds its tunables.',
  unless: 'The service reads files such as `/proc/meminfo`, as most runtimes and monitors do.',
})
