import {newestVersion, oldestVersion} from '../facts/targets.ts'
import type {EnumValue, ValueFacts} from '../facts/directives.ts'
import {parseBoolean} from '../values/boolean.ts'
import {execPrefixes} from './prefixes.ts'

/** What kind of value a directive takes, in words. */
export function takes(facts: ValueFacts): string {
  const kind = kinds.get(facts.type)?.(facts) ?? 'a text'
  return `${kind}${keywords(facts)}`
}

/**
 * What may stand in front of the value, and what it means there; undefined where nothing special
 * does.
 */
export function prefixes({type}: ValueFacts): string | undefined {
  if (type === 'condition-path' || type === 'condition-string')
    return '`!` it must not hold; `|` one of the lines with it is enough'
  return type === 'exec-command' ? commandPrefixes : undefined
}

const commandPrefixes = execPrefixes
  .map(
    ({mark, meaning, since}) =>
      `\`${mark}\` ${meaning}${since === undefined ? '' : ` (since ${since})`}`,
  )
  .join('; ')

/**
 * The words that an enumeration takes, each with the versions that know it where not all do that
 * know the directive.
 */
export function words({values = [], booleanToo, since = 0}: ValueFacts): string[] {
  const named = values
    .filter(({value}) => !booleanToo || parseBoolean(value) === undefined)
    .map((value) => word(value, since))
  return booleanToo ? ['yes', 'no', ...named] : named
}

function word(
  {value, since = 0, until = newestVersion, obsoleteSince}: EnumValue,
  known: number,
): string {
  const limits = [
    ...(since > Math.max(known, oldestVersion) ? [`since ${since}`] : []),
    ...(until < newestVersion ? [`up to ${until}`] : []),
    ...(obsoleteSince === undefined ? [] : [`obsolete since ${obsoleteSince}`]),
  ]
  return limits.length === 0 ? value : `${value} (${limits.join(', ')})`
}

type Wording = (facts: ValueFacts) => string

const list: Wording = (facts) =>
  words(facts).join() === 'yes,no' ? 'yes or no' : `one of ${words(facts).join(', ')}`
const listed =
  (kind: string): Wording =>
  (facts) =>
    `${kind}: ${words(facts).join(', ')}`
const invertible =
  (kind: string): Wording =>
  (facts) =>
    `${kind}${facts.invert === undefined ? '' : '; behind `~`, all but those'}`
const plain =
  (kind: string): Wording =>
  () =>
    kind

