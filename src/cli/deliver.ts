import {existsSync} from 'node:fs'
import path from 'node:path'
import type {VFile} from 'vfile'
import {textOf} from '../engine/lint.ts'
import type {FindingSeverity} from '../engine/finding.ts'
import {createText} from '../files/create.ts'
import {writeText} from '../files/write.ts'
import {pastable, printable} from '../reporters/printable.ts'
import {encode} from '../syntax/bytes.ts'
import {usesColor, write, writeLine} from './io.ts'
import type {Io} from './io.ts'
import type {LintArguments} from './lint-arguments.ts'
import {lintUnit} from './lint-unit.ts'
import type {Source, UnitSources} from './units.ts'

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
  if (fix.to === 'dropin') for (const line of linted.flatMap((one) => notFixed(one, fix.upTo))) await writeLine(io.stderr, printable(line))
  const {files, ...rest} = await (fix.show
    ? show(linted, color, io)
    : stdin === undefined
      ? writeAll(linted, io)
      : print(linted, fix.to === 'inline' ? stdin : undefined, io))
  const intos = new Set(linted.map(({unit}) => unit.options.into))
  // A drop-in that nothing was put in is not there.
  return {...rest, files: files.filter((file) => !intos.has(file.path) || textOf(file) !== '')}
}

/** What to say of a drop-in that has no unit to be fixed with. */
function notFixed({unit: {identity, options}, files: [file]}: LintedUnit, upTo: 'safe' | 'unsafe'): string[] {
  if (!file || identity.role !== 'drop-in' || options.into !== undefined) return []
  const isFixable = file.messages.some(({fix}) => fix?.applicability === 'safe' || fix?.applicability === upTo)
  return isFixable ? [`${pastable(file.path)}: Not fixed: the unit that it amends is not in sight`] : []
}

async function show(linted: readonly LintedUnit[], color: boolean | undefined, io: Io): Promise<Delivery> {
  const {unifiedDiff} = await import('./diff.ts')
  const context = {cwd: io.cwd, isTerminal: io.stdout.isTTY === true, color: usesColor(io.stdout, io.env, color)}
  for (const {unit, files} of linted) {
    for (const [index, source] of unit.files.entries()) {
      const after = fixed(files, index)
      if (after === source.text) continue
      const before = isNew(source, unit, io.cwd) ? undefined : source.text
      await write(io.stdout, encode(unifiedDiff(source.path, before, after, context)))
    }
  }
  return {files: linted.flatMap(({files}) => files), failed: false, pending: linted.flatMap(mended)}
}

async function writeAll(linted: readonly LintedUnit[], io: Io): Promise<Delivery> {
  const files: VFile[] = []
  let failed = false
  for (const one of linted) {
    const texts: string[] = []
    for (const [index, source] of one.unit.files.entries()) {
      const {path: name, text} = source
      const after = fixed(one.files, index)
      const file = path.resolve(io.cwd, name)
      const fault = after === text ? undefined : await (isNew(source, one.unit, io.cwd) ? createText(file, after) : writeText(file, text, after))
      texts.push(fault === undefined ? after : text)
      if (fault === undefined) continue
      failed = true
      await writeLine(io.stderr, printable(`${pastable(name)}: ${fault}`))
    }
    files.push(...asDelivered(one, texts, io.cwd))
  }
  return {files, failed, pending: []}
}

/** Of a unit that came from standard input all other files stay as they are. Without the name of one file the drop-in that takes the fixes goes out. */
async function print(linted: readonly LintedUnit[], name: string | undefined, io: Io): Promise<Delivery> {
  const files: VFile[] = []
  for (const one of linted) {
    const given = one.unit.files.findIndex(({path: file}) => file === (name ?? one.unit.options.into))
    await write(io.stdout, encode(fixed(one.files, given)))
    const texts = one.unit.files.map(({text}, index) => (index === given ? fixed(one.files, index) : text))
    files.push(...asDelivered(one, texts, io.cwd))
  }
  return {files, failed: false, pending: []}
}

/** Whether a file is the drop-in of fixes, and not there yet. */
function isNew({path: file}: Source, {options}: UnitSources, cwd: string): boolean {
  return file === options.into && !existsSync(path.resolve(cwd, file))
}

/** The files with what there is to report of these texts: what fixes left, or all of it where a fix could not be delivered. */
function asDelivered({unit, files}: LintedUnit, texts: readonly string[], cwd: string): readonly VFile[] {
  if (texts.every((text, index) => text === fixed(files, index))) return files
  const sources = unit.files.map((file, index) => ({...file, text: texts[index] ?? ''}))
  return lintUnit(sources, {...unit, options: {...unit.options, fix: undefined}}, cwd)
}

function fixed(files: readonly VFile[], index: number): string {
  const file = files[index]
  return file ? textOf(file) : ''
}

function mended({unit, files}: LintedUnit): FindingSeverity[] {
  const severities = new Map(unit.options.rules.map(({rule, severity}) => [rule.id, severity]))
  return files.flatMap((file) => (file.data.unitlint?.applied ?? []).flatMap((id) => severities.get(id) ?? []))
}
