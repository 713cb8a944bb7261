import {namespaceIds} from '../../facts/accesses.ts'
import type {AccessId} from '../../facts/accesses.ts'

/** What functions or libraries need that a program takes. */
export interface ImportRow {
  /** Names, separated by spaces; of libraries one that stands before `.so`, `*` for any end. */
  readonly names: string
  readonly needs: readonly AccessId[]
  /**
   * `sure`: whoever takes it uses it for this. `weak`: programs take it for other ends as well, or
   * can do without, so that a closed profile knows better. Absent: between them, so that whoever
   * knows the program knows better.
   */
  readonly grade?: 'sure' | 'weak'
}

/** Who knows better than what a row says, as in `Sign`. */
export function yieldingOf(grade: ImportRow['grade']): 'production' | 'tables' | 'profile' {
  return grade === 'sure' ? 'production' : grade === 'weak' ? 'profile' : 'tables'
}

/**
 * What a program takes of its own accord: cgo has every program of Go take all functions by which a
 * process becomes another user.
 */
export function ownImports(imports: readonly string[]): readonly string[] {
  const all = new Set(imports)
  return ofCgo.every((name) => all.has(name))
    ? imports.filter((name) => !ofCgo.includes(name))
    : imports
}

const ofCgo = 'setegid seteuid setgid setgroups setregid setresgid setresuid setreuid setuid'.split(
  ' ',
)

const becoming = ['@setuid', '@privileged'] as const satisfies readonly AccessId[]
const mounting = [
  '@mount',
  '@privileged',
  'CAP_SYS_ADMIN',
  'host-mounts',
  'superuser',
] as const satisfies readonly AccessId[]
const namespaces = [...namespaceIds, 'time-namespaces'] as const satisfies readonly AccessId[]

/**
 * Those that services keep when they set their own list: `capset()` fails as a whole where one of
 * it is missing.
 */
const keptByList = [
  'CAP_CHOWN',
  'CAP_DAC_OVERRIDE',
  'CAP_DAC_READ_SEARCH',
  'CAP_FOWNER',
  'CAP_FSETID',
  'CAP_KILL',
  'CAP_SETGID',
  'CAP_SETUID',
  'CAP_SETPCAP',
  'CAP_NET_BIND_SERVICE',
  'CAP_NET_ADMIN',
  'CAP_NET_RAW',
  'CAP_SYS_ADMIN',
  'CAP_SYS_CHROOT',
  'CAP_SYS_NICE',
  'CAP_SYS_PTRACE',
  'CAP_SYS_RESOURCE',
  'CAP_SYS_TIME',
  'CAP_IPC_LOCK',
  'CAP_AUDIT_WRITE',
  'CAP_SYSLOG',
  '@privileged',
] as const satisfies readonly AccessId[]

/**
 * What functions of the C library, and of a few others, need of the kernel (the manual of each).
 */
