import {describe, expect, test} from 'vitest'
import {plan} from '../../src/engine/plan.ts'
import {isRefused} from '../../src/engine/refused-more.ts'
import {findingFix, permittedFix, readyFixes, shownFix} from '../../src/engine/proposal.ts'
import type {Facade, Proposal, ReadyFix} from '../../src/engine/proposal.ts'
import {target} from '../../src/facts/targets.ts'
import {add, assign, remove, rename, replaceWord, rewrite, set} from '../../src/rule/index.ts'
import type {Change, Unit} from '../../src/rule/index.ts'
import {unitFor} from '../../src/rule/unit.ts'
import {texts} from '../../src/engine/write/inline.ts'
import {unitOf} from './fixing.ts'

const facade: Facade = (loaded, evidence) => unitFor(loaded, {evidence})

/** The first line of a directive. */
type Line = (key: string) => Unit['lines'][number]

/** Which of some fixes, each of a rule of its own, are made at once, and what comes of them. */
function together(
  lines: string,
  ...all: ReadonlyArray<(line: Line, unit: Unit) => readonly Change[]>
): readonly [readonly number[], string] {
  const unit = unitOf(`[Service]\nExecStart=/x\n${lines}`, '', target('257'))
  const line: Line = (key) => unit.lines.find((one) => one.key === key)!
  const proposals: readonly Proposal[] = all.map((changes, index) => ({
    ruleId: `rule-${index}`,
    directives: [],
    fixes: readyFixes(unit, {title: 'Have it', changes: changes(line, unit)}, facade),
  }))
  const {accepted, operations} = plan(unit, proposals, 'unsafe', facade)
  const [text = unit.files[0]!.tree.text] = texts(operations).values()
  return [
    accepted.map(({proposal}) => proposals.indexOf(proposal)),
    text.slice('[Service]\nExecStart=/x\n'.length),
  ]
}

/** A word of a line put in the place of another, by offsets in the value. */
const word =
  (key: string, start: number, end: number, text: string) =>
  (line: Line): readonly Change[] => [replaceWord(line(key), {start, end}, text)]

describe('fixes of one line', () => {
  test.each<
    [
      string,
      string,
      ReadonlyArray<(line: Line, unit: Unit) => readonly Change[]>,
      readonly number[],
      string,
    ]
  >([
    [
      'words apart',
      'After=a b c\n',
      [word('After', 0, 1, 'x'), word('After', 4, 5, 'z')],
      [0, 1],
      'After=x b z\n',
    ],
    [
      'words apart, the later first',
      'After=a b c\n',
      [word('After', 4, 5, 'z'), word('After', 0, 1, 'x')],
      [0, 1],
      'After=x b z\n',
    ],
    [
      'words with a space between',
      'After=a b c\n',
      [word('After', 0, 1, 'x'), word('After', 2, 3, 'y')],
      [0, 1],
      'After=x y c\n',
    ],
    [
      'parts that touch',
      'After=a b c\n',
      [word('After', 0, 1, 'x'), word('After', 1, 2, '')],
      [0],
      'After=x b c\n',
    ],
    [
      'parts that touch, the later first',
      'After=a b c\n',
      [word('After', 1, 2, ''), word('After', 0, 1, 'x')],
      [0],
      'After=ab c\n',
    ],
    [
      'the same word',
      'After=a b c\n',
      [word('After', 0, 1, 'x'), word('After', 0, 1, 'y')],
      [0],
      'After=x b c\n',
    ],
    [
      'a word and the name',
      'Aftr=a b\n',
      [word('Aftr', 0, 1, 'x'), (line) => [rename(line('Aftr'), 'After')]],
      [0, 1],
      'After=x b\n',
    ],
    [
      'the name twice',
      'Aftr=a\n',
      [(line) => [rename(line('Aftr'), 'After')], (line) => [rename(line('Aftr'), 'Before')]],
      [0],
      'After=a\n',
    ],
    [
      'the value and the name',
      'Nce=1\n',
      [(line) => [rewrite(line('Nce'), '2')], (line) => [rename(line('Nce'), 'Nice')]],
      [0, 1],
      'Nice=2\n',
    ],
    [
      'the value and a word',
      'After=a b\n',
      [(line) => [rewrite(line('After'), 'c')], word('After', 0, 1, 'x')],
      [0],
      'After=c\n',
    ],
    [
      'its end and the name',
      'Nce=1\n',
      [(line) => [remove(line('Nce'))], (line) => [rename(line('Nce'), 'Nice')]],
      [0],
      '',
    ],
    [
      'the value twice',
      'Nice=1\n',
      [(line) => [rewrite(line('Nice'), '2')], (line) => [rewrite(line('Nice'), '3')]],
      [0],
      'Nice=2\n',
    ],
    [
      'lines of its own',
      'Nice=1\nUser=a\n',
      [(line) => [rewrite(line('Nice'), '2')], (line) => [rewrite(line('User'), 'b')]],
      [0, 1],
      'Nice=2\nUser=b\n',
    ],
    [
      'a sign and a word',
      'Restart: always\n',
      [
        (_line, {files: [file]}) => [assign({file: file!, span: {start: 30, end: 31}})],
        (_line, {files: [file]}) => [assign({file: file!, span: {start: 30, end: 31}})],
      ],
      [0],
      'Restart= always\n',
    ],
  ])('%s', (_name, lines, changes, accepted, text) => {
    expect(together(lines, ...changes)).toEqual([accepted, text])
  })
})

