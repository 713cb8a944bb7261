import {describe, expect, test} from 'vitest'
import {rules} from '../../rules/index.ts'
import {Descent} from '../../src/engine/exposure-steps.ts'
import {Effort} from '../../src/engine/planning-effort.ts'
import type {Standing, Step} from '../../src/engine/exposure-steps.ts'
import {exposurePlan} from '../../src/engine/exposure-plan.ts'
import {target} from '../../src/facts/targets.ts'
import {defineRule, remove, set} from '../../src/rule/index.ts'
import type {Change, Fix, Rule, Unit} from '../../src/rule/index.ts'
import {parse} from '../../src/syntax/parse.ts'
import type {SourceFile} from '../../src/unit/unit.ts'
import {optionsWith} from './fixing.ts'

const context = {
  name: 'a.service',
  type: 'service',
  target: target('257')!,
  manager: 'system',
} as const
const plain = '[Service]\nExecStart=/usr/bin/x\n'
const own = 'a.service.d/x.conf'

function optionsFor(ids: readonly string[]): ReturnType<typeof optionsWith> {
  return optionsWith(
    ids.map((id) => rules.find((rule) => rule.id === id)!),
    context.target,
  )
}

function filesOf(text: string, dropIn?: string): SourceFile[] {
  const main = {path: 'a.service', role: 'fragment' as const, tree: parse(text)}
  return dropIn === undefined ? [main] : [main, {path: own, role: 'drop-in', tree: parse(dropIn)}]
}

/**
 * The ways of a service to less exposure by some rules, all of it in a drop-in where that has a
 * text.
 */
function descentOf(
  text: string,
  ids: readonly string[],
  dropIn?: string,
): {readonly descent: Descent; readonly start: Standing} {
  const descent = new Descent(filesOf(text, dropIn), context, {
    ...optionsFor(ids),
    into: dropIn === undefined ? undefined : own,
  })
  if (!descent.start) throw new Error('Expected a service that systemd loads')
  return {descent, start: descent.start}
}

function told(step: Step | undefined): string | undefined {
  return step && `${step.fix.title}: ${step.applicability} ${step.score.total}`
}

function bestOf(text: string, ...ids: readonly string[]): string | undefined {
  const {descent, start} = descentOf(text, ids)
  return told(descent.best(start, new Effort()))
}

/** The best step of one rule, and what else there is to do in its place. */
function weakerOf(text: string, id: string): readonly (string | undefined)[] {
  const {descent, start} = descentOf(text, [id])
  const step = descent.best(start, new Effort())
  return step ? [step, ...descent.weaker(start, step)].map(told) : []
}

/** The texts that a standing has, or why there is none. */
function textsOf(standing: ReturnType<Descent['after']>): readonly string[] | string {
  return 'left' in standing ? standing.left : standing.unit.files.map(({tree}) => tree.text)
}

/** A rule that wants homes shut, and has its fix change more before. */
function closingHomes(...before: readonly Change[]) {
  return defineRule({
    id: 'acme/protect-home',
    summary: 'Close homes',
    why: 'For the test.',
    directives: ['ProtectHome'],
    messages: {open: 'Open'},
    examples: {bad: [], good: []},
    *check(unit) {
      const [at] = unit.all('Service')
      const changes = [...before, set('Service', 'ProtectHome', 'yes')]
      const fix = {title: 'Close them', changes}
      if (at && unit.settings.ProtectHome.value !== 'yes') yield {message: 'open', at, fix}
    },
  })
}

describe('the best step', () => {
  test('is the one that takes off most, a safe one first, by name where two do the same', () => {
    expect(bestOf(plain, 'umask', 'private-tmp', 'lock-personality')).toBe(
      'Set `PrivateTmp=yes`: safe 92',
    )
    expect(bestOf(plain, 'private-network', 'lock-personality')).toBe(
      'Set `LockPersonality=yes`: safe 94',
    )
    expect(bestOf(plain, 'private-network', 'private-tmp')).toBe('Set `PrivateTmp=yes`: safe 92')
    expect(bestOf(plain, 'protect-proc', 'private-tmp')).toBe('Set `PrivateTmp=yes`: safe 92')
    expect(bestOf(plain, 'private-tmp', 'protect-proc')).toBe('Set `PrivateTmp=yes`: safe 92')
    expect(bestOf(plain, 'private-network', 'protect-home')).toBe(
      'Set `PrivateNetwork=yes`: unsafe 90',
    )
  })

  test('is none where nothing takes anything off', () => {
    expect(bestOf(plain)).toBeUndefined()
    expect(bestOf(`${plain}PrivateTmp=yes\n`, 'private-tmp')).toBeUndefined()
    expect(bestOf(`# unitlint-disable private-tmp\n${plain}`, 'private-tmp')).toBeUndefined()
  })

  test('passes over the rules that are left out', () => {
    const {descent, start} = descentOf(plain, ['private-tmp', 'lock-personality'])
    expect(told(descent.best(start, new Effort(), new Set(['private-tmp'])))).toBe(
      'Set `LockPersonality=yes`: safe 94',
    )
  })

  test('is unsafe, whatever it is, behind one that was', () => {
    const {descent, start} = descentOf(plain, ['private-tmp'])
    expect(told(descent.best({...start, hangsOnUnsafe: true}, new Effort()))).toBe(
      'Set `PrivateTmp=yes`: unsafe 92',
    )
  })

  test('is not looked for without an end', () => {
    const {descent, start} = descentOf(plain, ['private-tmp'])
    const effort = new Effort()
    effort.add(start.unit, 54_000)
    expect(told(descent.best(start, effort))).toBe('Set `PrivateTmp=yes`: safe 92')
    effort.add(start.unit, 979)
    expect(() => descent.best(start, effort)).toThrow(
      'Too much for one unit: 110040 fixes times lines to try, expected at most 110000',
    )
  })
})