const kinds: ReadonlyMap<string, Wording> = new Map<string, Wording>([
  ['address-family-list', invertible('socket families')],
  ['architecture-list', listed('architectures')],
  ['base64', plain('data as Base64')],
  ['base64-or-path', plain('an absolute path, or `base64:` and data')],
  [
    'bind-path-list',
    plain('paths, each `SOURCE[:DESTINATION[:OPTION]]`, behind `-` if it may be missing'),
  ],
  ['boolean', plain('yes or no')],
  [
    'boolean-or-controller-list',
    (facts) => `yes, no, or control group controllers: ${words(facts).join(', ')}`,
  ],
  [
    'boolean-or-flag-list',
    (facts) =>
      `yes, no, or some of ${words(facts).join(', ')}${facts.invert === undefined ? '' : '; behind `~`, all but those'}`,
  ],
  [
    'boolean-or-namespace-list',
    (facts) =>
      `yes, no, or kinds of namespaces, behind \`~\` all but those: ${words(facts).join(', ')}`,
  ],
  ['bpf-attach-type-list', plain('kinds of BPF attachments')],
  ['bpf-command-list', plain('BPF commands')],
  ['bpf-map-type-list', plain('kinds of BPF maps')],
  ['bpf-program', (facts) => `\`TYPE:PATH\`, with a type of ${words(facts).join(', ')}`],
  ['bpf-program-type-list', plain('kinds of BPF programs')],
  ['c-escaped-text', plain('a text, with escapes such as `\\n`')],
  ['calendar', plain('dates and times, as `systemd-analyze calendar` explains them')],
  ['capability-set', invertible('capabilities')],
  ['cgroup-name', plain('the name of a control group')],
  ['colon-path-list', plain('absolute paths, joined by colons')],
  ['condition-path', plain('an absolute path')],
  ['condition-string', comparand],
  ['controller-list', listed('control group controllers')],
  [
    'coredump-filter',
    (facts) =>
      `kinds of memory, or their bits as a hexadecimal number: all, ${words(facts).join(', ')}`,
  ],
  ['cpu-set', plain('numbers and ranges of numbers')],
  ['cpu-shares', range],
  [
    'credential-glob',
    plain('a pattern for names, with `:PREFIX` behind it to rename them (since 257)'),
  ],
  ['dbus-name', plain('a D-Bus name')],
  [
    'device-allow',
    plain(
      'a device, or `char-KIND` or `block-KIND`, and the letters of what is allowed: r (read), w (write), m (make)',
    ),
  ],
  [
    'device-value',
    (facts) => `a device, or a path on it, and ${deviceValues[facts.form ?? ''] ?? 'a value'}`,
  ],
  ['enum', list],
  [
    'enum-with-argument',
    (facts) =>
      `one of ${words(facts).join(', ')}; from 258 on, a host name may follow behind a colon`,
  ],
  [
    'environment-assignment-list',
    plain('assignments `NAME=VALUE`, each in quotes if it has spaces'),
  ],
  ['environment-name-list', plain('names of variables')],
  [
    'environment-name-or-assignment-list',
    plain('names of variables, or `NAME=VALUE` for one with that value alone'),
  ],
  ['errno', plain('an error, by name or number')],
  ['exec-command', plain('a command line, read by systemd and not by a shell')],
  ['exec-input', stream],
  ['exec-output', stream],
  ['exit-status-list', plain('exit codes, their names, or signals')],
  ['fd-name', plain('a name without colons')],
  ['filesystem-list', invertible('types of file systems, or groups of them behind `@`')],
  ['flag-list', listed('flags')],
  ['hex-or-path', plain('a hexadecimal number, or an absolute path')],
  ['image-list', plain('images, each a path with what belongs to it behind colons')],
  ['image-policy', plain('a policy for disk images, as in systemd.image-policy(7)')],
  ['instance-name', plain('the name of an instance')],
  ['integer', range],
  ['ip-prefix-list', plain('IP addresses and networks')],
  ['journal-field-list', plain('assignments `FIELD=VALUE`')],
  ['load-credential', plain('`NAME:PATH`, or the name of a credential of the system')],
  ['log-namespace', plain('the name of a journal namespace')],
  [
    'memory-size',
    (facts) => `a size with K, M, G, T${facts.percent ? ', or a percentage of all memory' : ''}`,
  ],
  ['mode', plain('an octal access mode')],
  ['mount-source', plain('a device, or what else can be mounted')],
  ['name-list', plain('names')],
  ['network-interface-list', invertible('network interfaces')],
  ['network-interface-name', plain('a network interface')],
  ['nft-set-list', plain('sets of the firewall, each `SOURCE:FAMILY:TABLE:SET`')],
  ['obsolete', plain('anything')],
  [
    'open-file',
    plain('`PATH[:NAME[:OPTIONS]]`, with options of read-only, append, truncate, graceful'),
  ],
  [
    'partition-options-list',
    plain('mount options, each for a partition named in front of a colon'),
  ],
  ['path', path],
  ['path-list', plain('absolute paths')],
  ['percent', (facts) => `a percentage${facts.unbounded ? ', which may be above 100%' : ''}`],
  ['personality', listed('an architecture')],
  [
    'prefixed-path-list',
    (facts) =>
      `absolute paths, behind \`-\` if they may be missing${facts.prefixes?.includes('+') ? ', behind `+` if below the own root directory' : ''}`,
  ],
  ['regex', plain('a regular expression; behind `~`, what matches is dropped')],
  ['relative-directory-list', plain('relative paths')],
  [
    'rlimit',
    (facts) =>
      `${limits[facts.unit ?? ''] ?? 'a number'}, or infinity; or two of them, \`SOFT:HARD\``,
  ],
  ['set-credential', plain('`NAME:TEXT`, with escapes such as `\\n`')],
  ['signal', plain('a signal, by name or number')],
  [
    'size',
    ({key}) =>
      key === 'MessageQueueMessageSize'
        ? 'a number of bytes, with K, M, G since 262'
        : 'a size with K, M, G',
  ],
  ['size-or-percent', plain('a size with K, M, G, T, or a percentage of the file system')],
  ['socket-address', (facts) => addresses[facts.kind ?? ''] ?? 'an address'],
  ['socket-bind-rule', plain('`[ipv4:|ipv6:][tcp:|udp:]PORT[-PORT]`, or any')],
  ['string', plain('a text')],
  [
    'syscall-filter',
    plain(
      'system calls and groups of them behind `@`, each with an error behind a colon if wanted; behind `~`, all but those',
    ),
  ],
  ['syscall-list', plain('system calls and groups of them behind `@`; behind `~`, all but those')],
  ['tasks-max', plain('a number, or a percentage of what the system allows')],
  [
    'timespan',
    (facts) =>
      `a time span: seconds, or with units${facts.zeroMeans === 'infinity' ? '; infinity or 0 for no limit' : ''}`,
  ],
  ['timespan-ns', plain('a time span: nanoseconds, or with units')],
  ['tmpfs-list', plain('absolute paths, each with mount options behind a colon if wanted')],
  ['tristate', plain('yes or no')],
  ['unit-list', plain('names of units')],
  [
    'unit-name',
    (facts) => `the name of a ${facts.unitType === undefined ? '' : `${facts.unitType} `}unit`,
  ],
  ['unsigned', plain('a number')],
  ['url-list', (facts) => `links, beginning with ${(facts.schemes ?? []).join(', ')}`],
  ['user-or-group', plain('a name or number')],
  ['user-or-group-list', plain('names or numbers')],
  ['weight', range],
  ['xattr', plain('`user.NAME=VALUE`')],
])

