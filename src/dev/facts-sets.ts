import {readFile, writeFile} from 'node:fs/promises'
import path from 'node:path'

/**
 * Write the set tables in `src/model/data` from the JSON tables in a folder: `facts-sets DIR`.
 *
 * DIR holds `syscall-groups.json`, `capabilities.json` and `address-families.json`, each keyed by systemd version.
 */
export async function main(args: readonly string[]): Promise<void> {
  const [folder] = args
  if (folder === undefined) throw new Error('Expected a folder with the JSON tables: facts-sets DIR')
  // The JSON tables are ours; a table of another form fails below, when nothing has been written yet.
  const [calls, capabilities, families] = [
    (await readJson(folder, 'syscall-groups.json')) as ByVersion<CallTable>,
    (await readJson(folder, 'capabilities.json')) as ByVersion<Record<string, number>>,
    (await readJson(folder, 'address-families.json')) as ByVersion<string[]>,
  ]
  await Promise.all([
    writeModule('syscall-groups.ts', callModule(calls)),
    writeModule('capabilities.ts', capabilityModule(capabilities)),
    writeModule('address-families.ts', familyModule(families)),
  ])
}

type ByVersion<Table> = Record<string, Table>

interface CallTable {
  readonly package: string
  readonly libseccomp: string
  readonly groups: Record<string, string[]>
  readonly ungrouped: string[]
  readonly pseudo_x86_64: string[]
  readonly unresolvable: string[]
}

async function readJson(folder: string, name: string): Promise<unknown> {
  return JSON.parse(await readFile(path.join(folder, name), 'utf8'))
}

async function writeModule(name: string, text: string): Promise<void> {
  await writeFile(path.join('src/model/data', name), text)
}

function callModule(tables: ByVersion<CallTable>): string {
  const versions = Object.keys(tables)
  const table = (version: string): CallTable => tables[version] ?? fail(`no table for ${version}`)
  for (const version of versions) {
    for (const [group, members] of Object.entries(table(version).groups)) {
      if (members.join() !== inOrder(members).join()) fail(`${group} of ${version} is not in byte order: the tables need positions`)
    }
  }
  const groups = [...new Set(versions.flatMap((version) => Object.keys(table(version).groups)))].filter((group) => group !== '@known')
  const everything = (version: string): string[] => {
    const grouped = Object.values(table(version).groups).flat()
    return [...new Set([...grouped, ...table(version).ungrouped])].filter((name) => !name.startsWith('@'))
  }
  const unlisted = (version: string): string[] => {
    const listed = new Set(table(version).groups['@known'])
    return everything(version).filter((name) => !listed.has(name))
  }
  const packages = versions.map((version) => `${table(version).package} with libseccomp ${table(version).libseccomp}`)
  return [
    header(`System calls and their groups, from systemd ${packages.join(', ')}; native calls are those of x86-64.`),
    tokenNote(versions),
    '',
    ...constant('Versions that have a table.', 'callVersions', `[${versions.join(', ')}]`, 'readonly number[]'),
    ...constant('Every system call that is in a group or known.', 'callNames', quote(ranges(versions, everything))),
    ...constant('Those that libseccomp knows, but not for x86-64.', 'foreignCalls', quote(ranges(versions, (version) => table(version).pseudo_x86_64))),
    ...constant('Those that libseccomp does not know.', 'unresolvableCalls', quote(ranges(versions, (version) => table(version).unresolvable))),
    ...constant('Those that `@known` leaves out; it holds all others.', 'unlistedCalls', quote(ranges(versions, unlisted))),
    ...constant(
      'What `@known` holds beside calls.',
      'knownGroups',
      quote(ranges(versions, (version) => (table(version).groups['@known'] ?? []).filter((name) => name.startsWith('@')))),
    ),
    '/** Members of the other groups, by name, in byte order, which is the order of the tables. */',
    'export const callGroups: readonly (readonly [name: string, members: string])[] = [',
    ...groups.map((group) => `  ['${group}', ${quote(ranges(versions, (version) => table(version).groups[group] ?? []))}],`),
    ']',
    '',
  ].join('\n')
}

function capabilityModule(tables: ByVersion<Record<string, number>>): string {
  const versions = Object.keys(tables)
  const ordered = versions.map((version) => Object.entries(tables[version] ?? {}).toSorted((a, b) => a[1] - b[1]))
  const names = ordered.map((entries) => entries.map(([name]) => name).join(' '))
  if (new Set(names).size !== 1) fail('capabilities differ between versions: the table needs ranges')
  if (ordered[0]?.some(([, bit], index) => bit !== index)) fail('capabilities are not numbered without gaps')
  return [
    header(`Capabilities, equal in systemd ${versions.join(', ')}.`),
    ...constant('Names, separated by spaces; the first has number 0, the next 1, and so on (capabilities(7)).', 'capabilityNames', quote(names[0] ?? '')),
  ].join('\n')
}

function familyModule(tables: ByVersion<string[]>): string {
  const versions = Object.keys(tables)
  return [
    header(`Address families, from systemd ${versions.join(', ')}.`),
    tokenNote(versions),
    '',
    ...constant('Versions that have a table.', 'familyVersions', `[${versions.join(', ')}]`, 'readonly number[]'),
    ...constant('Names of address families, aliases included.', 'familyNames', quote(ranges(versions, (version) => tables[version] ?? []))),
  ].join('\n')
}

function header(source: string): string {
  return `// Generated by \`node src/dev/run.mjs facts-sets DIR\`; do not edit.\n// ${source}`
}

function tokenNote(versions: readonly string[]): string {
  return `// Tokens are separated by spaces. \`NAME\` is in every version from ${versions[0]} to ${versions.at(-1)}, \`NAME:249-252,257-\` in 249 to 252 and from 257 on.`
}

function constant(words: string, name: string, value: string, type?: string): string[] {
  return [`/** ${words} */`, `export const ${name}${type === undefined ? '' : `: ${type}`} = ${value}`, '']
}

function quote(text: string): string {
  return `'${text}'`
}

/** The union of the lists of all versions, in byte order, each name with the versions that have it. */
function ranges(versions: readonly string[], names: (version: string) => readonly string[]): string {
  const lists = versions.map((version) => new Set(names(version)))
  const union = inOrder(new Set(lists.flatMap((list) => [...list])))
  return union
    .map(
      (name) =>
        name +
        rangeOf(
          versions,
          lists.map((list) => list.has(name)),
        ),
    )
    .join(' ')
}

function inOrder(names: Iterable<string>): string[] {
  return [...names].toSorted((a, b) => (a < b ? -1 : 1))
}

function rangeOf(versions: readonly string[], present: readonly boolean[]): string {
  if (present.every(Boolean)) return ''
  const runs: string[] = []
  for (const [index, here] of present.entries()) {
    if (here && !present[index - 1]) runs.push(`${versions[index]}-`)
    if (!here && present[index - 1]) runs.push(`${runs.pop()}${versions[index - 1]}`)
  }
  return `:${runs.join(',')}`
}

function fail(words: string): never {
  throw new Error(words)
}