describe('a unit that systemd would not load', () => {
  test('has nothing to start from, and rules say nothing of it', () => {
    const {start, found} = new Descent(
      filesOf('[Service]\nType=oneshot\n'),
      context,
      optionsFor(['private-tmp']),
    )
    expect([start, found]).toEqual([undefined, {located: [], crashes: [], isCut: false}])
  })
})

describe('weaker than a step', () => {
  test.each<[string, string, readonly string[]]>([
    [
      plain,
      'protect-home',
      [
        'Set `ProtectHome=yes`: unsafe 92',
        'Set `ProtectHome=tmpfs`: unsafe 92',
        'Set `ProtectHome=read-only`: unsafe 93',
      ],
    ],
    [
      plain,
      'protect-proc',
      ['Set `ProtectProc=invisible`: safe 92', 'Set `ProtectProc=noaccess`: safe 93'],
    ],
    [
      `${plain}ProtectProc=noaccess\n`,
      'protect-proc',
      ['Set `ProtectProc=invisible`: safe 92', 'Set `ProtectProc=noaccess`: safe 93'],
    ],
    [
      plain,
      'umask',
      ['Set `UMask=0077`: unsafe 94', 'Set `UMask=0027`: unsafe 94', 'Set `UMask=0022`: safe 94'],
    ],
    [plain, 'private-tmp', ['Set `PrivateTmp=yes`: safe 92']],
    [plain, 'private-network', ['Set `PrivateNetwork=yes`: unsafe 90']],
  ])('%j by %s are the values between', (text, id, expected) => {
    expect(weakerOf(text, id)).toEqual(expected)
  })

  test('are the values between, the strongest first, where its rule names no other', () => {
    const rule = closingHomes()
    const descent = new Descent(filesOf(plain), context, optionsWith([rule], context.target))
    const start = descent.start!
    const weaker = descent.weaker(start, descent.best(start, new Effort())!)
    expect(weaker.map(({fix}) => fix.title)).toEqual([
      'Set `ProtectHome=tmpfs`',
      'Set `ProtectHome=read-only`',
    ])
  })

  /** What is weaker than the best step of somebody's rule about a directive. */
  function weakerBy(
    directive: string,
    text: string,
    fixes: (unit: Unit) => readonly Fix[],
  ): readonly string[] {
    const rule = defineRule({
      id: 'acme/rule',
      summary: 'Want something',
      why: 'For the test.',
      directives: [directive],
      messages: {open: 'Open'},
      examples: {bad: [], good: []},
      *check(unit) {
        const [at] = unit.all('Service')
        if (at) yield {message: 'open', at, fix: fixes(unit)}
      },
    })
    const descent = new Descent(filesOf(text), context, optionsWith([rule], context.target))
    const start = descent.start!
    const weaker = descent.weaker(start, descent.best(start, new Effort())!)
    return weaker.map(({fix}) => fix.title)
  }

  test('is no suggestion, which is made for nobody but a person', () => {
    const closing = (value: string, applicability: 'unsafe' | 'suggestion'): Fix => ({
      title: `${value}, ${applicability}`,
      applicability,
      changes: [set('Service', 'PrivateTmp', value)],
    })
    expect(
      weakerBy('PrivateTmp', plain, () => [
        closing('yes', 'unsafe'),
        closing('disconnected', 'suggestion'),
        closing('disconnected', 'unsafe'),
      ]),
    ).toEqual(['disconnected, unsafe'])
  })

  test('is nothing where a line goes', () => {
    const text = `${plain}CapabilityBoundingSet=\nCapabilityBoundingSet=CAP_SYS_TIME CAP_CHOWN\n`
    expect(
      weakerBy('CapabilityBoundingSet', text, (unit) =>
        unit
          .assignments('Service', 'CapabilityBoundingSet')
          .slice(1)
          .map((line) => ({title: 'Allow none', applicability: 'unsafe', changes: [remove(line)]})),
      ),
    ).toEqual([])
  })

  test('are those of its directive, where the step changes a line of another before', () => {
    const rule = closingHomes(set('Service', 'UMask', '0077'))
    const descent = new Descent(
      filesOf(`${plain}UMask=0022\n`),
      context,
      optionsWith([rule], context.target),
    )
    const start = descent.start!
    const weaker = descent.weaker(start, descent.best(start, new Effort())!)
    expect(weaker.map(({fix}) => fix.title)).toEqual([
      'Set `ProtectHome=tmpfs`',
      'Set `ProtectHome=read-only`',
    ])
  })

  test('is any value that systemd takes, with what it gives', () => {
    const {descent, start} = descentOf(plain, ['protect-home'])
    const step = descent.best(start, new Effort())!
    expect(
      ['read-only', 'no', 'perhaps'].map((value) => told(descent.withValue(start, step, value))),
    ).toEqual([
      'Set `ProtectHome=read-only`: unsafe 93',
      'Set `ProtectHome=no`: safe 94',
      undefined,
    ])
  })
})

