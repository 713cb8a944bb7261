import {directive as factsOf} from '../../src/facts/directives.ts'
import {target} from '../../src/facts/targets.ts'
import type {Target} from '../../src/facts/targets.ts'
import {load, unitOf} from '../../src/unit/load.ts'
import type {SourceFile} from '../../src/unit/unit.ts'
import {decode} from '../../src/syntax/bytes.ts'
import {parse} from '../../src/syntax/parse.ts'
import {upgrade} from '../../src/upgrade/differences.ts'
import type {Difference, Upgrade} from '../../src/upgrade/differences.ts'
import type {Dump} from './show-dump.ts'
import type {Subject} from './subject.ts'
import type {Score, Verdict} from './systemd.ts'

/** What one systemd makes of a unit. */
export interface Made {
  readonly version: number
  readonly verdict: Verdict | undefined
  /** Undefined where it is no service, is not loaded, or was not asked. */
  readonly score: Score | undefined
  readonly dump: Dump | undefined
}

/**
 * What differs between what two systemds make of a unit and is not told by `upgrade`, as text: none
 * where all is told.
 */
export function untold(subject: Subject, was: Made, is: Made): readonly string[] {
  const told = toldOf(subject, was.version, is.version)
  if (!told) return []
  return [
    ...untoldLines(was, is, told),
    ...untoldRows(was, is, told),
    ...untoldValues(subject, was, is, told),
  ]
}

function toldOf({name, text, dropins}: Subject, from: number, to: number): Upgrade | undefined {
  const identity = unitOf(name)
  if (!identity) return undefined
  const files: SourceFile[] = [
    {path: name, role: 'fragment', tree: parse(textOf(text))},
    ...[...(dropins ?? [])].map(
      ([path, content]) => ({path, role: 'drop-in', tree: parse(textOf(content))}) as const,
    ),
  ]
  return upgrade(load(files, {...identity, target: by(from), manager: 'system'}), by(from), by(to))
}

function by(version: number): Target {
  const its = target(String(version))
  if (!its) throw new Error(`Expected systemd ${version}`)
  return its
}

/** Lines that only one of the two complains of, and whether only one loads the unit. */
function untoldLines({verdict: was}: Made, {verdict: is}: Made, {differences}: Upgrade): string[] {
  if (!was || !is || isCrash(was) || isCrash(is)) return []
  const [before, after] = [placesOf(was), placesOf(is)]
  const told = new Set(differences.map(({at}) => `${at?.path}:${at?.line}`))
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (place) => before.has(place) !== after.has(place) && !told.has(place),
  )
  const lines = changed.map(
    (place) => `line ${place}: ${after.get(place) ?? before.get(place) ?? ''}`,
  )
  if (was.loads === is.loads || differences.some(({kind}) => kind === 'load' || kind === 'line'))
    return lines
  if ([was, is].some(({complaints}) => complaints.some(({text}) => dependsOnMachine.test(text))))
    return lines
  return [
    ...lines,
    `loading: ${[was, is].flatMap(({complaints}) => complaints.at(-1)?.text ?? '').join(' / ')}`,
  ]
}

/** From 262 on, `ManagedOOM…=kill` needs a unit of the machine. */
const dependsOnMachine = /failed to load properly, .*: No such file or directory/

/** 247 dies of `Type=dbus` without a bus name. */
function isCrash({complaints}: Verdict): boolean {
  return complaints.some(({text}) => /^SIG[A-Z]+$/.test(text))
}

function placesOf({complaints}: Verdict): Map<string, string> {
  return new Map(
    complaints.flatMap(({file, line, text}) =>
      line === undefined ? [] : [[`${file}:${line}`, text] as const],
    ),
  )
}

/** Rows that count otherwise, and the total. */
function untoldRows(
  {score: was}: Made,
  {score: is}: Made,
  {differences, exposure}: Upgrade,
): string[] {
  if (!was || !is) return []
  const told = differences.filter(({kind}) => kind === 'exposure').map(({message}) => message)
  const [before, after] = [marksOf(was), marksOf(is)]
  const rows = [...new Set([...before.keys(), ...after.keys()])].filter(
    (name) =>
      before.get(name) !== after.get(name) &&
      !told.some((message) => message.startsWith(`row \`${name}\``)),
  )
  const total =
    was.total === is.total || exposure.from !== exposure.to
      ? []
      : [`exposure: ${was.total} becomes ${is.total}`]
  return [
    ...rows.map((name) => `row ${name}: ${before.get(name)} becomes ${after.get(name)}`),
    ...total,
  ]
}

function marksOf({rows}: Score): Map<string, string> {
  return new Map(rows.map(({name, set, exposure}) => [name, `${set} ${exposure}`]))
}

/** What both hold under the name of a directive of the unit, and hold otherwise. */
function untoldValues(
  {name}: Subject,
  {dump: was, version: from}: Made,
  {dump: is, version: to}: Made,
  {differences}: Upgrade,
): string[] {
  if (!was || !is) return []
  const type = name.slice(name.lastIndexOf('.') + 1)
  const section = `${type.charAt(0).toUpperCase()}${type.slice(1)}`
  const told = new Set(differences.flatMap(({directive}: Difference) => directive ?? []))
  return [...was].flatMap(([label, before]) => {
    const after = is.get(label)
    const isDirective = [from, to].every(
      (version) => factsOf(section, label, version) !== undefined,
    )
    // What a type of service implies changes with it.
    const isImplied = label === 'NotifyAccess' && told.has('Type')
    if (
      !after ||
      !isDirective ||
      isImplied ||
      printedOtherwise.has(label) ||
      told.has(label) ||
      isSame(before.join(), after.join())
    )
      return []
    return [`value ${label}: ${before.join()} becomes ${after.join()}`]
  })
}

/**
 * 247 prints the first as without effect where there is no root, and the second by the name of the
 * socket where connections have one of their own; 262 prints the format of the third.
 */
const printedOtherwise = new Set(['MountAPIVFS', 'FileDescriptorName', 'MountImages'])

/**
 * Whether two versions print the same in other words: no namespaces, the slice of all, controllers,
 * the user who asks, and calls of another architecture.
 */
function isSame(before: string, after: string): boolean {
  return wordsFor(before) === wordsFor(after)
}

function wordsFor(value: string): string {
  if (value === 'n/a' || value === 'system.slice') return ''
  if (/^(?:(?:cpu|cpuset|io|memory|pids) ?)+$/.test(value)) return 'yes'
  return value
    .replaceAll(/\bnobody\b/g, 'root')
    .replaceAll(/(?<=[=@-])65534\b/g, '0')
    .replaceAll(/ (?:switch_endian|sys_debug_setcontext)\b/g, '')
}

function textOf(text: string | Uint8Array): string {
  return typeof text === 'string' ? text : decode(text)
}