export const functionRows: readonly ImportRow[] = [
  {names: 'chroot', needs: ['CAP_SYS_CHROOT', '@mount', '@privileged'], grade: 'sure'},
  {
    names:
      'mount umount umount2 pivot_root fsopen fsmount move_mount open_tree mount_setattr mnt_context_mount',
    needs: mounting,
    grade: 'sure',
  },
  {names: 'unshare setns', needs: [...namespaces, 'CAP_SYS_ADMIN', 'CAP_SYS_CHROOT', 'host-users']},
  {names: 'clone', needs: namespaces, grade: 'weak'},
  {
    names: 'sethostname setdomainname',
    needs: ['hostname', 'CAP_SYS_ADMIN', '@privileged'],
    grade: 'sure',
  },
  {
    names: 'settimeofday clock_settime stime adjtime',
    needs: ['clock', '@clock', '@privileged', 'CAP_SYS_TIME'],
    grade: 'sure',
  },
  // Read only, too: `@clock` has the same call.
  {
    names: 'adjtimex clock_adjtime ntp_adjtime ntp_gettime ntp_gettimex',
    needs: ['clock', '@clock', '@privileged', 'CAP_SYS_TIME'],
    grade: 'sure',
  },
  {
    names:
      'init_module finit_module delete_module kmod_module_insert_module kmod_module_probe_insert_module',
    needs: ['kernel-modules', '@module', '@privileged', 'CAP_SYS_MODULE'],
    grade: 'sure',
  },
  {
    names: 'iopl ioperm',
    needs: ['@raw-io', '@privileged', 'CAP_SYS_RAWIO', 'raw-devices'],
    grade: 'sure',
  },
  {
    names: 'swapon swapoff',
    needs: ['@swap', '@privileged', 'CAP_SYS_ADMIN', 'raw-devices'],
    grade: 'sure',
  },
  {names: 'reboot', needs: ['@reboot', '@privileged', 'CAP_SYS_BOOT'], grade: 'sure'},
  {names: 'klogctl', needs: ['kernel-log', 'CAP_SYSLOG'], grade: 'sure'},
  {
    names: 'ptrace process_vm_readv process_vm_writev',
    needs: ['@debug', 'CAP_SYS_PTRACE', 'other-processes', 'host-pids'],
  },
  {names: 'personality', needs: ['personality', 'foreign-abi'], grade: 'sure'},
  {names: 'acct', needs: ['CAP_SYS_PACCT', '@privileged'], grade: 'sure'},
  {names: 'quotactl', needs: ['CAP_SYS_ADMIN', '@privileged']},
  {names: 'fanotify_init fanotify_mark', needs: ['CAP_SYS_ADMIN', '@privileged', 'host-mounts']},
  {names: 'open_by_handle_at', needs: ['CAP_DAC_READ_SEARCH', '@privileged']},
  {names: 'openat2', needs: ['suid-files'], grade: 'sure'},
  {names: 'capset cap_set_proc cap_launch capng_apply capng_change_id', needs: keptByList},
  {
    names: 'setuid seteuid setreuid setresuid setfsuid',
    needs: [...becoming, 'CAP_SETUID'],
    grade: 'sure',
  },
  {
    names: 'setgid setegid setregid setresgid setgroups initgroups setfsgid',
    needs: [...becoming, 'CAP_SETGID'],
    grade: 'sure',
  },
  {
    names: 'chown lchown fchown fchownat',
    needs: ['CAP_CHOWN', '@chown', '@privileged'],
    grade: 'weak',
  },
  {names: 'kill killpg sigqueue pidfd_send_signal', needs: ['CAP_KILL'], grade: 'weak'},
  {
    names:
      'setrlimit setrlimit64 prlimit prlimit64 sched_setaffinity pthread_setaffinity_np pthread_attr_setaffinity_np mbind set_mempolicy migrate_pages numa_set_membind numa_bind numa_run_on_node',
    needs: ['@resources'],
    grade: 'weak',
  },
  {names: 'setpriority nice', needs: ['@resources'], grade: 'weak'},
  {
    names:
      'sched_setscheduler sched_setparam sched_setattr pthread_setschedparam pthread_setschedprio pthread_attr_setschedpolicy',
    needs: ['@resources', 'CAP_SYS_NICE', 'realtime'],
    grade: 'weak',
  },
  // Some do without where they may not, some do not start (pcre2jit(3)).
  {
    names: 'pcre2_jit_compile_8 pcre2_jit_compile_16 pcre2_jit_compile_32',
    needs: ['write-exec-memory'],
  },
  {names: 'mlockall', needs: ['locked-memory', '@memlock', 'CAP_IPC_LOCK'], grade: 'weak'},
  {names: 'mlock mlock2 munlock', needs: ['locked-memory', '@memlock'], grade: 'weak'},
  {names: 'shmget semget msgget', needs: ['shared-ipc', 'lasting-ipc'], grade: 'weak'},
  // Its queues are those of a namespace of IPC (mq_overview(7)).
  {names: 'mq_open', needs: ['shared-ipc', 'lasting-ipc']},
  {names: 'shm_open sem_open', needs: ['lasting-ipc'], grade: 'weak'},
  {names: 'mknod mknodat __xmknod __xmknodat', needs: ['CAP_MKNOD'], grade: 'weak'},
  {
    names: 'add_key request_key keyctl keyctl_join_session_keyring keyctl_search',
    needs: ['other-keyrings', '@keyring'],
    grade: 'sure',
  },
  {names: 'getifaddrs if_nameindex', needs: ['netlink', 'host-network'], grade: 'sure'},
  {names: 'getloadavg', needs: ['proc-files'], grade: 'weak'},
  {names: 'syslog vsyslog __syslog_chk __vsyslog_chk', needs: ['unix-sockets'], grade: 'sure'},
  {
    names: 'sd_notify sd_notifyf sd_pid_notify sd_notify_barrier',
    needs: ['notify', 'unix-sockets'],
    grade: 'sure',
  },
  {
    names: 'getspnam getspnam_r getspent',
    needs: ['root-files', 'CAP_DAC_READ_SEARCH', 'CAP_DAC_OVERRIDE'],
    grade: 'weak',
  },
  {
    names: 'pututxline updwtmp updwtmpx login logout logwtmp',
    needs: ['write-anywhere', 'root-files'],
    grade: 'weak',
  },
  {
    names: 'audit_open audit_log_user_message audit_log_acct_message',
    needs: ['netlink', 'CAP_AUDIT_WRITE'],
  },
  {
    names: 'pam_start',
    needs: [
      'privileges-by-exec',
      'root-files',
      'CAP_AUDIT_WRITE',
      'CAP_SETUID',
      'CAP_SETGID',
      '@setuid',
      'netlink',
    ],
  },
]