/** Words, and those that a name or path stands behind. */
function stream({forms = [], ...facts}: ValueFacts): string {
  return `one of ${words(facts)
    .map((word) =>
      word.replace(/^\S+/, (name) => forms.find((form) => form.startsWith(`${name}:`)) ?? name),
    )
    .join(', ')}`
}

function range({min, max, values, numericToo}: ValueFacts): string {
  if (values && numericToo)
    return `one of ${values.map(({value}) => value).join(', ')}, or a number`
  return min === undefined || max === undefined ? 'a number' : `a number from ${min} to ${max}`
}

function path({prefix, prefixes = prefix ?? '', glob, relativeTo}: ValueFacts): string {
  const kind =
    relativeTo === undefined
      ? 'an absolute path'
      : `a path, below \`${relativeTo}\` if it is relative`
  return `${kind}${glob ? ' or a pattern of paths' : ''}${prefixes.includes('-') ? ', behind `-` if it may be missing' : ''}`
}

/** Words of their own beside the kind of value, such as `infinity`. */
function keywords({type, keywords: special = []}: ValueFacts): string {
  return special.length === 0 || type === 'condition-string' ? '' : `; or ${special.join(', ')}`
}

const limits: Readonly<Record<string, string>> = {
  'bytes (1024)': 'a size with K, M, G, T',
  'seconds (timespan)': 'a time span: seconds, or with units',
  'microseconds (timespan)': 'a time span: microseconds, or with units',
  'nice value (+N/-N) or raw': 'a priority from +19 to -20, or a number from 0 to 40',
}

const deviceValues: Readonly<Record<string, string>> = {
  'DEVICE BYTES': 'a number of bytes with K, M, G',
  'DEVICE BYTES|IOPS': 'a number, with K, M, G if wanted',
  'DEVICE TIMESPAN': 'a time span',
  'DEVICE WEIGHT': 'a number',
}

const addresses: Readonly<Record<string, string>> = {
  'mqueue name': 'the name of a queue, behind a slash',
  'netlink family [group]': 'a netlink family, and the number of a multicast group if wanted',
  path: 'an absolute path',
  seqpacket: 'an absolute path, or a name behind `@`',
}
for (const kind of ['stream', 'datagram'])
  Object.assign(addresses, {
    [kind]:
      'a port, `IP:PORT`, `[IPV6]:PORT`, `vsock:CID:PORT`, an absolute path, or a name behind `@`',
  })

/** What a condition on something other than a path compares with. */
function comparand(facts: ValueFacts): string {
  const named = words(facts)
  if (named.length > 0) return `one of ${[...named, ...(facts.keywords ?? [])].join(', ')}`
  return (
    byCondition[facts.key.replace(/^(?:Condition|Assert)/, '')] ??
    comparands[facts.valueType ?? ''] ??
    'a text'
  )
}

const byCondition: Readonly<Record<string, string>> = {
  Firmware:
    'one of uefi, device-tree, `device-tree-compatible(NAME)`, `smbios-field(FIELD = VALUE)`',
  Fraction: 'a percentage, behind a tag if wanted',
  MachineTag: 'a tag, or a pattern of tags',
  Memory: 'a size, with `<`, `<=`, `=`, `!=`, `>=` or `>` in front if wanted',
  Version: 'systemd, glibc or kernel, and comparisons with versions',
}

const comparands: Readonly<Record<string, string>> = {
  boolean: 'yes or no',
  capability: 'a capability',
  comparison: 'a number, with `<`, `<=`, `=`, `!=`, `>=` or `>` in front if wanted',
  'controller-list': 'control group controllers',
  'cpu-feature': 'a feature of the processor',
  'credential-name': 'the name of a credential',
  environment: 'a variable, or `NAME=VALUE`',
  group: 'a group, by name or number',
  'hostname-glob-or-id': 'a host name, a pattern of host names, or an ID',
  'key-comparison-list': 'a field, a comparison and a value, all without spaces',
  'module-name': 'a kernel module',
  pressure:
    'a percentage, with `SLICE:` in front and a time of `/10sec`, `/1min` or `/5min` behind if wanted',
  user: 'a user by name or number, or `@system`',
  'version-comparison-list': 'comparisons with versions',
  'word-or-assignment': 'a word, or `NAME=VALUE`',
}
