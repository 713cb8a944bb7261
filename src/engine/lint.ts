import type {VFile} from 'vfile'
import {load, unitOf} from '../unit/load.ts'
import type {LoadedUnit, UnitIdentity} from '../unit/load.ts'
import {defaultTarget} from '../facts/targets.ts'
import type {Target} from '../facts/targets.ts'
import type {SourceFile} from '../unit/unit.ts'
import {excess} from '../unit/excess.ts'
import {exposure} from '../security/index.ts'
import {applyFixes} from '../rule/apply.ts'
import {othersIn} from '../rule/sight.ts'
import type {Sight} from '../rule/sight.ts'
import {decode} from '../syntax/bytes.ts'
import {parse} from '../syntax/parse.ts'
import {union} from './by-target.ts'
import {check} from './check.ts'
import type {Checked, Located} from './check.ts'
import {applyInDropIn, withReasons} from './drop-in.ts'
import type {DropInPass} from './drop-in.ts'
import type {Finding} from './finding.ts'
import type {LintOptions} from './options.ts'
import {say, sayCrash, sayFailure, sayFatal} from './say.ts'
import {suppressions} from './suppress.ts'

/** Fixes settle within a few passes; what does not is a fault of a rule, and is reported. */
const maximumPasses = 10

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
  const loadFor = (target: Target, sources: readonly SourceFile[]): LoadedUnit => load(sources, {...identity, target, manager: options.manager})
  const checkFor = (target: Target, sources: readonly SourceFile[], fix: LintOptions['fix']): Checked => {
    const others = sight && othersIn(sight, {target, manager: options.manager})
    return check(loadFor(target, sources), {...options, fix}, others)
  }
  // Fixes must suit all targets, so the oldest decides what may be written.
  const [oldest = defaultTarget] = targets
  const exposureOf = (sources: readonly SourceFile[]): number | undefined =>
    identity.role === 'fragment' && identity.type === 'service' ? exposure(loadFor(oldest, sources)) : undefined

  const found = checkFor(oldest, written, options.fix)
  // Without `fix` nothing is written, and yet what `--fix` would do to the exposure is told.
  const permitted = options.fix ?? 'safe'
  const place = options.into === undefined ? -1 : vfiles.findIndex((vfile) => vfile.path === options.into)
  // Where a drop-in takes all fixes, no other file is changed.
  const untouchable = new Set(place === -1 ? written.filter((_, index) => !fixed(vfiles[index] ?? file)) : [])
  const applyTo = (sources: readonly SourceFile[], proposals: readonly Located[]): DropInPass => {
    const dropIn = sources[place]
    if (!dropIn) return {...applyFixes(proposals, permitted), left: new Map()}
    return applyInDropIn(proposals, permitted, {sources, into: dropIn, load: (files) => loadFor(oldest, files)})
  }
  const settled = settle(written, found, options, untouchable, applyTo, (sources) => checkFor(oldest, sources, permitted))
  const sources = options.fix ? settled.sources : written
  const result = options.fix ? settled.result : found
  const located = targets.map((target) => (target === oldest ? result : checkFor(target, sources, undefined)).located)
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
  if (options.fix && settled.isUnsettled) sayCrash(file, {ruleId: settled.applied.at(-1) ?? '', cause: new Error('its fixes do not settle')})
  const before = exposureOf(written)
  const after = settled.sources === written ? before : exposureOf(settled.sources)
  file.data.unitlint = {
    ...(before !== undefined && after !== undefined ? {exposure: {target: oldest.name, before, after}} : {}),
    ...(options.fix && settled.applied.length > 0 ? {applied: settled.applied} : {}),
  }
}

/** Files after all fixes that a run may make, and what is left to say of them. */
interface Settled {
  readonly sources: readonly SourceFile[]
  readonly result: Checked
  /** The rules whose fixes were applied, in order. */
  readonly applied: readonly string[]
  readonly isUnsettled: boolean
}

/** Fix, look again, and fix, until nothing is left to fix. */
function settle(
  written: readonly SourceFile[],
  found: Checked,
  options: LintOptions,
  untouchable: ReadonlySet<SourceFile>,
  applyTo: (sources: readonly SourceFile[], proposals: readonly Located[]) => DropInPass,
  checkOf: (sources: readonly SourceFile[]) => Checked,
): Settled {
  const applied: string[] = []
  let sources = written
  let result = found
  let {isCut} = found
  for (let pass = 0; pass < maximumPasses; pass++) {
    const candidates = tell(sources, result.located, options).kept.filter(({fix}) => !fix?.edits.some(({file}) => untouchable.has(file)))
    const {texts, applied: rules, left} = applyTo(sources, candidates)
    if (texts.size === 0) return {sources, result: {...result, located: withReasons(result.located, left)}, applied, isUnsettled: false}
    for (const rule of rules) applied.push(rule)
    sources = sources.map((old) => {
      const text = texts.get(old)
      return text === undefined ? old : source(old.path, text, old.role)
    })
    ;({isCut} = result)
    result = checkOf(sources)
  }
  // Of more problems than are told each pass mends some.
  return {sources, result, applied, isUnsettled: !isCut}
}

/** The text of a VFile, bytes that are not UTF-8 kept; see `decode`. */
export function textOf(file: VFile): string {
  return typeof file.value === 'string' ? file.value : decode(file.value ?? new Uint8Array())
}

function source(path: string | undefined, text: string, role: SourceFile['role'], sight?: Sight): SourceFile {
  const known = path === undefined ? undefined : sight?.read(path)
  return {path: path ?? '', role, tree: known?.text === text ? known : parse(text)}
}

/** What is left after the comments of the files, and how to ask what is to be said of those: what cannot work always, what is of no use when asked for. */
function tell(
  sources: readonly SourceFile[],
  located: readonly Located[],
  {inlineConfig = true, reportUnusedDisables}: LintOptions,
): {kept: Located[]; unused: (file: SourceFile) => Finding[]} {
  const byFile = new Map(sources.map((file) => [file, suppressions(file.tree)]))
  const kept = inlineConfig ? located.filter(({file, finding}) => !byFile.get(file)?.suppresses(finding.ruleId, finding.position.start.line)) : [...located]
  return {
    kept,
    unused: (file) =>
      (inlineConfig ? (byFile.get(file)?.unused() ?? []) : [])
        .filter(({isImpossible}) => isImpossible || reportUnusedDisables !== undefined)
        .map(({comment, message}) => ({ruleId: 'unused-disable', severity: reportUnusedDisables ?? 1, message, position: comment.position})),
  }
}

function byPlace(one: Finding, other: Finding): number {
  return one.position.start.line - other.position.start.line || one.position.start.column - other.position.start.column || (one.ruleId < other.ruleId ? -1 : 1)
}
