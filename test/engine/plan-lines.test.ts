import {describe, expect, test} from 'vitest'
import {operations} from '../../src/engine/operations.ts'
import {LineUse} from '../../src/engine/line-use.ts'
import {plan} from '../../src/engine/plan.ts'
import {
  findingFix,
  permittedFix,
  readyFixes,
  shownFix,
  voucherOf,
} from '../../src/engine/proposal.ts'
import type {Facade, Proposal, ReadyFix} from '../../src/engine/proposal.ts'
import {add, assign, remove, rename, replaceWord, rewrite, set} from '../../src/rule/index.ts'
import type {Change, Fix, Unit} from '../../src/rule/index.ts'
import {unitFor} from '../../src/rule/unit.ts'
import {unitOf} from './fixing.ts'

const facade: Facade = (loaded, evidence) => unitFor(loaded, {evidence})

const text = '[Unit]\nDescription=a b c\n[Service]\nExecStart=/x\nNice: 5\nPrivateTmp=no\n'
const unit = unitOf(text)
const lineOf = (key: string): Unit['lines'][number] => unit.lines.find((line) => line.key === key)!
const description = lineOf('Description')

describe('the lines of fixes', () => {
  /** Whether the second of two fixes can be made beside the first, of another rule unless told. */
  const isFree = (one: readonly Change[], other: readonly Change[], ruleId = 'other'): boolean => {
    const lines = new LineUse()
    expect(lines.take('one', operations(unit, one)!)).toBe(true)
    return lines.take(ruleId, operations(unit, other)!)
  }
  const word = (start: number, end: number): Change => replaceWord(description, {start, end}, 'x')
  const sign = {
    file: description.file,
    span: {start: text.indexOf(': 5'), end: text.indexOf(': 5') + 2},
  }

  test.each<[string, Change, Change, boolean]>([
    ['words apart', word(0, 1), word(2, 3), true],
    ['words apart, the last first', word(4, 5), word(0, 1), true],
    ['the same word', word(2, 3), word(2, 3), false],
    ['words that touch', word(0, 2), word(2, 3), false],
    ['words that touch, the last first', word(2, 3), word(0, 2), false],
    ['a word and a name', word(0, 1), rename(description, 'Documentation'), true],
    ['a value and a name', rewrite(description, 'x'), rename(description, 'Documentation'), true],
    ['a name and a value', rename(description, 'Documentation'), rewrite(description, 'x'), true],
    ['two names', rename(description, 'Documentation'), rename(description, 'Wants'), false],
    ['a word and a value', word(0, 1), rewrite(description, 'x'), false],
    ['two values', rewrite(description, 'x'), rewrite(description, 'y'), false],
    ['a value of a line that goes', remove(description), rewrite(description, 'x'), false],
    [
      'a name of a line that goes',
      remove(description),
      rename(description, 'Documentation'),
      false,
    ],
    ['a line that goes twice', remove(description), remove(description), false],
    ['a line that becomes one, twice', assign(sign), assign(sign), false],
    ['values of two lines', rewrite(description, 'x'), set('Service', 'PrivateTmp', 'yes'), true],
    ['two new lines', set('Service', 'UMask', '0077'), set('Service', 'ProtectHome', 'yes'), true],
    [
      'new lines of a kind that hardens',
      set('Service', 'UMask', '0077'),
      set('Service', 'UMask', '0027'),
      false,
    ],
    [
      'new lines of a kind that does not',
      add('Unit', 'After', 'a.service'),
      add('Unit', 'After', 'b.service'),
      true,
    ],
    [
      'the same new line',
      add('Unit', 'After', 'a.service'),
      add('Unit', 'After', 'a.service'),
      false,
    ],
    [
      'a new line, in two sections',
      add('Unit', 'After', 'a.service'),
      add('Service', 'After', 'a.service'),
      true,
    ],
    [
      'a new line and a changed one',
      set('Service', 'UMask', '0077'),
      rewrite(description, 'x'),
      true,
    ],
  ])('%s', (_what, one, other, expected) => {
    expect(isFree([one], [other])).toBe(expected)
  })

  test('a line that becomes another has no other name as well', () => {
    const odd = '[Service]\nEnvironment: A=b\n'
    const its = unitOf(odd)
    const [line] = its.lines
    const span = {start: odd.indexOf(': A'), end: odd.indexOf(': A') + 2}
    const both = [assign({file: line!.file, span}), rename(line!, 'Environment')]
    for (const [one, other] of [both, both.toReversed()]) {
      const lines = new LineUse()
      expect(lines.take('one', operations(its, [one!])!)).toBe(true)
      expect(lines.take('other', operations(its, [other!])!)).toBe(false)
    }
  })

  test('of one rule may be of a kind, though none twice', () => {
    const [one, other] = [
      add('Service', 'SystemCallFilter', '~@clock'),
      add('Service', 'SystemCallFilter', '~@mount'),
    ]
    expect([
      isFree([one], [other], 'one'),
      isFree([one], [one], 'one'),
      isFree([one], [other], 'other'),
    ]).toEqual([true, false, false])
  })

  test('that cannot be had are left for others', () => {
    const lines = new LineUse()
    const take = (ruleId: string, ...changes: readonly Change[]): boolean =>
      lines.take(ruleId, operations(unit, changes)!)
    expect(take('a', rewrite(description, 'x'))).toBe(true)
    expect(take('b', rewrite(description, 'y'), set('Service', 'UMask', '0077'))).toBe(false)
    expect(take('c', set('Service', 'UMask', '0027'))).toBe(true)
  })
})

