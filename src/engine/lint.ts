import type {VFile} from 'vfile'
import {load, unitOf} from '../unit/load.ts'
import type {UnitIdentity} from '../unit/load.ts'
import {defaultTarget} from '../facts/targets.ts'
import type {Target} from '../facts/targets.ts'
import type {SourceFile} from '../unit/unit.ts'
import {excess} from '../unit/excess.ts'
import {exposure} from '../security/index.ts'
import {machineIn} from '../machine/machine.ts'
import type {Sight} from '../machine/sight.ts'
import type {Unit} from '../rule/unit.ts'
import {decode} from '../syntax/bytes.ts'
import {parse} from '../syntax/parse.ts'
import {union} from './by-target.ts'
import {check} from './check.ts'
import type {Checked, Located} from './check.ts'
import type {Finding} from './finding.ts'
import type {LintOptions} from './options.ts'
import {plan} from './plan.ts'
import type {Facade} from './proposal.ts'
import {changeable, fixedUnit, maximumPasses} from './fixed-unit.ts'
import {facadeFor, readyUnit} from './ready-unit.ts'
import {say, sayCrash, sayFailure, sayFatal} from './say.ts'
import {tell} from './tell.ts'
import {dropInPass, withReasons} from './write/drop-in.ts'
import type {Pass} from './write/drop-in.ts'
import {texts} from './write/inline.ts'

/** What a unit is linted with, beside its main file. */
export interface Surroundings {
  /** In the order in which systemd reads them. */
  readonly dropIns?: readonly VFile[]
  /** What unit it is, where the path of its file does not tell, as of an instance; else see `unitOf`. */
  readonly identity?: UnitIdentity | undefined
  /** The other units of the run; absent: it is alone. */
  readonly sight?: Sight | undefined
  /** Whether fixes may change a file; default: any. */
  readonly fixed?: (file: VFile) => boolean
}

/**
 * Lint a unit: its main file, or a drop-in alone, with the drop-ins that amend it.
 *
 * Leaves messages on each VFile, and with `fix` the fixed text as its value; `data.unitlint` says which fixes were applied and what they
 * did to the exposure. A path that names no unit is left alone but for a message. Never throws.
 */
export function lint(file: VFile, options: LintOptions, surroundings: Surroundings = {}): void {
  const before = [file, ...(surroundings.dropIns ?? [])].map((vfile) => ({vfile, value: vfile.value, said: vfile.messages.length}))
  try {
    judge(file, options, surroundings)
  } catch (cause) {
    // Half of it is worse than nothing: a text that was not fixed to its end, or findings that look like all there are.
    for (const {vfile, value, said} of before) {
      vfile.value = value
      vfile.messages.splice(said)
    }
    sayFailure(file, cause)
  }
}

function judge(file: VFile, options: LintOptions, {dropIns = [], identity = unitOf(file.path ?? ''), sight, fixed = () => true}: Surroundings): void {
  if (!identity) {
    say(file, {
      ruleId: '',
      severity: 2,
      message: 'Expected a file name that ends like a unit, such as `.service`',
      position: {start: {line: 1, column: 1}, end: {line: 1, column: 1}},
    })
    return
  }
  const tooMuch = excess([file, ...dropIns].map(textOf))
  if (tooMuch !== undefined) {
    sayFatal(file, `Not linted: ${tooMuch}`)
    return
  }
  const targets = options.targets.length > 0 ? options.targets.toSorted((one, other) => one.version - other.version) : [defaultTarget]
  const vfiles = [file, ...dropIns]
  const written = vfiles.map((vfile, index) => source(vfile.path, textOf(vfile), index === 0 ? identity.role : 'drop-in', sight))
  // Fixes must suit all targets, so the oldest decides what may be written.
  const [oldest = defaultTarget] = targets
  const reader = readerFor(oldest, identity, options, sight)
  const unit = reader.read(written)
  const found = check(unit, options.rules, options, reader.facade)
  const place = options.into === undefined ? -1 : vfiles.findIndex((vfile) => vfile.path === options.into)
  // Where a drop-in takes all fixes, no other file is changed.
  const untouchable = new Set(place === -1 ? vfiles.filter((vfile) => !fixed(vfile)).map(({path}) => path) : [])
  const first: Stage = {sources: written, unit, checked: found}
  const settled = options.fix ? settle(first, options, {reader, place, untouchable}) : {...first, applied: [], isUnsettled: false}
  const {sources, checked: result} = settled
  const located = targets.map((target) => {
    if (target === oldest) return result.located
    const other = readerFor(target, identity, options, sight)
    return check(other.read(sources), options.rules, {...options, fix: undefined}, other.facade).located
  })
  const {kept, unused} = tell(sources, union(targets, located), options)
  const byFile = new Map<SourceFile, Finding[]>(sources.map((its) => [its, []]))
  for (const {file: its, finding} of kept) byFile.get(its)?.push(finding)

  for (const [index, vfile] of vfiles.entries()) {
    const its = sources[index]
    if (!its) continue
    if (its.tree.text !== textOf(vfile)) vfile.value = its.tree.text
    const findings = [...(byFile.get(its) ?? []), ...unused(its)]
    for (const finding of findings.toSorted(byPlace)) say(vfile, finding)
  }
  for (const crash of result.crashes) sayCrash(file, crash)
  if (settled.isUnsettled) {
    sayCrash(file, {ruleId: settled.applied.at(-1) ?? '', cause: new Error('its fixes do not settle')})
  }
  const isScored = identity.role === 'fragment' && identity.type === 'service'
  const before = isScored ? exposure(unit) : undefined
  const after =
    before === undefined
      ? undefined
      : exposure(options.fix ? settled.unit : fixedUnit(unit, found, {options, untouchable, permitted: 'safe', facade: reader.facade}))
  file.data.unitlint = {
    ...(before !== undefined && after !== undefined ? {exposure: {target: oldest.name, before, after}} : {}),
    ...(settled.applied.length > 0 ? {applied: settled.applied} : {}),
  }
}

