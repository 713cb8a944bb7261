import {VFile} from 'vfile'
import verify from '../../configs/verify.ts'
import {rules} from '../../rules/index.ts'
import {lint, textOf} from '../../src/engine/unified/lint.ts'
import type {LintOptions} from '../../src/engine/options.ts'
import {fileSections} from '../../src/facts/data/directives.ts'
import {load} from '../../src/unit/load.ts'
import {valueFacts} from '../../src/facts/value-facts.ts'
import {validate} from '../../src/values/validate.ts'
import type {UnitType} from '../../src/facts/unit-types.ts'
import {applyEdits} from '../../src/syntax/edit.ts'
import {parse} from '../../src/syntax/parse.ts'
import {cases, type Case} from './cases.ts'
import {random, type Random} from './cases-random.ts'
import {corruptions, losingCase, withLineEnd, type Written} from './fixes-corruptions.ts'
import {meaningOf} from './fixes-meaning.ts'

/** A line that systemd takes, what somebody made of it, and what fixes make of that. */
export interface Mending {
  readonly corruption: string
  readonly unitType: UnitType
  readonly good: string
  readonly broken: string
  /** The rules that find something in the broken unit. */
  readonly foundBy: readonly string[]
  /**
   * The text after as much as is needed, and who may make the last of it; undefined when something
   * is left to find.
   */
  readonly fixed: {readonly text: string; readonly by: 'safe' | 'unsafe' | 'suggestion'} | undefined
  /** What safe fixes make of it. */
  readonly safely: string
  /**
   * Whether the fixed text has the assignments of the good one, whatever their order between
   * directives.
   */
  readonly isAsMeant: boolean
}

/**
 * Good lines of all directives of a version, spoilt in all ways in equal shares, and mended. The
 * same seed gives the same.
 */
export function* mendings(version: number, count: number, seed: number): Generator<Mending> {
  const next = random(seed * 31 + version)
  const all = goodLines(version, seed, next)
  const names = Object.keys(corruptions)
  const share = Math.ceil(count / (names.length + 1))
  for (const name of [...names, undefined]) {
    let left = share
    for (let tries = share * 40; left > 0 && tries > 0; tries--) {
      const {unitType, written} = next.pick(all)
      const one = next.chance(0.15) ? withLineEnd(written, '\r\n') : written
      const mistakes = name === undefined ? [next.pick(names), next.pick(names)] : [name]
      const bad = spoilt(one, mistakes, next)
      if (!bad) continue
      // What systemd takes as it is, nobody can see behind something else.
      const isSeen = (mistake: string): boolean =>
        linted(unitType, textOfUnit(unitType, spoilt(one, [mistake], next) ?? one), version)
          .length > 0
      if (mistakes.length > 1 && !mistakes.every(isSeen)) continue
      left--
      yield mended(
        mistakes,
        unitType,
        textOfUnit(unitType, one),
        textOfUnit(unitType, bad),
        version,
      )
    }
  }
}

function spoilt(good: Written, names: readonly string[], next: Random): Written | undefined {
  let bad: Written | undefined = good
  for (const name of names) bad = bad && corruptions[name]?.(bad, next)
  return bad
}

/**
 * Assignments that systemd takes, as people would write them: as many for units of each type as its
 * processes are worth.
 */
function goodLines(
  version: number,
  seed: number,
  next: Random,
): {unitType: UnitType; written: Written}[] {
  return [...cases(version, 40_000, seed)].flatMap((one) => {
    const written =
      alone.has(one.unitType) && next.chance(0.8) ? undefined : good(one, version, next)
    return written ? [{unitType: one.unitType, written}] : []
  })
}

/** Types of units of which systemd can be asked about one at a time only. */
export const alone: ReadonlySet<UnitType> = new Set([
  'mount',
  'automount',
  'swap',
  'slice',
  'device',
  'target',
])

