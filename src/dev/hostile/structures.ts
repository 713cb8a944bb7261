import type {HostileCase} from './case.ts'

type Files = Readonly<Record<string, string>>

/** Files and folders whose parts are many, or all have to do with all others. */
export function structureCases(): readonly HostileCase[] {
  return [
    ...Object.entries(lines).map(([name, line]): HostileCase => ({
      name: `many: ${name}`,
      files: (bytes) => ({'a.service': head + upTo(bytes, line)}),
    })),
    ...Object.entries(heads).map(([name, line]): HostileCase => ({
      name: `first: ${name}`,
      files: (bytes) => ({'a.service': upTo(bytes, line) + head}),
    })),
    ...Object.entries(folders).map(([name, files]): HostileCase => ({
      name: `folder: ${name}`,
      files,
    })),
  ]
}

const head = '[Unit]\nDescription=a\n\n[Service]\nExecStart=/usr/bin/a\n'

/** Lines behind the head of a service. */
const lines: Readonly<Record<string, (index: number) => string>> = {
  'unknown keys': () => 'Foo=b\n',
  'distinct unknown keys': (index) => `Foo${index}=b\n`,
  'long unknown key': () => 'FooFooFooFooFooFooFooFooFooFooFoo',
  'keys of other sections': () => 'After=a.service\n',
  junk: () => 'xx\n',
  'junk without keys': () => '=x\n',
  comments: () => '# c\n',
  'empty lines': () => '\n',
  blanks: () => '  ',
  'tabs and line ends': () => '\t\r\n',
  'carriage returns': () => '\r',
  zeros: () => '\0',
  headers: () => '[Service]\n',
  'unknown headers': (index) => `[S${index}]\n`,
  'unknown sections with a line': (index) => `[S${index}]\nA=b\n`,
  'headers with a line': () => '[Service]\nPrivateTmp=no\n',
  'open headers': () => '[Service\n',
  brackets: () => '[',
  'not UTF-8': () => '\uDC80',
  'byte order marks': () => '\uFEFF\n',
  'continued comments': () => '# c\\\n',
  'lone backslashes': () => '\\\n',
  backslashes: () => '\\',
  'continued line with comments': (index) => (index === 0 ? 'Environment=A=b \\\n' : '# c\n'),
  'enabling and junk': () => '# unitlint-enable\nxx\n',
  'disabling and junk': () => '# unitlint-disable\nxx\n',
  'disabling and enabling': () =>
    '# unitlint-disable no-ignored-line\nxx\n# unitlint-enable no-ignored-line\nxx\n',
  'disabling next lines': () => '# unitlint-disable-next-line private-tmp\nxx\n',
  'disabling next lines in a row': () => '# unitlint-disable-next-line private-tmp\n',
  'disabling next lines of all': () => '# unitlint-disable-next-line\nxx\n',
  'disabling lines': () => '# unitlint-disable-line\n',
  'disabling many rules': (index) =>
    index === 0 ? '# unitlint-disable ' : `rule-${index % 5_000}, `,
  'disabling one rule over and over': (index) =>
    index === 0 ? '# unitlint-disable ' : 'private-tmp ',
  'disabling distinct rules': (index) => `# unitlint-disable rule-${index}\n`,
  'disabling among commands': (index) =>
    index === 0 ? 'ExecStart=/usr/bin/a \\\n' : '# unitlint-disable-next-line private-tmp\n b \\\n',
  'disabling and blanks': (index) => (index === 0 ? '#unitlint-disable a' : ' '),
  'disabling, blanks, and more': (index) =>
    index === 0
      ? '# unitlint-disable a'
      : index === 1
        ? ' '.repeat(60_000)
        : index === 2
          ? 'b'
          : '',
  'disabling and dashes': (index) => (index === 0 ? '# unitlint-disable a' : ' --'),
  'disabling and line ends': (index) => (index === 0 ? '# unitlint-disable a' : ' \t'),
  commands: () => 'ExecStartPre=/usr/bin/a b c\n',
  'distinct commands': (index) => `ExecStartPre=/usr/bin/p${index} /var/lib/x${index}\n`,
  'shell commands': () => "ExecStartPre=/bin/sh -c 'a; b | c > /d'\n",
  'hardening, weak': () => 'ProtectHome=no\n',
  'hardening, all': (index) =>
    `${['PrivateTmp', 'ProtectHome', 'ProtectSystem', 'NoNewPrivileges', 'PrivateDevices', 'ProtectClock'][index % 6]}=${index % 2 ? 'no' : 'yes'}\n`,
  'paths made writable': (index) => `ReadWritePaths=/srv/${index}\n`,
  'system call filters': (index) =>
    `SystemCallFilter=${index % 2 ? '~' : ''}@system-service read\n`,
  environment: (index) => `Environment=A${index}=${index}\n`,
  'same environment': (index) => `Environment=A=${index}\n`,
  credentials: (index) => `LoadCredential=c${index}:/x${index}\n`,
  'set credentials': (index) => `SetCredential=c${index}:x\n`,
  devices: (index) => `DeviceAllow=/dev/d${index} rw\n`,
  addresses: (index) => `IPAddressAllow=10.0.${index % 256}.0/24\n`,
  bindings: (index) => `BindPaths=/a${index}:/b${index}\n`,
  'state directories': (index) => `StateDirectory=s${index}\n`,
  sockets: (index) => `Sockets=s${index}.socket\n`,
  'obsolete directives': () => 'MemoryLimit=1G\n',
  'times without units': () => 'RestartSec=5\n',
  'percent signs': () => 'ExecStartPre=/usr/bin/date +%Y-%m-%d\n',
  secrets: () => 'Environment=PASSWORD=secret\n',
  'install lines': (index) => (index === 0 ? '[Install]\n' : 'WantedBy=multi-user.target\n'),
  aliases: (index) => (index === 0 ? '[Install]\n' : `Alias=b${index}.service\n`),
  also: (index) => (index === 0 ? '[Install]\n' : `Also=b${index}.service\n`),
}

