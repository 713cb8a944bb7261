import {describe, expect, test} from 'vitest'
import type {UnitType} from '../../src/facts/unit-types.ts'
import {parse} from '../../src/syntax/parse.ts'
import {isSectionName, load, managerOf, unitOf as identityOf} from '../../src/unit/load.ts'
import type {LoadedUnit} from '../../src/unit/load.ts'
import {isTemplate, oneName, readsNames, templateOf} from '../../src/unit/references.ts'

/** A unit of one file. */
function unitOf(
  name: string,
  text: string,
  version = 257,
  manager: 'system' | 'user' = 'system',
): LoadedUnit {
  // The tests name units of these types only.
  const type = name.slice(name.lastIndexOf('.') + 1) as UnitType
  const files = [{path: name, role: 'fragment' as const, tree: parse(text)}]
  return load(files, {name, type, target: {name: String(version), version}, manager})
}

describe('a unit that a word names', () => {
  test.each<[string, string, string | undefined]>([
    ['a.service', 'x.service', 'a.service'],
    ['a@.service', 'x@y.service', 'a@y.service'],
    ['a@.service', 'x@.service', 'a@test_instance.service'],
    ['a@.service', 'x.service', 'a@x.service'],
    ['a@b.service', 'x.service', 'a@b.service'],
    ['a', 'x.service', undefined],
    ['%n', 'x.service', 'x.service'],
    ['%z', 'x.service', undefined],
    ['a@.mount', 'x.service', undefined],
    ['a@b.mount', 'x.service', undefined],
    ['%p.socket', 'x.service', 'x.socket'],
    ['a@.service', 'x-y@.service', 'a@test_instance.service'],
    ['a@b.device', 'x.service', undefined],
    ['a@.slice', 'x.service', undefined],
    ['a@.scope', 'x.service', undefined],
  ])('by %s in %s is %s', (word, name, expected) => {
    expect(oneName(word, unitOf(name, ''))).toBe(expected)
  })

  test('stands where it is written', () => {
    const unit = unitOf('x.service', '[Unit]\nAfter=a.service  b\tc.target x %n')
    expect(
      readsNames(unit.lines[0]!, unit).map(({name, start, end}) => `${start}-${end} ${name}`),
    ).toEqual(['0-9 a.service', '13-21 c.target', '24-26 x.service'])
  })

  test.each<[string, boolean, string]>([
    ['a.service', false, 'a.service'],
    ['a@.service', true, 'a@.service'],
    ['a@b.service', false, 'a@.service'],
  ])('%s is a template: %s, made of %s', (name, is, template) => {
    expect([isTemplate(name), templateOf(name)]).toEqual([is, template])
  })
})

describe('a unit that cannot be read to its end', () => {
  test.each<[string, boolean, number]>([
    ['[Unit\nNice=1\n[Service]\nNice=1\n', false, 0],
    ['\udc80\n[Service]\nNice=1\n', false, 0],
    ['x\n[Service]\nNice=1\n', true, 1],
    ['[Service]\nNice=1\n[Unit\nNice=2\n', false, 1],
    ['[Service]\nNice=1\nx\nNice=2\n', true, 2],
    ['[a"b]\n[Service]\nNice=1\n', false, 0],
  ])('%j: %s, with %i lines', (text, isReadable, count) => {
    const unit = unitOf('a.service', text)
    expect([unit.isReadable, unit.lines.length]).toEqual([isReadable, count])
  })
})

describe('a file', () => {
  test.each<[string, string | undefined]>([
    ['a.service', 'fragment a.service service'],
    ['x/a.service', 'fragment a.service service'],
    ['x\\a.service', 'fragment a.service service'],
    ['a\\x2db.slice', 'fragment a\\x2db.slice slice'],
    ['x\\a\\x2db.slice', 'fragment a\\x2db.slice slice'],
    ['a.service.d/x.conf', 'drop-in a.service service'],
    ['service.d/x.conf', 'drop-in service service'],
    ['a.d/x.conf', undefined],
    ['a.service.d/x', undefined],
    ['a.service/x.conf', undefined],
    ['a.service.x/x.conf', undefined],
    ['a.service--/x.conf', undefined],
    ['.a.service', 'fragment .a.service service'],
    ['.service', undefined],
    ['a', undefined],
    ['a.foo', undefined],
    ['a.service.d/y/x.conf', undefined],
    ['services.d/x.conf', undefined],
    ['a-.service.d/x.conf', 'drop-in a-.service service'],
  ])('%s is %s', (path, expected) => {
    const found = identityOf(path)
    expect(found && `${found.role} ${found.name} ${found.type}`).toBe(expected)
  })

  test.each([
    ['systemd/user/a.service', 'user'],
    ['/x/systemd/user/a.service', 'user'],
    ['/x/systemd/user.control/a.service', 'user'],
    ['xsystemd/user/a', 'system'],
    ['systemd/users/a', 'system'],
    ['systemd\\user\\a', 'user'],
    ['/x/.local/share/systemd/user/a.service.d/b.conf', 'user'],
    ['contrib/systemd-user/a.service', 'user'],
    ['x/units/user/a.service', 'user'],
    ['x/user-units/a.service', 'user'],
    ['x/systemd/user-units/a.service', 'user'],
    ['etc/linux-systemd/user/a.service', 'user'],
    ['debian/a.user.service', 'user'],
    ['debian/a.user.timer', 'user'],
    ['/home/a/.config/containers/systemd/a.container', 'user'],
    ['/etc/containers/systemd/a.container', 'system'],
    ['x/user/a.service', 'system'],
    ['services/user/a.service', 'system'],
    ['a-user.service', 'system'],
    ['user.service', 'system'],
    ['systemd-users/a.service', 'system'],
    ['systemd/system/a', 'system'],
    ['a', 'system'],
  ])('%s is for the manager of the %s', (path, manager) => {
    expect(managerOf(path)).toBe(manager)
  })
})

test.each<[string, readonly boolean[]]>([
  ['Unit', [true, true, true, true]],
  ['a"b', [true, false, false, false]],
  ["a'b", [true, false, false, false]],
  ['a\\b', [true, false, false, false]],
  ['a\u0001', [true, false, false, false]],
  ['a\u007f', [true, false, false, false]],
  ['a\u001f', [true, false, false, false]],
  ['', [true, true, true, false]],
  ['a*', [true, true, true, false]],
  ['a?', [true, true, true, false]],
  ['a[b', [true, true, true, false]],
  ['a b', [true, true, true, true]],
  ['ä', [true, true, true, true]],
])('%j is the name of a section in 249, 250, 260 and 261: %j', (name, expected) => {
  expect([249, 250, 260, 261].map((version) => isSectionName(name, version))).toEqual(expected)
})
