import {unitPath} from '../machine/unit-path.ts'
import {unitFolders} from './unit-folders.ts'
import {searchPathOfRoot, namer} from './search-path.ts'
import type {RunView} from './search-path.ts'
import {UnitAsKnown} from './unit-as-known.ts'

/** The files of the units of a machine, its own and those for users' managers. */
export interface RootUnits {
  /** Each once, in order of the names of units. */
  readonly files: readonly string[]
  /** Those of one unit, none where systemd does not find it, or that it is masked. */
  of(name: string): readonly string[] | 'masked'
}

/** Look at all units of the machine whose files are below a root. */
export function unitsOfRoot(root: string, {cwd, version}: RunView): RootUnits {
  const paths = (['system', 'user'] as const).map((manager) => {
    const place = searchPathOfRoot(root, manager, cwd)
    return {place, path: unitPath(unitFolders(place.folders, place.root), version)}
  })
  const filesOf = (name: string, {place, path: {find}}: (typeof paths)[number]): string[] => {
    const {state, fragment, dropIns} = new UnitAsKnown(find(name), namer(place))
    return state === 'found' ? [...(fragment === undefined ? [] : [fragment]), ...dropIns] : []
  }
  return {
    files: [
      ...new Set(paths.flatMap((one) => one.path.names.flatMap((name) => filesOf(name, one)))),
    ],
    of(name) {
      const files = paths.map((one) => filesOf(name, one)).find((its) => its.length > 0)
      return (
        files ?? (paths.some(({path: {find}}) => find(name).state === 'masked') ? 'masked' : [])
      )
    },
  }
}
