import {describe, expect, test} from 'vitest'
import {amended} from '../../src/engine/amend.ts'
import {operations} from '../../src/engine/operations.ts'
import type {Operation} from '../../src/engine/operations.ts'
import {workOf} from '../../src/engine/work.ts'
import {texts} from '../../src/engine/write/inline.ts'
import {target} from '../../src/facts/targets.ts'
import {add, assign, move, remove, rename, replaceWord, rewrite, set} from '../../src/rule/index.ts'
import type {Change, Unit} from '../../src/rule/index.ts'
import type {Place} from '../../src/rule/place.ts'
import {parse} from '../../src/syntax/parse.ts'
import {linesOf} from '../../src/syntax/stringify.ts'
import {load} from '../../src/unit/load.ts'
import type {LoadedUnit} from '../../src/unit/load.ts'
import {unitOf} from './fixing.ts'

/** Where changes are made. */
interface Where {
  readonly unit: Unit
  /** The first line of a directive. */
  line(key: string): Unit['lines'][number]
  /** The first place in the main file where a text stands. */
  sign(text: string): Place
  header(text: string): Place
}

/**
 * The one text that changes of a unit change, the drop-in's behind `D:`; empty where there is none,
 * undefined where they cannot be made.
 */
function changed(
  text: string,
  changes: (where: Where) => readonly Change[],
  own = '',
  version = '257',
): string | undefined {
  const unit = unitOf(text, own, target(version))
  const sign = (its: string): Place => {
    const start = text.indexOf(its)
    return {file: unit.files[0]!, span: {start, end: start + its.length}}
  }
  const line = (key: string): Unit['lines'][number] => unit.lines.find((one) => one.key === key)!
  const all = operations(unit, changes({unit, line, sign, header: sign}))
  if (!all) return undefined
  holdsAmended(unit, all)
  const [first, ...rest] = [...texts(all)].map(
    ([file, after]) => `${file.role === 'drop-in' ? 'D:' : ''}${after}`,
  )
  expect(rest).toEqual([])
  return first ?? ''
}

/** The amended unit says what its files will, and its spans hold what they are of. */
function holdsAmended(unit: Unit, all: readonly Operation[]): void {
  const after = amended(unit, all)
  const made = texts(all)
  const files = unit.files.map((file) => ({
    path: file.path,
    role: file.role,
    tree: parse(made.get(file) ?? file.tree.text),
  }))
  const {name, type, manager} = unit
  const read = load(files, {name, type, manager, target: unit.target})
  const told = ({lines}: Pick<LoadedUnit, 'lines'>): string[] =>
    lines.map(({section, key, value}) => `[${section}] ${key}=${value.trim()}`)
  expect(told(after)).toEqual(told(read))
  for (const {key, value, directive, file} of after.lines) {
    const {keySpan, valueSpan, pieces} = directive
    expect(file.tree.text.slice(keySpan.start, keySpan.end)).toBe(key)
    if (!pieces) expect(file.tree.text.slice(valueSpan.start, valueSpan.end)).toBe(value)
  }
  const offsets = after.files.map(({tree}) =>
    [...linesOf(tree)].map(({position}) => position.start.offset ?? 0),
  )
  for (const its of offsets) expect(its).toEqual(its.toSorted((one, other) => one - other))
}

test('work grows with lines, and with words of what is no command', () => {
  const work = (lines: string): number => workOf(unitOf(`[Service]\n${lines}`))
  expect(work('')).toBe(1)
  expect(work('Nice=1\n'.repeat(12))).toBe(Math.ceil(13 / 4 + 12 * (3 / 4 + 2 / 3)))
  expect(work('# c\n'.repeat(12))).toBe(Math.ceil(13 / 4))
  expect(work('Environment=A B C D\n'.repeat(12))).toBe(Math.ceil(13 / 4 + 12 * (3 / 4 + 5 / 3)))
  expect(work('ExecStart=A B C D\n'.repeat(12))).toBe(Math.ceil(13 / 4 + 12 * (3 / 4 + 5 / 24)))
})

