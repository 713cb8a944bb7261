/** How a program that starts another one takes its arguments. */
interface Wrapper {
  /** Short options with a value of their own. */
  readonly short?: string
  /** Long options with a value of their own, when it is not joined by `=`. */
  readonly long?: string
  /** Arguments before the command, beside options. */
  readonly before?: number
  /** `NAME=VALUE` may stand before the command. */
  readonly assigns?: true
}

/** The command that a program such as `nice` starts: empty for a program that starts none. */
export function wrapped(program: string, args: readonly string[]): readonly string[] {
  const wrapper = wrappers.get(program)
  if (!wrapper) return []
  let before = wrapper.before ?? 0
  let at = 0
  while (at < args.length) {
    const arg = args[at] ?? ''
    if (arg === '--') {
      at++
      if (before === 0) break
    } else if (wrapper.assigns && /^[A-Za-z_][A-Za-z0-9_]*=/.test(arg)) {
      at++
    } else if (arg.startsWith('-') && arg.length > 1) {
      at += takesNext(arg, wrapper) ? 2 : 1
    } else if (before > 0) {
      before--
      at++
    } else {
      break
    }
  }
  return args.slice(at)
}

function takesNext(option: string, {short = '', long = ''}: Wrapper): boolean {
  if (option.startsWith('--')) return long.split(' ').includes(option.slice(2))
  const first = [...option.slice(1)].findIndex((letter) => short.includes(letter))
  return first !== -1 && first === option.length - 2
}

const wrappers: ReadonlyMap<string, Wrapper> = new Map(
  Object.entries({
    authbind: {},
    builtin: {},
    bundle: {before: 1},
    catatonit: {},
    cgexec: {short: 'g'},
    chpst: {short: 'uUbenlLmdopfctC/'},
    chroot: {before: 1, long: 'userspec groups'},
    chronic: {},
    chrt: {before: 1, short: 'TPD', long: 'sched-runtime sched-period sched-deadline'},
    command: {},
    cpulimit: {short: 'lpe', long: 'limit'},
    'dbus-launch': {},
    'dbus-run-session': {long: 'config-file dbus-daemon'},
    doas: {short: 'uC'},
    'dumb-init': {short: 'r', long: 'rewrite'},
    eatmydata: {},
    env: {short: 'uC', long: 'unset chdir', assigns: true},
    exec: {short: 'a'},
    envdir: {before: 1},
    envuidgid: {before: 1},
    fakeroot: {},
    fghack: {},
    firejail: {},
    flock: {before: 1, short: 'wE', long: 'timeout wait conflict-exit-code'},
    gosu: {before: 1},
    hatch: {before: 1},
    ionice: {short: 'cnpPu', long: 'class classdata'},
    linux32: {},
    linux64: {},
    logsave: {before: 1},
    ltrace: {short: 'oeplsnuaADFX'},
    nice: {short: 'n', long: 'adjustment'},
    nohup: {},
    nsenter: {short: 'tSG', long: 'target setuid setgid'},
    numactl: {short: 'NmCipl', long: 'cpunodebind membind physcpubind interleave preferred'},
    pdm: {before: 1},
    pgrphack: {},
    pipenv: {before: 1},
    pkexec: {long: 'user'},
    poetry: {before: 1},
    prlimit: {short: 'p', long: 'pid output'},
    proxychains: {short: 'f'},
    proxychains4: {short: 'f'},
    runuser: {short: 'ugGsw', long: 'user group supp-group shell'},
    's6-envdir': {before: 1},
    's6-setuidgid': {before: 1},
    's6-softlimit': {short: 'acdflmoprst'},
    setlock: {before: 1},
    setarch: {},
    setpriv: {
      long: 'ambient-caps inh-caps bounding-set ruid euid rgid egid reuid regid groups securebits pdeathsig selinux-label apparmor-profile',
    },
    setsid: {},
    setuidgid: {before: 1},
    softlimit: {short: 'acdflmoprst'},
    'ssh-agent': {short: 'aEtOP'},
    stdbuf: {short: 'ioe', long: 'input output error'},
    strace: {short: 'oeEpsPuaIObSX', long: 'output'},
    'su-exec': {before: 1},
    sudo: {
      short: 'ugpCrtThURD',
      long: 'user group prompt close-from role type host chroot chdir',
      assigns: true,
    },
    'systemd-cat': {short: 'tp', long: 'identifier priority stderr-priority'},
    'systemd-inhibit': {long: 'what who why mode'},
    taskset: {before: 1},
    time: {short: 'fo'},
    timeout: {before: 1, short: 'ks', long: 'kill-after signal'},
    tini: {short: 'ep'},
    'tini-static': {short: 'ep'},
    torsocks: {},
    unbuffer: {},
    unshare: {short: 'SGRw', long: 'root wd setuid setgid propagation setgroups'},
    uv: {before: 1, short: 'p', long: 'with python project directory extra group env-file index'},
    valgrind: {},
    watch: {short: 'n', long: 'interval'},
    xargs: {short: 'adEIiLlnPs', long: 'arg-file delimiter max-args max-procs'},
    'xvfb-run': {short: 'nsefpw', long: 'server-num server-args error-file auth-file'},
  } satisfies Readonly<Record<string, Wrapper>>),
)
