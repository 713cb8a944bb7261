import type {LoadedUnit} from '../../unit/load.ts'
import {valuesOf} from '../../unit/value.ts'
import {isCode} from '../sight/seen.ts'
import {activities} from './activities.ts'
import type {Invocation} from './invocations.ts'
import {hostOfPrograms, programFile} from './program-files.ts'
import {settingsIn} from './settings.ts'

/**
 * Whether programs are in sight, and the settings and variables too of those that are not read to
 * their end, as these may tell of a folder or a socket in `/tmp`.
 */
export function isRead(unit: LoadedUnit, programs: readonly Invocation[]): boolean {
  const host = hostOfPrograms(unit)
  if (!host) return false
  // What is no text of a language that is read has been found, and says nothing.
  const isText = ({seen}: Invocation): boolean =>
    seen?.isWhole === true || seen?.shown !== undefined
  const texts = new Set(
    activities(unit).flatMap(({activity}) =>
      activity.invocations.filter(isText).map(({script}) => script),
    ),
  )
  const isInSight = (one: Invocation): boolean => {
    const path = one.file ?? one.path
    const file = programFile(path, host)
    return (
      (isText(one) || texts.has(path) || (file !== undefined && isCode(file))) &&
      settingsIn(one.args).every((setting) => host.file(setting))
    )
  }
  const unknown = programs.filter(({seen}) => !seen?.isWhole)
  if (unknown.length === 0) return true
  if (!unknown.every(isInSight)) return false
  // What is not there, and need not be, says nothing.
  return valuesOf(unit, 'EnvironmentFile').every(
    ({value}) => value.startsWith('-') || host.file(value),
  )
}