/** What libraries are for. */
export const libraryRows: readonly ImportRow[] = [
  {
    names: 'libpam',
    needs: ['privileges-by-exec', 'root-files', 'CAP_AUDIT_WRITE', 'netlink', 'unix-sockets'],
  },
  {
    names:
      'libluajit-5.1 libjvm libnode libv8 libmozjs-* libjavascriptcoregtk-* libLLVM libLLVM-* libgccjit libmonosgen-2.0 libcoreclr libwasmtime libwasmer libffcall',
    needs: ['write-exec-memory'],
  },
  {
    names: 'libpcap',
    needs: [
      'packet-sockets',
      'CAP_NET_RAW',
      'CAP_NET_ADMIN',
      'netlink',
      'exotic-sockets',
      'host-network',
    ],
  },
  {
    names:
      'libusb-1.0 libusb-0.1 libhidapi-* libftdi libftdi1 libudev libgpiod libi2c libgphoto2 libsane libpcsclite libv4l2 libdrm libinput libsensors libpci libsmbios_c',
    needs: ['raw-devices'],
  },
  {names: 'libudev libusb-1.0', needs: ['netlink', 'kernel-tunables', 'host-network']},
  {
    names: 'libnl-3 libnl-genl-3 libnl-route-3 libmnl libnetlink libnfnetlink libnetfilter_*',
    needs: ['netlink', 'host-network', 'CAP_NET_ADMIN', 'kernel-modules'],
  },
  {
    names: 'libxtables libnftables libnftnl libip4tc libip6tc libiptc libipset',
    needs: [
      'netlink',
      'host-network',
      'CAP_NET_ADMIN',
      'CAP_NET_RAW',
      'kernel-modules',
      'kernel-tunables',
    ],
  },
  {names: 'libbluetooth', needs: ['exotic-sockets', 'CAP_NET_ADMIN', 'CAP_NET_RAW', 'raw-devices']},
  {names: 'libsystemd', needs: ['unix-sockets', 'notify']},
  {names: 'libdbus-1', needs: ['unix-sockets']},
  {
    names: 'libasound libjack libpulse libpipewire-0.3',
    needs: ['raw-devices', 'realtime', 'shared-ipc'],
  },
  {
    names: 'libX11 libxcb libwayland-client libwayland-server',
    needs: ['shared-tmp', 'abstract-sockets', 'shared-ipc', 'unix-sockets'],
  },
  {
    names: 'libcuda libOpenCL libGL libEGL libvulkan libnvidia-*',
    needs: ['raw-devices', 'shared-ipc', 'proc-files'],
  },
  {
    names: 'libproc2 libprocps libprocps* libstatgrab',
    needs: ['other-processes', 'proc-files', 'host-pids'],
  },
  {
    names:
      'libvirt libdevmapper libcryptsetup libblkid liblvm2* libparted libmount libbtrfs libbtrfsutil libzfs',
    needs: ['raw-devices', 'CAP_SYS_ADMIN', 'kernel-tunables', 'host-mounts'],
  },
  {names: 'libkmod', needs: ['kernel-modules', '@module', 'CAP_SYS_MODULE']},
  {names: 'libseccomp', needs: ['@sandbox']},
  {
    names: 'libfuse libfuse3',
    needs: ['privileges-by-exec', 'raw-devices', 'host-mounts', '@mount', 'CAP_SYS_ADMIN'],
  },
  {names: 'libibverbs librdmacm libnuma', needs: ['proc-files', 'kernel-tunables'], grade: 'weak'},
  {names: 'libkeyutils', needs: ['other-keyrings', '@keyring']},
]

