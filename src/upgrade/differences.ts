import {changedDefaults} from '../facts/changed-defaults.ts'
import {meaningBy} from '../facts/changed-meanings.ts'
import {rowOf} from '../facts/sandboxing/rows.ts'
import type {Target} from '../facts/targets.ts'
import {assess} from '../security/index.ts'
import type {Row} from '../security/index.ts'
import {pointAt} from '../syntax/place.ts'
import {effectiveUnit} from '../unit/effective.ts'
import {readBy} from '../unit/load.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {hasTmpInMemory} from '../unit/mount-needs.ts'
import {notLoaded} from '../unit/not-loaded.ts'
import type {Complaint} from '../unit/read/complaint.ts'
import {reasonOf} from '../unit/read/reasons.ts'
import {settingKeys, settings} from '../unit/settings.ts'
import type {SettingKey} from '../unit/settings.ts'
import type {Assignment} from '../unit/unit.ts'
import {valueOf} from '../unit/value.ts'
import {instanceOf} from '../values/unit-names.ts'
import {verdict} from '../unit/verdict.ts'
import {contrastOf} from './contrast.ts'
import type {Contrast} from './contrast.ts'

/** Something that one systemd makes of a unit and another does not. */
export interface Difference {
  /** A `name` is another word for the same. */
  readonly kind: 'line' | 'load' | 'value' | 'name' | 'exposure'
  /** Where it is written; absent for what is written nowhere. */
  readonly at?: {readonly path: string; readonly line: number}
  /** The directive that it is about, and its value. */
  readonly directive?: string
  readonly value?: string
  /** A clause. */
  readonly message: string
  /** What worked does not any more. */
  readonly isLoss: boolean
}

/** What changes for a unit when another systemd reads it. */
export interface Upgrade {
  /** In the order of the lines; what is written nowhere comes last. */
  readonly differences: readonly Difference[]
  /** In tenths; undefined for what is not loaded, or is no service. */
  readonly exposure: {readonly from: number | undefined; readonly to: number | undefined}
  /** Neither systemd loads it. */
  readonly isRefused: boolean
}

/**
 * All that changes for a unit between two systemds: lines that are taken or not, values in force,
 * the exposure and its rows.
 */
export function upgrade(unit: LoadedUnit, from: Target, to: Target): Upgrade {
  const one = asInstance(unit)
  const [was, is] = [readBy(one, from), readBy(one, to)]
  const lines = ofLines(was, is)
  const [old, its] = [exposureOf(was), exposureOf(is)]
  const told = new Set(lines.flatMap(({directive}) => directive ?? []))
  const found = [
    ...lines,
    ...ofLoading(was, is),
    ...ofValues(was, is, told),
    ...ofTmp(was, is),
    ...ofDefaults(was, is),
    ...ofRows(old.rows, its.rows),
  ]
  return {
    differences: found.toSorted((one, other) => rank(one) - rank(other)),
    exposure: {from: old.total, to: its.total},
    isRefused: notLoaded(was) !== undefined && notLoaded(is) !== undefined,
  }
}

/** Of a template an instance: systemd-analyze(1) takes another one since 257. */
function asInstance(unit: LoadedUnit): LoadedUnit {
  return {...unit, name: instanceOf(unit.name, 'i') ?? unit.name}
}

/** Files stay in their order, as sorting is stable. */
function rank({at}: Difference): number {
  return at ? at.line : Infinity
}

/** The lines that one complains of, or drops in silence, and the other does not. */
function ofLines(was: LoadedUnit, is: LoadedUnit): readonly Difference[] {
  const [before, after] = [complaintsOf(was), complaintsOf(is)]
  const came = [...after]
    .filter(([key]) => !before.has(key))
    .map(([, complaint]) => ofComplaint(complaint, is, true))
  const went = [...before]
    .filter(([key]) => !after.has(key))
    .map(([, complaint]) => ofComplaint(complaint, was, false))
  const heard = [...after].flatMap(([key, complaint]) => {
    const old = before.get(key)
    return old && old.silent !== complaint.silent ? [ofHearing(complaint, is)] : []
  })
  return [...came, ...went, ...heard]
}

/** A complaint that both have, of which only one says a word. */
function ofHearing(complaint: Complaint, unit: LoadedUnit): Difference {
  const {message, ...its} = ofComplaint(complaint, unit, true)
  return {
    ...its,
    message: complaint.silent ? `no longer said: ${message}` : `now said: ${message}`,
    isLoss: false,
  }
}

