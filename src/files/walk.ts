import path from 'node:path'
import {isQuadlet} from '../facts/quadlet.ts'
import {unitOf} from '../unit/load.ts'
import {ignoreFile, ignoringAbove, ignoringIn, isIgnored} from './gitignore.ts'
import type {Ignoring} from './gitignore.ts'
import {reasonOfFile} from './fault.ts'
import type {FileFault} from './fault.ts'
import {readFolder} from './native.ts'
import {startOfText} from './read.ts'
import {looksLikeQuadlet} from './recognise.ts'

/** Folders where nobody keeps units of their own. */
const skippedFolders: ReadonlySet<string> = new Set(['node_modules', '.git', '.hg', '.svn'])

/** A file that a search came upon. */
export interface WalkedFile {
  readonly path: string
  readonly isLink: boolean
}

/** How far to search, and what to tell apart from units: see `walk`. */
export interface WalkOptions {
  readonly depth?: number
  readonly most?: number
  readonly templates?: string[]
  readonly ignored?: string[] | undefined
}

/** A folder that is yet to be searched. */
interface PendingFolder {
  readonly folder: string
  readonly level: number
  readonly ignoring: Ignoring | undefined
  readonly isIgnored: boolean
}

/**
 * All units and drop-ins below a folder by their names, in order of their paths, as many levels of
 * folders down as the depth says.
 *
 * Hidden folders count (`~/.config/systemd/user`), and hidden units; hidden drop-ins do not:
 * systemd passes them over. Folders that cannot be read are added to the faults, files of which
 * units are yet to be made to the templates. Where what git ignores is wanted apart, it is added
 * there. A search through more folders than the most finds nothing.
 */
export function walk(
  folder: string,
  cwd: string,
  faults: FileFault[],
  {depth = Infinity, most = Infinity, templates, ignored}: WalkOptions = {},
): WalkedFile[] {
  const files: WalkedFile[] = []
  const ignoring = ignored && ignoringAbove(path.resolve(cwd, folder), cwd)
  const pending: PendingFolder[] = [{folder, level: 1, ignoring, isIgnored: false}]
  let left = most
  for (let top = pending.pop(); top !== undefined; top = pending.pop()) {
    if (left-- <= 0) return []
    const {level} = top
    const absolute = path.resolve(cwd, top.folder)
    const entries = entriesOf(absolute, top, faults)
    const hasOwn = ignored && !top.isIgnored && entries.some(([entry]) => entry === ignoreFile)
    const ignoring = hasOwn ? ignoringIn(absolute, top.ignoring) : top.ignoring
    for (const [entry, kind] of entries) {
      const name = path.join(top.folder, entry)
      const isLeft = (): boolean =>
        top.isIgnored || isIgnored(ignoring, path.join(absolute, entry), kind.isDirectory())
      if (kind.isDirectory()) {
        if (!skippedFolders.has(entry) && level < depth)
          pending.push({folder: name, level: level + 1, ignoring, isIgnored: isLeft()})
        continue
      }
      const isLink = kind.isSymbolicLink()
      const unit = foundName(name, cwd)
      if (unit === undefined) {
        if (templates && isTemplateOfUnit(entry) && !isLeft()) templates.push(name)
      } else if (!(isLink && isWish(name)) && !isOfOthers(unit, path.resolve(cwd, name))) {
        if (isLeft()) ignored?.push(unit)
        else files.push({path: unit, isLink})
      }
    }
  }
  return files.toSorted((one, other) => (one.path < other.path ? -1 : 1))
}

/** What is in a folder; nothing where it cannot be read, which is added to the faults. */
function entriesOf(
  absolute: string,
  {folder}: PendingFolder,
  faults: FileFault[],
): ReturnType<typeof readFolder> {
  try {
    return readFolder(absolute)
  } catch (error) {
    faults.push({path: folder, message: reasonOfFile(error)})
    return []
  }
}

/**
 * Whether a file is called as those of which a build, or a tool that sets up machines, makes units:
 * `example.service.in`, `example.socket.j2`.
 */
export function isTemplateOfUnit(name: string): boolean {
  const dot = name.lastIndexOf('.')
  const type = templateSuffixes.has(name.slice(dot + 1))
    ? unitOf(name.slice(0, dot))?.type
    : undefined
  return type !== undefined && !isQuadlet(type)
}

const templateSuffixes: ReadonlySet<string> = new Set([
  'cmake',
  'epp',
  'erb',
  'gotmpl',
  'in',
  'j2',
  'jinja',
  'jinja2',
  'm4',
  'mustache',
  'template',
  'tmpl',
  'tpl',
])

/**
 * The name under which a search takes a file for a unit or a drop-in, if it does; see `nameAsUnit`.
 */
function foundName(name: string, cwd: string): string | undefined {
  const isHiddenDropIn = path.basename(name).startsWith('.') && name.endsWith('.conf')
  return isHiddenDropIn ? undefined : nameAsUnit(name, cwd)
}

/**
 * Whether a file that has the suffix of one of Quadlet's is not: disk images, networkd's
 * `.network`, Perl's `.pod` and many others are called so. One that cannot be read is left to be
 * told of.
 */
export function isOfOthers(unit: string, file: string): boolean {
  const identity = unitOf(unit)
  if (!identity || !isQuadlet(identity.type)) return false
  // Those of networkd look alike.
  if (identity.role === 'drop-in' && identity.type === 'network') return true
  const text = startOfText(file)
  return text !== undefined && !looksLikeQuadlet(text, identity.type)
}

/**
 * The name under which a file is known for a unit or a drop-in: as given, or absolute where only
 * the folder that it is in tells.
 */
export function nameAsUnit(name: string, cwd: string): string | undefined {
  return [name, path.resolve(cwd, name)].find((candidate) => unitOf(candidate) !== undefined)
}

/**
 * Whether a link only says that a unit is wanted: it stands in a folder such as
 * `multi-user.target.wants` (systemd.unit(5)).
 */
function isWish(link: string): boolean {
  return /\.(wants|requires|upholds)$/.test(path.basename(path.dirname(link)))
}