describe('a plan', () => {
  const proposal = (ruleId: string, fix: Fix, directives: readonly string[] = []): Proposal => ({
    ruleId,
    directives,
    fixes: readyFixes(unit, fix, facade),
  })
  const having = (...changes: readonly Change[]): Fix => ({title: 'Have it', changes})
  const planned = (...all: readonly Proposal[]) => {
    const {accepted, isHardening, operations: made, unit: after} = plan(unit, all, 'unsafe', facade)
    expect(made).toEqual(accepted.flatMap(({fix}) => fix.operations))
    return {
      rules: accepted.map((one) => one.proposal.ruleId),
      isHardening,
      lines: after.all('Service').map(({key, value}) => `${key}=${value}`),
    }
  }

  test('takes what goes together in the order of rules', () => {
    const [umask, clock] = [
      having(set('Service', 'UMask', '0077')),
      having(set('Service', 'ProtectClock', 'yes')),
    ]
    const lines = ['ExecStart=/x', 'PrivateTmp=no', 'UMask=0077', 'ProtectClock=yes']
    expect(planned(proposal('b', clock), proposal('a', umask))).toEqual({
      rules: ['a', 'b'],
      isHardening: true,
      lines,
    })
    expect(planned(proposal('a', umask), proposal('b', clock))).toEqual({
      rules: ['a', 'b'],
      isHardening: true,
      lines,
    })
  })

  test('is of nothing where nothing can be done', () => {
    const nothing = {rules: [], isHardening: true, lines: ['ExecStart=/x', 'PrivateTmp=no']}
    expect(planned()).toEqual(nothing)
    expect(planned({ruleId: 'a', directives: [], fixes: []})).toEqual(nothing)
    expect(
      planned(
        proposal('a', {...having(set('Service', 'UMask', '0077')), applicability: 'suggestion'}),
      ),
    ).toEqual(nothing)
    expect(planned(proposal('a', having(set('Service', 'User', 'a:b'))))).toEqual(nothing)
  })

  test('leaves what another one makes needless for later', () => {
    const dynamic = proposal('user', having(set('Service', 'DynamicUser', 'yes')), ['DynamicUser'])
    const tmp = proposal('private-tmp', having(set('Service', 'PrivateTmp', 'yes')), ['PrivateTmp'])
    expect(planned(dynamic, tmp).rules).toEqual(['user'])
    expect(planned(tmp).rules).toEqual(['private-tmp'])
  })

  test('leaves what systemd would refuse, and lets those come that waited for it', () => {
    const [refused, other] = [
      proposal('a', having(set('Service', 'User', 'a:b'))),
      proposal('b', having(set('Service', 'User', 'nobody'))),
    ]
    expect(planned(refused, other)).toEqual({
      rules: ['b'],
      isHardening: false,
      lines: ['ExecStart=/x', 'PrivateTmp=no', 'User=nobody'],
    })
  })

  test('leaves what the others show to be needed', () => {
    const needing = proposal('a', having(add('Service', 'Environment', 'X_HOST=db')))
    const denying = proposal('b', having(set('Service', 'PrivateNetwork', 'yes')), [
      'PrivateNetwork',
    ])
    expect(planned(denying).rules).toEqual(['b'])
    expect(planned(needing, denying)).toEqual({
      rules: ['a'],
      isHardening: false,
      lines: ['ExecStart=/x', 'PrivateTmp=no', 'Environment=X_HOST=db'],
    })
  })

  test('hardens alone where all of its lines do', () => {
    expect(
      planned(proposal('a', having(rewrite(lineOf('PrivateTmp'), 'yes')), ['PrivateTmp']))
        .isHardening,
    ).toBe(true)
    expect(planned(proposal('a', having(rewrite(lineOf('PrivateTmp'), 'yes')))).isHardening).toBe(
      false,
    )
    expect(planned(proposal('a', having(rewrite(description, 'x')))).isHardening).toBe(false)
    expect(planned(proposal('a', having(add('Unit', 'UMask', '0077')))).isHardening).toBe(false)
    expect(
      planned(proposal('a', having(add('Service', 'UMask', '0077'), add('Service', 'Nice', '5'))))
        .isHardening,
    ).toBe(false)
  })
})