function complaintsOf(unit: LoadedUnit): ReadonlyMap<string, Complaint> {
  return new Map(
    verdict(unit).complaints.map((complaint) => [
      `${complaint.file.path} ${complaint.span.start} ${complaint.effect} ${reasonOf(complaint, unit)}`,
      complaint,
    ]),
  )
}

function ofComplaint(complaint: Complaint, unit: LoadedUnit, isNew: boolean): Difference {
  const {directive, file, effect, span} = complaint
  const reason = reasonOf(complaint, unit)
  const line = directive?.position.start.line ?? pointAt(file.tree.lineStarts, span.start).line
  return {
    kind: 'line',
    at: {path: file.path, line},
    ...(directive ? {directive: directive.key, value: directive.value} : {}),
    message: isNew ? reason : `no longer: ${reason}`,
    isLoss: isNew && effect !== 'notice',
  }
}

/** Whether it is loaded at all. */
function ofLoading(was: LoadedUnit, is: LoadedUnit): readonly Difference[] {
  const [before, after] = [verdict(was).refusal, verdict(is).refusal]
  if (before?.reason === after?.reason) return []
  const refusal = after ?? before
  return [
    {
      kind: 'load',
      ...placeOf(refusal?.assignment),
      message: after
        ? `not loaded: ${after.reason}`
        : `loaded, which it was not: ${before?.reason ?? ''}`,
      isLoss: after !== undefined,
    },
  ]
}

/** Values that count otherwise, though their lines are taken alike. */
function ofValues(
  was: LoadedUnit,
  is: LoadedUnit,
  told: ReadonlySet<string>,
): readonly Difference[] {
  const known = new Set<string>([...settingKeys, ...told])
  return [...ofSettings(was, is, told), ...ofUnsettled(was, is, known)]
}

function ofSettings(
  was: LoadedUnit,
  is: LoadedUnit,
  told: ReadonlySet<string>,
): readonly Difference[] {
  const [before, after] = [settings(was), settings(is)]
  return settingKeys.flatMap((key: SettingKey): Difference[] => {
    const [one, other] = [before[key].value, after[key].value]
    const contrast = told.has(key) ? undefined : contrastOf(one, other)
    if (!contrast) return []
    const {origin} = after[key]
    const assignment = originOf(origin) ?? originOf(before[key].origin)
    const kind = isSameLevel(key, one, other) ? 'name' : 'value'
    return [
      {
        kind,
        ...placeOf(assignment),
        directive: key,
        ...(assignment?.key === key ? {value: assignment.value} : {}),
        message: wordsFor(contrast, other),
        isLoss: false,
      },
    ]
  })
}

/** The same of directives that no setting is of: none of those that are known. */
function ofUnsettled(
  was: LoadedUnit,
  is: LoadedUnit,
  known: ReadonlySet<string>,
): readonly Difference[] {
  const [old, its] = [othersOf(was, known), othersOf(is, known)]
  return [...new Set([...old.keys(), ...its.keys()])].flatMap((name): Difference[] => {
    const [one, other] = [old.get(name), its.get(name)]
    if (one?.meaning === other?.meaning) return []
    const assignment = other?.assignment ?? one?.assignment
    const directive = name.slice(name.indexOf('.') + 1)
    return [
      {
        kind: 'value',
        ...placeOf(assignment),
        directive,
        ...(assignment?.key === directive ? {value: assignment.value} : {}),
        message:
          one && other
            ? `\`${one.meaning}\` becomes \`${other.meaning}\``
            : other
              ? `now \`${other.meaning}\``
              : `no longer \`${one?.meaning ?? ''}\``,
        isLoss: false,
      },
    ]
  })
}

/** Where `/tmp` of its own lies, of which the setting says the same. */
function ofTmp(was: LoadedUnit, is: LoadedUnit): readonly Difference[] {
  const isInMemory = hasTmpInMemory(is)
  const assignment = originOf(settings(is).PrivateTmp.origin)
  if (hasTmpInMemory(was) === isInMemory || !assignment) return []
  const [its, old] = isInMemory ? ['memory', "the machine's"] : ["the machine's", 'memory']
  return [
    {
      kind: 'value',
      ...placeOf(assignment),
      directive: assignment.key,
      value: assignment.value,
      message: `its own \`/tmp\` lies in ${its}, no longer in ${old}`,
      isLoss: false,
    },
  ]
}

