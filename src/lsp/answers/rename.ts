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
    if (!written.includes('%')) add(its, span.start, span.end, renamed(written, to))
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
  {unit, space}: Subject,
): ReadonlyArray<{readonly its: Document; readonly at: number; readonly text: string}> {
  const machine = unit && machineNow(unit)
  return (machine?.activators(name) ?? []).flatMap((other) => {
    const its = activation(other)
    const key = other.type === 'socket' ? 'Service' : 'Unit'
    const section = {socket: 'Socket', timer: 'Timer', path: 'Path'}[other.type as string]
    const [file] = other.files
    const header = file?.tree.children.find(
      (child) => child.type === 'section' && child.name === section,
    )
    if (its?.origin !== 'implicit' || its.isTemplate || !file || header?.type !== 'section')
      return []
    const document = space.documentOf(space.absoluteOf(file.path), file.tree.text)
    return [
      {
        its: document,
        at: header.header.position.end.offset,
        text: `${file.tree.lineEnd}${key}=${to}`,
      },
    ]
  })
}

/** The file, and the folder of its drop-ins. */
function moved(file: string, to: string, {space}: Subject): RenameFile[] {
  const target = path.join(path.dirname(file), to)
  const folder = `${file}.d`
  const hasDropIns = [...space.scene.byFile.keys()].some((other) => path.dirname(other) === folder)
  const move = (from: string, into: string): RenameFile => ({
    kind: 'rename',
    oldUri: space.uriOf(from),
    newUri: space.uriOf(into),
    options: {overwrite: false},
  })
  return [move(file, target), ...(hasDropIns ? [move(folder, `${target}.d`)] : [])]
}
