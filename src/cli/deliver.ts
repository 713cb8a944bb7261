import path from 'node:path'
import type {VFile} from 'vfile'
import {textOf} from '../engine/lint.ts'
import type {FindingSeverity} from '../engine/finding.ts'
import {writeText} from '../files/write.ts'
import {printable} from '../reporters/printable.ts'
import {encode} from '../syntax/bytes.ts'
import {usesColor, write, writeLine} from './io.ts'
import type {Io} from './io.ts'
import type {LintArguments} from './lint-arguments.ts'
import {lintUnit} from './lint-unit.ts'
import type {UnitSources} from './units.ts'

/** A unit with what linting left of it. */
export interface LintedUnit {
  readonly unit: UnitSources
  readonly files: readonly VFile[]
}

/** What became of fixes. */
export interface Delivery {
  /** The files as they are now, with what is left to report. */
  readonly files: readonly VFile[]
  /** A file could not be written. */
  readonly failed: boolean
  /** Severities of the problems that fixes would mend, where they are only shown. */
  readonly pending: readonly FindingSeverity[]
}

/** Write fixed texts to their files, to standard output for one that came from standard input, or show what would change. */
export async function deliver(linted: readonly LintedUnit[], {fix, stdin, color}: LintArguments, io: Io): Promise<Delivery> {
  if (!fix) return {files: linted.flatMap(({files}) => files), failed: false, pending: []}
  if (fix.show) return show(linted, color, io)
  return stdin === undefined ? writeAll(linted, io) : print(linted, io)
}

async function show(linted: readonly LintedUnit[], color: boolean | undefined, io: Io): Promise<Delivery> {
  const {unifiedDiff} = await import('./diff.ts')
  const context = {cwd: io.cwd, isTerminal: io.stdout.isTTY === true, color: usesColor(io.stdout, io.env, color)}
  for (const {unit, files} of linted) {
    for (const [index, {path: name, text}] of unit.files.entries()) {
      const after = fixed(files, index)
      if (after !== text) await write(io.stdout, encode(unifiedDiff(name, text, after, context)))
    }
  }
  return {files: linted.flatMap(({files}) => files), failed: false, pending: linted.flatMap(mended)}
}

async function writeAll(linted: readonly LintedUnit[], io: Io): Promise<Delivery> {
  const files: VFile[] = []
  let failed = false
  for (const one of linted) {
    const texts: string[] = []
    for (const [index, {path: name, text}] of one.unit.files.entries()) {
      const after = fixed(one.files, index)
      const fault = after === text ? undefined : await writeText(path.resolve(io.cwd, name), text, after)
      texts.push(fault === undefined ? after : text)
      if (fault === undefined) continue
      failed = true
      await writeLine(io.stderr, printable(`${name}: ${fault}`))
    }
    files.push(...asDelivered(one, texts, io.cwd))
  }
  return {files, failed, pending: []}
}

/** Only the unit itself came from standard input: its drop-ins stay as they are. */
async function print(linted: readonly LintedUnit[], io: Io): Promise<Delivery> {
  const files: VFile[] = []
  for (const one of linted) {
    const [, ...dropIns] = one.unit.files
    const text = fixed(one.files, 0)
    await write(io.stdout, encode(text))
    files.push(...asDelivered(one, [text, ...dropIns.map((dropIn) => dropIn.text)], io.cwd))
  }
  return {files, failed: false, pending: []}
}

/** The files with what there is to report of these texts: what fixes left, or all of it where a fix could not be delivered. */
function asDelivered({unit, files}: LintedUnit, texts: readonly string[], cwd: string): readonly VFile[] {
  if (texts.every((text, index) => text === fixed(files, index))) return files
  const sources = unit.files.map(({path: name}, index) => ({path: name, text: texts[index] ?? ''}))
  return lintUnit(sources, {...unit.options, fix: undefined}, cwd)
}

function fixed(files: readonly VFile[], index: number): string {
  const file = files[index]
  return file ? textOf(file) : ''
}

function mended({unit, files}: LintedUnit): FindingSeverity[] {
  const severities = new Map(unit.options.rules.map(({rule, severity}) => [rule.id, severity]))
  return files.flatMap((file) => (file.data.unitlint?.applied ?? []).flatMap((id) => severities.get(id) ?? []))
}
