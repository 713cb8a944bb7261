import {namesIn} from '../../facts/ranges.ts'
import type {AskedSystemd} from './ask.ts'
import {sortedNames, ranges} from '../version-ranges.ts'

/** The system calls of one version. */
export interface CallTable {
  /** `257.13-1~deb13u1 with libseccomp 2.6.0` */
  readonly source: string
  /** In table order, groups among the members. */
  readonly groups: ReadonlyMap<string, readonly string[]>
  /** In a group or known. */
  readonly calls: readonly string[]
  /** Those that libseccomp does not know. */
  readonly unresolvable: readonly string[]
  /** Those that it knows, but not for x86-64. */
  readonly foreign: readonly string[]
}

/** The tables in a text of `syscall-groups.ts`, by version. */
export function callTables(text: string): Map<number, CallTable> {
  const lists = constantsOf(text)
  const sources = /, from systemd (.*?); native/.exec(text)?.[1]?.split(', ') ?? []
  const tables = new Map<number, CallTable>()
  for (const version of versionsOf(text)) {
    const names = (constant: string): string[] => namesIn(lists.get(constant) ?? '', version)
    const unlisted = new Set(names('unlistedCalls'))
    const known = [
      ...names('knownGroups'),
      ...names('callNames').filter((name) => !unlisted.has(name)),
    ]
    const groups = [...text.matchAll(/^ {2}\['(@[^']+)', '([^']*)'\],$/gm)].map(
      ([, group = '', list = '']) => [group, namesIn(list, version)] as const,
    )
    tables.set(version, {
      source:
        sources.find((source) => source.startsWith(`${version}.`)) ??
        fail(`no source of ${version}`),
      groups: new Map([...groups.filter(([, members]) => members.length > 0), ['@known', known]]),
      calls: names('callNames'),
      unresolvable: names('unresolvableCalls'),
      foreign: names('foreignCalls'),
    })
  }
  return tables
}

/** The text of `syscall-groups.ts` for the tables of all versions. */
export function callModule(tables: ReadonlyMap<number, CallTable>): string {
  const versions = [...tables.keys()].toSorted((one, other) => one - other)
  const table = (version: number): CallTable =>
    tables.get(version) ?? fail(`no table of ${version}`)
  for (const version of versions) {
    for (const [group, members] of table(version).groups) {
      if (members.join() !== sortedNames(members).join())
        fail(`${group} of ${version} is not in byte order: the tables need positions`)
    }
  }
  const groups = [
    ...new Set(versions.flatMap((version) => [...table(version).groups.keys()])),
  ].filter((group) => group !== '@known')
  const known = (version: number): readonly string[] => table(version).groups.get('@known') ?? []
  const list = (names: (version: number) => readonly string[]): string =>
    `'${ranges(versions, names)}'`
  const unlisted = (version: number): string[] => {
    const listed = new Set(known(version))
    return table(version).calls.filter((name) => !listed.has(name))
  }
  return [
    header(
      `System calls and their groups, from systemd ${versions.map((version) => table(version).source).join(', ')}; native calls are those of x86-64.`,
    ),
    tokenNote(versions),
    '',
    ...constant(
      'Versions that have a table.',
      'callVersions',
      `[${versions.join(', ')}]`,
      'readonly number[]',
    ),
    ...constant(
      'Every system call that is in a group or known.',
      'callNames',
      list((version) => table(version).calls),
    ),
    ...constant(
      'Those that libseccomp knows, but not for x86-64.',
      'foreignCalls',
      list((version) => table(version).foreign),
    ),
    ...constant(
      'Those that libseccomp does not know.',
      'unresolvableCalls',
      list((version) => table(version).unresolvable),
    ),
    ...constant(
      'Those that `@known` leaves out; it holds all others.',
      'unlistedCalls',
      list(unlisted),
    ),
    ...constant(
      'What `@known` holds beside calls.',
      'knownGroups',
      list((version) => known(version).filter((name) => name.startsWith('@'))),
    ),
    '/** Members of the other groups, by name, in byte order, which is the order of the tables. */',
    'export const callGroups: readonly (readonly [name: string, members: string])[] = [',
    ...groups.map(
      (group) => `  ['${group}', ${list((version) => table(version).groups.get(group) ?? [])}],`,
    ),
    ']',
    '',
  ].join('\n')
}

/**
 * The system calls of a systemd, which tells all but one thing: which calls x86-64 has. They are
 * those of the version before, and all new ones.
 *
 * Also yields the new calls, for somebody to look at.
 */
export async function askedCalls(
  systemd: AskedSystemd,
  before: CallTable,
): Promise<{readonly table: CallTable; readonly added: readonly string[]}> {
  const {groups, ungrouped} = callGroupsIn(await systemd.run('syscall-filter'))
  const calls = sortedNames(new Set([...groups.values()].flat().concat(ungrouped))).filter(
    (name) => !name.startsWith('@'),
  )
  const answers = await systemd.answers(
    {section: 'Service', key: 'SystemCallFilter', unitType: 'service'},
    calls,
  )
  const unresolvable = calls.filter((name) => answers.get(name) !== 'silent')
  const resolved = new Set(before.calls.filter((name) => !before.unresolvable.includes(name)))
  const isKnown = (name: string): boolean => !unresolvable.includes(name)
  return {
    table: {
      source: `${systemd.package} with libseccomp ${systemd.libseccomp}`,
      groups,
      calls,
      unresolvable,
      foreign: before.foreign.filter((name) => calls.includes(name) && isKnown(name)),
    },
    added: calls.filter((name) => isKnown(name) && !resolved.has(name)),
  }
}