/** Reads files as a unit, for one systemd. */
interface Reader {
  readonly read: (sources: readonly SourceFile[]) => Unit
  readonly facade: Facade
}

function readerFor(target: Target, identity: UnitIdentity, options: LintOptions, sight: Sight | undefined): Reader {
  const {manager} = options
  const machine = sight && machineIn(sight, target, manager)
  return {
    facade: facadeFor(options, machine),
    read: (sources) => readyUnit(load(sources, {...identity, target, manager}), options, machine),
  }
}

/** The files of a unit at some point, and what the rules say of it. */
interface Stage {
  readonly sources: readonly SourceFile[]
  readonly unit: Unit
  readonly checked: Checked
}

/** Files after all fixes that a run may make, and what is left to say of them. */
interface Settled extends Stage {
  /** The rules whose fixes were applied, in order. */
  readonly applied: readonly string[]
  readonly isUnsettled: boolean
}

/** How a run may write fixes. */
interface Writing {
  readonly reader: Reader
  /** The place of the drop-in that takes all fixes among the files; -1 where there is none. */
  readonly place: number
  /** Paths of files that no fix may change. */
  readonly untouchable: ReadonlySet<string>
}

/** Plan, write, and look again, until nothing is left to fix: so that what is written is known to be settled. */
function settle(first: Stage, options: LintOptions, {reader, place, untouchable}: Writing): Settled {
  const applied: string[] = []
  let stage = first
  for (let pass = 0; pass < maximumPasses; pass++) {
    const {sources, unit, checked} = stage
    const {kept} = tell(sources, checked.located, options)
    const candidates = changeable(kept, untouchable)
    const into = sources[place]
    const written = into
      ? dropInPass(unit, candidates, options.fix ?? 'safe', {into, ...reader})
      : inlinePass(unit, candidates, options.fix ?? 'safe', reader.facade)
    if (written.texts.size === 0) {
      const located = withReasons(checked.located, written.left)
      return {...stage, checked: {...checked, located}, applied, isUnsettled: false}
    }
    for (const rule of written.applied) applied.push(rule)
    const next = sources.map((old) => {
      const text = written.texts.get(old)
      return text === undefined ? old : source(old.path, text, old.role)
    })
    const again = reader.read(next)
    stage = {sources: next, unit: again, checked: check(again, options.rules, options, reader.facade)}
    // Of more problems than are told each run mends some.
    if (checked.isCut) return {...stage, applied, isUnsettled: false}
  }
  return {...stage, applied, isUnsettled: true}
}

function inlinePass(unit: Unit, candidates: readonly Located[], permitted: 'safe' | 'unsafe', facade: Facade): Pass {
  const {accepted, operations} = plan(unit, candidates, permitted, facade)
  return {texts: texts(operations), applied: accepted.map(({proposal}) => proposal.ruleId), left: new Map()}
}

/** The text of a VFile, bytes that are not UTF-8 kept; see `decode`. */
export function textOf(file: VFile): string {
  return typeof file.value === 'string' ? file.value : decode(file.value ?? new Uint8Array())
}

function source(path: string | undefined, text: string, role: SourceFile['role'], sight?: Sight): SourceFile {
  const known = path === undefined ? undefined : sight?.read(path)
  return {path: path ?? '', role, tree: known?.text === text ? known : parse(text)}
}

function byPlace(one: Finding, other: Finding): number {
  return one.position.start.line - other.position.start.line || one.position.start.column - other.position.start.column || (one.ruleId < other.ruleId ? -1 : 1)
}
