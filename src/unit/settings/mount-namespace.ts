import type {Settings} from '../settings.ts'
import type {AssignmentSource} from '../unit.ts'
import {sandboxingKeys, wordDirectives} from '../../facts/hardening.ts'
import type {UnorderedRow} from '../../facts/sandboxing/row.ts'
import {rowOf} from '../../facts/sandboxing/rows.ts'
import type {WordDirective} from '../../facts/sandboxing/rows.ts'
import {parseBoolean} from '../../values/boolean.ts'
import {countImages} from '../../values/images.ts'
import {splitWords} from '../../values/words.ts'
import {execution} from './reading.ts'

/** Whether systemd sets up a mount namespace for the unit before it changes to `WorkingDirectory=` (systemd.exec(5)); probed on 257 and 262. */
export function hasMountNamespace(settings: Settings): boolean {
  const {counted: unit} = settings
  if (wordDirectives().some((key) => mountsByWord(key, settings))) return true
  if (settings.RootImage.value !== undefined) return true
  const isRootMoved = (settings.RootDirectory.value ?? '/') !== '/'
  if (isRootMoved && isOn(unit, 'MountAPIVFS') === undefined) return true
  return sandboxingKeys().some((key) => mountsByLine(key, unit))
}

function mountsByWord(key: WordDirective, settings: Settings): boolean {
  const row = rowOf(key)
  if (row?.holds !== 'word') return false
  const {value} = settings[key]
  const level = row.levels.find(({words}) => Object.hasOwn(words, value))
  const since = level?.mountsSince ?? 'never'
  return since !== 'never' && settings.counted.target.version >= since
}

function mountsByLine(key: string, unit: AssignmentSource): boolean {
  const row = rowOf(key)
  if (!row || row.holds === 'word' || unit.target.version < row.since) return false
  return isMounting(row.mounts, key, unit)
}

function isMounting(mounts: UnorderedRow['mounts'], key: string, unit: AssignmentSource): boolean {
  switch (mounts) {
    case 'never':
    case 'root':
      return false
    case 'yes':
      return isOn(unit, key) === true
    case 'path':
      return isWritten(unit, key, hasPath)
    case 'image':
      return isWritten(unit, key, (value) => countImages(value, unit) > 0)
    case 'text':
      return isWritten(unit, key, (value) => value !== '')
    default:
      return mounts.includes(execution(unit, key).at(-1)?.value ?? '')
  }
}

function isOn(unit: AssignmentSource, key: string): boolean | undefined {
  return parseBoolean(execution(unit, key).findLast(({value}) => parseBoolean(value) !== undefined)?.value ?? '')
}

/** Whether a line since the last reset holds something of use. */
function isWritten(unit: AssignmentSource, key: string, isOfUse: (value: string) => boolean): boolean {
  const assignments = execution(unit, key)
  const reset = assignments.findLastIndex(({value}) => value === '')
  return assignments.slice(reset + 1).some(({value}) => isOfUse(value))
}

/** Whether a word is an absolute path, behind `-` and `+` if they stand there. */
function hasPath(value: string): boolean {
  return splitWords(value, 'quotes').words.some(({text}) => /^-?\+?\//.test(text))
}
