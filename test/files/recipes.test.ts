import {rmSync, writeFileSync} from 'node:fs'
import {describe, expect, it} from 'vitest'
import {recipesAbove} from '../../src/files/recipes.ts'
import {makeFolder} from './folder.ts'
import type {Content} from './folder.ts'

function isNamed(
  name: string,
  files: Readonly<Record<string, Content>>,
  {folder = '', cwd = ''} = {},
): boolean {
  const top = makeFolder({'in/er/most/x': '', ...files})
  return recipesAbove(`${top}${folder}`, `${top}${cwd}`)(name)
}

describe('a unit that a recipe names', () => {
  it.each([
    'install a.service b',
    'a.service',
    '"a.service"',
    'x/a.service\n',
    'aa.service a.service',
    '(a.service)',
    'a.service.',
    'a.service\\',
  ])('has its name as a whole in %j', (text) => {
    expect(isNamed('a.service', {Makefile: text})).toBe(true)
  })

  it.each([
    '',
    'b.service',
    'aa.service',
    'a.services',
    'a.service_x',
    'a.service@',
    'a.service-x',
    '-a.service',
    '.a.service',
    '@a.service',
    '\\a.service',
  ])('has it not in %j', (text) => {
    expect(isNamed('a.service', {Makefile: text})).toBe(false)
  })

  it('may have a variable for its first part', () => {
    for (const text of [
      '%{name}@.service',
      '$pkgname@.service',
      '$PN@.service',
      '$PKGNAME@.service',
      '$(PACKAGE)@.service',
      '$(NAME)@.service',
    ]) {
      expect(isNamed('a@.service', {'a.spec': text}), text).toBe(true)
    }
    expect(isNamed('a@.service', {'a.spec': '$(OTHER)@.service'})).toBe(false)
    expect(isNamed('a@.service', {'a.spec': '%{name}@.socket'})).toBe(false)
    expect(isNamed('a.service', {'a.spec': '%{name}.service and %{name}e'})).toBe(false)
  })

  it('is quoted as deep as the recipe likes', () => {
    const name = 'run-vmblock\\x2dfuse.mount'
    for (const text of [name, 'run-vmblock\\\\x2dfuse.mount', 'run-vmblock\\\\\\\\x2dfuse.mount'])
      expect(isNamed(name, {PKGBUILD: text}), text).toBe(true)
  })

  it.each([
    'PKGBUILD',
    'my-PKGBUILD',
    'APKBUILD',
    'Makefile',
    'makefile',
    'GNUmakefile',
    'meson.build',
    'CMakeLists.txt',
    'Dockerfile',
    'Containerfile',
    'Justfile',
    'rules',
    'template',
    'build',
    'beyond',
    'defines',
    ...'a.spec a.spec.in a.bb a.bbappend a.inc a.ebuild a.mk Makefile.am a.nix a.install a.sh a.cmake a.yml a.yaml'.split(
      ' ',
    ),
  ])('may be named in %s', (recipe) => {
    expect(isNamed('a.service', {[recipe]: 'a.service'})).toBe(true)
  })

  it.each([
    'readme.md',
    'a.service',
    'a.sh.txt',
    'XAPKBUILD',
    'rules.txt',
    'xrules',
    'a.specs',
    'mesonxbuild',
    'Makefile.x',
    'spec',
    'a.spec.inx',
  ])('is not named in %s', (other) => {
    expect(isNamed('a.service', {[other]: 'a.service'})).toBe(false)
  })

  it('is named beside its file, or up to two folders above, no further than the run', () => {
    const at = (recipe: string, cwd = ''): boolean =>
      isNamed('a.service', {[recipe]: 'a.service'}, {folder: '/in/er/most', cwd})
    expect(
      ['in/er/most/rules', 'in/er/rules', 'in/rules', 'rules', 'in/er/other/rules'].map((recipe) =>
        at(recipe),
      ),
    ).toEqual([true, true, true, false, false])
    expect([
      at('in/er/rules', '/in/er'),
      at('in/rules', '/in/er'),
      at('in/er/rules', '/in/er/most'),
      at('in/er/most/rules', '/in/er/most'),
    ]).toEqual([true, false, false, true])
  })

  it('is not looked for above all folders, or in one that is not there', () => {
    expect(recipesAbove('/', '/none/at/all')('a-unit-that-nobody-has.service')).toBe(false)
    expect(isNamed('a.service', {}, {folder: '/none'})).toBe(false)
  })

  it('is looked for in so many recipes of such sizes as people write', () => {
    const many = Array.from({length: 64}, (_, index) => [`${index}.sh`, ''])
    expect(isNamed('a.service', {...Object.fromEntries(many), '~.sh': 'a.service'})).toBe(false)
    expect(isNamed('a.service', {...Object.fromEntries(many.slice(1)), '~.sh': 'a.service'})).toBe(
      true,
    )
    const longest = 256 * 1024 - 'a.service'.length
    expect(isNamed('a.service', {Makefile: `${' '.repeat(longest)}a.service`})).toBe(true)
    expect(isNamed('a.service', {Makefile: `${' '.repeat(longest + 1)}a.service`})).toBe(false)
  })

  it('is looked for when somebody asks, and its recipes are read once', () => {
    const top = makeFolder()
    const named = recipesAbove(top, top)
    writeFileSync(`${top}/Makefile`, 'a.service')
    expect(named('a.service')).toBe(true)
    rmSync(`${top}/Makefile`)
    expect(named('a.service')).toBe(true)
  })
})
