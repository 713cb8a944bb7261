import {existsSync, lstatSync} from 'node:fs'
import path from 'node:path'
import {operations} from '../../engine/operations.ts'
import type {NewLine} from '../../engine/anchors.ts'
import {dropInName} from '../../engine/write/drop-in.ts'
import {edits} from '../../engine/write/inline.ts'
import {readText} from '../../files/read.ts'
import {notWritten, writer} from '../../files/writer.ts'
import {add} from '../../rule/change.ts'
import type {Unit} from '../../rule/unit.ts'
import {applyEdits} from '../../syntax/edit.ts'
import {dropInText, serviceLines} from '../../try/drop-in.ts'
import type {LeftOut} from '../../try/drop-in.ts'
import {isIntact, openingOf, sealed} from '../seal.ts'
import type {MachineFolders} from './undo.ts'

/** A file that is to be written so that lines stay. */
export interface Keeping {
  readonly file: string
  /** Null where there is none yet. */
  readonly before: string | null
  readonly after: (lines: readonly NewLine[], left: readonly LeftOut[], date: string) => string
}

/** Where lines are to stay, or why they cannot. Nothing is written. */
export function keeping(
  to: 'dropin' | 'inline',
  unit: Unit,
  {lasting}: MachineFolders,
): Keeping | {readonly fault: string} {
  return to === 'dropin' ? inDropIn(unit, lasting) : inline(unit, lasting)
}

function inDropIn(unit: Unit, lasting: string): Keeping | {readonly fault: string} {
  const file = path.join(lasting, `${unit.name}.d`, dropInName)
  const read = existsSync(file) ? readText(file) : undefined
  if (read && 'fault' in read) return {fault: `${file}: ${read.fault}`}
  const before = read?.text ?? ''
  // One that somebody has changed keeps its first line, which tells so.
  const isOurs = before === '' || isIntact(before) === true
  return {
    file,
    before: read?.text ?? null,
    after: (lines, left, date) =>
      sealed(
        dropInText(lines, left, {
          date,
          opening: isOurs ? openingOf(Date.parse(date)) : undefined,
          before,
        }),
      ),
  }
}

function inline(unit: Unit, lasting: string): Keeping | {readonly fault: string} {
  const [main] = unit.files
  const file = main?.path ?? ''
  const isOwn =
    path.dirname(path.resolve('/', file)) === lasting &&
    lstatSync(file, {throwIfNoEntry: false})?.isFile() === true
  if (!main || !isOwn)
    return {
      fault: `${file}: Expected a file of the administrator's in ${lasting} to write to, or \`--keep dropin\``,
    }
  if (file.includes('@'))
    return {fault: `${file}: It is for all instances, expected \`--keep dropin\``}
  return {
    file,
    before: main.tree.text,
    after: (lines, left, date) => {
      const its = operations(
        unit,
        lines.map(([key, value]) => add('Service', key, value)),
      )
      const made = edits(its ?? []).filter((edit) => edit.file === main)
      const comments = serviceLines([], left, date)
      return applyEdits(
        main.tree.text,
        made.map((edit, index) =>
          index === 0
            ? {...edit, text: edit.text.replace(/^(?:\r?\n)*/, (lead) => lead + comments)}
            : edit,
        ),
      )
    },
  }
}

/** Write a file so that it stays; why it could not. */
export function put(file: string, before: string | null, after: string): string | undefined {
  return notWritten(
    before === null ? writer().create(file, after, 0o644) : writer().replace(file, before, after),
  )
}