function good(
  {unitType, section, key, value}: Case,
  version: number,
  next: Random,
): Written | undefined {
  const facts = valueFacts(section, key, version)
  if (
    !facts ||
    value.startsWith('=') ||
    !/^[!$&-~]+(?: [!$&-~]+)*$/.test(value) ||
    value.length > 100 ||
    /["'\\#;$]|,(?: |$)| ~| -@| \/\//.test(value)
  )
    return undefined
  if (!isTaken(value, unitType, section, key, version)) return undefined
  const isSplittable =
    facts.invert === '~' && facts.words !== undefined && !value.startsWith('~') && next.chance(0.5)
  const second = isSplittable ? `~${value.split(' ')[0]}` : undefined
  const values =
    second !== undefined && isTaken(second, unitType, section, key, version)
      ? [value, second]
      : [value]
  const others = (fileSections[unitType] ?? []).filter(
    (other) => other !== section && other !== 'Install',
  )
  return {facts, section, header: section, key, sign: '=', values, lineEnd: '\n', others}
}

function isTaken(
  value: string,
  unitType: UnitType,
  section: string,
  key: string,
  version: number,
): boolean {
  const facts = valueFacts(section, key, version)
  const context = {
    version,
    manager: 'system',
    unitType,
    unitName: `x.${unitType}`,
    section,
    memory: new Set<string>(),
  } as const
  return facts !== undefined && [...validate(value, {...context, facts})].length === 0
}

/** A small unit with the lines in it. */
function textOfUnit(
  type: UnitType,
  {facts, section, header, key, sign, values, lineEnd}: Written,
): string {
  const own = facts.key.startsWith('Exec') ? 'Type=oneshot\nExecStart=/bin/sh\n' : smallest[type]
  const parts: [string, string][] = [['Unit', 'Description=Any\n']]
  const own_ = fileSections[type]?.find((name) => name.toLowerCase() === type)
  if (own_) parts.push([own_, own ?? ''])
  if (!parts.some(([name]) => name === section)) parts.push([section, ''])
  const lines = values.map((value) => `${key}${sign}${value}\n`).join('')
  return parts
    .map(
      ([name, text]) =>
        `[${name === section ? header : name}]\n${text}${name === section ? lines : ''}`,
    )
    .join('\n')
    .replaceAll(/\r?\n/g, lineEnd)
}

const smallest: Partial<Record<UnitType, string>> = {
  service: 'ExecStart=/bin/sh\n',
  socket: 'ListenStream=/run/any\nAccept=yes\n',
  timer: 'OnBootSec=1\n',
  path: 'PathExists=/run/any\n',
  mount: 'What=/dev/any\nWhere=/x\n',
  automount: 'Where=/x\n',
  swap: 'What=/x\n',
}

const ids = new Set([...Object.keys(verify.rules), 'no-skipped-value'])
const active = rules
  .filter(({id}) => ids.has(id))
  .map((rule) => ({rule, severity: 2, options: rule.options.parse({})}) as const)

function mended(
  mistakes: readonly string[],
  unitType: UnitType,
  good: string,
  broken: string,
  version: number,
): Mending {
  const found = linted(unitType, broken, version)
  const safely = fixedBy(unitType, broken, version, 'safe')
  const fixed = found.length === 0 ? undefined : settled(unitType, broken, safely, version)
  const means = (text: string): string => {
    const whole = meaning(unitType, text, version)
    // Nobody can tell in which case names and paths were.
    return mistakes.some((mistake) => losingCase.has(mistake)) ? whole.toLowerCase() : whole
  }
  return {
    corruption: mistakes.length > 1 ? 'two mistakes' : (mistakes[0] ?? ''),
    unitType,
    good,
    broken,
    foundBy: [...new Set(found.map(({ruleId}) => ruleId ?? ''))],
    fixed,
    safely,
    isAsMeant: fixed !== undefined && means(fixed.text) === means(good),
  }
}

/** The text when nothing is left to find, after as few kinds of fixes as it takes. */
function settled(
  type: UnitType,
  broken: string,
  safely: string,
  version: number,
): Mending['fixed'] {
  if (linted(type, safely, version).length === 0) return {text: safely, by: 'safe'}
  let text = fixedBy(type, broken, version, 'unsafe')
  if (linted(type, text, version).length === 0) return {text, by: 'unsafe'}
  for (let turn = 0; turn < 8; turn++) {
    const left = linted(type, text, version)
    if (left.length === 0) return {text, by: 'suggestion'}
    const fix = left.find((message) => message.fix)?.fix
    if (!fix) return undefined
    text = applyEdits(text, fix.edits)
  }
  return undefined
}

function options(version: number, fix: LintOptions['fix']): LintOptions {
  return {rules: active, targets: [{name: String(version), version}], manager: 'system', fix}
}

/** What the rules find in a text. */
function linted(type: UnitType, text: string, version: number): VFile['messages'] {
  const file = new VFile({path: `x.${type}`, value: text})
  lint(file, options(version, undefined))
  return file.messages
}

function fixedBy(type: UnitType, text: string, version: number, fix: LintOptions['fix']): string {
  const file = new VFile({path: `x.${type}`, value: text})
  lint(file, options(version, fix))
  return textOf(file)
}

/** All assignments by section and directive, and what they mean. */
function meaning(type: UnitType, text: string, version: number): string {
  const name = `x.${type}`
  const unit = load([{path: name, role: 'fragment', tree: parse(text)}], {
    name,
    type,
    target: {name: String(version), version},
    manager: 'system',
  })
  const lines = (fileSections[type] ?? []).flatMap((section) =>
    unit.all(section).map(({key, value}) => {
      const facts = valueFacts(section, key, version)
      return `${section}.${key}=${facts ? meaningOf(value, facts, version) : value}`
    }),
  )
  const keyOf = (line: string): string => line.slice(0, line.indexOf('='))
  return lines
    .toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : keyOf(one) > keyOf(other) ? 1 : 0))
    .join('\n')
}

/** A text after one fix of one finding. */
export interface Fixed {
  readonly ruleId: string
  readonly applicability: string
  readonly text: string
}

/** A file after each of the fixes that the rules offer, one at a time. */
export function fixedOneByOne(path: string, text: string, version: number): Fixed[] {
  const file = new VFile({path, value: text})
  lint(file, options(version, undefined))
  return file.messages.flatMap(({fix, ruleId = ''}) =>
    fix ? [{ruleId, applicability: fix.applicability, text: applyEdits(text, fix.edits)}] : [],
  )
}
