import path from 'node:path'
import {ErrorCodes, ResponseError} from 'vscode-languageserver'
import type {
  Range,
  RenameFile,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver'
import {activation} from '../../machine/activation.ts'
import type {Machine} from '../../machine/machine.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import {isTemplate, templateOf} from '../../unit/references.ts'
import {isUnitName} from '../../values/units.ts'
import {parseUnitName} from '../../values/unit-names.ts'
import type {Abilities} from '../abilities.ts'
import type {Document} from '../document.ts'
import type {Subject} from '../subject.ts'
import {machineNow} from '../workspace.ts'
import {textEdits} from './edits.ts'
import {meantAt, references} from './navigation.ts'

/** What would be renamed at an offset: a unit of the folder. */
export function renameable(
  subject: Subject,
  offset: number,
): {readonly range: Range; readonly placeholder: string} | undefined {
  const meant = meantAt(subject, offset)
  if (!meant || !fileOf(meant.name, subject)) return undefined
  const {its} = subject
  const line = its.places.lineSpan(its.places.lineAt(offset))
  return {
    range: its.places.rangeOf(meant.span ?? line),
    placeholder: templateNamed(meant.name, subject),
  }
}

/**
 * A unit by another name: its file, its drop-ins, and whatever names it in the folder. Throws what
 * a client shows where that cannot be.
 */
export function rename(
  subject: Subject,
  offset: number,
  to: string,
  {renamesFiles, versionedEdits}: Abilities,
): WorkspaceEdit {
  const meant = meantAt(subject, offset)
  const name = meant && templateNamed(meant.name, subject)
  const file = name === undefined ? undefined : fileOf(name, subject)
  if (name === undefined || file === undefined)
    throw refused('Expected the name of a unit of this folder')
  const fault = faultOf(name, to, subject)
  if (fault !== undefined) throw refused(fault)
  const {space} = subject
  const byDocument = new Map<Document, TextEdit[]>()
  const add = (its: Document, start: number, end: number, text: string): void => {
    byDocument.set(its, [
      ...(byDocument.get(its) ?? []),
      ...textEdits(its, [{range: [start, end], text}]),
    ])
  }
  for (const {its, span, written} of references(space, name)) {
    // What names it by a specifier names it no more, and nobody can say what was meant.
    if (!written.includes('%') && isRenamed(written, name, subject))
      add(its, span.start, span.end, renamed(written, to))
  }
  for (const {its, at, text} of startedByName(name, to, subject)) add(its, at, at, text)
  const edits = [...byDocument].map(([its, made]): readonly [Document, TextEdit[]] => [its, made])
  if (!versionedEdits)
    return {changes: Object.fromEntries(edits.map(([{uri}, made]) => [uri, made]))}
  const changes: Array<TextDocumentEdit | RenameFile> = edits.map(([{uri, version}, made]) => ({
    textDocument: {uri, version},
    edits: made,
  }))
  const moves = renamesFiles ? moved(file, to, subject) : []
  return {documentChanges: [...changes, ...moves]}
}

function refused(message: string): ResponseError {
  return new ResponseError(ErrorCodes.InvalidParams, message)
}

/** An instance is renamed as its template, where there is no file of its own. */
function templateNamed(name: string, subject: Subject): string {
  const its = subject.unit?.sight.find(name)
  const file = its?.state === 'found' ? its.fragment : undefined
  return file !== undefined &&
    path.basename(file) !== name &&
    path.basename(file) === templateOf(name)
    ? templateOf(name)
    : name
}

/** Whether a name goes with the unit: that of an instance with a file of its own stays. */
function isRenamed(its: string, name: string, subject: Subject): boolean {
  return its === name || (isTemplate(name) && templateNamed(its, subject) === name)
}

/** The file of a unit in this folder, absolute; undefined where it has none here. */
function fileOf(name: string, {unit, space}: Subject): string | undefined {
  const {state, fragment} = unit?.sight.find(name) ?? {state: 'missing', fragment: undefined}
  const file = state === 'found' && fragment !== undefined ? space.absoluteOf(fragment) : undefined
  return file !== undefined && space.scene.byFile.has(file) ? file : undefined
}

function faultOf(name: string, to: string, {unit}: Subject): string | undefined {
  const [from, next] = [parseUnitName(name), parseUnitName(to)]
  if (!isUnitName(to))
    return `Unexpected \`${to}\`, expected the name of a unit such as \`${name}\``
  if (from.suffix !== next.suffix)
    return `Unexpected \`.${next.suffix}\`, expected a name that ends in \`.${from.suffix}\``
  if (isTemplate(name) !== isTemplate(to))
    return isTemplate(name)
      ? 'Expected the name of a template, with `@` before the suffix'
      : 'Unexpected name of a template'
  return to !== name && unit?.sight.find(to).state !== 'missing'
    ? `Unexpected \`${to}\`, there is one already`
    : undefined
}

/** How a place that named the unit names it now; an instance stays one. */
function renamed(written: string, to: string): string {
  const {instance} = parseUnitName(written)
  const {prefix, suffix, instance: its} = parseUnitName(to)
  return instance === undefined || its !== '' ? to : `${prefix}@${instance}.${suffix}`
}

/**
 * Timers, paths and sockets that start a unit because they are called like it: they have to say so
 * from now on.
 */
function startedByName(
  name: string,
  to: string,
  subject: Subject,
): ReadonlyArray<{readonly its: Document; readonly at: number; readonly text: string}> {
  const {unit, space} = subject
  const machine = unit && machineNow(unit)
  if (!machine) return []
  return startersOf(name, machine).flatMap((other) => {
    const its = activation(other)
    const key = other.type === 'socket' ? 'Service' : 'Unit'
    const section = {socket: 'Socket', timer: 'Timer', path: 'Path'}[other.type as string]
    const [file] = other.files
    const header = file?.tree.children.find(
      (child) => child.type === 'section' && child.name === section,
    )
    if (its?.origin !== 'implicit' || its.isTemplate || !file || header?.type !== 'section')
      return []
    if (!isRenamed(its.name, name, subject)) return []
    const document = space.documentOf(space.absoluteOf(file.path), file.tree.text)
    // Of a template each instance starts the one of its own name.
    const {prefix, suffix} = parseUnitName(to)
    const started = isTemplate(its.name) ? `${prefix}@%i.${suffix}` : renamed(its.name, to)
    return [
      {
        its: document,
        at: header.header.position.end.offset,
        text: `${file.tree.lineEnd}${key}=${started}`,
      },
    ]
  })
}

/** What starts a unit; of a template, what has its prefix and a file of its own. */
function startersOf(name: string, machine: Machine): readonly LoadedUnit[] {
  if (!isTemplate(name)) return machine.activators(name)
  const {prefix} = parseUnitName(name)
  return machine.names.flatMap((other) => {
    const {prefix: its, instance} = parseUnitName(other)
    if (its !== prefix || instance === undefined) return []
    const found = machine.find(other)
    const isOwn = typeof found === 'object' && path.basename(found.files[0]?.path ?? '') === other
    return isOwn ? [found] : []
  })
}

/** The file, and the folders of its drop-ins; of a template, those of its instances too. */
function moved(file: string, to: string, subject: Subject): RenameFile[] {
  const {space} = subject
  const name = path.basename(file)
  // Another folder may have a unit of that name, with drop-ins of its own.
  const its = [...space.scene.byFile].filter(([, units]) =>
    units.some(({unit: {files}}) => space.absoluteOf(files[0].path) === file),
  )
  const folders = new Set(its.map(([other]) => path.dirname(other)))
  const move = (from: string, base: string): RenameFile => ({
    kind: 'rename',
    oldUri: space.uriOf(from),
    newUri: space.uriOf(path.join(path.dirname(from), base)),
    options: {overwrite: false},
  })
  const dropIns = [...folders].toSorted().flatMap((folder) => {
    const base = path.basename(folder)
    const amended = base.endsWith('.d') ? base.slice(0, -'.d'.length) : ''
    return isRenamed(amended, name, subject) ? [move(folder, `${renamed(amended, to)}.d`)] : []
  })
  return [move(file, to), ...dropIns]
}