/** Defaults that are not the same, of what no line sets. */
function ofDefaults(was: LoadedUnit, is: LoadedUnit): readonly Difference[] {
  return changedDefaults.flatMap(({type, key, since, before, after}): Difference[] => {
    const isOf = ({target}: LoadedUnit): string => (target.version < since ? before : after)
    if (was.type !== type || isOf(was) === isOf(is) || valueOf(is, key)) return []
    return [
      {
        kind: 'value',
        directive: key,
        message: `\`${isOf(was)}\` becomes \`${isOf(is)}\``,
        isLoss: false,
      },
    ]
  })
}

/** Whether two words protect alike, by the table of what there is. */
function isSameLevel(key: string, one: unknown, other: unknown): boolean {
  const row = rowOf(key)
  return (
    row?.holds === 'word' &&
    row.levels.some(
      ({words}) => Object.hasOwn(words, String(one)) && Object.hasOwn(words, String(other)),
    )
  )
}

/** In a clause; of a filter, what it lets pass or denies. */
function wordsFor(contrast: Contrast, value: unknown): string {
  if ('from' in contrast) return `\`${contrast.from}\` becomes \`${contrast.to}\``
  const does =
    typeof value === 'object' && value !== null && 'allow' in value
      ? value.allow
        ? ' allows'
        : ' denies'
      : ''
  return [
    ...(contrast.lost === '' ? [] : [`no longer${does} ${contrast.lost}`]),
    ...(contrast.won === '' ? [] : [`now${does} ${contrast.won}`]),
  ].join('; ')
}

type SettingOrigin = ReturnType<typeof settings>[SettingKey]['origin']

function originOf(origin: SettingOrigin): Assignment | undefined {
  if (origin.kind === 'written') return origin.assignments.at(-1)
  return origin.kind === 'implied' ? originOf(origin.origin) : undefined
}

function placeOf(assignment: Assignment | undefined): Pick<Difference, 'at'> {
  return assignment
    ? {at: {path: assignment.file.path, line: assignment.directive.position.start.line}}
    : {}
}

/** A directive in force. */
interface HeldDirective {
  /** Of all its lines. */
  readonly meaning: string
  /** The last of them; undefined for what is written nowhere. */
  readonly assignment: Assignment | undefined
}

/** All that is in force of directives that are no settings, by section and name. */
function othersOf(
  unit: LoadedUnit,
  known: ReadonlySet<string>,
): ReadonlyMap<string, HeldDirective> {
  const found = new Map<string, HeldDirective>()
  for (const {section, key, value, expanded, origin} of effectiveUnit(unit).values) {
    if (known.has(key)) continue
    const name = `${section}.${key}`
    const before = found.get(name)
    const meaning = meaningBy(unit.target.version, key, expanded ?? value)
    const assignment = origin.kind === 'default' ? before?.assignment : origin.assignment
    found.set(name, {meaning: before ? `${before.meaning}\n${meaning}` : meaning, assignment})
  }
  return found
}

function exposureOf(unit: LoadedUnit): {
  readonly total: number | undefined
  readonly rows: readonly Row[]
} {
  if (unit.type !== 'service') return {total: undefined, rows: []}
  const assessed = assess(unit)
  return assessed.refused
    ? {total: undefined, rows: []}
    : {total: assessed.total, rows: assessed.rows}
}

/** Rows of the exposure that count otherwise. */
function ofRows(before: readonly Row[], after: readonly Row[]): readonly Difference[] {
  const old = new Map(before.map((row) => [row.name, row]))
  const its = new Map(after.map((row) => [row.name, row]))
  if (old.size === 0 || its.size === 0) return []
  return [...new Set([...old.keys(), ...its.keys()])].flatMap((name): Difference[] => {
    const [one, other] = [markOf(old.get(name)), markOf(its.get(name))]
    return one === other
      ? []
      : [{kind: 'exposure', message: `row \`${name}\`: ${one} becomes ${other}`, isLoss: false}]
  })
}

/** What a row says, as its table has it. */
function markOf(row: Row | undefined): string {
  if (!row) return 'not there'
  return row.exposure ?? (row.set === null ? 'not applicable' : row.set ? 'good' : 'no exposure')
}