/**
 * Groups with their members, and the calls outside of them, in what `systemd-analyze
 * syscall-filter` prints.
 */
function callGroupsIn(text: string): {
  readonly groups: Map<string, string[]>
  readonly ungrouped: string[]
} {
  const groups = new Map<string, string[]>()
  const ungrouped: string[] = []
  let isUngrouped = false
  for (const line of text.split('\n')) {
    const [, group] = /^(@[\w-]+)$/.exec(line) ?? []
    const [, member] = /^ {4}([@\w-]+)$/.exec(line) ?? []
    const [, outside] = /^# {3}(\w+)$/.exec(line) ?? []
    if (group !== undefined) groups.set(group, [])
    else if (member !== undefined) [...groups.values()].at(-1)?.push(member)
    else if (line.startsWith('# '))
      isUngrouped = line.startsWith('# Ungrouped ') || (isUngrouped && outside !== undefined)
    if (isUngrouped && outside !== undefined) ungrouped.push(outside)
  }
  if (groups.size < 20) fail('no groups from `systemd-analyze syscall-filter`')
  return {groups, ungrouped}
}

/** The tables in a text of `address-families.ts`, by version. */
export function familyTables(text: string): Map<number, readonly string[]> {
  const list = constantsOf(text).get('familyNames') ?? fail('no address families')
  return new Map(versionsOf(text).map((version) => [version, namesIn(list, version)]))
}

/** The text of `address-families.ts` for the tables of all versions. */
export function familyModule(tables: ReadonlyMap<number, readonly string[]>): string {
  const versions = [...tables.keys()].toSorted((one, other) => one - other)
  return [
    header(`Address families, from systemd ${versions.join(', ')}.`),
    tokenNote(versions),
    '',
    ...constant(
      'Versions that have a table.',
      'familyVersions',
      `[${versions.join(', ')}]`,
      'readonly number[]',
    ),
    ...constant(
      'Names of address families, aliases included.',
      'familyNames',
      `'${ranges(versions, (version) => tables.get(version) ?? [])}'`,
    ),
  ].join('\n')
}

/** Those names in a systemd that it takes for address families. */
export async function askedFamilies(systemd: AskedSystemd): Promise<readonly string[]> {
  const names = systemd.words.filter((word) => /^AF_\w+$/.test(word))
  const answers = await systemd.answers(
    {section: 'Service', key: 'RestrictAddressFamilies', unitType: 'service'},
    names,
  )
  return names.filter((name) => answers.get(name) === 'silent')
}

/** The names in a text of `capabilities.ts`, which no version has others of, and those versions. */
export function capabilityTable(text: string): {
  readonly versions: readonly number[]
  readonly names: readonly string[]
} {
  const versions =
    /^\/\/ Capabilities, equal in systemd ([\d, ]+)\.$/m.exec(text)?.[1] ?? fail('no capabilities')
  return {
    versions: versions.split(', ').map(Number),
    names: (constantsOf(text).get('capabilityNames') ?? '').split(' '),
  }
}

/** The text of `capabilities.ts`. */
export function capabilityModule({versions, names}: ReturnType<typeof capabilityTable>): string {
  return [
    header(`Capabilities, equal in systemd ${versions.join(', ')}.`),
    ...constant(
      'Names, separated by spaces; the first has number 0, the next 1, and so on (capabilities(7)).',
      'capabilityNames',
      `'${names.join(' ')}'`,
    ),
  ].join('\n')
}

/** The capabilities that a systemd knows, by number. */
export async function askedCapabilities(systemd: AskedSystemd): Promise<readonly string[]> {
  const lines = [...(await systemd.run('capability')).matchAll(/^(cap_\w+)\s+(\d+)$/gm)]
  if (lines.length === 0 || lines.some(([, , number], index) => Number(number) !== index))
    fail('capabilities are not numbered without gaps')
  return lines.map(([, name = '']) => name.toUpperCase())
}

function header(source: string): string {
  return `// Kept by \`npm run facts -- release FOLDER\`; do not edit.\n// ${source}`
}

function tokenNote(versions: readonly number[]): string {
  return `// Tokens are separated by spaces. \`NAME\` is in every version from ${versions[0]} to ${versions.at(-1)}, \`NAME:249-252,257-\` in 249 to 252 and from 257 on.`
}

/** The lines of a module that declare a constant. */
export function constant(words: string, name: string, value: string, type?: string): string[] {
  return [
    `/** ${words} */`,
    `export const ${name}${type === undefined ? '' : `: ${type}`} = ${value}`,
    '',
  ]
}

function constantsOf(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(/^export const (\w+) = '([^']*)'$/gm)].map(([, name = '', list = '']) => [
      name,
      list,
    ]),
  )
}

function versionsOf(text: string): number[] {
  return (/Versions: readonly number\[\] = \[([\d, ]+)\]/.exec(text)?.[1] ?? fail('no versions'))
    .split(', ')
    .map(Number)
}

function fail(words: string): never {
  throw new Error(words)
}
