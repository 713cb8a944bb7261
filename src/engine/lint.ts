import {VFileMessage} from 'vfile-message'
import type {VFile} from 'vfile'
import {load, unitOf} from '../model/load.ts'
import type {LoadedUnit} from '../model/load.ts'
import {defaultTarget} from '../model/targets.ts'
import type {Target} from '../model/targets.ts'
import type {SourceFile} from '../model/unit.ts'
import {exposure} from '../security/index.ts'
import {applyFixes} from '../rule/apply.ts'
import {decode} from '../syntax/bytes.ts'
import {parse} from '../syntax/parse.ts'
import {check} from './check.ts'
import type {Crash, Located} from './check.ts'
import type {Finding} from './finding.ts'
import type {LintOptions} from './options.ts'
import {suppressions} from './suppress.ts'

/** Fixes settle within a few passes; what does not is a fault of a rule, and is reported. */
const maximumPasses = 10

/**
 * Lint a unit: its main file, or a drop-in alone, with the drop-ins that amend it.
 *
 * Leaves messages on each VFile, and with `fix` the fixed text as its value; `data.unitlint` says which fixes were applied and what they
 * did to the exposure. A path that names no unit is left alone but for a message. Never throws.
 */
export function lint(file: VFile, options: LintOptions, dropIns: readonly VFile[] = []): void {
  const identity = unitOf(file.path ?? '')
  if (!identity) {
    say(file, {
      ruleId: '',
      severity: 2,
      message: 'Expected a file name that ends like a unit, such as `.service`',
      position: {start: {line: 1, column: 1}, end: {line: 1, column: 1}},
    })
    return
  }
  const targets = options.targets.length > 0 ? options.targets : [defaultTarget]
  const vfiles = [file, ...dropIns]
  let sources = vfiles.map((vfile, index) => source(vfile, textOf(vfile), index === 0 ? identity.role : 'drop-in'))
  const loadAll = (target: Target): LoadedUnit => load(sources, {...identity, target, manager: options.manager})
  // Fixes must suit all targets, so the oldest decides what may be written.
  const oldest = targets.reduce((one, other) => (other.version < one.version ? other : one))
  const before = identity.role === 'fragment' ? exposure(loadAll(oldest)) : undefined

  const applied: string[] = []
  let unsettled = false
  let result = check(loadAll(oldest), options)
  if (options.fix) {
    for (let pass = 0; ; pass++) {
      const told = tell(sources, result.located, options)
      const {texts, applied: rules} = applyFixes(told.kept, options.fix)
      if (texts.size === 0) break
      if (pass === maximumPasses) {
        unsettled = true
        break
      }
      applied.push(...rules)
      sources = sources.map((old, index) => {
        const text = texts.get(old)
        const vfile = vfiles[index]
        return text === undefined || !vfile ? old : source(vfile, text, old.role)
      })
      result = check(loadAll(oldest), options)
    }
  }
  const others = targets.filter((target) => target.version !== oldest.version).map((target) => check(loadAll(target), {...options, fix: undefined}))
  const located = union([result.located, ...others.map((other) => other.located)])
  const {kept, unused} = tell(sources, located, options)

  for (const [index, vfile] of vfiles.entries()) {
    const its = sources[index]
    if (!its) continue
    if (its.tree.text !== textOf(vfile)) vfile.value = its.tree.text
    const findings = kept.filter((candidate) => candidate.file === its).map(({finding}) => finding)
    if (options.reportUnusedDisables !== undefined) findings.push(...unused(its, options.reportUnusedDisables))
    for (const finding of findings.toSorted(byPlace)) say(vfile, finding)
  }
  for (const crash of result.crashes) sayCrash(file, crash)
  if (unsettled) file.message('Fixes do not settle: two rules undo each other', {source: 'unitlint', ruleId: 'fix'})
  const after = identity.role === 'fragment' && applied.length > 0 ? exposure(loadAll(oldest)) : before
  file.data.unitlint = {
    ...(before !== undefined && after !== undefined ? {exposure: {target: oldest.name, before, after}} : {}),
    ...(applied.length > 0 ? {applied} : {}),
  }
}

/** The text of a VFile, bytes that are not UTF-8 kept; see `decode`. */
export function textOf(file: VFile): string {
  return typeof file.value === 'string' ? file.value : decode(file.value ?? new Uint8Array())
}

function source(file: VFile, text: string, role: SourceFile['role']): SourceFile {
  return {path: file.path ?? '', role, tree: parse(text)}
}

/** What is left after the comments of the files, and how to ask which of those were of no use. */
function tell(
  sources: readonly SourceFile[],
  located: readonly Located[],
  {inlineConfig = true}: LintOptions,
): {kept: Located[]; unused: (file: SourceFile, severity: 1 | 2) => Finding[]} {
  const byFile = new Map(sources.map((file) => [file, suppressions(file.tree)]))
  const kept = inlineConfig ? located.filter(({file, finding}) => !byFile.get(file)?.suppresses(finding.ruleId, finding.position.start.line)) : [...located]
  return {
    kept,
    unused: (file, severity) =>
      inlineConfig
        ? (byFile.get(file)?.unused() ?? []).map(({comment, message}) => ({ruleId: 'unused-disable', severity, message, position: comment.position}))
        : [],
  }
}

function union(all: ReadonlyArray<readonly Located[]>): Located[] {
  const [first = [], ...rest] = all
  const seen = new Set(first.map(identityOf))
  return [...first, ...rest.flat().filter((located) => !seen.has(identityOf(located)) && seen.add(identityOf(located)))]
}

function identityOf({file, finding}: Located): string {
  return `${file.path}\n${finding.position.start.offset}\n${finding.ruleId}`
}

function byPlace(one: Finding, other: Finding): number {
  return one.position.start.line - other.position.start.line || one.position.start.column - other.position.start.column || (one.ruleId < other.ruleId ? -1 : 1)
}

function say(file: VFile, {ruleId, severity, message, position, note, url, fix}: Finding): void {
  // A finding has no stack worth its cost.
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  const said = new VFileMessage(message, {place: position, source: 'unitlint', ...(ruleId ? {ruleId} : {})})
  Error.stackTraceLimit = limit
  said.file = file.path
  said.name = `${file.path}:${position.start.line}:${position.start.column}`
  said.fatal = false
  said.severity = severity
  if (note !== undefined) said.note = note
  if (url !== undefined) said.url = url
  if (fix) said.fix = fix
  file.messages.push(said)
}

function sayCrash(file: VFile, {ruleId, cause}: Crash): void {
  const said = new VFileMessage(`Rule \`${ruleId}\` failed: ${cause instanceof Error ? cause.message : String(cause)}`, {
    source: 'unitlint',
    ruleId,
    ...(cause instanceof Error ? {cause} : {}),
  })
  said.file = file.path
  said.fatal = true
  file.messages.push(said)
}
