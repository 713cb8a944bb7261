import {namesOf} from './programs.ts'
import {kindsOfPrograms} from './tables/kinds.ts'
import type {ProgramsOfKind} from './tables/kinds.ts'

/** What kind of service a program makes when it is started by that path with these arguments; undefined where that is not known. */
export function kindOfProgram(path: string, args: readonly string[]): ProgramsOfKind | undefined {
  const names = namesOf(path.slice(path.lastIndexOf('/') + 1))
  const rows = [...names.flatMap((name) => exact.get(name) ?? []), ...patterns.filter(({test}) => names.some(test)).map(({row}) => row)]
  return rows.find(({when}) => when === undefined || args.some((arg) => when.test(arg)))
}

const exact = new Map<string, readonly ProgramsOfKind[]>()
const patterns: Array<{readonly test: (name: string) => boolean; readonly row: ProgramsOfKind}> = []
for (const row of kindsOfPrograms) {
  for (const program of row.programs.split(' ')) {
    const [start = '', end] = program.split('*')
    if (end === undefined) exact.set(program, [...(exact.get(program) ?? []), row])
    else patterns.push({row, test: (name) => name.length > start.length + end.length && name.startsWith(start) && name.endsWith(end)})
  }
}