/** Lines before the head of a service. */
const heads: Readonly<Record<string, (index: number) => string>> = {
  'lines outside of sections': () => 'A=b\n',
  comments: () => '# c\n',
  'template marks': () => '{{ a\n',
  spaces: () => '    ',
  'spaces and line ends': () => ' \n',
  'disabling next lines': () => '# unitlint-disable-next-line a\n',
  orders: (index) => (index === 0 ? '[Unit]\n' : `After=u${index}.service\n`),
  'orders of one': (index) => (index === 0 ? '[Unit]\n' : 'After=u.service\n'),
  conditions: (index) => (index === 0 ? '[Unit]\n' : `ConditionPathExists=/a${index}\n`),
  documentation: (index) => (index === 0 ? '[Unit]\n' : 'Documentation=man:a(1)\n'),
  mounts: (index) => (index === 0 ? '[Unit]\n' : `RequiresMountsFor=/a${index}/b/c\n`),
}

/** Many files, of which each has to do with the others. */
const folders: Readonly<Record<string, (bytes: number) => Files>> = {
  'names on one line': (bytes) => {
    const names = list(bytes / 28, (index) => `w${index}.service`).join(' ')
    return {
      'a.service': `[Unit]\nAfter=${names}\nWants=${names}\n\n[Service]\nExecStart=/usr/bin/a\n`,
    }
  },
  'names to be wanted by': (bytes) => ({
    'a.service': `${head}\n[Install]\nWantedBy=${list(bytes / 14, (index) => `w${index}.target`).join(' ')}\n`,
  }),
  'units that name one another': (bytes) =>
    named(Math.sqrt(bytes / 30), (names) => `After=${names}\nRequires=${names}\n`),
  'units that name one another, a line each': (bytes) => named(Math.sqrt(bytes / 40), lineEach),
  'units that conflict with one another': (bytes) =>
    named(Math.sqrt(bytes / 15), (names) => `Conflicts=${names}\n`),
  'units before one another': (bytes) =>
    named(Math.sqrt(bytes / 30), (names) => `Before=${names}\nWants=${names}\n`),
  chain: (bytes) =>
    numbered(
      bytes / 90,
      (index) => `[Unit]\nAfter=u${index + 1}.service\nRequires=u${index + 1}.service\n${service}`,
    ),
  circle: (bytes) => {
    const count = Math.floor(bytes / 90)
    return numbered(
      count,
      (index) =>
        `[Unit]\nAfter=u${(index + 1) % count}.service\nRequires=u${(index + 1) % count}.service\n${service}`,
    )
  },
  'all after one': (bytes) => numbered(bytes / 70, () => `[Unit]\nAfter=u0.service\n${service}`),
  'one after all': (bytes) => {
    const count = Math.floor(bytes / 60)
    return {
      ...numbered(count, () => service),
      'b.service': `[Unit]\nAfter=${list(count, (index) => `u${index}.service`).join(' ')}\n${service}`,
    }
  },
  'one target for all': (bytes) =>
    numbered(bytes / 70, () => `${service}[Install]\nWantedBy=multi-user.target\n`),
  'timers and services': (bytes) => {
    const count = bytes / 120
    const timers = list(
      count,
      (index) =>
        [
          `u${index}.timer`,
          `[Timer]\nOnCalendar=daily\n[Install]\nWantedBy=timers.target\n`,
        ] as const,
    )
    return {...numbered(count, () => service), ...Object.fromEntries(timers)}
  },
  'sockets and services': (bytes) => {
    const sockets = list(
      bytes / 120,
      (index) =>
        [
          `u${index}.socket`,
          `[Socket]\nListenStream=/tmp/s${index}\n[Install]\nWantedBy=sockets.target\n`,
        ] as const,
    )
    return {...numbered(bytes / 120, () => service), ...Object.fromEntries(sockets)}
  },
  'one socket path': (bytes) =>
    Object.fromEntries(
      list(
        bytes / 60,
        (index) => [`u${index}.socket`, `[Socket]\nListenStream=/run/s\nAccept=yes\n`] as const,
      ),
    ),
  'services of one socket': (bytes) => {
    const count = Math.floor(bytes / 60)
    return {
      ...numbered(count, () => service),
      'a.socket': `[Socket]\nListenStream=/run/a\n${list(count, (index) => `Service=u${index}.service\n`).join('')}`,
    }
  },
  'one name on the bus': (bytes) =>
    numbered(
      bytes / 70,
      () => `[Service]\nType=dbus\nBusName=org.example.A\nExecStart=/usr/bin/a\n`,
    ),
  'one user and IPC': (bytes) =>
    numbered(bytes / 70, () => `[Service]\nUser=a\nRemoveIPC=yes\nExecStart=/usr/bin/a\n`),
  'one private tmp': (bytes) =>
    numbered(
      bytes / 90,
      (index) =>
        `[Unit]\nJoinsNamespaceOf=u${index + 1}.service\n[Service]\nPrivateTmp=yes\nExecStart=/usr/bin/a\n`,
    ),
  'drop-ins of one': (bytes) => ({
    'a.service': head,
    ...dropIns('a.service', bytes / 40, (index) => `[Service]\nEnvironment=A=${index}\n`),
  }),
  'drop-ins with paths': (bytes) => ({
    'a.service': head,
    ...dropIns('a.service', bytes / 40, (index) => `[Service]\nReadWritePaths=/a${index}\n`),
  }),
  'drop-ins that reset': (bytes) => ({
    'a.service': head,
    ...dropIns('a.service', bytes / 40, () => `[Service]\nExecStart=\nExecStart=/b\n`),
  }),
  'drop-ins of all services': (bytes) => {
    const count = bytes / 80
    return {
      ...numbered(count, () => service),
      ...dropIns('service', count, () => `[Service]\nNice=1\n`),
    }
  },
  'drop-ins of a prefix': (bytes) => {
    const count = bytes / 80
    return {
      ...Object.fromEntries(list(count, (index) => [`a-${index}.service`, service] as const)),
      ...dropIns('a-.service', count, () => `[Service]\nNice=1\n`),
    }
  },
  'names with many dashes': (bytes) =>
    numbered(
      bytes / 280,
      () => service,
      (index) => `${'a-'.repeat(100)}${index}.service`,
    ),
  'instances of one template': (bytes) => ({
    'a@.service': service,
    ...numbered(bytes / 60, (index) => `[Unit]\nAfter=a@${index}.service\n${service}`),
  }),
  templates: (bytes) =>
    numbered(
      bytes / 60,
      () => `[Unit]\nAfter=%p@%i.service\n${service}`,
      (index) => `t${index}@.service`,
    ),
  'mounts in one another': (bytes) => {
    const depth = Math.sqrt(bytes / 4)
    return Object.fromEntries(
      list(Math.min(depth, 60), (index) => {
        const parts = list(index + 1, () => 'a')
        return [
          `${parts.join('-')}.mount`,
          `[Mount]\nWhat=tmpfs\nWhere=/${parts.join('/')}\nType=tmpfs\n`,
        ] as const
      }),
    )
  },
  mounts: (bytes) =>
    Object.fromEntries(
      list(
        bytes / 60,
        (index) =>
          [`m${index}.mount`, `[Mount]\nWhat=/dev/sda${index}\nWhere=/m${index}\n`] as const,
      ),
    ),
  'mounts and needs of them': (bytes) => ({
    ...Object.fromEntries(
      list(
        bytes / 90,
        (index) =>
          [`m${index}.mount`, `[Mount]\nWhat=/dev/sda${index}\nWhere=/m${index}\n`] as const,
      ),
    ),
    'a.service': `[Unit]\n${list(bytes / 90, (index) => `RequiresMountsFor=/m${index}/a\n`).join('')}${service}`,
  }),
  slices: (bytes) =>
    numbered(bytes / 70, (index) => `[Service]\nSlice=a-b-c${index}.slice\nExecStart=/usr/bin/a\n`),
  'deep folders': (bytes) =>
    Object.fromEntries(
      list(
        Math.min(bytes / 40, 120),
        (index) => [`${'d/'.repeat(index)}a.service`, service] as const,
      ),
    ),
  'many small units': (bytes) => numbered(bytes / 30, () => service),
  'many empty units': (bytes) => numbered(bytes / 30, () => ''),
}

