import {load, unitOf} from '../unit/load.ts'
import {query} from '../unit/query.ts'
import type {Target} from '../facts/targets.ts'
import type {SourceFile} from '../unit/unit.ts'
import {newestVersion} from '../facts/targets.ts'
import {unitPath} from '../machine/unit-path.ts'
import type {Entry, LocatedUnit} from '../machine/unit-path.ts'
import {parse} from '../syntax/parse.ts'
import type {UnitTree} from '../syntax/tree.ts'
import type {Others} from './others.ts'
import {unitFor} from './unit.ts'
import type {Unit} from './unit.ts'

/** Where a run finds units; see `UnitPath`. */
export interface Sight {
  find(name: string): LocatedUnit
  /** Whether the run has a unit of that name in another place, which may or may not be there when this one is. */
  isElsewhere(name: string): boolean
  readonly names: readonly string[]
  /** The text of a file that was found; undefined where it cannot be read. */
  read(path: string): UnitTree | undefined
  /** All units of a machine are in sight. */
  readonly isComplete: boolean
}

/** Whose systemd looks at the units. */
interface Viewer {
  readonly target: Target
  readonly manager: Unit['manager']
}

/** Units that are given as texts, by the paths that their files would have in one folder. */
export function sightOf(texts: Readonly<Record<string, string>>, isComplete = false): Sight {
  const entries = new Map<string, Entry>()
  for (const [path, text] of Object.entries(texts)) {
    const entry: Entry = {kind: 'file', path, isEmpty: text === ''}
    const [folder = '', name] = path.split('/')
    if (name === undefined) entries.set(path, entry)
    else {
      const known = entries.get(folder)
      const its = known?.kind === 'folder' ? known.entries : []
      entries.set(folder, {kind: 'folder', path: folder, entries: new Map([...its, [name, entry]])})
    }
  }
  const {find, names} = unitPath([{path: '', entries}], newestVersion)
  return {find, names, isComplete, isElsewhere: () => false, read: (path) => (Object.hasOwn(texts, path) ? parse(texts[path] ?? '') : undefined)}
}

/** The units in sight as a systemd sees them, each read when it is first asked for. */
export function othersIn(sight: Sight, {target, manager}: Viewer): Others {
  return seen(sight, target, manager)
}

const seen = query((sight: Sight, target: Target, manager: Unit['manager']): Others => look(sight, {target, manager}))

function look(sight: Sight, viewer: Viewer): Others {
  const unitNamed = query((its: Sight, name: string) => {
    const located = its.find(name)
    return located.state === 'found' ? read(located, its, viewer, others) : undefined
  })
  const others: Others = {
    isComplete: sight.isComplete,
    isKnown: (name) => sight.find(name).state !== 'missing' || sight.isElsewhere(name),
    find(name) {
      const located = sight.find(name)
      if (located.state === 'masked') return 'masked'
      if (located.state !== 'found') return undefined
      return unitNamed(sight, located.name)
    },
    all() {
      const found = sight.names.map((name) => others.find(name)).filter((unit) => unit !== undefined && unit !== 'masked')
      return [...new Set(found)]
    },
  }
  return others
}

function read({name, names, pulls, fragment, dropIns}: LocatedUnit, sight: Sight, viewer: Viewer, others: Others): Unit | undefined {
  const type = unitOf(name)?.type
  if (!type) return undefined
  const files = [...(fragment === undefined ? [] : [{path: fragment, role: 'fragment' as const}]), ...dropIns.map((path) => ({path, role: 'drop-in' as const}))]
  const sources = files.flatMap(({path, role}): SourceFile[] => {
    const tree = sight.read(path)
    return tree ? [{path, role, tree}] : []
  })
  return unitFor(load(sources, {name, names, pulls, type, ...viewer}), {others})
}