describe('behind a step', () => {
  test('is the unit with its lines, which hangs on what was unsafe from then on', () => {
    const {descent, start} = descentOf(plain, ['private-tmp', 'protect-home'])
    const first = descent.best(start, new Effort())!
    const then = descent.after(start, first) as Standing
    expect([textsOf(then), then.hangsOnUnsafe, then.score.total]).toEqual([
      [`${plain}\nPrivateTmp=yes\n`],
      false,
      92,
    ])
    const second = descent.best(then, new Effort())!
    const end = descent.after(then, second) as Standing
    expect([textsOf(end), end.hangsOnUnsafe, end.score.total]).toEqual([
      [`${plain}\nPrivateTmp=yes\nProtectHome=yes\n`],
      true,
      90,
    ])
    expect(descent.best(end, new Effort())).toBeUndefined()
    expect([descent.isForDropIn, start.hangsOnUnsafe]).toEqual([false, false])
  })

  test('is the drop-in with its lines, where all goes there', () => {
    const {descent, start} = descentOf(plain, ['private-tmp'], '[Service]\n')
    const step = descent.best(start, new Effort())!
    expect(textsOf(descent.after(start, step))).toEqual([plain, '[Service]\nPrivateTmp=yes\n'])
    expect(descent.isForDropIn).toBe(true)
    const unsafe = descentOf(plain, ['protect-home'], '[Service]\n')
    expect(
      textsOf(unsafe.descent.after(unsafe.start, unsafe.descent.best(unsafe.start, new Effort())!)),
    ).toEqual([plain, '[Service]\nProtectHome=yes\n'])
  })

  test('is what it denies that more than a few services need', () => {
    const denied = (id: string): readonly string[] => {
      const {descent, start} = descentOf(plain, [id])
      return descent.denied(start, descent.best(start, new Effort())!)
    }
    expect(denied('protect-home')).toEqual(['home-read', 'home-write'])
    expect(denied('private-network')).toEqual([
      'inet',
      'host-network',
      'inet-local',
      'abstract-sockets',
    ])
    expect(denied('private-tmp')).toEqual([])
  })
})

test('a plan asks a rule that has no fix once, and knows which rules it has', () => {
  let asked = 0
  const complaining: Rule = defineRule({
    id: 'acme/complaining',
    summary: 'Complain',
    why: 'For the test.',
    messages: {bad: 'Bad'},
    examples: {bad: [], good: []},
    *check(unit) {
      asked++
      for (const at of unit.all('Service')) yield {message: 'bad', at}
    },
  })
  const some = optionsFor(['private-tmp', 'lock-personality'])
  const options = {
    ...some,
    rules: [
      ...some.rules,
      {rule: complaining, severity: 2 as const, options: complaining.options.parse({})},
    ],
  }
  const steps = exposurePlan(filesOf(`${plain}PrivateTmp=no\n`), context, options)?.steps.map(
    ({ruleId}) => ruleId,
  )
  expect([steps, asked]).toEqual([['lock-personality', 'private-tmp'], 1])
  const descent = new Descent(filesOf(plain), context, options)
  expect([descent.ruleOf('acme/complaining')?.id, descent.ruleOf('none')]).toEqual([
    'acme/complaining',
    undefined,
  ])
})
