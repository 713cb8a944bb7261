import {sandboxingKeys, wordDirectives} from '../../facts/hardening.ts'
import type {UnorderedRow} from '../../facts/sandboxing/row.ts'
import {rowOf} from '../../facts/sandboxing/rows.ts'
import type {WordDirective} from '../../facts/sandboxing/rows.ts'
import type {LoadedUnit} from '../load.ts'
import {settings} from '../settings.ts'
import {valueOf, valuesOf} from '../value.ts'
import {imageList} from '../../values/images.ts'
import {splitWords} from '../../values/words.ts'
import {meaningIn} from './source.ts'

/**
 * Whether systemd sets up a mount namespace for the unit before it changes to `WorkingDirectory=`
 * (systemd.exec(5)); probed on 257 and 262.
 */
export function hasMountNamespace(unit: LoadedUnit): boolean {
  if (wordDirectives().some((key) => mountsByWord(key, unit))) return true
  const {RootImage: image, RootDirectory: root} = settings(unit)
  if (image.value !== undefined) return true
  if ((root.value ?? '/') !== '/' && valueOf(unit, 'MountAPIVFS') === undefined) return true
  return sandboxingKeys().some((key) => mountsByLine(key, unit))
}

function mountsByWord(key: WordDirective, unit: LoadedUnit): boolean {
  const row = rowOf(key)
  if (row?.holds !== 'word') return false
  const {value} = settings(unit)[key]
  const level = row.levels.find(({words}) => Object.hasOwn(words, value))
  const since = level?.mountsSince ?? 'never'
  return since !== 'never' && unit.target.version >= since
}

function mountsByLine(key: string, unit: LoadedUnit): boolean {
  const row = rowOf(key)
  if (!row || row.holds === 'word' || unit.target.version < row.since) return false
  return isMounting(row.mounts, key, unit)
}

function isMounting(mounts: UnorderedRow['mounts'], key: string, unit: LoadedUnit): boolean {
  switch (mounts) {
    case 'never':
    case 'root':
      return false
    case 'yes':
      return valueOf(unit, key)?.boolean === true
    case 'path':
      return isWritten(unit, key, hasPath)
    case 'image':
      return isWritten(unit, key, (value) => (meaningIn(unit, key, imageList, value) ?? 0) > 0)
    case 'text':
      return isWritten(unit, key, (value) => value !== '')
    default:
      return mounts.includes(valueOf(unit, key)?.value ?? '')
  }
}

/** Whether a line in force holds something of use. */
function isWritten(unit: LoadedUnit, key: string, isOfUse: (value: string) => boolean): boolean {
  return valuesOf(unit, key).some(({value}) => isOfUse(value))
}

/** Whether a word is an absolute path, behind `-` and `+` if they stand there. */
function hasPath(value: string): boolean {
  return splitWords(value, 'quotes').words.some(({text}) => /^-?\+?\//.test(text))
}
