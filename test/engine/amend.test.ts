import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {amend, amended, lineAt} from '../../src/engine/amend.ts'
import {check} from '../../src/engine/check.ts'
import {operations} from '../../src/engine/operations.ts'
import {plan} from '../../src/engine/plan.ts'
import type {Facade} from '../../src/engine/proposal.ts'
import {texts} from '../../src/engine/write/inline.ts'
import {add, assign, move, remove, rename, replaceWord, rewrite, set} from '../../src/rule/index.ts'
import type {Change, Unit} from '../../src/rule/index.ts'
import {unitFor} from '../../src/rule/unit.ts'
import {linesOf} from '../../src/syntax/stringify.ts'
import type {LoadedUnit} from '../../src/unit/load.ts'
import {settings} from '../../src/unit/settings.ts'
import {anyService, optionsWith, runs, unitOf} from './fixing.ts'

const facade: Facade = (loaded, evidence) => unitFor(loaded, {evidence})

/** All assignments of a unit in the order of the file. */
function said({files}: LoadedUnit): string[] {
  return files.flatMap(({tree}) =>
    tree.children.flatMap((section) =>
      section.type === 'section'
        ? section.children.flatMap((line) =>
            line.type === 'directive' ? [`${section.name}.${line.key}=${line.value}`] : [],
          )
        : [],
    ),
  )
}

const text =
  '[Unit]\nDescription=x\nPrivateTmp=yes\n\n[Service]\nExecStart=/x\nReadWritePaths=/a /b\nRestart: always\n[Instal]\n'

function changed(change: (unit: Unit) => Change[]): string[] | undefined {
  const unit = unitOf(text)
  const after = amend(unit, change(unit))
  return after && said(after)
}

describe('an amended unit', () => {
  const [description, misplaced, start, paths] = said(unitOf(text))
  const line = (unit: Unit, key: string) => {
    const found = [...unit.all('Unit'), ...unit.all('Service')].find(
      (assignment) => assignment.key === key,
    )
    if (!found) throw new Error(`Expected ${key}`)
    return found
  }
  test.each<[string, (unit: Unit) => Change[], (string | undefined)[]]>([
    [
      'set anew',
      () => [set('Service', 'UMask', '0077')],
      [description, misplaced, start, paths, 'Service.UMask=0077'],
    ],
    [
      'set where it is',
      () => [set('Service', 'ExecStart', '/y')],
      [description, misplaced, 'Service.ExecStart=/y', paths],
    ],
    [
      'added beside its kind, together',
      () => [add('Service', 'ExecStart', '/y'), add('Service', 'UMask', '0077')],
      [description, misplaced, start, 'Service.ExecStart=/y', 'Service.UMask=0077', paths],
    ],
    [
      'added below',
      (unit) => [add('Unit', 'After', 'a', line(unit, 'Description'))],
      [description, 'Unit.After=a', misplaced, start, paths],
    ],
    ['removed', (unit) => [remove(line(unit, 'PrivateTmp'))], [description, start, paths]],
    [
      'words',
      (unit) => [
        replaceWord(line(unit, 'ReadWritePaths'), {start: 0, end: 0}, '-'),
        replaceWord(line(unit, 'ReadWritePaths'), {start: 3, end: 5}, '/c'),
      ],
      [description, misplaced, start, 'Service.ReadWritePaths=-/a /c'],
    ],
    [
      'rewritten in two lines',
      (unit) => [rewrite(line(unit, 'ReadWritePaths'), ['/a', '/b'], '# c')],
      [description, misplaced, start, 'Service.ReadWritePaths=/a', 'Service.ReadWritePaths=/b'],
    ],
    [
      'renamed and rewritten',
      (unit) => [
        rename(line(unit, 'ReadWritePaths'), 'ReadOnlyPaths'),
        rewrite(line(unit, 'ReadWritePaths'), '/c'),
      ],
      [description, misplaced, start, 'Service.ReadOnlyPaths=/c'],
    ],
    [
      'moved',
      (unit) => [move(line(unit, 'PrivateTmp'), 'Service')],
      [description, start, paths, 'Service.PrivateTmp=yes'],
    ],
    [
      'made an assignment',
      ({files: [file]}) => {
        const at = file?.tree.text.indexOf(': always') ?? 0
        return file ? [assign({file, span: {start: at, end: at + 2}})] : []
      },
      [description, misplaced, start, paths, 'Service.Restart=always'],
    ],
  ])('%s', (_name, change, expected) => {
    expect(changed(change)).toEqual(expected)
    const unit = unitOf(text)
    const after = amend(unit, change(unit))
    for (const file of after?.files ?? []) {
      const places = [...linesOf(file.tree)].map(({position}) => position.start.offset ?? 0)
      expect(places).toEqual([...new Set(places)].toSorted((one, other) => one - other))
      for (const entry of linesOf(file.tree)) {
        if (entry.type !== 'directive') continue
        const {keySpan, valueSpan} = entry
        expect(file.tree.text.slice(keySpan.start, keySpan.end)).toBe(entry.key)
        expect(file.tree.text.slice(valueSpan.start, valueSpan.end)).toBe(entry.value)
        expect(lineAt(file, keySpan.start)).toBe(entry.position.start.line)
      }
    }
  })

  test.each<[string, (unit: Unit) => Change[]]>([
    ['a section that is not there', () => [set('Socket', 'Accept', 'yes')]],
    ['a line that would go on', () => [set('Service', 'ExecStart', '/x \\')]],
    ['a value with a line end', () => [set('Service', 'ExecStart', '/x\nUser=a')]],
    ['a directive that is none', () => [add('Service', '#Nice', '1')]],
    [
      'a section that ends early',
      ({files: [file]}) => (file ? [rename({file, span: {start: 1, end: 5}}, 'a]\n[b')] : []),
    ],
  ])('is none for %s', (_name, change) => {
    expect(changed(change)).toBeUndefined()
  })
})

