import {pastable} from '../reporters/printable.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {notLoaded} from '../unit/not-loaded.ts'

/**
 * What to say of a unit that systemd does not load, with its place and why; undefined for one that
 * it loads.
 */
export function notLoadedLine(
  unit: LoadedUnit,
  pathOf = (path: string): string => path,
): string | undefined {
  const found = notLoaded(unit)
  if (!found) return undefined
  const {reason, place} = found
  const file = pastable(pathOf(place?.file.path ?? unit.files[0]?.path ?? unit.name))
  const where = place ? `${file}:${place.line}` : file
  return `${where}: Not loaded by systemd ${unit.target.version}: ${reason}`
}
