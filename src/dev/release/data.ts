import {absorbDirectives} from './directives.ts'
import type {Remark} from './remark.ts'
import type {AskedSystemd} from './ask.ts'
import {
  askedCalls,
  askedCapabilities,
  askedFamilies,
  callModule,
  callTables,
  capabilityModule,
  capabilityTable,
  familyModule,
  familyTables,
} from './sets.ts'
import {rowsBefore, directiveRows, withRows} from './table.ts'

/** The texts of the modules that say what each version of systemd knows, by path from the top. */
export type ReleaseData = Readonly<Record<(typeof dataFiles)[number], string>>

/** The modules that `npm run facts -- release` keeps. */
export const dataFiles = [
  'src/facts/data/directives.ts',
  'src/facts/data/syscall-groups.ts',
  'src/facts/data/address-families.ts',
  'src/facts/data/capabilities.ts',
  'src/facts/targets.ts',
] as const

/** What a systemd added to the data. */
export interface Absorbed {
  readonly data: ReleaseData
  /** What changed, each in a line. */
  readonly changes: readonly string[]
  /** What somebody must look at, each in a line. */
  readonly doubts: readonly string[]
}

/**
 * The data with what a systemd knows. Throws for one that is older than the newest in the data,
 * which is kept forward only.
 */
export async function withRelease(data: ReleaseData, systemd: AskedSystemd): Promise<Absorbed> {
  const {version} = systemd
  const newest = newestIn(data)
  if (version < newest)
    throw new Error(`Expected systemd ${newest} or newer, as that is in the data, found ${version}`)
  const remarks: Remark[] = []
  const rows = await absorbDirectives(
    directiveRows(data['src/facts/data/directives.ts']),
    systemd,
    remarks,
  )

  const calls = callTables(data['src/facts/data/syscall-groups.ts'])
  const before = [...calls]
    .toSorted(([one], [other]) => one - other)
    .findLast(([one]) => one <= version)?.[1]
  if (!before) throw new Error(`Expected system calls of ${version} or before`)
  const {table, added} = await askedCalls(systemd, before)
  calls.set(version, table)

  const families = familyTables(data['src/facts/data/address-families.ts'])
  families.set(version, await askedFamilies(systemd))

  const capabilities = capabilityTable(data['src/facts/data/capabilities.ts'])
  const names = await askedCapabilities(systemd)
  const isSame = names.join() === capabilities.names.join()
  return {
    data: {
      'src/facts/data/directives.ts': withRows(data['src/facts/data/directives.ts'], rows),
      'src/facts/data/syscall-groups.ts': callModule(calls),
      'src/facts/data/address-families.ts': familyModule(families),
      'src/facts/data/capabilities.ts': isSame
        ? capabilityModule({...capabilities, versions: withNumber(capabilities.versions, version)})
        : data['src/facts/data/capabilities.ts'],
      'src/facts/targets.ts': withNewest(data['src/facts/targets.ts'], version),
    },
    changes: told(remarks.filter(({isDoubt}) => !isDoubt)),
    doubts: [
      ...told(remarks.filter(({isDoubt}) => isDoubt)),
      ...(version > newest + 1
        ? [`what came with ${newest + 1} to ${version - 1} is said to be of ${version}`]
        : []),
      ...(added.length > 0
        ? [
            `system calls that libseccomp did not know before are taken for calls of x86-64: ${added.join(' ')}`,
          ]
        : []),
      ...(isSame
        ? []
        : [
            `other capabilities, which the data cannot tell by version: ${names.filter((name) => !capabilities.names.includes(name)).join(' ')}`,
          ]),
    ],
  }
}

/** The data without all that came with a version and later ones, as far as data can tell. */
export function withoutRelease(data: ReleaseData, version: number): ReleaseData {
  const isOlder = ([one]: readonly [number, unknown]): boolean => one < version
  const capabilities = capabilityTable(data['src/facts/data/capabilities.ts'])
  return {
    'src/facts/data/directives.ts': withRows(
      data['src/facts/data/directives.ts'],
      rowsBefore(directiveRows(data['src/facts/data/directives.ts']), version),
    ),
    'src/facts/data/syscall-groups.ts': callModule(
      new Map([...callTables(data['src/facts/data/syscall-groups.ts'])].filter(isOlder)),
    ),
    'src/facts/data/address-families.ts': familyModule(
      new Map([...familyTables(data['src/facts/data/address-families.ts'])].filter(isOlder)),
    ),
    'src/facts/data/capabilities.ts': capabilityModule({
      ...capabilities,
      versions: capabilities.versions.filter((one) => one < version),
    }),
    'src/facts/targets.ts': withNewest(data['src/facts/targets.ts'], version - 1),
  }
}

/** The newest version that the data tell of. */
export function newestIn(data: ReleaseData): number {
  return Number(newestVersion.exec(data['src/facts/targets.ts'])?.[1])
}

const newestVersion = /^export const newestVersion = (\d+)$/m

function withNewest(text: string, version: number): string {
  return text.replace(newestVersion, `export const newestVersion = ${version}`)
}

function withNumber(numbers: readonly number[], number: number): number[] {
  return [...new Set([...numbers, number])].toSorted((one, other) => one - other)
}

/** Remarks that differ in their sections only, in a line. */
function told(remarks: readonly Remark[]): string[] {
  const sections = new Map<string, string[]>()
  for (const {section, key, text} of remarks)
    sections.set(`${key}= ${text}`, [...(sections.get(`${key}= ${text}`) ?? []), section])
  return [...sections].map(([text, own]) => `[${own.join(', ')}] ${text}`).toSorted()
}
