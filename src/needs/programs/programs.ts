import {recent} from '../../unit/query.ts'
import {access} from '../../facts/accesses.ts'
import type {AccessId} from '../../facts/accesses.ts'
import {measured} from '../data/measured.ts'
import {baseName} from '../../values/paths.ts'
import {capshNeeds} from './capsh.ts'
import {hintsOf} from './hints.ts'
import {known} from './known.ts'
import {isAmong, rowsByName} from './lists.ts'
import type {MeasuredProgram} from './measured.ts'
import {isInMode} from './modes.ts'
import type {ModeName} from './modes.ts'
import type {KnownPrograms} from './tables/row.ts'
import {runsOn} from './tables/runtimes.ts'

/** Something that a program needs. */
export interface ProgramNeed {
  readonly access: AccessId
  /** A clause for messages: "`node` makes writable memory executable". */
  readonly because: string
  /** Without it the program surely fails, however it is used. */
  readonly certain: boolean
  /** Only the name suggests it. */
  readonly isGuess?: true
  /** It is a part of a runtime, of which nobody sees whether the program uses it. */
  readonly isPossible?: true
  /** It is what the program is there for, or does not start without. */
  readonly isEssential?: true
  /**
   * It is what programs of its kind do, and was not measured of this one: a trace of it at its work
   * knows better.
   */
  readonly isUsual?: true
}

/**
 * What a program is known to need when started by that path with these arguments; nothing for one
 * that is not known, or that runs on one just `seen`. It is not used in the mode `except`, whatever
 * the arguments leave open.
 */
export function programNeeds(
  path: string,
  args: readonly string[],
  seen: ReadonlySet<string> = new Set(),
  except?: ModeName,
): readonly ProgramNeed[] {
  // By a bare name it is a word of the shell, and not the program of Postfix.
  if (path === 'local') return []
  const names = namesOf(path)
  const own = names.flatMap((name) => [...needsOf(name, args, `\`${name}\``, except)])
  const hinted = isKnownName(names)
    ? hintedNeeds(names[0] ?? '', measuredPart(names))
    : own.every(({isEssential}) => isEssential)
      ? [...hintedNeeds(names[0] ?? ''), ...hintsOfFolder(path)]
      : []
  const program = `\`${names[0]}\``
  const ofRuntimes = runtimesOf(path, names)
    .filter((runtime) => !names.includes(runtime) && !seen.has(runtime))
    .flatMap((runtime) => [...needsOf(runtime, args, `${program} runs on \`${runtime}\`, which`)])
  return [...own, ...hinted, ...ofRuntimes]
}

function isKnownName(names: readonly string[]): boolean {
  return names.some((name) => harmless.has(name) || isInTables(name))
}

/** Names that are kept: the same ones are asked for many times for each unit, and by many units. */
const few = 300

/** Names whose words mean something else in them. */
const harmless: ReadonlySet<string> = new Set([
  'time',
  'install',
  'notify-send',
  'host',
  'ap',
  'screenfetch',
  'session',
])

/**
 * What an exporter of metrics that is known as one of many exports, by its name: `smartctl`; nothing
 * for other names.
 */
function measuredPart(names: readonly string[]): string {
  const [name = ''] = names
  const [, part = ''] = /^(?:prometheus-)?(.+)[-_]exporter$/.exec(name) ?? []
  return rows.named(name).length > 0 ? '' : part
}

/** What the words in a name suggest, or in the part of it that tells something. */
function hintedNeeds(name: string, part: string = name): readonly ProgramNeed[] {
  return hintsOf(part).flatMap(({needs, because}) =>
    needs.map((access) => ({
      access,
      because: `by its name, \`${name}\` ${because}`,
      certain: false,
      isGuess: true,
    })),
  )
}

/**
 * What the folder of a package suggests of a program in it:
 * `/usr/libexec/phosphor-gpio-monitor/assert`.
 */
function hintsOfFolder(path: string): readonly ProgramNeed[] {
  if (!['/opt/', '/lib', '/share/'].some((part) => path.includes(part))) return []
  const [, folder = ''] =
    /^\/(?:opt|(?:usr\/)?(?:local\/)?(?:lib|libexec|share))\/([^/]{1,128})\//.exec(path) ?? []
  const found = hintsOf(folder).filter(({byFolder}) => byFolder)
  return found.flatMap(({needs, because}) =>
    needs.map((access): ProgramNeed => ({
      access,
      because: `by its folder, \`${path}\` ${because}`,
      certain: false,
      isGuess: true,
    })),
  )
}

/** What a runtime needs, for a sign that it is used. */
export function runtimeNeeds(runtime: string, sign: string): readonly ProgramNeed[] {
  return [...needsOf(runtime, [], `${sign} is for \`${runtime}\`, which`)].map((need) => ({
    ...need,
    certain: false,
  }))
}

/** Whether a program is in the tables. */
export function isKnownProgram(path: string): boolean {
  const names = namesOf(path)
  return names.some(isInTables) || runtimesOf(path, names).length > 0
}

/** Whether the tables have a program by its name, not by what it runs on alone. */
export function isNamedProgram(path: string): boolean {
  return isKnownName(namesOf(path))
}

/** Whether jobs of a program were measured: what it needs is known by how it is used. */
export function isMeasured(path: string): boolean {
  return namesOf(path).some((name) => measuredBy(name).length > 0)
}