test('operations on lines that are written nowhere yet hold for the file without them', () => {
  const unit = unitOf('[Service]\nExecStart=/x\nNice=1\n\n[Install]\nWantedBy=x\n')
  const more = unitFor(amend(unit, [set('Service', 'UMask', '0077')])!)
  const line = more.lines.find(({key}) => key === 'UMask')!
  const all = operations(more, [
    add('Service', 'User', 'a', line),
    set('Service', 'Nice', '2'),
    rewrite(line, '0027'),
  ])!
  expect(said(amended(more, all))).toEqual([
    'Service.ExecStart=/x',
    'Service.Nice=2',
    'Service.UMask=0027',
    'Service.User=a',
    'Install.WantedBy=x',
  ])
  const without = amended(unit, all)
  expect(said(without)).toEqual([
    'Service.ExecStart=/x',
    'Service.Nice=2',
    'Service.User=a',
    'Install.WantedBy=x',
  ])
  expect([...linesOf(without.files[0]!.tree)].map(({type}) => type).join(' ')).toBe(
    'header directive directive directive blank header directive',
  )
})

test('any unit: what is written reads as the amended unit, and only meant lines change', () => {
  const options = optionsWith()
  let made = 0
  fc.assert(
    fc.property(
      anyService,
      fc.constantFrom('safe' as const, 'unsafe' as const),
      (written, permitted) => {
        const unit = unitOf(written)
        const {operations: all} = plan(
          unit,
          check(unit, options.rules, options, facade).located,
          permitted,
          facade,
        )
        if (all.length === 0) return
        made++
        const after = texts(all).get(
          unit.files[0] ?? {path: '', role: 'fragment', tree: unit.files[0]!.tree},
        )
        const read = unitOf(after ?? written)
        const meant = amended(unit, all)
        expect(said(read)).toEqual(said(meant))
        expect(unitFor(meant).verdict.refusal?.reason).toBe(read.verdict.refusal?.reason)
        for (const key of [
          'CapabilityBoundingSet',
          'SystemCallFilter',
          'ProtectSystem',
          'DeviceAllow',
        ] as const) {
          expect(settings(meant)[key].value).toEqual(settings(read)[key].value)
        }
        const touched = new Set(
          all.flatMap((one) => (one.kind === 'insert' ? [] : [one.entry.raw])),
        )
        const kept = unit.files
          .flatMap(({tree}) => [...linesOf(tree)].map(({raw}) => raw))
          .filter((raw) => !touched.has(raw))
        let at = 0
        for (const raw of kept) {
          const found = (after ?? written).indexOf(raw.trimEnd(), at)
          expect(found, raw).toBeGreaterThanOrEqual(at)
          at = found + raw.trimEnd().length
        }
      },
    ),
    {numRuns: runs},
  )
  expect(made).toBeGreaterThan(runs / 3)
}, 60_000)

test('files that no operation is about stay as they are', () => {
  const unit = unitOf('[Service]\nExecStart=/x\n', '[Service]\nUMask=0077\n')
  const [main] = unit.assignments('Service', 'ExecStart')
  const all = operations(unit, [rewrite(main!, '/y')])!
  const after = amended(unit, all)
  expect(after.files[0]).not.toBe(unit.files[0])
  expect(after.files[1]).toBe(unit.files[1])
})
