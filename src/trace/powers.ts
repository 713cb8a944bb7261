import {capabilities} from '../facts/accesses.ts'
import type {AccessId, CapabilityId} from '../facts/accesses.ts'
import {hasFlag, numberOf} from './arguments.ts'
import {apart} from './facts.ts'
import type {Call, CallHandler} from './call.ts'

/** What calls about processes, memory and the kernel tell, by name. */
export const powerCalls: Readonly<Record<string, CallHandler>> = {
  setuid: (call) => becomes(call, 'CAP_SETUID', call.at(0), [call.at(0)]),
  setreuid: (call) => becomes(call, 'CAP_SETUID', call.at(1), [call.at(0), call.at(1)]),
  setresuid: (call) =>
    becomes(call, 'CAP_SETUID', call.at(1), [call.at(0), call.at(1), call.at(2)]),
  setfsuid: (call) => becomes(call, 'CAP_SETUID', undefined, [call.at(0)]),
  setgid: (call) => becomes(call, 'CAP_SETGID', undefined, [call.at(0)]),
  setregid: (call) => becomes(call, 'CAP_SETGID', undefined, [call.at(0), call.at(1)]),
  setresgid: (call) => becomes(call, 'CAP_SETGID', undefined, [call.at(0), call.at(1), call.at(2)]),
  setfsgid: (call) => becomes(call, 'CAP_SETGID', undefined, [call.at(0)]),
  setgroups: (call) => call.power('CAP_SETGID', 'sets its groups'),
  geteuid(call) {
    const user = numberOf(call.result)
    if (call.process.user === undefined) call.process.user = user
    // It ran a program that gave it the powers of root.
    else if (user === 0 && call.process.user !== 0 && !call.process.keepsPowers) {
      call.note('privileges-by-exec', 'becomes root by running a program')
      call.process.user = 0
    }
  },
  capset(call) {
    const [, permitted = ''] = /permitted=([^,}]*)/.exec(call.text) ?? []
    const named = capabilitiesIn(permitted)
    // Whoever takes all that there is takes what there is.
    if (named.length < 25)
      for (const name of named) call.note(name, 'keeps it among its capabilities')
    const [, inheritable = ''] = /inheritable=([^,}]*)/.exec(call.text) ?? []
    if (capabilitiesIn(inheritable).length > 0) call.power('CAP_SETPCAP', 'hands capabilities on')
  },
  prctl(call) {
    const [option = '', second = '', third = ''] = call.arguments
    if (option === 'PR_SET_NO_NEW_PRIVS' && call.isDone) call.process.isBarred = true
    if (option === 'PR_SET_KEEPCAPS' && call.isDone)
      call.process.keepsPowers = numberOf(second) === 1
    if (option === 'PR_CAPBSET_DROP' || option === 'PR_SET_SECUREBITS')
      call.power('CAP_SETPCAP', 'gives up capabilities for good')
    if (option === 'PR_CAP_AMBIENT' && second === 'PR_CAP_AMBIENT_RAISE')
      for (const name of capabilitiesIn(third))
        call.note(name, 'hands it on to programs that it runs')
    if (option === 'PR_SET_SECCOMP') filters(call)
    if (option === 'PR_SET_MM') call.power('CAP_SYS_RESOURCE', 'changes its memory map')
  },
  seccomp(call) {
    if (hasFlag(call.at(0), 'SECCOMP_SET_MODE_FILTER')) filters(call)
  },
  kill: (call) => signalled(call, call.at(0)),
  tkill: (call) => signalled(call, call.at(0)),
  tgkill: (call) => signalled(call, call.at(0)),
  rt_sigqueueinfo: (call) => signalled(call, call.at(0)),
  pidfd_send_signal: (call) => call.power('CAP_KILL', 'sends signals'),
  ptrace: (call) => watches(call, call.at(0) === 'PTRACE_TRACEME' ? undefined : 'traces processes'),
  process_vm_readv: (call) => watches(call, 'reads the memory of processes'),
  process_vm_writev: (call) => watches(call, 'writes to the memory of processes'),
  kcmp: (call) => watches(call, 'compares processes'),
  pidfd_getfd: (call) => watches(call, 'takes files of processes'),

  setpriority: (call) => nicer(call, call.at(2)),
  nice: (call) => nicer(call, call.at(0)),
  ioprio_set(call) {
    if (call.text.includes('IOPRIO_CLASS_RT'))
      call.power('CAP_SYS_NICE', 'asks for input and output before all others')
  },
  sched_setscheduler: (call) => scheduled(call, call.at(1)),
  sched_setattr: (call) => scheduled(call, call.at(1)),
  sched_setparam(call) {
    if (/\[[1-9]/.test(call.at(1) ?? '')) call.note('realtime', 'sets its real-time priority')
  },
  sched_setaffinity(call) {
    const pid = numberOf(call.at(0))
    if (pid !== undefined && pid !== 0 && pid !== call.process.pid)
      call.power('CAP_SYS_NICE', 'chooses processors for other processes')
  },
  setrlimit: (call) => limited(call, call.at(0), call.at(1), undefined),
  prlimit64: (call) => limited(call, call.at(1), call.at(2), call.at(3)),
  getrlimit(call) {
    if (call.isDone) remember(call, call.at(0) ?? '', maximumIn(call.at(1)))
  },

  mlock: locks,
  mlock2: locks,
  mlockall: locks,
  mmap(call) {
    const protection = call.at(2)
    if (hasFlag(protection, 'PROT_WRITE') && hasFlag(protection, 'PROT_EXEC') && call.isDone)
      call.note('write-exec-memory', 'maps memory that is writable and executable')
    if (hasFlag(call.at(3), 'MAP_LOCKED')) locks(call)
  },
  mprotect: (call) => executable(call, call.at(2)),
  pkey_mprotect: (call) => executable(call, call.at(2)),
  shmat(call) {
    if (hasFlag(call.at(2), 'SHM_EXEC')) call.note('write-exec-memory', 'runs shared memory')
  },
  shmget: (call) => shares(call),
  semget: (call) => shares(call),
  msgget: (call) => shares(call),
  shmctl(call) {
    if (hasFlag(call.at(1), 'SHM_LOCK')) locks(call)
  },

  unshare: (call) => parted(call, call.at(0) ?? ''),
  clone: (call) => parted(call, call.text),
  clone3: (call) => parted(call, call.text),
  setns(call) {
    const kinds = namespacesIn(call.at(1) ?? '')
    for (const kind of kinds.length > 0 ? kinds : namespaces.map(([, access]) => access))
      call.note(kind, 'enters namespaces')
    call.power('CAP_SYS_ADMIN', 'enters namespaces')
  },
  mount: (call) => mounts(call),
  umount2: (call) => mounts(call),
  umount: (call) => mounts(call),
  pivot_root: (call) => mounts(call),
  move_mount: (call) => mounts(call),
  fsmount: (call) => mounts(call),
  open_tree(call) {
    if (hasFlag(call.at(2), 'OPEN_TREE_CLONE')) mounts(call)
  },
  mount_setattr: (call) => mounts(call),

  personality(call) {
    const persona = call.at(0) ?? ''
    if (persona !== '0xffffffff' && !/^(?:0|PER_LINUX)$/.test(persona))
      call.note('personality', 'calls `personality`')
  },
  sethostname: (call) => named(call),
  setdomainname: (call) => named(call),
  settimeofday: (call) => times(call),
  clock_settime: (call) => times(call),
  clock_settime64: (call) => times(call),
  adjtimex: (call) => tunes(call),
  clock_adjtime: (call) => tunes(call),
  clock_adjtime64: (call) => tunes(call),
  timerfd_create(call) {
    if ((call.at(0) ?? '').endsWith('_ALARM')) call.note('CAP_WAKE_ALARM', 'wakes the machine')
  },
  syslog: (call) => {
    call.note('kernel-log', 'calls `syslog`')
    call.power('CAP_SYSLOG', 'calls `syslog`')
  },
  init_module: (call) => modules(call),
  finit_module: (call) => modules(call),
  delete_module: (call) => modules(call),
  add_key: (call) => call.note('other-keyrings', 'adds keys'),
  request_key: (call) => call.note('other-keyrings', 'asks for keys'),
  keyctl: (call) => call.note('other-keyrings', 'manages keys'),
  bpf: (call) => {
    call.note('CAP_BPF', 'calls `bpf`')
    call.note('host-bpf', 'calls `bpf`')
    call.power('CAP_SYS_ADMIN', 'calls `bpf`')
  },
  perf_event_open: (call) => call.note('CAP_PERFMON', 'calls `perf_event_open`'),
  iopl: (call) => call.note('CAP_SYS_RAWIO', 'calls `iopl`'),
  ioperm: (call) => call.note('CAP_SYS_RAWIO', 'calls `ioperm`'),
  reboot: (call) => call.note('CAP_SYS_BOOT', 'calls `reboot`'),
  kexec_load: (call) => call.note('CAP_SYS_BOOT', 'calls `kexec_load`'),
  kexec_file_load: (call) => call.note('CAP_SYS_BOOT', 'calls `kexec_file_load`'),
  swapon: (call) => call.power('CAP_SYS_ADMIN', 'calls `swapon`'),
  swapoff: (call) => call.power('CAP_SYS_ADMIN', 'calls `swapoff`'),
  vhangup: (call) => call.power('CAP_SYS_TTY_CONFIG', 'calls `vhangup`'),
  ioctl(call) {
    const request = call.at(1) ?? ''
    if (/\bRTC_(?:SET_TIME|WKALM_SET|ALM_SET|AIE_ON)\b/.test(request)) times(call)
    if (/\b(?:VT_|KD|TIOCSTI|TIOCCONS)\w*/.test(request) && !/\bKDGKB\w*|\bVT_GET\w*/.test(request))
      call.power('CAP_SYS_TTY_CONFIG', 'sets up terminals')
    if (/\bTIOC(?:STI|CONS)\b|\bBLK\w*SET|\bLOOP_\w+/.test(request))
      call.power('CAP_SYS_ADMIN', 'sets up devices')
  },
  epoll_ctl(call) {
    if (call.text.includes('EPOLLWAKEUP'))
      call.power('CAP_BLOCK_SUSPEND', 'keeps the machine awake')
  },
}

