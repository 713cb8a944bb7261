import {lstatSync, statSync} from 'node:fs'
import type {Stats} from 'node:fs'
import path from 'node:path'
import {fileTypes} from '../facts/unit-types.ts'
import {unitOf} from '../unit/load.ts'
import {globFault} from '../values/glob-limits.ts'
import {parseUnitName} from '../values/unit-names.ts'
import type {FileFault} from './fault.ts'
import {expandGlob} from './glob.ts'
import {linkText} from './links.ts'
import {isBelow, realPath} from './locate.ts'
import {native, readRealPath} from './native.ts'
import {isOfOthers, isTemplateOfUnit, nameAsUnit, walk} from './walk.ts'
import type {WalkedFile} from './walk.ts'

/** A file to lint. */
export interface FoundFile {
  /**
   * As people know it: as they named it, or the name of the folder that they named and the way from
   * there.
   */
  readonly path: string
  /** Named itself, not found in a folder or by a glob. */
  readonly isNamed: boolean
  readonly isLink: boolean
  /** The instance that its template was named for, such as `a@b.service`. */
  readonly as?: string
}

/**
 * What arguments stand for: files, each once and in a fixed order, and what is wrong with the
 * arguments.
 */
export interface FoundFiles {
  readonly files: readonly FoundFile[]
  readonly faults: readonly FileFault[]
  /** What was passed over in folders. */
  readonly notes: readonly FileFault[]
  /** How many files were passed over, by what they are. */
  readonly skipped: ReadonlyMap<string, number>
}

/** How to search for what arguments stand for. */
export interface FileSearch {
  /** A glob or a path without units is noted, and no fault. */
  readonly isUnmatchedFine?: boolean | undefined
  /** What git ignores is found in folders and by globs, too. */
  readonly takesIgnored?: boolean | undefined
}

/**
 * The files that arguments stand for: files, folders with all units and drop-ins below them, globs.
 *
 * Links to units are other names of them, and left out where the unit itself is found; links to
 * /dev/null mask units, and are left out. Links to folders are followed where they are named, and
 * nowhere else.
 */
export function findFiles(
  names: readonly string[],
  cwd: string,
  {isUnmatchedFine = false, takesIgnored = false}: FileSearch = {},
): FoundFiles {
  const faults: FileFault[] = []
  const notes: FileFault[] = []
  const skipped = new Map<string, number>()
  const files = distinctFiles(cwd)
  const finding: FoundSoFar = {
    cwd,
    takesIgnored,
    files,
    faults,
    notes,
    unmatched: isUnmatchedFine ? notes : faults,
    pass(what, {length}) {
      if (length > 0) skipped.set(what, (skipped.get(what) ?? 0) + length)
    },
  }
  for (const name of names) {
    const stats = lstat(path.resolve(cwd, name))
    const isLink = stats?.isSymbolicLink() ?? false
    if (stats?.isDirectory() || (isLink && isFolder(path.resolve(cwd, name))))
      findInFolder(name, finding)
    else if (stats) findFile(name, isLink, finding)
    else findMatching(name, finding)
  }
  const masks = files.masks()
  finding.pass('mask', masks)
  for (const {path: name} of masks.filter(({isNamed}) => isNamed))
    notes.push({
      path: name,
      message: 'Masked: it leads to `/dev/null`, and there is nothing to read',
    })
  return {files: files.all(), faults, notes, skipped}
}

/** What was found so far, and is said of it. */
interface FoundSoFar {
  readonly cwd: string
  readonly takesIgnored: boolean
  readonly files: ReturnType<typeof distinctFiles>
  readonly faults: FileFault[]
  readonly notes: FileFault[]
  /** Where it is said that there is nothing. */
  readonly unmatched: FileFault[]
  /** Count what is passed over. */
  pass(what: string, files: readonly unknown[]): void
}

function findInFolder(name: string, finding: FoundSoFar): void {
  const {cwd, takesIgnored, files, faults, notes, unmatched, pass} = finding
  const templates: string[] = []
  const ignored: string[] = []
  const units = walk(name, cwd, faults, {
    templates,
    ignored: takesIgnored ? undefined : ignored,
  })
  const {kept, elsewhere, gone} = withoutLinksAway(units, name, cwd)
  pass('template', templates)
  pass('ignored file', ignored)
  pass('link', [...elsewhere, ...gone])
  if (units.length === 0)
    unmatched.push({path: name, message: noUnits(templates) + butIgnored(ignored)})
  else if (templates.length > 0)
    notes.push({
      path: name,
      message: `${passedOver(templates, 'template')}: lint what is made of them`,
    })
  if (elsewhere.length > 0)
    notes.push({path: name, message: passedOver(elsewhere, 'link', ' to units of the system')})
  if (gone.length > 0)
    notes.push({path: name, message: passedOver(gone, 'link', ' to what is on other machines')})
  for (const unit of kept) files.add({...unit, isNamed: false})
}

function findFile(name: string, isLink: boolean, {cwd, files, unmatched}: FoundSoFar): void {
  const unit = nameAsUnit(name, cwd)
  if (unit === undefined)
    unmatched.push({
      path: name,
      message: isTemplateOfUnit(path.basename(name)) ? templateGiven : unitNameExpected,
    })
  else if (isOfOthers(unit, path.resolve(cwd, name)))
    unmatched.push({path: name, message: notOfQuadlet})
  else files.add({path: unit, isNamed: true, isLink})
}