describe('of the fixes of a problem', () => {
  const fix = (applicability: ReadyFix['applicability'], safety = applicability): ReadyFix => ({
    title: applicability,
    applicability,
    safety,
    operations: [],
  })
  const titles = ['suggestion', 'unsafe', 'safe'] as const
  const of = (...all: readonly ReadyFix[]): Proposal => ({ruleId: 'a', directives: [], fixes: all})

  test('a run makes the first that it may', () => {
    const all = titles.map((title) => fix(title))
    expect([permittedFix(of(...all), 'safe'), permittedFix(of(...all), 'unsafe')]).toEqual([
      all[2],
      all[1],
    ])
    expect([
      permittedFix(of(all[0]!), 'unsafe'),
      permittedFix(of(all[1]!), 'safe'),
      permittedFix(of(), 'safe'),
    ]).toEqual([undefined, undefined, undefined])
  })

  test('that is told of which denies nothing, where a run makes no others', () => {
    const [strong, weak] = [fix('unsafe'), fix('suggestion', 'safe')]
    expect([shownFix([strong, weak], 'safe'), shownFix([strong, weak], 'unsafe')]).toEqual([
      weak,
      strong,
    ])
    expect([shownFix([strong], 'safe'), shownFix([], 'safe'), shownFix([], 'unsafe')]).toEqual([
      strong,
      undefined,
      undefined,
    ])
  })

  test('who vouches for a safe one is told', () => {
    const by = (): string[] => ['one', 'other']
    expect(titles.map((applicability) => voucherOf({applicability, by}))).toEqual([
      undefined,
      undefined,
      'one',
    ])
    expect(voucherOf({applicability: 'safe'})).toBeUndefined()
    expect([
      findingFix({...fix('safe'), by}).title,
      findingFix({...fix('unsafe'), by}).title,
      findingFix(fix('safe')).title,
    ]).toEqual(['safe; one', 'unsafe', 'safe'])
  })
})
