import type {LoadedUnit} from '../../unit/load.ts'
import {query} from '../../unit/query.ts'
import type {Assignment} from '../../unit/unit.ts'
import {kindOfProgram} from '../programs/kinds.ts'
import {isKnownProgram, isNamedProgram} from '../programs/programs.ts'
import type {ProgramsOfKind} from '../programs/tables/kinds.ts'
import {activities} from './activities.ts'
import {startsAnother} from './invocations.ts'
import type {Invocation} from './invocations.ts'
import {isForItself} from './uses.ts'

/**
 * A program of a service that is there for its own sake: no shell, no wrapper, nothing that handles
 * files alone.
 */
export interface CoreProgram {
  readonly invocation: Invocation
  readonly assignment: Assignment
  /** It is what the service is: `ExecStart=` runs it. */
  readonly isMain: boolean
  readonly kind: ProgramsOfKind | undefined
  /** It belongs to another program, and does what that does. */
  readonly standsFor?: string
  /** The tables say all that it needs, or its kind does. */
  readonly isKnown: boolean
}

/** The programs of a service, and what kind each makes of it. */
export const corePrograms = query((unit: LoadedUnit): readonly CoreProgram[] => {
  const stem = givenName(unit)
  return activities(unit).flatMap(({assignment, activity: {invocations}}) => {
    // What its helper runs besides, where that is a script in sight, is not what the service is.
    const hasHelper = invocations.some(
      ({path, args, seen}) => seen && isHelperOf(stem, path) && kindOfProgram(stem, args),
    )
    return invocations.flatMap((invocation): CoreProgram[] => {
      const {path, args, seen} = invocation
      const own = kindOfProgram(path, args)
      const isHelper = isHelperOf(stem, path)
      // A script that has been read is what it runs.
      const isRead = seen?.isWhole === true && !isHelper
      if (!own && (isRead || !isForItself(invocation.program) || startsAnother(invocation)))
        return []
      const isMain = assignment.key === 'ExecStart' && (!hasHelper || own !== undefined || isHelper)
      const kind = own ?? (isHelper ? kindOfProgram(stem, args) : undefined)
      const standsFor = kind && !own ? {standsFor: stem} : {}
      return [
        {
          invocation,
          assignment,
          isMain,
          kind,
          ...standsFor,
          isKnown: own ? !own.isHost : !isMain && isKnownProgram(path),
        },
      ]
    })
  })
})

/** What a unit is named for: what stands before the first `@` or dot. */
export function givenName({name}: Pick<LoadedUnit, 'name'>): string {
  return name.slice(0, name.search(/[@.]|$/))
}

/**
 * Whether a program is one that a package has for a program of its own:
 * `/usr/share/dnsmasq/systemd-helper`.
 */
export function isHelperOf(name: string, path: string): boolean {
  return (
    name !== '' &&
    ['/usr/share/', '/usr/lib/', '/usr/libexec/'].some((folder) =>
      path.startsWith(`${folder}${name}/`),
    )
  )
}

/** Whether nobody knows a program, and it has not been read: what it needs can only be guessed. */
export function isUnknown({path, program, args, seen}: Invocation): boolean {
  return (
    !seen?.isWhole && isForItself(program) && !isNamedProgram(path) && !kindOfProgram(path, args)
  )
}