/** What matches a glob, or the template of an instance. */
function findMatching(name: string, finding: FoundSoFar): void {
  const {cwd, takesIgnored, files, faults, unmatched, pass} = finding
  const template = templateFile(name, cwd)
  if (template) {
    files.add(template)
    return
  }
  const fault = globFault(name)
  if (fault !== undefined) {
    faults.push({path: name, message: fault})
    return
  }
  const ignored: string[] = []
  const units = expandGlob(name, cwd, faults, takesIgnored ? undefined : ignored)
  pass('ignored file', ignored)
  if (!units) unmatched.push({path: name, message: notThere(name)})
  else if (units.length === 0)
    unmatched.push({
      path: name,
      message: `No unit file matches this glob${butIgnored(ignored)}`,
    })
  for (const unit of units ?? []) files.add({...unit, isNamed: false})
}

function noUnits([first, ...others]: readonly string[]): string {
  if (first === undefined) return 'No unit files in this folder'
  return `No unit files in this folder, only ${others.length === 0 ? `the template \`${first}\`: lint what is made of it` : `${others.length + 1} templates such as \`${first}\`: lint what is made of them`}`
}

/** What to add where there is nothing but files that git ignores. */
function butIgnored({length}: readonly string[]): string {
  return length === 0
    ? ''
    : ` but ${length} that \`.gitignore\` names, which \`--no-gitignore\` lints`
}

function passedOver(names: readonly string[], one: string, more = ''): string {
  const [first = ''] = names.toSorted()
  return `${names.length} ${one}${names.length === 1 ? '' : 's'}${more} passed over, such as \`${first}\``
}

/**
 * Without links, found in a folder, to what is not its own: to units that systemd's packages bring,
 * and to absolute paths where there is nothing here.
 */
function withoutLinksAway(
  units: readonly WalkedFile[],
  folder: string,
  cwd: string,
): {kept: WalkedFile[]; elsewhere: string[]; gone: string[]} {
  const found: ReturnType<typeof withoutLinksAway> = {kept: [], elsewhere: [], gone: []}
  const top = realPath(path.resolve(cwd, folder))
  for (const unit of units) {
    const target = unit.isLink ? targetOf(path.resolve(cwd, unit.path)) : undefined
    if (target === 'gone') found.gone.push(unit.path)
    else if (target !== undefined && ofSystem.test(target) && !isBelow(target, top))
      found.elsewhere.push(unit.path)
    else found.kept.push(unit)
  }
  return found
}

/** Where a link leads; `gone` where it names an absolute path at which there is nothing. */
function targetOf(link: string): string | undefined {
  try {
    return readRealPath(link)
  } catch {
    const text = linkText(link)
    return text !== undefined && path.isAbsolute(text) && lstat(text) === undefined
      ? 'gone'
      : undefined
  }
}

const ofSystem = /^(?:\/usr)?\/lib\/systemd(?:\/|$)/

/** The template beside which there is no file for an instance that is named. */
function templateFile(name: string, cwd: string): FoundFile | undefined {
  const as = path.basename(name)
  const {prefix, instance, suffix} = parseUnitName(as)
  if (instance === undefined || unitOf(as)?.role !== 'fragment') return undefined
  const file = path.join(path.dirname(name), `${prefix}@.${suffix}`)
  const stats = lstat(path.resolve(cwd, file))
  const unit = stats && !stats.isDirectory() ? nameAsUnit(file, cwd) : undefined
  return unit === undefined
    ? undefined
    : {path: unit, isNamed: true, isLink: stats?.isSymbolicLink() ?? false, as}
}

/** Node gives arguments as text: bytes that are none are lost. */
function notThere(name: string): string {
  if (name === '-') return 'No such file or folder, and standard input is not read here'
  return name.includes('\uFFFD')
    ? 'No such file or folder; where the name is not UTF-8, name the folder that it is in'
    : 'No such file or folder'
}

/** What to say of a file that has the suffix of one of Quadlet's, and other contents. */
const notOfQuadlet =
  "Unexpected contents, expected a file for podman's Quadlet: what others keep under such names, networkd among them, is not linted"

/** What to say of a template. */
const templateGiven = 'Template of a unit, expected the unit that is made of it'

/** What to say of a file that has no name of a unit. */
export const unitNameExpected = `Unexpected file name, expected a unit (${fileTypes.map((type) => `.${type}`).join(', ')}) or a drop-in (\`NAME.service.d/NAME.conf\`)`

/** Files by what they are, not by what they are called. */
function distinctFiles(cwd: string): {
  add: (file: FoundFile) => void
  all: () => readonly FoundFile[]
  /** Those that are links to /dev/null. */
  masks: () => readonly FoundFile[]
} {
  const files = new Map<string, FoundFile>()
  const masks = new Map<string, FoundFile>()
  const folders = new Map<string, string>()
  const realFolder = (folder: string): string => {
    const known = folders.get(folder) ?? realPath(folder)
    folders.set(folder, known)
    return known
  }
  return {
    add(file) {
      const absolute = path.resolve(cwd, file.path)
      const itself = file.isLink
        ? realPath(absolute)
        : path.join(realFolder(path.dirname(absolute)), path.basename(absolute))
      if (itself === '/dev/null') {
        masks.set(absolute, file)
        return
      }
      // Each instance of a template is a unit.
      const identity = `${itself}\0${file.as ?? ''}`
      const known = files.get(identity)
      if (known && (file.isLink || !known.isLink)) return
      files.delete(identity)
      files.set(identity, {...file, isNamed: file.isNamed || (known?.isNamed ?? false)})
    },
    all: () => [...files.values()],
    masks: () => [...masks.values()],
  }
}

function lstat(file: string): Stats | undefined {
  try {
    return lstatSync(native(file))
  } catch {
    return undefined
  }
}

/** Whether a path, or where its links lead, is a folder; what cannot be looked at is none. */
export function isFolder(file: string): boolean {
  try {
    return statSync(native(file)).isDirectory()
  } catch {
    return false
  }
}
