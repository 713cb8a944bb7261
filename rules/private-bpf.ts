import {requireAtLeast} from 'unitlint/rule'

export default requireAtLeast({
  id: 'private-bpf',
  directive: 'PrivateBPF',
  value: 'yes',
  why: 'The BPF programs and maps that others have pinned tell what they watch, and root can change them.',
  unless:
    'The service loads, reads or pins BPF programs for the whole machine, or runs in a container without `/sys/fs/bpf`, where it would not start.',
})
