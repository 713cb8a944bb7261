import type {AccessId} from '../facts/accesses.ts'
import {capabilities} from '../facts/accesses.ts'
import {namespaceAccess} from '../needs/denied-sets.ts'

/** An address of the Internet, as messages have it before a port. */
const address = String.raw`(?:\b\d{1,3}(?:\.\d{1,3}){3}|\[[\da-f:]*:[\da-f:]*\])`

/**
 * What a service was about when something failed, by the words of messages: the names of calls, and
 * what programs call them.
 *
 * Each with all that a denial of it may be called.
 */
const deeds: ReadonlyArray<readonly [told: RegExp, accesses: readonly AccessId[]]> = [
  [
    /\b[fl]?chown(?:at)?\b|ownership|(?:chang|sett|preserv)\w* (?:the )?owner|change owner|set owner|changing (?:user|group) of/i,
    ['CAP_CHOWN', '@chown', 'host-users'],
  ],
  [
    /\bset(?:re|res|fs|e)?[ug]id\b|\b(?:set|init)groups\b|(?:set|change|switch|drop)\w* (?:to )?(?:user|group|uid|gid|privileges|supplementary|identity)|cannot set (?:groups|user)|impersonat|assume identity|\brunas [ug]id\b|\b[ug]id=\d|(?:uid|gid) map|\buser (?:id|switching)\b/i,
    ['CAP_SETUID', 'CAP_SETGID', '@setuid', 'host-users'],
  ],
  [
    /\bf?chmod(?:at)?\b|chang\w* permissions|change mode|set(?:ting)? (?:mode|permissions) |set(?:ting)? times|utimens|timestamp|preserving (?:times|permissions)/i,
    ['CAP_FOWNER', 'suid-files', 'CAP_FSETID', '@file-system'],
  ],
  [
    /set-?user-?id|set-?group-?id|\bs[ug]id\b|rws|\+s\b/i,
    ['suid-files', 'CAP_FSETID', 'privileges-by-exec'],
  ],
  [
    /no new privileges|must be (?:set-?uid|owned by uid 0)|effective uid is not 0|setuid root|is it (?:set-?uid|installed setuid)|\bpkexec\b|\bnewuidmap\b|\bnewgidmap\b|fusermount|\bpostdrop\b|\bmaildrop\b|spool\/cron|\bcrontabs?\b/i,
    ['privileges-by-exec'],
  ],
  [/\b(?:sudo|su|runuser|doas): /i, ['CAP_SETUID', 'CAP_SETGID', '@setuid', 'privileges-by-exec']],
  [/\bsysctl\b|on key "\w+\./i, ['kernel-tunables']],
  [/\bpipe2?\b|shmget|shmat|msgget|semget|shared memory|\bmq_open\b/i, ['@ipc', 'shared-ipc']],
  [
    /\bmount\b|\bumount\b|\bpivot_root\b|make \/ slave|remount|unmount|mounting|loop device|overlay/i,
    ['@mount', 'CAP_SYS_ADMIN', 'host-mounts'],
  ],
  [/\bchroot\b|change root directory/i, ['CAP_SYS_CHROOT', '@mount']],
  [/\bmknod\b|device node|character special/i, ['CAP_MKNOD', 'raw-devices', '@file-system']],
  [
    /\bunshare\b|\bsetns\b|namespace|\bclone3?\b|CLONE_NEW|uid_map|gid_map|(?:uid|gid) map/i,
    [...Object.values(namespaceAccess), 'CAP_SYS_ADMIN', 'CAP_SETFCAP', '@mount', '@sandbox'],
  ],
  [/\bset(?:host|domain)name\b|host ?name/i, ['hostname', 'CAP_SYS_ADMIN', '@privileged']],
  [
    /settimeofday|clock_settime|clock_adjtime|adjtimex|set (?:the )?(?:system )?(?:clock|time|date)|\brtc\b|hwclock|hardware clock/i,
    ['clock', 'CAP_SYS_TIME', '@clock', 'raw-devices'],
  ],
  [
    /sched_set|real-?time (?:scheduling|priority)|SCHED_(?:FIFO|RR)|set policy|\bchrt\b/i,
    ['realtime', 'CAP_SYS_NICE', '@resources'],
  ],
  [
    /setpriority|\brenice\b|\bnice\b|set priority|ioprio|\bionice\b|affinity|mbind|migrate_pages|set_mempolicy|PRIO_PROCESS/i,
    ['CAP_SYS_NICE', '@resources', 'CAP_SYS_ADMIN'],
  ],
  [
    /set ?rlimit|prlimit|resource limit|\bulimit\b|RLIMIT|set limit/i,
    ['CAP_SYS_RESOURCE', '@resources'],
  ],
  [
    /\bmlock|\bmunlock|lock(?:ing)? memory|memlock|locked memory|secure memory/i,
    ['locked-memory', 'CAP_IPC_LOCK', '@memlock'],
  ],
  [
    /\bptrace\b|PTRACE_|attach(?:ing)? to process|process_vm_readv|pidfd_getfd/i,
    ['CAP_SYS_PTRACE', '@debug', 'other-processes'],
  ],
  [/perf_event|\bperf\b/i, ['@debug', 'CAP_PERFMON', 'CAP_SYS_ADMIN']],
  [/\bbpf\b|libbpf/i, ['CAP_BPF', 'CAP_SYS_ADMIN', '@privileged']],
  [/personality|ADDR_NO_RANDOMIZE|setarch/i, ['personality']],
  [
    /mprotect|writable for relocation|executable (?:memory|pages)|failed to map segment|\bJIT\b|code (?:cache|range|space|heap)|SetPermissions|allocate exec|W\^X|CodeRange|\bV8_Fatal\b|ffi_closure|libffi|PROT_EXEC|\bmmap\b/i,
    ['write-exec-memory'],
  ],
  [/\bkeyctl|add_key|request_key|keyring/i, ['other-keyrings', '@keyring']],
  [
    /\bsyslog\b.{0,60}(?:read|kernel)|klogctl|kernel (?:log|buffer|ring)|\/dev\/kmsg|\/proc\/kmsg|\bdmesg: /i,
    ['kernel-log', 'CAP_SYSLOG', '@privileged'],
  ],
  [
    /(?:init|finit|delete)_module|\bmodprobe\b|\binsmod\b|\brmmod\b|kernel module/i,
    ['kernel-modules', 'CAP_SYS_MODULE', '@module'],
  ],
  [/\bswapo(?:n|ff)\b/i, ['@swap', 'CAP_SYS_ADMIN']],
  [/\breboot\b|\bkexec/i, ['@reboot', 'CAP_SYS_BOOT']],
  [/\bioperm\b|\biopl\b|\/dev\/mem\b|\/dev\/port\b/i, ['@raw-io', 'CAP_SYS_RAWIO', 'raw-devices']],
  [
    /raw socket|SOCK_RAW|\bicmp\b|\bping6?:|packet socket|PF_PACKET|AF_PACKET|\bpcap\b|packet capture|\barping\b/i,
    ['CAP_NET_RAW', 'packet-sockets', '@network-io'],
  ],
  [
    /netlink|\brtnl\b|RTNETLINK|AF_NETLINK|iptables|ip6tables|nf_?tables|netfilter|process rule|ethtool|SIOCS|add (?:address|route)|TUNSETIFF|\btun\b/i,
    ['CAP_NET_ADMIN', 'netlink', 'host-network', 'raw-devices'],
  ],
  [
    /\bbind(?:ing)?\b|\blisten(?:ing)?\b|bind to|create_server/i,
    ['bind-ports', 'CAP_NET_BIND_SERVICE', 'inet', 'inet-local', 'unix-sockets'],
  ],
  [
    /\bconnect(?:ing|ion)?\b|\bsendto\b|\bsendmsg\b|unreachable|resol(?:ve|ution)/i,
    ['inet', 'inet-local', 'unix-sockets', 'host-network', '@network-io'],
  ],
  [
    new RegExp(String.raw`${address}:(?:\d{1,3}|10[01]\d|102[0-3])\b`),
    ['CAP_NET_BIND_SERVICE', 'bind-ports'],
  ],
  [
    /\bsocket(?:pair)?\b|address family|AF_\w+/i,
    ['CAP_NET_RAW', 'inet', 'inet-local', '@network-io'],
  ],
  [
    new RegExp(
      String.raw`^(?![^]*${address})[^]*(?:\bsocket(?:pair)?\b|address family|AF_\w+)`,
      'i',
    ),
    ['unix-sockets', 'netlink', 'packet-sockets', 'exotic-sockets'],
  ],
  [
    /\bAF_UNIX\b|unix socket|local socket|\/dev\/log|journald|\bD-?Bus\b|socket\(1,/i,
    ['unix-sockets', 'abstract-sockets'],
  ],
  [
    /\bcap_?set(?:_proc)?\b|capset|set \w* ?CAP_\w+|effective capability|capabilit(?:y|ies)/i,
    ['@privileged', 'CAP_SETPCAP', 'CAP_SETFCAP', ...capabilities],
  ],
  [
    /set(?:f|l)?xattr|security\.capability|set_file/i,
    ['CAP_SETFCAP', 'CAP_SYS_ADMIN', '@file-system'],
  ],
  [/chattr|immutable|append-only|setting flags|FS_IOC_SETFLAGS/i, ['CAP_LINUX_IMMUTABLE']],
  [
    /\bkill(?:ing)?\b.{0,60}(?:pid|process|\d)|\bpkill\b|send(?:ing)? signal|signal process/i,
    ['CAP_KILL', 'other-processes', 'host-users', 'host-pids'],
  ],
  [/random bytes|\burandom\b|entropy/i, ['pseudo-devices']],
  [
    /uptime|meminfo|cpuinfo|loadavg|load average|\/proc (?:is |must be )?(?:not )?mounted/i,
    ['proc-files'],
  ],
  [/timer_create|timerfd|\bsetitimer\b|event loop/i, ['@timer']],
  [/\bepoll|\beventfd/i, ['@io-event']],
  [/io_setup|io_submit|io_uring|libaio|native AIO/i, ['@aio']],
  [/pkey_/i, ['@pkey']],
  [/\bf?(?:data)?sync\b|msync|syncfs|write failed|flush/i, ['@sync']],
  [/open_by_handle|name_to_handle/i, ['CAP_DAC_READ_SEARCH', '@file-system']],
  [/\bquota/i, ['CAP_SYS_ADMIN', '@privileged']],
  [/\bcgroup/i, ['control-groups', 'host-control-groups', 'delegated-control-groups']],
  [/\bsd_notify\b|notification socket|NOTIFY_SOCKET/i, ['notify', 'child-notify', 'unix-sockets']],
  [/\bfuse\b|sshfs/i, ['raw-devices', 'host-mounts', 'privileges-by-exec', 'CAP_SYS_ADMIN']],
]

/** All that a message may tell the service to have been about; empty where it does not say. */
export function deedsIn(message: string): ReadonlySet<AccessId> {
  return new Set(deeds.flatMap(([told, accesses]) => (told.test(message) ? accesses : [])))
}