function becomes(
  call: Call,
  access: CapabilityId,
  effective: string | undefined,
  ids: ReadonlyArray<string | undefined>,
): void {
  const {process} = call
  const others = ids.filter(
    (id) =>
      id !== undefined &&
      !['-1', '4294967295', '0', access === 'CAP_SETUID' ? String(process.user) : '0'].includes(id),
  )
  if (others.length > 0)
    call.power(access, access === 'CAP_SETUID' ? 'becomes another user' : 'becomes another group')
  const next = numberOf(effective)
  if (!call.isDone || next === undefined || next < 0 || next === 4_294_967_295) return
  // The one that is left as root ends it.
  if (call.isPowerful && next !== 0 && !process.isFirst)
    call.note('CAP_KILL', 'has processes of other users')
  process.user = next
}

function capabilitiesIn(text: string): readonly CapabilityId[] {
  const named = new Set<string>(text.match(/CAP_[A-Z_]{2,24}/g))
  return capabilities.filter((name) => named.has(name))
}

/** Without no_new_privs, only who has this may filter system calls (seccomp(2)). */
function filters(call: Call): void {
  if (!call.process.isBarred && call.isDone)
    call.power('CAP_SYS_ADMIN', 'filters system calls without having given up privileges')
}

function signalled(call: Call, target: string | undefined): void {
  const pid = numberOf(target?.replace(/<.*$/s, ''))
  if (pid === undefined || pid === call.process.pid) return
  const other = pid > 0 ? call.fellow(pid) : undefined
  if (pid > 0 && !other) call.note('host-pids', 'sends signals to processes of others')
  if (other?.user !== undefined && other.user === call.process.user) return
  call.power('CAP_KILL', 'sends signals to processes of other users')
}

