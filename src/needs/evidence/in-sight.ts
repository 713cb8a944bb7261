import type {LoadedUnit} from '../../unit/load.ts'
import {valuesOf} from '../../unit/value.ts'
import {isCode} from '../sight/seen.ts'
import {isHostOfApplications} from '../programs/kinds.ts'
import {activities} from './activities.ts'
import type {Invocation} from './invocations.ts'
import {hostOfPrograms, programFile} from './program-files.ts'
import {settingsIn} from './settings.ts'

/**
 * Whether a program of a unit is in sight, with all that it starts, and where it is not read to its
 * end, its settings and variables too, as these may tell of a folder or a socket in `/tmp`.
 */
export function readIn(unit: LoadedUnit): (one: Invocation) => boolean {
  const host = hostOfPrograms(unit)
  if (!host) return () => false
  // What is no text of a language that is read has been found, and says nothing; nor does what is
  // read in part say anything of the rest.
  const isText = ({seen}: Invocation): boolean =>
    seen?.isWhole === true || (seen?.shown !== undefined && !seen.shown.isPartial)
  const texts = new Set(
    activities(unit).flatMap(({activity}) =>
      activity.invocations.filter(isText).map(({script}) => script),
    ),
  )
  // What is not there, and need not be, says nothing.
  const areVariablesSeen = valuesOf(unit, 'EnvironmentFile').every(
    ({value}) => value.startsWith('-') || host.file(value),
  )
  return (one) => {
    if (one.seen?.isWhole) return true
    const path = one.file ?? one.path
    // What serves applications does what these do, and its own code does not tell that.
    const isCodeRead = (): boolean => {
      const file = isHostOfApplications(one.path, one.args) ? undefined : programFile(path, host)
      return file !== undefined && isCode(file)
    }
    return (
      (isText(one) || texts.has(path) || isCodeRead()) &&
      areVariablesSeen &&
      settingsIn(one.args).every((setting) => host.file(setting))
    )
  }
}