const service = '[Service]\nExecStart=/usr/bin/a\n'

function upTo(bytes: number, part: (index: number) => string): string {
  const parts: string[] = []
  for (let [index, length] = [0, 0]; length < bytes && index <= bytes; index++) {
    const one = part(index)
    parts.push(one)
    length += one.length
  }
  return parts.join('')
}

function list<Item>(count: number, item: (index: number) => Item): Item[] {
  return Array.from({length: Math.max(1, Math.floor(count))}, (_, index) => item(index))
}

function numbered(
  count: number,
  text: (index: number) => string,
  name = (index: number): string => `u${index}.service`,
): Files {
  return Object.fromEntries(list(count, (index) => [name(index), text(index)] as const))
}

/** Units each of which has lines with the names of all. */
function named(count: number, linesOf: (names: string) => string): Files {
  const names = list(count, (index) => `u${index}.service`).join(' ')
  return numbered(count, () => `[Unit]\n${linesOf(names)}${service}`)
}

function lineEach(names: string): string {
  return names
    .split(' ')
    .map((name) => `After=${name}\nRequires=${name}\n`)
    .join('')
}

function dropIns(name: string, count: number, text: (index: number) => string): Files {
  return Object.fromEntries(
    list(
      count,
      (index) => [`${name}.d/${String(index).padStart(6, '0')}.conf`, text(index)] as const,
    ),
  )
}