function* needsOf(
  name: string,
  args: readonly string[],
  subject: string,
  except?: ModeName,
): Generator<ProgramNeed> {
  for (const {needs, mode, feature} of measuredBy(name)) {
    if (mode && (mode === except || !isInMode(mode, args))) continue
    for (const id of needs) {
      const {title} = access(id)
      const isOfPart = feature !== undefined
      yield {
        access: id,
        because: `${subject} ${title}${isOfPart ? ` for ${feature}` : ''}`,
        certain: !isOfPart && isSure(id) && (!mode || mode === 'compiles'),
        ...(isOfPart && isRuntime(name) ? {isPossible: true} : {}),
      }
    }
  }
  if (name === 'capsh') {
    for (const id of capshNeeds(args))
      yield {access: id, because: `${subject} takes what its arguments say`, certain: false}
  }
  for (const {needs, because, mode, grade} of knownBy(name)) {
    if (mode && (mode === except || !isInMode(mode, args))) continue
    for (const id of needs) {
      const certain = grade === 'sure' || (mode === 'compiles' && isSure(id))
      yield {
        access: id,
        because: `${subject} ${because}`,
        certain,
        ...(grade === undefined ? (certain ? {} : {isUsual: true}) : {isEssential: true}),
      }
    }
  }
}

/** Needs that no other setting of a unit can meet in another way. */
function isSure(id: AccessId): boolean {
  return sure.has(id)
}

const sure: ReadonlySet<AccessId> = new Set<AccessId>([
  'write-exec-memory',
  'host-mounts',
  'personality',
  'realtime',
  'hostname',
  'kernel-log',
  'packet-sockets',
  '@mount',
  '@debug',
])

/**
 * The names that a program goes by: its own, and without a version or a suffix that says how it is
 * made.
 */
export function namesOf(path: string): readonly string[] {
  return namesBy(baseName(path).slice(0, 128))
}

const namesBy = recent(few, (plain): readonly string[] => {
  const names = new Set([plain])
  // As Debian calls what others call `process-exporter` and `smokeping_prober`.
  const own = /^prometheus-(.+[-_].+)$/.exec(plain)?.[1]
  if (own !== undefined) names.add(own).add(own.replaceAll('-', '_'))
  if (/^[a-z]+$/.test(plain)) return [plain]
  const bare = plain
    .replace(
      /(?:\.real|\.bin|-bin|\.exe|\.x86_64|-linux-amd64|-amd64|\.wrapped|-wrapped|\.wrapper)$/,
      '',
    )
    .replace(/^\.(?=[^.])/, '')
  names.add(bare)
  const unversioned = bare.replace(/[-._@]?v?[0-9][0-9.]{0,15}(?=-fpm$|-cgi$|$)/, '')
  if (unversioned !== '' && unversioned !== bare) {
    names.add(unversioned)
    names.add(`${unversioned}3`)
  }
  return [...names].filter((name) => name !== '')
})

/** Runtimes by the suffix of a script, and by the folder of a program. */
const suffixes: ReadonlyArray<readonly [RegExp, string]> = [
  [/\.(?:js|mjs|cjs|ts)$|\/node_modules\/|\/\.nvm\/|\/\.npm-global\/|\/\.volta\//, 'node'],
  [
    /\.pyz?$|\/(?:\.?v?env|virtualenv|miniconda3?|anaconda3?)\/bin\/|\/(?:virtualenvs|site-packages|dist-packages|pipx|\.pyenv)\//,
    'python3',
  ],
  [/\.(?:jar|war)$|\/jre\//, 'java'],
  [/\.rb$|\/gems\/|\/\.rbenv\/|\/\.rvm\//, 'ruby'],
  [/\.php$/, 'php'],
  [/\.pl$/, 'perl'],
  [/\.dll$/, 'dotnet'],
  [/\/\.bun\//, 'bun'],
  [/\/\.deno\//, 'deno'],
  [/\/openresty\//, 'luajit'],
]

/** Where neither a folder nor a suffix tells of a runtime. */
const plainFolders: ReadonlySet<string> = new Set(['/bin', '/sbin', '/usr/bin', '/usr/sbin'])

function runtimesOf(path: string, names: readonly string[]): readonly string[] {
  const found = new Set(names.flatMap(runtimesBy))
  const folderEnd = path.lastIndexOf('/')
  const isPlain = !path.includes('.', folderEnd) && plainFolders.has(path.slice(0, folderEnd))
  if (isPlain) return [...found]
  for (const [pattern, runtime] of suffixes) if (pattern.test(path.slice(-1024))) found.add(runtime)
  return [...found]
}

/** Whether a program is an interpreter or the like, or runs on one. */
export function hasRuntime(path: string): boolean {
  const names = namesOf(path)
  return names.some(isRuntime) || runtimesOf(path, names).length > 0
}

function isRuntime(name: string): boolean {
  return Object.hasOwn(runsOn, name) || ['bun', 'deno'].includes(name)
}

const runtimesBy = recent(few, (name: string): readonly string[] =>
  Object.keys(runsOn).filter((runtime) => isAmong(name, runsOn[runtime] ?? '')),
)

interface Measured extends Omit<MeasuredProgram, 'needs'> {
  readonly needs: readonly AccessId[]
}

const measuredBy = recent(few, (name): readonly Measured[] =>
  measured
    .filter(({program}) => program === name)
    // The generator writes ids of accesses only; its test holds it to that.
    .map((entry) => ({...entry, needs: entry.needs.split(' ') as AccessId[]})),
)

function isInTables(name: string): boolean {
  // What a program is there for is not all that it needs.
  return (
    measuredBy(name).length > 0 ||
    knownBy(name).some(({grade, isPartial}) => grade === undefined && !isPartial)
  )
}

/** Rows that name a program, then those of which a pattern stands for it. */
const knownBy = recent(few, (name): readonly KnownPrograms[] => [
  ...rows.named(name),
  ...rows.alike([name]),
])

const rows = rowsByName(known)
