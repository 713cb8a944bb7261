import {load, unitOf} from '../unit/load.ts'
import {defaultTarget, target} from '../facts/targets.ts'
import type {Profile} from '../needs/needs.ts'
import type {SourceFile} from '../unit/unit.ts'
import {parse} from '../syntax/parse.ts'
import {positionOf} from '../syntax/place.ts'
import {applyFixes} from './apply.ts'
import {wordsOf} from './define.ts'
import type {Rule} from './rule.ts'
import {othersIn, sightOf} from './sight.ts'
import {soundProblems} from './sound.ts'
import type {SoundProblem} from './sound.ts'
import {unitFor} from './unit.ts'
import type {Unit} from './unit.ts'

/** A unit that a rule has nothing to say about. */
export interface ValidCase {
  /** What the case shows; the text of the unit when absent. */
  readonly name?: string
  readonly unit: string
  /** The name of the file; `example.service` when absent. */
  readonly fileName?: string
  /** Drop-ins of the unit, in order. */
  readonly dropIns?: readonly string[]
  /** The other units of the run, by their names; drop-ins as `NAME.service.d/NAME.conf`. */
  readonly others?: Readonly<Record<string, string>>
  /** The other units are all there are on the machine. */
  readonly isComplete?: boolean
  readonly options?: unknown
  /** A version or release, such as `debian-12`. */
  readonly target?: string
  readonly manager?: 'system' | 'user'
  readonly profile?: Profile
}

/** A unit that a rule complains of. */
export interface InvalidCase extends ValidCase {
  /** `line:column-line:column: message`, in order. */
  readonly problems: readonly string[]
  /** The unit after `--fix`; when absent, `--fix` must leave it alone. */
  readonly fixed?: string
  /** The unit after `--fix --unsafe-fixes`, where that differs. */
  readonly fixedUnsafely?: string
}

/** How a test runner groups and runs tests. */
export interface Runner {
  describe(name: string, run: () => void): void
  it(name: string, run: () => void): void
}

/** Tests rules in any test runner that has `describe` and `it`; without one, cases run at once and throw when they fail. */
export class RuleTester {
  readonly #runner: Runner

  /** With no runner given, the global `describe` and `it` are used where they exist. */
  constructor(runner?: Runner) {
    this.#runner = runner ?? globalRunner() ?? {describe: (_name, run) => run(), it: (_name, run) => run()}
  }

  /** Hold a rule to its cases. */
  run<Options>(rule: Rule<Options>, {valid, invalid}: {readonly valid: ReadonlyArray<string | ValidCase>; readonly invalid: readonly InvalidCase[]}): void {
    this.#runner.describe(rule.id, () => {
      for (const given of valid) {
        const test = typeof given === 'string' ? {unit: given} : given
        this.#runner.it(`accepts ${test.name ?? JSON.stringify(test.unit)}`, () => equal('problems', problemsOf(rule, test, 'safe'), []))
      }
      for (const test of invalid) {
        this.#runner.it(`rejects ${test.name ?? JSON.stringify(test.unit)}`, () => {
          equal('problems', problemsOf(rule, test, 'safe'), test.problems)
          const fixed = test.fixed ?? test.unit
          equal('text after --fix', fix(rule, test, 'safe'), fixed)
          equal('text after --fix --unsafe-fixes', fix(rule, test, 'unsafe'), test.fixedUnsafely ?? fixed)
        })
      }
    })
  }
}

function globalRunner(): Runner | undefined {
  const {describe, it}: {describe?: unknown; it?: unknown} = globalThis as object // Looked at before it is used.
  return typeof describe === 'function' && typeof it === 'function' ? ({describe, it} as Runner) : undefined // As just tested.
}

function problemsOf<Options>(rule: Rule<Options>, test: ValidCase, permitted: 'safe' | 'unsafe'): string[] {
  return run(rule, test, test.unit, permitted).map((problem) => {
    const {file, span} = problem.at
    const {start, end} = positionOf(file.tree, span)
    return `${start.line}:${start.column}-${end.line}:${end.column}: ${wordsOf(rule, problem)}`
  })
}

function fix<Options>(rule: Rule<Options>, test: ValidCase, permitted: 'safe' | 'unsafe'): string {
  let text = test.unit
  for (let pass = 0; pass < 10; pass++) {
    const problems = run(rule, test, text, permitted)
    const {texts} = applyFixes(
      problems.map((problem) => ({ruleId: rule.id, directives: rule.directives, fix: problem.fix})),
      permitted,
    )
    const changed = [...texts].find(([file]) => file.role === 'fragment' || texts.size === 1)?.[1]
    if (changed === undefined) return text
    text = changed
  }
  throw new Error(`Expected the fixes of \`${rule.id}\` to settle, found changes after ten passes`)
}

function run<Options>(rule: Rule<Options>, test: ValidCase, text: string, permitted: 'safe' | 'unsafe'): readonly SoundProblem[] {
  const path = test.fileName ?? 'example.service'
  const identity = unitOf(path)
  if (!identity) throw new Error(`Unexpected file name \`${path}\`, expected one that ends like a unit`)
  const its = test.target === undefined ? defaultTarget : target(test.target)
  if (!its) throw new Error(`Unexpected target \`${test.target}\``)
  const files: SourceFile[] = [
    {path, role: identity.role, tree: parse(text)},
    ...(test.dropIns ?? []).map((dropIn, index) => ({path: `${path}.d/${index}.conf`, role: 'drop-in' as const, tree: parse(dropIn)})),
  ]
  const viewer = {target: its, manager: test.manager ?? 'system'}
  const others = othersIn(sightOf({...test.others, [path]: text}, test.isComplete), viewer)
  const unit: Unit = unitFor(load(files, {...identity, ...viewer}), {profile: test.profile, permitted, others})
  return soundProblems(rule, unit, rule.options.parse(test.options ?? {}))
}

function equal(what: string, actual: unknown, expected: unknown): void {
  const [found, wanted] = [actual, expected].map((value) => JSON.stringify(value, undefined, 2))
  if (found !== wanted) throw Object.assign(new Error(`Unexpected ${what}: ${found}\nexpected: ${wanted}`), {actual, expected})
}
