import path from 'node:path'
import {isQuadlet, quadletService} from '../facts/quadlet.ts'
import {managerOf, unitOf} from '../unit/load.ts'
import {unitPath} from '../machine/unit-path.ts'
import type {FolderEntry, UnitFolder} from '../machine/unit-folder.ts'
import {excess, mostBytes} from '../unit/excess.ts'
import {templateOf} from '../unit/references.ts'
import type {SeenFile, Sight} from '../machine/sight.ts'
import {parse} from '../syntax/parse.ts'
import {recent} from '../unit/query.ts'
import type {Host} from '../unit/host.ts'
import {hostAt} from './host.ts'
import {isBelow, readLocated} from './locate.ts'
import {recipesAbove} from './recipes.ts'
import {quadletServices} from './quadlets.ts'
import {shortText} from './read.ts'
import type {ReadFile} from './read.ts'
import {unitFolders} from './unit-folders.ts'
import {searchPathOf, namer} from './search-path.ts'
import type {SearchPath, RunView} from './search-path.ts'
import {UnitAsKnown} from './unit-as-known.ts'

/**
 * From a file to the units in its sight: those of the machine below `root`; those of the tree that
 * its own path speaks of, such as `DIR/usr/lib/systemd/system`; else those beside it.
 */
export function sights(files: readonly string[], view: RunView): (file: string) => Sight {
  const made = new Map<string, Sight>()
  const inRun = new Map<'system' | 'user', ReadonlySet<string>>()
  const namesOf = (manager: 'system' | 'user'): ReadonlySet<string> => {
    let names = inRun.get(manager)
    if (!names) inRun.set(manager, (names = namesInRun(files, manager, view)))
    return names
  }
  const run: Run = {
    view,
    read: recent(mostRead, (file) => seenAt(file, view)),
    hostAt: recent(mostHosts, hostAt),
    kept: keeper(mostText),
    byFolder: filesByFolder(files, view.cwd),
    namesOf,
  }
  return (file) => {
    const place = searchPathOf(file, view)
    const sight = made.get(place.key) ?? sightFrom(place, run)
    made.set(place.key, sight)
    return sight
  }
}

/** What all sights of a run share. */
interface Run {
  readonly view: RunView
  readonly read: Sight['read']
  readonly hostAt: (root: string) => Host
  /** The text of a file, kept for the next who asks. */
  readonly kept: ReturnType<typeof keeper>
  /** Its files by the folders that they are in. */
  readonly byFolder: ReadonlyMap<string, readonly string[]>
  /** Its units that a manager may know. */
  readonly namesOf: (manager: 'system' | 'user') => ReadonlySet<string>
}

function sightFrom(
  place: SearchPath,
  {view, read, hostAt: hostOf, kept, byFolder, namesOf}: Run,
): Sight {
  const show = namer(place)
  const folders = withTexts(
    withFiles(unitFolders(place.folders, place.root), byFolder, view.cwd),
    view.texts,
  )
  const {find, plainFile, names} = unitPath(folders, view.version)
  const host = place.root === undefined ? undefined : hostOf(place.root)
  let beside: ReadonlySet<string> | undefined
  const isInRun = (name: string, manager: 'system' | 'user'): boolean =>
    view.root === undefined &&
    (isAmong(name, namesOf(manager)) || isAmong(name, (beside ??= servicesOf(folders))))
  const isMade = (name: string, manager: 'system' | 'user'): boolean =>
    host !== undefined && isAmong(name, quadletServices(host, manager))
  return {
    find: (name) => new UnitAsKnown(find(name), show),
    isElsewhere: (name, manager) => isInRun(name, manager) || isMade(name, manager),
    names,
    read,
    plainText(name) {
      const path = plainFile(name)
      const text = path === undefined ? undefined : kept(path, () => textAt(path, show, view))
      return text === '' ? undefined : text
    },
    isNamedByRecipe:
      place.root === undefined ? recipesAbove(place.folders[0] ?? '', view.cwd) : undefined,
    host,
    isComplete: view.root !== undefined,
  }
}

/** The files of a run by the folders that they are in. */
function filesByFolder(
  files: readonly string[],
  cwd: string,
): ReadonlyMap<string, readonly string[]> {
  const byFolder = new Map<string, string[]>()
  for (const file of files) {
    const folder = path.dirname(path.resolve(cwd, file))
    const same = byFolder.get(folder)
    if (same) same.push(file)
    else byFolder.set(folder, [file])
  }
  return byFolder
}

/**
 * The units of a run that a manager may know. What may be anybody's the system knows; users'
 * managers know their own.
 */
function namesInRun(
  files: readonly string[],
  manager: 'system' | 'user',
  {managerOf: its = managerOf}: RunView,
): ReadonlySet<string> {
  return new Set(
    files
      .filter((file) => unitOf(file)?.role === 'fragment' && its(file) === manager)
      .map(unitMadeOf),
  )
}