describe('a changed unit', () => {
  test.each<[string, (where: Where) => readonly Change[], string | undefined]>([
    [
      '[Service]\nExecStart=/x\n',
      () => [set('Service', 'Nice', '1')],
      '[Service]\nExecStart=/x\n\nNice=1\n',
    ],
    [
      '[Unit]\nDescription=x\n\n[Service]\nExecStart=/x\n',
      () => [set('Service', 'Nice', '1')],
      '[Unit]\nDescription=x\n\n[Service]\nExecStart=/x\n\nNice=1\n',
    ],
    [
      '\n[Unit]\nDescription=x\n[Service]\nExecStart=/x\n',
      () => [set('Service', 'Nice', '1')],
      '\n[Unit]\nDescription=x\n[Service]\nExecStart=/x\n\nNice=1\n',
    ],
    [
      '[Unit]\nDescription=x\n[Service]\nExecStart=/x\n',
      () => [set('Service', 'Nice', '1')],
      '[Unit]\nDescription=x\n[Service]\nExecStart=/x\nNice=1\n',
    ],
    [
      '[Unit]\n\nDescription=x\n[Service]\nExecStart=/x\n',
      () => [set('Service', 'Nice', '1')],
      '[Unit]\n\nDescription=x\n[Service]\nExecStart=/x\n\nNice=1\n',
    ],
    [
      '[Service]\nExecStart=/x\nPrivateTmp=yes\n',
      () => [set('Service', 'Nice', '1')],
      '[Service]\nExecStart=/x\nPrivateTmp=yes\nNice=1\n',
    ],
    [
      '[Service]\nExecStart=/x\nPrivateTmp=yes\nUser=a\n',
      () => [set('Service', 'Nice', '1')],
      '[Service]\nExecStart=/x\nPrivateTmp=yes\nNice=1\nUser=a\n',
    ],
    ['[Service]\n', () => [set('Service', 'Nice', '1')], '[Service]\nNice=1\n'],
    ['[Service]', () => [set('Service', 'Nice', '1')], '[Service]\nNice=1\n'],
    [
      '[Service]\nExecStart=/x',
      () => [set('Service', 'Nice', '1')],
      '[Service]\nExecStart=/x\n\nNice=1\n',
    ],
    [
      '[Service]\nExecStart=/x \\',
      () => [set('Service', 'Nice', '1')],
      '[Service]\nExecStart=/x \\\n\n\nNice=1\n',
    ],
    [
      '[Service]\nExecStart=/x \\\n',
      () => [set('Service', 'Nice', '1')],
      '[Service]\nExecStart=/x \\\n\n\nNice=1\n',
    ],
    [
      '[Service]\nExecStart=/x\n\n[Service]\nUser=a\n',
      () => [set('Service', 'Nice', '1')],
      '[Service]\nExecStart=/x\n\n[Service]\nUser=a\n\nNice=1\n',
    ],
    [
      '[Service]\nExecStart=/x\n# c\n\n[Install]\nWantedBy=x\n',
      () => [set('Service', 'Nice', '1')],
      '[Service]\nExecStart=/x\n\nNice=1\n# c\n\n[Install]\nWantedBy=x\n',
    ],
    ['[Service]\nExecStart=/x\n', () => [set('Socket', 'Nice', '1')], undefined],
    [
      '[Service]\nExecStart=/x\n',
      () => [set('Unit', 'After', 'a')],
      '[Unit]\nAfter=a\n\n[Service]\nExecStart=/x\n',
    ],
    [
      '# c\n\n[Service]\r\nExecStart = /x\n',
      () => [add('Unit', 'After', 'a')],
      '# c\n\n[Unit]\nAfter=a\n\n[Service]\r\nExecStart = /x\n',
    ],
    [
      '[Service]\r\nExecStart=/x\r\n',
      () => [add('Unit', 'After', 'a')],
      '[Unit]\r\nAfter=a\r\n\r\n[Service]\r\nExecStart=/x\r\n',
    ],
    [
      '\uFEFF[Service]\nExecStart=/x\n',
      () => [add('Unit', 'After', 'a')],
      '\uFEFF[Unit]\nAfter=a\n\n[Service]\nExecStart=/x\n',
    ],
    [
      '\n[Service]',
      () => [add('Unit', 'After', 'a'), add('Unit', 'Before', 'b')],
      '\n[Unit]\nAfter=a\nBefore=b\n\n[Service]',
    ],
    [
      '[Service]\nExecStart=/x\n',
      () => [add('Unit', 'After', 'a'), add('Service', 'Nice', '1'), set('Unit', 'Before', 'b')],
      '[Unit]\nAfter=a\nBefore=b\n\n[Service]\nExecStart=/x\n\nNice=1\n',
    ],
    [
      '[Service]\nExecStart=/x\nAfter=a\n',
      ({line}) => [move(line('After'), 'Unit')],
      '[Unit]\nAfter=a\n\n[Service]\nExecStart=/x\n',
    ],
    ['# nothing\n', () => [add('Unit', 'After', 'a')], undefined],
    [
      '[Service]\nExecStart=/x\n',
      () => [add('Service', 'Environment', 'A=1'), add('Service', 'Environment', 'B=1\nC')],
      undefined,
    ],
    [
      '[Service]\nExecStart=/x\n',
      () => [set('Service', 'Nice', '1'), set('Service', 'User', 'a')],
      '[Service]\nExecStart=/x\n\nNice=1\nUser=a\n',
    ],
    [
      '[Service]\nExecStart=/x\n',
      () => [add('Service', 'Nice', '1'), add('Service', 'User', 'a')],
      '[Service]\nExecStart=/x\n\nNice=1\nUser=a\n',
    ],
    [
      '[Service]\nExecStart=/x\n[Unit]\n',
      () => [add('Service', 'Nice', '1'), add('Unit', 'After', 'a'), add('Service', 'User', 'a')],
      '[Service]\nExecStart=/x\nNice=1\nUser=a\n[Unit]\nAfter=a\n',
    ],
    [
      '[Service]\nExecStart=/x\nNice=2\n',
      () => [set('Service', 'Nice', '1')],
      '[Service]\nExecStart=/x\nNice=1\n',
    ],
    [
      '[Service]\nExecStart=/x\nNice = 2\n',
      () => [set('Service', 'Nice', '1')],
      '[Service]\nExecStart=/x\nNice = 1\n',
    ],
    [
      '[Service]\nExecStart=/x\n  Nice=2\n',
      () => [set('Service', 'Nice', '1')],
      '[Service]\nExecStart=/x\n  Nice=1\n',
    ],
    [
      '[Service]\nExecStart=/x\nNice=2 # c\n',
      () => [set('Service', 'Nice', '1')],
      '[Service]\nExecStart=/x\nNice=2 # c\nNice=1\n',
    ],
    [
      '[Service]\nExecStart=/x\nNice=\\\n2\nUser=a\n',
      () => [set('Service', 'Nice', '1')],
      '[Service]\nExecStart=/x\nNice=\\\n2\nNice=1\nUser=a\n',
    ],
    [
      '[Service]\nExecStart=/x\nNice=2\nNice=3\n',
      () => [set('Service', 'Nice', '1')],
      '[Service]\nExecStart=/x\nNice=2\nNice=1\n',
    ],
    [
      '[Service]\nExecStart=/x\nNice=\n',
      () => [set('Service', 'Nice', '1')],
      '[Service]\nExecStart=/x\nNice=1\n',
    ],
    [
      '[Service]\nExecStart=/x\nNice=2\n',
      () => [set('Service', 'Nice', '')],
      '[Service]\nExecStart=/x\nNice=\n',
    ],
    [
      '[Service]\nExecStart=/x\nNice=2\nUser=a\n',
      ({line}) => [add('Service', 'Nice', '1', line('Nice'))],
      '[Service]\nExecStart=/x\nNice=2\nNice=1\nUser=a\n',
    ],
    [
      '[Service]\nExecStart=/x\nNice=2\nUser=a\n',
      () => [add('Service', 'Nice', '1')],
      '[Service]\nExecStart=/x\nNice=2\nNice=1\nUser=a\n',
    ],
    [
      '[Service]\nExecStart=/x\nNice = 2\nUser=a\n',
      () => [add('Service', 'Nice', '1')],
      '[Service]\nExecStart=/x\nNice = 2\nNice=1\nUser=a\n',
    ],
    [
      '[Service]\nExecStart = /x\n',
      () => [add('Service', 'Nice', '1')],
      '[Service]\nExecStart = /x\n\nNice = 1\n',
    ],
    [
      '[Service]\nExecStart = /x\n',
      () => [add('Service', 'DeviceAllow', '')],
      '[Service]\nExecStart = /x\n\nDeviceAllow =\n',
    ],
    [
      '[Service]\r\nExecStart=/x\r\n',
      () => [add('Service', 'Nice', '1')],
      '[Service]\r\nExecStart=/x\r\n\r\nNice=1\r\n',
    ],
    [
      '[Service]\n  ExecStart=/x\n',
      () => [add('Service', 'Nice', '1')],
      '[Service]\n  ExecStart=/x\n\n  Nice=1\n',
    ],
    [
      '[Service]\nExecStart=/x\nNice=2\n',
      ({line}) => [remove(line('Nice'))],
      '[Service]\nExecStart=/x\n',
    ],
    [
      '[Service]\nExecStart=/x\n# c\nNice=2\n\nUser=a\n',
      ({line}) => [remove(line('Nice'))],
      '[Service]\nExecStart=/x\n# c\n\nUser=a\n',
    ],
    [
      '[Service]\nExecStart=/x\nNice=\\\n2\nUser=a\n',
      ({line}) => [remove(line('Nice'))],
      '[Service]\nExecStart=/x\nUser=a\n',
    ],
    [
      '\uFEFF[Service]\nExecStart=/x\n',
      () => [add('Unit', 'After', 'a')],
      '\uFEFF[Unit]\nAfter=a\n\n[Service]\nExecStart=/x\n',
    ],
    [
      '# c\n[Service]\nExecStart=/x\n',
      () => [add('Unit', 'After', 'a'), add('Unit', 'Wants', 'b')],
      '# c\n[Unit]\nAfter=a\nWants=b\n\n[Service]\nExecStart=/x\n',
    ],
    [
      '[Service]\nExecStart=/x\n\uFEFFReadWritePaths=/a /b\n',
      ({line}) => [rewrite(line('ReadWritePaths'), ['/a', '/b'])],
      '[Service]\nExecStart=/x\n\uFEFFReadWritePaths=/a\nReadWritePaths=/b\n',
    ],
    [
      '[Service]\nExecStart=/x\nNice=2',
      ({line}) => [remove(line('Nice'))],
      '[Service]\nExecStart=/x\n',
    ],
    [
      '[Service]\nExecStart=/x\nReadWritePaths=/a /b\n',
      ({line}) => [rewrite(line('ReadWritePaths'), ['/a', '/b'])],
      '[Service]\nExecStart=/x\nReadWritePaths=/a\nReadWritePaths=/b\n',
    ],
    [
      '[Service]\nExecStart=/x\n ReadWritePaths = /a /b\n',
      ({line}) => [rewrite(line('ReadWritePaths'), ['/a', '/b'], '# c')],
      '[Service]\nExecStart=/x\n# c\n ReadWritePaths = /a\n ReadWritePaths = /b\n',
    ],
    [
      '[Service]\nExecStart=/x\nReadWritePaths=/a \\\n /b\nNice=1\n',
      ({line}) => [rewrite(line('ReadWritePaths'), '/c')],
      '[Service]\nExecStart=/x\nReadWritePaths=/c\nNice=1\n',
    ],
    [
      '[Service]\nExecStart=/x\nReadWritePaths=/a',
      ({line}) => [rewrite(line('ReadWritePaths'), ['/a', '/b'], '# c')],
      '[Service]\nExecStart=/x\n# c\nReadWritePaths=/a\nReadWritePaths=/b',
    ],
    ['[Service]\nExecStart=/x\nNice=2\n', ({line}) => [rewrite(line('Nice'), '1\n2')], undefined],
    [
      '[Service]\nExecStart=/x\nNice=2\n',
      ({line}) => [rewrite(line('Nice'), '1', '# a\nb')],
      undefined,
    ],
    ['[Service]\nExecStart=/x\nNice=2\n', ({line}) => [rewrite(line('Nice'), ' 1')], undefined],
    ['[Service]\nExecStart=/x\nNice=2\n', ({line}) => [rewrite(line('Nice'), '1 ')], undefined],
    ['[Service]\nExecStart=/x\nNice=2\n', ({line}) => [rewrite(line('Nice'), '1\\')], undefined],
    [
      '[Service]\nExecStart=/x\nNice=2\n',
      ({line}) => [rewrite(line('Nice'), '1\\\\')],
      '[Service]\nExecStart=/x\nNice=1\\\\\n',
    ],
    ['[Service]\nExecStart=/x\nNice=2\n', ({line}) => [rewrite(line('Nice'), 'a\0b')], undefined],
    ['[Service]\nExecStart=/x\nNice=2\n', ({line}) => [rewrite(line('Nice'), 'a\rb')], undefined],
    [
      '[Service]\nExecStart=/x\nNice=2\n',
      ({line}) => [rewrite(line('Nice'), '#a')],
      '[Service]\nExecStart=/x\nNice=#a\n',
    ],
    [
      '[Service]\nExecStart=/x\nNice=2\n',
      ({line}) => [rewrite(line('Nice'), '')],
      '[Service]\nExecStart=/x\nNice=\n',
    ],
    [
      '[Service]\nExecStart=/x\nAfter=a b\n',
      ({line}) => [replaceWord(line('After'), {start: 2, end: 3}, 'c')],
      '[Service]\nExecStart=/x\nAfter=a c\n',
    ],
    [
      '[Service]\nExecStart=/x\nUser=a b\n',
      ({line}) => [replaceWord(line('User'), {start: 2, end: 3}, 'c')],
      '[Service]\nExecStart=/x\nUser=a c\n',
    ],
    [
      '[Service]\nExecStart=/x\nUser=a b\n',
      ({line}) => [replaceWord(line('User'), {start: 2, end: 3}, '')],
      '[Service]\nExecStart=/x\nUser=a \n',
    ],
    [
      '[Service]\nExecStart=/x\nUser=a \\\n b\n',
      ({line}) => [replaceWord(line('User'), {start: 3, end: 4}, 'c')],
      '[Service]\nExecStart=/x\nUser=a \\\ncb\n',
    ],
    [
      '[Service]\nExecStart=/x\nUser=a b\n',
      ({line}) => [replaceWord(line('User'), {start: 0, end: 1}, 'c\n')],
      undefined,
    ],
    [
      '[Service]\nExecStart=/x\nUser=a b\n',
      ({line}) => [replaceWord(line('User'), {start: 2, end: 3}, 'c\\')],
      undefined,
    ],
    [
      '[Service]\nExecStart=/x\nUser=a b\n',
      ({line}) => [replaceWord(line('User'), {start: 0, end: 1}, 'c\\ ')],
      '[Service]\nExecStart=/x\nUser=c\\  b\n',
    ],
    [
      '[Service]\nExecStart=/x\nUsr=a\n',
      ({line}) => [rename(line('Usr'), 'User')],
      '[Service]\nExecStart=/x\nUser=a\n',
    ],
    [
      '[Service]\nExecStart=/x\n Usr = a\n',
      ({line}) => [rename(line('Usr'), 'User')],
      '[Service]\nExecStart=/x\n User = a\n',
    ],
    ['[Service]\nExecStart=/x\nUsr=a\n', ({line}) => [rename(line('Usr'), 'Us=er')], undefined],
    [
      '[Service]\nExecStart=/x\n[Instal]\nWantedBy=x\n',
      ({header}) => [rename(header('Instal'), 'Install')],
      '[Service]\nExecStart=/x\n[Install]\nWantedBy=x\n',
    ],
    [
      '[Service]\nExecStart=/x\n[Instal]\nWantedBy=x\n',
      ({header}) => [rename(header('[Instal]'), 'Install')],
      undefined,
    ],
    [
      '[Service]\nExecStart=/x\n[Instal]\nWantedBy=x\n',
      ({header}) => [rename(header('stal'), 'Install')],
      undefined,
    ],
    [
      '[Service]\nExecStart=/x\n[Instal]\nWantedBy=x\n',
      ({header}) => [rename(header('Inst'), 'Install')],
      undefined,
    ],
    [
      '[Service]\nExecStart=/x\n[Instal]\nWantedBy=x\n',
      ({header}) => [rename(header('Instal'), 'In]stall')],
      undefined,
    ],
    [
      '[Unit]\nNice=1\n[Service]\nExecStart=/x\n',
      ({line}) => [move(line('Nice'), 'Service')],
      '[Unit]\n[Service]\nExecStart=/x\nNice=1\n',
    ],
    [
      '[Unit]\nNice=1\n[Service]\nExecStart=/x\n',
      ({line}) => [move(line('Nice'), 'Service', {key: 'Nicer', value: '2'})],
      '[Unit]\n[Service]\nExecStart=/x\nNicer=2\n',
    ],
    [
      '[Unit]\nNice=1\n[Service]\nExecStart=/x\n',
      ({line}) => [move(line('Nice'), 'Install')],
      undefined,
    ],
    [
      '[Service]\nExecStart=/x\nRestart: always\n',
      ({sign}) => [assign(sign(':'))],
      '[Service]\nExecStart=/x\nRestart= always\n',
    ],
    [
      '[Service]\nExecStart=/x\nRestart always\n',
      ({sign}) => [assign(sign(' '))],
      '[Service]\nExecStart=/x\nRestart=always\n',
    ],
    [
      '[Service]\nExecStart=/x\nUser: a=b\n',
      ({sign}) => [assign(sign(':'))],
      '[Service]\nExecStart=/x\nUser= a=b\n',
    ],
    ['[Service]\nExecStart=/x\n: a\n', ({sign}) => [assign(sign(':'))], undefined],
    ['Restart: always\n[Service]\nExecStart=/x\n', ({sign}) => [assign(sign(':'))], undefined],
    ['[Service]\nExecStart=/x\n# Restart: always\n', ({sign}) => [assign(sign(':'))], undefined],
    [
      '[Service]\nExecStart=/x\nRestart: a\\\nlways=1\n',
      ({sign}) => [assign(sign(':'))],
      undefined,
    ],
    [
      '[Service]\nExecStart=/x\nRestart :  always  \n',
      ({sign}) => [assign(sign(':'))],
      '[Service]\nExecStart=/x\nRestart =  always  \n',
    ],
    ['[Service]\nExecStart=/x\nRestart: always\\\n', ({sign}) => [assign(sign(':'))], undefined],
    [
      '[Service]\nExecStart=/x\na\nRestart: always\nb\n',
      ({sign}) => [assign(sign(':'))],
      '[Service]\nExecStart=/x\na\nRestart= always\nb\n',
    ],
    ['[Service]\nExecStart=/x\n', () => [], ''],
    [
      '[Service]\nExecStart=/x\nNice=1\nNice=2\n',
      ({unit}) => [remove(unit.written('Nice')[0]!), rewrite(unit.written('Nice')[1]!, '3')],
      '[Service]\nExecStart=/x\nNice=3\n',
    ],
  ])('%j by %s', (text, changes, expected) => {
    expect(changed(text, changes)).toBe(expected)
  })

  test.each<[string, string, string, (where: Where) => readonly Change[], string | undefined]>([
    [
      '[Service]\nExecStart=/x\n',
      '[Unit]\nNice=1\n',
      '257',
      ({line}) => [move(line('Nice'), 'Service')],
      undefined,
    ],
    [
      '[Service]\nExecStart=/x\n',
      '[Service]\nNice=2\n',
      '257',
      () => [set('Service', 'Nice', '1')],
      'D:[Service]\nNice=1\n',
    ],
    [
      '[Service]\nExecStart=/x\nNice=3\n',
      '[Service]\nNice=2\n',
      '257',
      () => [set('Service', 'Nice', '1')],
      'D:[Service]\nNice=1\n',
    ],
    [
      '[Service]\nExecStart=/x\n',
      '[Service]\nUser=a\n',
      '257',
      () => [add('Service', 'Nice', '1')],
      '[Service]\nExecStart=/x\n\nNice=1\n',
    ],
    [
      '[Service]\nExecStart=/x\n',
      '[Service]\nDynamicUser=\nNice=2\n',
      '247',
      () => [set('Service', 'Nice', '1')],
      '[Service]\nExecStart=/x\n\nNice=1\n',
    ],
    [
      '[Service]\nExecStart=/x\n',
      '[Service]\nDynamicUser=\nNice=2\n',
      '257',
      () => [set('Service', 'Nice', '1')],
      '[Service]\nExecStart=/x\n\nNice=1\n',
    ],
    [
      '[Unit\n[Service]\nExecStart=/x\n',
      '[Service]\nUser=a\n',
      '257',
      () => [add('Unit', 'After', 'a')],
      undefined,
    ],
    ['[Unit]\n', '[Service]\nUser=2\n', '257', () => [set('Service', 'Nice', '1')], undefined],
  ])('%j with the drop-in %j, in %s, by %s', (text, own, version, changes, expected) => {
    expect(changed(text, changes, own, version)).toBe(expected)
  })

  test('gets no line that would be read as something else', () => {
    const made = (key: string): string | undefined =>
      changed('[Service]\n', () => [add('Service', key, '1')])
    expect(
      ['#a', ';a', '[a', 'a=b', 'a\nb', '', ' a', 'a ', '\ta', 'a\0']
        .map(made)
        .filter((text) => text !== undefined),
    ).toEqual([])
    expect(['a b', 'a#b'].map(made)).toEqual(['[Service]\na b=1\n', '[Service]\na#b=1\n'])
  })

  test('is changed by nothing that nobody knows', () => {
    // A rule in JavaScript may say anything.
    expect(() => operations(unitOf('[Service]\n'), [{kind: 'odd'} as unknown as Change])).toThrow(
      'Unexpected change {"kind":"odd"}',
    )
  })
})
