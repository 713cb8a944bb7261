import {spawnSync} from 'node:child_process'
import {describe, expect, it} from 'vitest'
import {findFiles} from '../../src/files/find.ts'
import {makeFolder} from './folder.ts'

const found = (names: readonly string[], cwd: string, takesIgnored = false): string[] =>
  findFiles(names, cwd, {takesIgnored}).files.map((file) => file.path)

const tree = {
  '.gitignore':
    '# Built\n/build/\n*.tmp.service\n!kept.tmp.service\nvendor/**\n!vendor/ours.service\n\\#odd.service\n[z-a].service\n',
  'a.service': '',
  'A.tmp.service': '',
  'b.tmp.SERVICE': '',
  'kept.tmp.service': '',
  'c.TMP.service': '',
  '#odd.service': '',
  'build/b.service': '',
  'x/build/c.service': '',
  'vendor/theirs.service': '',
  'vendor/ours.service': '',
  'vendor/deep/d.service': '',
  'x/.gitignore': 'e.service\n!f.tmp.service\n',
  'x/e.service': '',
  'x/f.tmp.service': '',
  'x/y/e.service': '',
  'x/y/.gitignore': '!e.service\n',
  'build/.gitignore': '!b.service\n',
}

describe('.gitignore', () => {
  it('leaves out what git does', () => {
    const cwd = makeFolder(tree)
    spawnSync('git', ['init', '-q'], {cwd})
    const {stdout} = spawnSync('git', ['ls-files', '-z', '--others', '--exclude-standard'], {
      cwd,
      encoding: 'utf8',
    })
    const units = stdout.split('\0').filter((name) => /\.(service|timer)$/.test(name))
    expect(units.length).toBeGreaterThan(5)
    expect(found(['.'], cwd)).toEqual(units.toSorted())
    expect(found(['**/*.{service,timer}'], cwd)).toEqual(units.toSorted())
  })

  it('holds below the folder that is searched, and from the current folder or the top of a repository down', () => {
    const cwd = makeFolder({
      ...tree,
      'sub/build/x.service': '',
      'sub/.git/HEAD': '',
      'sub/p.tmp.service': '',
    })
    expect(found(['x'], cwd)).toEqual(['x/build/c.service', 'x/f.tmp.service', 'x/y/e.service'])
    expect(found(['.'], `${cwd}/x`)).toEqual(['build/c.service', 'f.tmp.service', 'y/e.service'])
    expect(found(['sub'], cwd)).toEqual(['sub/build/x.service', 'sub/p.tmp.service'])
    expect(found(['x/y'], makeFolder({...tree, 'x/y/g.tmp.service': ''}))).toEqual([
      'x/y/e.service',
    ])
  })

  it('leaves files and folders that are named, and all where it is turned off', () => {
    const cwd = makeFolder(tree)
    expect(found(['A.tmp.service', 'build/b.service', 'build'], cwd)).toEqual([
      'A.tmp.service',
      'build/b.service',
    ])
    expect(found(['vendor'], cwd)).toEqual(['vendor/ours.service'])
    expect(found(['.'], cwd, true)).toHaveLength(
      Object.keys(tree).filter((name) => /\.(service|timer)$/.test(name)).length,
    )
  })

  it('says nothing by a pattern that takes too long', () => {
    const cwd = makeFolder({
      '.gitignore': `${'*'.repeat(2_000)}.service\nb.service\n`,
      'a.service': '',
      'b.service': '',
    })
    expect(found(['.'], cwd)).toEqual(['a.service'])
  })

  it('is counted, and told where nothing else is left', () => {
    const cwd = makeFolder({'.gitignore': 'build/\n', 'build/a.service': '', 'build/b.service': ''})
    const {files, faults, skipped} = findFiles(['.'], cwd)
    expect([files, [...skipped]]).toEqual([[], [['ignored file', 2]]])
    expect(faults).toEqual([
      {
        path: '.',
        message:
          'No unit files in this folder but 2 that `.gitignore` names, which `--no-gitignore` lints',
      },
    ])
    expect(findFiles(['**/*.service'], cwd).faults[0]?.message).toMatch(
      /^No unit file matches this glob but 2 that/,
    )
  })

  it('may be anything', () => {
    // What would take long says nothing.
    expect(
      found(['.'], makeFolder({'.gitignore': '*a*a*a*a*a*.service\n', 'aaaaa.service': ''})),
    ).toEqual(['aaaaa.service'])
    for (const text of [
      '\0',
      '[',
      '[\\',
      '\\',
      '!',
      '/',
      '//',
      '**',
      '(((',
      '{a',
      '*'.repeat(2000),
      'a\\ ',
      '\uFEFFa',
      '[]a]',
      '[[:alpha:]]',
      '[!',
      '..',
      '../a',
      './',
    ])
      expect(
        Array.isArray(found(['.'], makeFolder({'.gitignore': `${text}\n`, 'b/c.service': ''}))),
      ).toBe(true)
    expect(found(['.'], makeFolder({'.gitignore/x': '', 'a.service': ''}))).toEqual(['a.service'])
  })
})