describe('fixes that add lines', () => {
  const setting = (key: string, value: string) => (): readonly Change[] => [
    set('Service', key, value),
  ]
  test.each<[string, ReadonlyArray<() => readonly Change[]>, readonly number[]]>([
    ['of other kinds', [setting('Nice', '1'), setting('User', 'a')], [0, 1]],
    ['that are the same', [setting('Nice', '1'), setting('Nice', '1')], [0]],
    ['of a kind with one value', [setting('Nice', '1'), setting('Nice', '2')], [0]],
    [
      'of a kind of which all lines count',
      [setting('Environment', 'A=1'), setting('Environment', 'B=1')],
      [0, 1],
    ],
    [
      'of a kind that hardens',
      [setting('ProtectClock', 'yes'), setting('ProtectClock', 'no')],
      [0],
    ],
    [
      'with which systemd refuses the unit',
      [setting('Type', 'forking'), setting('PrivatePIDs', 'yes')],
      [0],
    ],
    [
      'several of one rule',
      [
        () => [
          add('Service', 'After', 'a'),
          add('Service', 'SystemCallFilter', '~@clock'),
          add('Service', 'SystemCallFilter', '~@swap'),
        ],
      ],
      [0],
    ],
  ])('%s', (_name, changes, accepted) => {
    expect(together('', ...changes)[0]).toEqual(accepted)
  })
})

describe('a unit is refused', () => {
  const of = (before: string, after: string, own = ''): boolean =>
    isRefused(unitOf(after, own), unitOf(before, own))
  const good = '[Service]\nExecStart=/x\n'

  test('that was not before', () => {
    expect(of(good, '[Service]\n')).toBe(true)
    expect(of(good, `${good}[Unit\n`)).toBe(true)
    expect(of(good, `${good}User=a:b\n`)).toBe(true)
    expect(of(good, `${good}Nice=x\n`)).toBe(false)
    expect(of('[Service]\n', good)).toBe(false)
    expect(of('[Service]\n', '[Service]\nNice=1\n')).toBe(false)
  })

  test('in more of its files', () => {
    const [main, bad] = [good, '[Service]\nUser=a:b\n']
    expect(isRefused(unitOf(main, bad), unitOf(main, '[Service]\nNice=1\n'))).toBe(true)
    expect(isRefused(unitOf(main, bad), unitOf(main, bad))).toBe(false)
    expect(isRefused(unitOf(main, '[Service]\nNice=1\n'), unitOf(main, bad))).toBe(false)
  })
})

describe('of the fixes of a problem', () => {
  const fix = (
    title: string,
    applicability: ReadyFix['applicability'],
    safety = applicability,
  ): ReadyFix => ({title, applicability, safety, operations: []})
  const proposal = (...fixes: readonly ReadyFix[]) => ({ruleId: 'a', directives: [], fixes})
  const [safe, unsafe, suggestion] = [
    fix('safe', 'safe'),
    fix('unsafe', 'unsafe'),
    fix('suggestion', 'suggestion'),
  ]

  test('a run may make the first that is safe enough', () => {
    expect(permittedFix(proposal(suggestion, unsafe, safe), 'safe')).toBe(safe)
    expect(permittedFix(proposal(suggestion, unsafe, safe), 'unsafe')).toBe(unsafe)
    expect(permittedFix(proposal(suggestion), 'unsafe')).toBeUndefined()
    expect(permittedFix(proposal(unsafe), 'safe')).toBeUndefined()
  })

  test('one is shown', () => {
    expect(shownFix([suggestion, unsafe, safe], 'safe')).toBe(safe)
    expect(shownFix([unsafe, safe], 'unsafe')).toBe(unsafe)
    expect(shownFix([suggestion, unsafe], 'safe')).toBe(suggestion)
    expect(shownFix([], 'safe')).toBeUndefined()
    expect(findingFix(safe)).toEqual({title: 'safe', applicability: 'safe', edits: []})
  })
})