/**
 * What is not needed where none of some functions is taken: by a program, nor by any library of its
 * own.
 */
export interface AbsenceRow {
  readonly lacks: readonly AccessId[]
  /** Names of functions, separated by spaces. */
  readonly without: string
}

const settingUsers =
  'setuid seteuid setreuid setresuid setfsuid setgid setegid setregid setresgid setgroups initgroups setfsgid'
const chowning = 'chown lchown fchown fchownat chown32'
const listing =
  'capset prctl cap_set_proc cap_set_flag cap_launch cap_setgroups cap_setuid capng_apply capng_change_id'
const sending = 'kill killpg sigqueue tgkill pidfd_send_signal pthread_sigqueue'
const mountingCalls =
  'chroot mount umount umount2 pivot_root fsopen fsmount move_mount open_tree mount_setattr setns unshare'
const clocks =
  'settimeofday clock_settime stime adjtime adjtimex clock_adjtime ntp_adjtime ntp_gettime ntp_gettimex'
const others =
  'acct quotactl fanotify_init fanotify_mark open_by_handle_at vhangup sethostname setdomainname swapon swapoff reboot iopl ioperm init_module finit_module delete_module bdflush nfsservctl'

export const absenceRows: readonly AbsenceRow[] = [
  {lacks: ['CAP_SETUID', 'CAP_SETGID', '@setuid'], without: settingUsers},
  {lacks: ['CAP_CHOWN', '@chown'], without: chowning},
  {lacks: ['CAP_SYS_CHROOT'], without: 'chroot setns'},
  {lacks: ['CAP_KILL'], without: sending},
  {lacks: ['CAP_SETPCAP'], without: listing},
  {lacks: ['CAP_SETFCAP'], without: 'setxattr lsetxattr fsetxattr cap_set_file cap_set_fd unshare'},
  {
    lacks: ['CAP_NET_BIND_SERVICE', 'bind-ports'],
    without: 'bind bindresvport bindresvport_sa rresvport rresvport_af rcmd rcmd_af',
  },
  {
    lacks: ['@resources'],
    without:
      'setrlimit setrlimit64 prlimit prlimit64 sched_setaffinity pthread_setaffinity_np pthread_attr_setaffinity_np sched_setscheduler sched_setparam sched_setattr pthread_setschedparam pthread_setschedprio pthread_attr_setschedpolicy pthread_attr_setschedparam pthread_attr_setinheritsched setpriority nice mbind set_mempolicy migrate_pages move_pages ioprio_set',
  },
  {
    lacks: ['@privileged'],
    without: [settingUsers, chowning, listing, mountingCalls, clocks, others].join(' '),
  },
  {
    lacks: ['write-exec-memory'],
    without: 'mmap mmap64 mprotect pkey_mprotect mremap remap_file_pages shmat',
  },
]

/**
 * With any of these a program does what its imports do not show: code that it loads, calls that it
 * makes by number, programs that it starts.
 */
export const concealing =
  'dlopen dlmopen syscall execve execv execvp execvpe execl execlp execle fexecve execveat posix_spawn posix_spawnp system popen wordexp clone vfork rcmd rexec'