/** The folders where a file looks for other units, in order of precedence, absolute. */
export function foldersFor(file: string, view: Omit<RunView, 'version'>): readonly string[] {
  return searchPathOf(file, view).folders
}

/** The name of the unit that a file is: of Quadlet's, of the service that is made of it. */
function unitMadeOf(file: string): string {
  const name = path.basename(file)
  return serviceOf(name) ?? name
}

/** The services that Quadlet makes of files in folders. */
function servicesOf(folders: readonly UnitFolder[]): ReadonlySet<string> {
  return new Set(
    folders.flatMap(({entries}) => [...entries.keys()].flatMap((name) => serviceOf(name) ?? [])),
  )
}

function serviceOf(name: string): string | undefined {
  const type = path.extname(name).slice(1)
  return isQuadlet(type) ? quadletService(name, type) : undefined
}

/** Whether a name, or that of its template, is among some. */
function isAmong(name: string, names: ReadonlySet<string>): boolean {
  return names.has(name) || names.has(templateOf(name))
}

/** The folders with those files of a run that are not written yet. */
function withFiles(
  folders: readonly UnitFolder[],
  inRun: ReadonlyMap<string, readonly string[]>,
  cwd: string,
): readonly UnitFolder[] {
  return folders.map(({path: folder, entries}) => {
    const unwritten = (inRun.get(folder) ?? []).filter((file) => !entries.has(path.basename(file)))
    const added = unwritten.map((file): [string, FolderEntry] => [
      path.basename(file),
      {kind: 'file', path: path.resolve(cwd, file), isEmpty: false},
    ])
    return added.length === 0
      ? {path: folder, entries}
      : {path: folder, entries: new Map([...entries, ...added])}
  })
}

/**
 * The folders with the texts that stand for their files: an empty one masks a unit, and a drop-in
 * may not be written yet.
 */
function withTexts(folders: readonly UnitFolder[], texts: RunView['texts']): readonly UnitFolder[] {
  if (!texts) return folders
  return folders.map((folder) => {
    const {path: top, entries} = folder
    const added: Array<readonly [string, FolderEntry]> = []
    for (const [file, text] of texts) {
      const [first = '', second, ...more] = path.relative(top, file).split(path.sep)
      if (!isBelow(file, top) || more.length > 0) continue
      const its: FolderEntry = {kind: 'file', path: file, isEmpty: text === ''}
      if (second === undefined) {
        if (entries.get(first)?.kind !== 'link') added.push([first, its])
        continue
      }
      const known = new Map(added).get(first) ?? entries.get(first)
      if (known && known.kind !== 'folder') continue
      const inside = known?.kind === 'folder' ? known.entries : new Map<string, FolderEntry>()
      if (inside.get(second)?.kind !== 'link')
        added.push([
          first,
          {
            kind: 'folder',
            path: path.join(top, first),
            entries: new Map([...inside, [second, its]]),
          },
        ])
    }
    return added.length === 0 ? folder : {path: top, entries: new Map([...entries, ...added])}
  })
}

function seenAt(file: string, view: RunView): SeenFile | undefined {
  const read = readAt(file, view)
  return read && {tree: parse(read.text), mode: read.mode}
}

/** The text of a file of a folder; see `readAt`. */
function textAt(file: string, show: (file: string) => string, view: RunView): string | undefined {
  const {root, texts} = view
  const text = root === undefined && texts?.has(file) !== true ? shortText(file) : undefined
  if (text === undefined) return readAt(show(file), view)?.text
  return excess([text]) === undefined ? text : undefined
}

/** A file with its text; undefined where it cannot be read, or is too much for a unit. */
function readAt(file: string, view: RunView): ReadFile | undefined {
  const written = readLocated(file, view, mostBytes)
  const text = view.texts?.get(path.resolve(view.cwd, file))
  const read =
    text === undefined ? written : {text, mode: 'mode' in written ? written.mode : undefined}
  return 'text' in read && excess([read.text]) === undefined ? read : undefined
}

/**
 * Texts as they are made, by path, kept as long as all of them together are not too long: each
 * version of systemd looks at the units of a run.
 */
function keeper(
  most: number,
): (path: string, read: () => string | undefined) => string | undefined {
  const texts = new Map<string, string | undefined>()
  let length = 0
  return (path, read) => {
    if (texts.has(path)) return texts.get(path)
    const text = read()
    if (length < most) texts.set(path, text)
    length += text?.length ?? 0
    return text
  }
}

/** Characters of text that are kept: of some twenty thousand units. */
const mostText = 2 ** 24

/** Machines whose files are looked at in one run. */
const mostHosts = 8

/**
 * Files that are kept with their trees: a unit is read when it is looked at, and again when it is
 * asked for.
 */
const mostRead = 16