function watches(call: Call, clause: string | undefined): void {
  if (clause === undefined) return
  call.power('CAP_SYS_PTRACE', clause)
  call.note('other-processes', clause)
}

function nicer(call: Call, value: string | undefined): void {
  const level = numberOf(value)
  if (level !== undefined && level < 0) call.power('CAP_SYS_NICE', 'raises its priority')
}

function scheduled(call: Call, how: string | undefined): void {
  const isRealTime = /\bSCHED_(?:FIFO|RR|DEADLINE)\b/.test(how ?? '')
  if (!isRealTime) return
  call.note('realtime', 'asks for real-time scheduling')
  call.power('CAP_SYS_NICE', 'asks for real-time scheduling')
}

function limited(
  call: Call,
  resource: string | undefined,
  next: string | undefined,
  before: string | undefined,
): void {
  if (resource === undefined) return
  const known = maximumIn(before) ?? call.process.limits.get(resource)
  const wanted = next === 'NULL' ? undefined : maximumIn(next)
  if (wanted !== undefined && (known === undefined || wanted > known))
    call.power(
      'CAP_SYS_RESOURCE',
      `raises \`${/^RLIMIT_\w{1,16}$/.exec(resource)?.[0] ?? 'a limit'}\``,
    )
  if (call.isDone) remember(call, resource, wanted ?? known)
}

