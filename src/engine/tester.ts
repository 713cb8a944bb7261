import {misspelt} from '../facts/misspelt.ts'
import {defaultTarget, soleTarget} from '../facts/targets.ts'
import type {Rule} from '../rule/rule.ts'
import {sightOf} from '../machine/sight.ts'
import {unitOf} from '../unit/load.ts'
import {judge} from './judge.ts'
import {holdCase, holdLists} from './tester-cases.ts'
import type {InvalidCase, ValidCase} from './tester-cases.ts'
import type {Judgement} from './judge.ts'

/** How a test runner groups and runs tests. */
export interface Runner {
  describe(name: string, run: () => void): void
  it(name: string, run: () => void): void
}

/**
 * Tests rules in any test runner that has `describe` and `it`; without one, cases run at once and
 * throw when they fail.
 */
export class RuleTester {
  readonly #runner: Runner

  /** With no runner given, the global `describe` and `it` are used where they exist. */
  constructor(runner?: Runner) {
    this.#runner = runner ??
      globalRunner() ?? {describe: (_name, run) => run(), it: (_name, run) => run()}
  }

  /** Hold a rule to its cases. */
  run<Options>(
    rule: Rule<Options>,
    cases: {
      readonly valid: ReadonlyArray<string | ValidCase>
      readonly invalid: readonly InvalidCase[]
    },
  ): void {
    refuseMisspelt(rule)
    holdLists(cases)
    this.#runner.describe(rule.id, () => {
      for (const [index, given] of cases.valid.entries()) {
        const test = typeof given === 'string' ? {unit: given} : given
        this.#runner.it(`accepts ${nameOf(test)}`, () => {
          holdCase('valid', index, test, rule)
          equal('problems', problemsOf(rule, test), [])
        })
      }
      for (const [index, test] of cases.invalid.entries()) {
        this.#runner.it(`rejects ${nameOf(test)}`, () => {
          holdCase('invalid', index, test, rule)
          equal('problems', problemsOf(rule, test), test.problems)
          const fixed = test.fixed ?? test.unit
          holdFixes('--fix', rule, test, 'safe', fixed)
          holdFixes('--fix --unsafe-fixes', rule, test, 'unsafe', test.fixedUnsafely ?? fixed)
        })
      }
    })
  }
}

/** What a runner calls a case, whatever a test in JavaScript has for one. */
function nameOf(test: Partial<ValidCase> | null): string {
  return test?.name ?? JSON.stringify(test?.unit)
}

/** Throws for names in a rule that are one letter from a directive: it would look at nothing. */
function refuseMisspelt({id, directives = [], on, fixesHangOn = []}: Partial<Rule>): void {
  for (const name of [...directives, ...(on?.lines ?? []), ...fixesHangOn]) {
    const meant = misspelt(name)
    if (meant !== undefined)
      throw new Error(
        `Unexpected directive \`${name}\` of rule \`${id}\`, did you mean \`${meant}\`?`,
      )
  }
}

function globalRunner(): Runner | undefined {
  const {describe, it}: {describe?: unknown; it?: unknown} = globalThis as object // Looked at before it is used.
  return typeof describe === 'function' && typeof it === 'function'
    ? ({describe, it} as Runner)
    : undefined // As just tested.
}

function problemsOf<Options>(rule: Rule<Options>, test: ValidCase): string[] {
  return judged(rule, test, undefined).files.flatMap(({findings}) =>
    findings.map(
      ({position: {start, end}, message}) =>
        `${start.line}:${start.column}-${end.line}:${end.column}: ${message}`,
    ),
  )
}

function holdFixes<Options>(
  option: string,
  rule: Rule<Options>,
  test: ValidCase,
  permitted: 'safe' | 'unsafe',
  expected: string,
): void {
  const found = judged(rule, test, permitted).files[0]?.text ?? test.unit
  const isLeft = found !== expected && found === test.unit
  const left = isLeft ? fixesLeft(rule, test) : []
  equal(`text after ${option}`, found, expected, left)
}

/** How safe the fixes of a case are, which its author may not have thought of. */
function fixesLeft<Options>(rule: Rule<Options>, test: ValidCase): string[] {
  return judged(rule, test, undefined).files.flatMap(({findings}) =>
    findings.map(({message, fix, note}) =>
      fix
        ? `${fix.applicability}: ${fix.title}`
        : [`no fix that can be made: ${message}`, ...(note === undefined ? [] : [note])].join('. '),
    ),
  )
}

/** The files of a case, judged by the rule alone; throws where that fails. */
function judged<Options>(
  rule: Rule<Options>,
  test: ValidCase,
  fix: 'safe' | 'unsafe' | undefined,
): Judgement {
  const path = test.fileName ?? 'example.service'
  if (!unitOf(path))
    throw new Error(`Unexpected file name \`${path}\`, expected one that ends like a unit`)
  const its = test.target === undefined ? defaultTarget : soleTarget(test.target)
  if (!its) throw new Error(`Unexpected target \`${test.target}\``)
  const dropIns = (test.dropIns ?? []).map((text, index) => ({
    path: `${path}.d/${index}.conf`,
    text,
  }))
  // A rule takes just the options that its own schema made.
  const active = {
    rule: rule as Rule,
    severity: 2 as const,
    options: rule.options.parse(test.options ?? {}),
  }
  const judgement = judge(
    {
      files: [{path, text: test.unit, mode: test.mode}, ...dropIns],
      sight: sightOf({...test.others, [path]: test.unit}, test.isComplete),
    },
    {
      rules: [active],
      targets: [its],
      manager: test.manager ?? 'system',
      profile: test.profile,
      fix,
      now: test.now === undefined ? undefined : Date.parse(test.now),
    },
  )
  for (const {message, cause} of judgement.faults) throw new Error(message, {cause})
  return judgement
}

function equal(
  what: string,
  actual: unknown,
  expected: unknown,
  more: readonly string[] = [],
): void {
  const [found, wanted] = [actual, expected].map((value) => JSON.stringify(value, undefined, 2))
  if (found === wanted) return
  const words = [`Unexpected ${what}: ${found}`, `expected: ${wanted}`, ...more].join('\n')
  throw Object.assign(new Error(words), {actual, expected})
}
