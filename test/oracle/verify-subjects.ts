import {load} from '../../src/unit/load.ts'
import type {SourceFile} from '../../src/unit/unit.ts'
import {unitTypes} from '../../src/facts/unit-types.ts'
import {verdict} from '../../src/unit/verdict.ts'
import {decode} from '../../src/syntax/bytes.ts'
import {parse} from '../../src/syntax/parse.ts'
import type {Subject} from './subject.ts'
import {verify, type Oracle, type Verdict} from './systemd.ts'

/** A unit of which unitlint says something else than systemd, and what. */
export interface Difference {
  readonly subject: Subject
  /**
   * Lines as `FILE:LINE` with the text of the complaint, that only one of the two complains of; and
   * whether only one loads the unit.
   */
  readonly only: readonly {
    readonly by: 'systemd' | 'unitlint'
    readonly place: string
    readonly text: string
  }[]
}

/** What was compared. */
export interface Comparison {
  readonly units: number
  readonly lines: number
  readonly differences: readonly Difference[]
}

/**
 * Compare what systemd and unitlint say about units: the set of lines complained of, and whether
 * the unit loads.
 */
export async function compared(oracle: Oracle, subjects: readonly Subject[]): Promise<Comparison> {
  const verdicts = await verify(oracle, subjects)
  const differences: Difference[] = []
  let lines = 0
  let units = 0
  for (const subject of subjects) {
    const theirs = verdicts.get(subject)
    if (!theirs || isCrash(theirs)) continue
    units++
    lines += textOf(subject.text).split(/\r\n|\n|\r/).length
    const only = differing(said(theirs), judged(subject, oracle.version))
    if (only.length > 0) differences.push({subject, only})
  }
  return {units, lines, differences}
}

/** 247 dies of `Type=dbus` without a bus name. */
function isCrash({complaints}: Verdict): boolean {
  return complaints.some(({text}) => /^SIG[A-Z]+$/.test(text))
}

function differing(
  systemd: ReadonlyMap<string, string>,
  unitlint: ReadonlyMap<string, string>,
): Difference['only'] {
  const missed = [...systemd]
    .filter(([place]) => !unitlint.has(place))
    .map(([place, text]) => ({by: 'systemd', place, text}) as const)
  const invented = [...unitlint]
    .filter(([place]) => !systemd.has(place))
    .map(([place, text]) => ({by: 'unitlint', place, text}) as const)
  return [...missed, ...invented]
}

/** By place; a refusal of the whole unit is at `unit`. */
function said({loads, complaints}: Verdict): Map<string, string> {
  const found = new Map<string, string>()
  for (const {file, line, text} of complaints)
    if (line !== undefined) found.set(`${file}:${line}`, text)
  if (!loads && !complaints.some(({text}) => dependsOnMachine.test(text)))
    found.set('unit', complaints.at(-1)?.text ?? '')
  return found
}

/** From 262 on, `ManagedOOM…=kill` needs a unit of the machine. */
const dependsOnMachine = /failed to load properly, .*: No such file or directory/

function judged({name, text, dropins}: Subject, version: number): Map<string, string> {
  const files: SourceFile[] = [
    {path: name, role: 'fragment', tree: parse(textOf(text))},
    ...[...(dropins ?? [])].map(
      ([path, content]) => ({path, role: 'drop-in', tree: parse(textOf(content))}) as const,
    ),
  ]
  const type = unitTypes.find((candidate) => name.endsWith(`.${candidate}`)) ?? 'service'
  const {complaints, refusal} = verdict(
    load(files, {name, type, target: {name: String(version), version}, manager: 'system'}),
  )
  const found = new Map<string, string>()
  for (const {silent, line, file, kind, message} of complaints)
    if (!silent && line !== undefined) found.set(`${file.path}:${line}`, message ?? kind)
  const ending = complaints.find(({effect, file}) => effect === 'unit' && file.role === 'fragment')
  if (refusal) found.set('unit', refusal.reason)
  else if (ending) found.set('unit', ending.message ?? ending.kind)
  return found
}

function textOf(text: string | Uint8Array): string {
  return typeof text === 'string' ? text : decode(text)
}