function remember(call: Call, resource: string, maximum: number | undefined): void {
  const {process} = call
  if (maximum === undefined || process.limits.get(resource) === maximum || process.limits.size > 64)
    return
  process.limits = new Map([...process.limits, [apart(resource), maximum]])
}

/** The hard limit in a structure: a number, a product such as `8192*1024`, or none. */
function maximumIn(text: string | undefined): number | undefined {
  const [, value] = /rlim_max=([\w*]{1,30})/.exec(text ?? '') ?? []
  if (value === undefined) return undefined
  if (value.endsWith('INFINITY')) return Infinity
  return value.split('*').reduce((product, factor) => product * Number(factor), 1)
}

function locks(call: Call): void {
  if (!call.isDone) return
  call.note('locked-memory', 'locks memory')
  call.power('CAP_IPC_LOCK', 'locks memory')
}

function executable(call: Call, protection: string | undefined): void {
  if (hasFlag(protection, 'PROT_EXEC') && call.isDone)
    call.note('write-exec-memory', 'makes memory executable')
}

function shares(call: Call): void {
  call.note('lasting-ipc', `calls \`${call.name}\``)
  if (call.at(0) !== 'IPC_PRIVATE' && call.at(0) !== '0') {
    call.note('shared-ipc', `calls \`${call.name}\``)
    call.power('CAP_IPC_OWNER', `calls \`${call.name}\``)
  }
}

const namespaces: ReadonlyArray<readonly [flag: string, access: AccessId]> = [
  ['CLONE_NEWUSER', 'user-namespaces'],
  ['CLONE_NEWNS', 'mount-namespaces'],
  ['CLONE_NEWNET', 'network-namespaces'],
  ['CLONE_NEWPID', 'process-namespaces'],
  ['CLONE_NEWIPC', 'ipc-namespaces'],
  ['CLONE_NEWUTS', 'host-name-namespaces'],
  ['CLONE_NEWCGROUP', 'control-group-namespaces'],
  ['CLONE_NEWTIME', 'time-namespaces'],
]

function namespacesIn(flags: string): readonly AccessId[] {
  return flags.includes('CLONE_NEW')
    ? namespaces.filter(([flag]) => hasFlag(flags, flag)).map(([, access]) => access)
    : []
}

function parted(call: Call, flags: string): void {
  const kinds = namespacesIn(flags)
  for (const kind of kinds) call.note(kind, 'makes namespaces')
  if (kinds.length > 0 && !kinds.includes('user-namespaces'))
    call.power('CAP_SYS_ADMIN', 'makes namespaces')
  if (call.name === 'unshare' && call.isDone && kinds.includes('mount-namespaces'))
    call.process.hasOwnMounts = true
}

function mounts(call: Call): void {
  if (!call.process.hasOwnMounts) call.note('host-mounts', `calls \`${call.name}\``)
  call.power('CAP_SYS_ADMIN', `calls \`${call.name}\``)
}

function named(call: Call): void {
  call.note('hostname', `calls \`${call.name}\``)
  call.power('CAP_SYS_ADMIN', `calls \`${call.name}\``)
}

function times(call: Call): void {
  call.note('clock', `calls \`${call.name}\``)
  call.note('CAP_SYS_TIME', `calls \`${call.name}\``)
}

/** To ask for nothing is to read (adjtimex(2)). */
function tunes(call: Call): void {
  if (!/modes=0\b/.test(call.text)) times(call)
}

function modules(call: Call): void {
  call.note('kernel-modules', `calls \`${call.name}\``)
  call.note('CAP_SYS_MODULE', `calls \`${call.name}\``)
}
