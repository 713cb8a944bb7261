import {execFileSync} from 'node:child_process'
import {mkdirSync, symlinkSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {rootUnitPath, unitFolders} from '../../src/files/unit-folders.ts'
import {unitPath} from '../../src/machine/unit-path.ts'
import type {LocatedUnit} from '../../src/machine/unit-folder.ts'
import {makeFolder, type Content} from './folder.ts'

function findIn(top: string, folders: readonly string[], name: string, root?: string): LocatedUnit {
  return unitPath(
    unitFolders(
      folders.map((folder) => path.join(top, folder)),
      root,
    ),
    257,
  ).find(name)
}

describe('unitFolders', () => {
  it('follows links from folder to folder', () => {
    const top = makeFolder({
      'usr/a.service': 'a',
      'etc/b.service': {link: '../usr/a.service'},
      'etc/c.service': {link: './b.service'},
      'etc/a.service.d/1.conf': {link: '../../elsewhere/x'},
      'elsewhere/x': 'x',
      'elsewhere/d.service': 'd',
      'etc/linked.service': {link: '../elsewhere/d.service'},
      'etc/masked.service': {link: '/dev/null'},
    })
    expect(findIn(top, ['etc', 'usr'], 'c.service')).toMatchObject({
      names: ['a.service', 'b.service', 'c.service'],
      fragment: `${top}/usr/a.service`,
      dropIns: [`${top}/etc/a.service.d/1.conf`],
    })
    expect(findIn(top, ['etc', 'usr'], 'linked.service')).toMatchObject({
      name: 'linked.service',
      state: 'found',
      fragment: `${top}/etc/linked.service`,
    })
    expect(findIn(top, ['etc', 'usr'], 'masked.service').state).toBe('masked')
    // Without the folder of its target in the path, a link stands for a file.
    expect(findIn(top, ['etc'], 'b.service')).toMatchObject({
      name: 'b.service',
      names: ['b.service', 'c.service'],
      fragment: `${top}/etc/b.service`,
    })
  })

  it('follows links to links that lie elsewhere', () => {
    const top = makeFolder({
      'etc/a.service': {link: '../elsewhere/b.service'},
      'elsewhere/b.service': {link: 'c.service'},
      'elsewhere/c.service': 'c',
      'elsewhere/d': {link: 'e'},
      'elsewhere/e/1.conf': '1',
    })
    symlinkSync(`${top}/elsewhere/d`, `${top}/etc/a.service.d`)
    expect(findIn(top, ['etc'], 'a.service')).toMatchObject({
      state: 'found',
      fragment: `${top}/etc/a.service`,
      dropIns: [`${top}/etc/a.service.d/1.conf`],
    })
  })

  it.skipIf(path.sep === '\\')('follows links to names with a backslash', () => {
    const top = makeFolder({
      'etc/a.service': {link: '../usr/a\\x2db.service'},
      'usr/a\\x2db.service': 'a',
    })
    expect(findIn(top, ['etc', 'usr'], 'a.service')).toMatchObject({
      names: ['a\\x2db.service', 'a.service'],
      fragment: `${top}/usr/a\\x2db.service`,
    })
  })

  it('takes a device for a mask, and a pipe for no unit', () => {
    const top = makeFolder({
      'etc/zero.service': {link: '/dev/zero'},
      'etc/linked.service': {link: '../elsewhere/pipe'},
      'elsewhere/x': '',
    })
    execFileSync('mkfifo', [`${top}/elsewhere/pipe`, `${top}/etc/pipe.service`])
    expect(
      ['zero', 'linked', 'pipe'].map((name) => findIn(top, ['etc'], `${name}.service`)),
    ).toMatchObject([
      {state: 'masked'},
      {state: 'refused', reason: 'no regular file'},
      {state: 'missing'},
    ])
  })

  it('takes a folder behind a link for the same folder', () => {
    const top = makeFolder({
      'real/a.service': 'a',
      'real/b.service': {link: 'a.service'},
      etc: {link: 'real'},
    })
    symlinkSync(`${top}/real/a.service`, `${top}/real/c.service`)
    expect(findIn(top, ['etc'], 'b.service')).toMatchObject({
      name: 'a.service',
      fragment: `${top}/etc/a.service`,
    })
    expect(findIn(top, ['etc'], 'c.service')).toMatchObject({
      name: 'a.service',
      fragment: `${top}/etc/a.service`,
    })
  })

  it('stays below a root, and gives paths that can be read from outside', () => {
    const files: Record<string, Content> = {
      'etc/systemd/system/a.service': {link: '/opt/a/a.service'},
      'etc/systemd/system/b.service': {link: '/lib/systemd/system/c.service'},
      'etc/systemd/system/up.service': {link: '../../../../../../../../opt/a/a.service'},
      'etc/systemd/system/off.service': {link: '/dev/null'},
      'etc/systemd/system/c.service.d': {link: '/opt/drop-ins'},
      'opt/a/a.service': 'a',
      'opt/drop-ins/1.conf': '1',
      'usr/lib/systemd/system/c.service': 'c',
      lib: {link: '/usr/lib'},
    }
    const root = makeFolder(files)
    const find = (name: string): LocatedUnit =>
      unitPath(unitFolders(rootUnitPath(root, 'system'), root), 257).find(name)
    expect(find('a.service')).toMatchObject({
      name: 'a.service',
      state: 'found',
      fragment: `${root}/opt/a/a.service`,
    })
    expect(find('up.service')).toMatchObject({
      name: 'up.service',
      fragment: `${root}/opt/a/a.service`,
    })
    expect(find('b.service')).toMatchObject({
      name: 'c.service',
      fragment: `${root}/usr/lib/systemd/system/c.service`,
      dropIns: [`${root}/opt/drop-ins/1.conf`],
    })
    expect(find('off.service').state).toBe('masked')
  })

  it('calls a root by the name that it is given', () => {
    const top = makeFolder({
      'root/etc/systemd/system/a.service': {link: '/opt/a.service'},
      'root/opt/a.service': 'a',
      link: {link: 'root'},
    })
    const folders = unitFolders(rootUnitPath(`${top}/link`, 'system'), `${top}/link`)
    expect(unitPath(folders, 257).find('a.service').fragment).toBe(`${top}/link/opt/a.service`)
  })

  it('never looks outside of a root', () => {
    const top = makeFolder({
      'out/systemd/system/a.service': 'a',
      file: '',
      'root/usr/lib': {link: '../../out'},
      'root/usr/x': '',
    })
    symlinkSync(`${top}/out`, `${top}/root/etc`)
    symlinkSync('../../../../../file/out', `${top}/root/run`)
    expect(
      unitFolders(rootUnitPath(`${top}/root`, 'system'), `${top}/root`).flatMap(({entries}) => [
        ...entries.keys(),
      ]),
    ).toEqual([])
  })

  it('finds nothing where a folder of a root is none', () => {
    const root = makeFolder({
      etc: 'file',
      run: {link: 'run'},
      'usr/lib/systemd/system/a.service': 'a',
    })
    expect(
      unitFolders(rootUnitPath(root, 'system'), root).flatMap(({entries}) => [...entries.keys()]),
    ).toEqual(['a.service'])
  })

  it('reads a folder below an absolute link of a root', () => {
    const root = makeFolder({'usr/lib': {link: '/real'}, 'real/systemd/system/a.service': 'a'})
    expect(
      unitPath(unitFolders(rootUnitPath(root, 'system'), root), 257).find('a.service').fragment,
    ).toBe(`${root}/real/systemd/system/a.service`)
  })

  it('never gives up', () => {
    const top = makeFolder({
      'etc/self.service': {link: 'self.service'},
      'etc/one.service': {link: 'two.service'},
      'etc/two.service': {link: 'one.service'},
      'etc/lost.service': {link: '../gone/x.service'},
      'etc/through.service': {link: 'file/x.service'},
      'etc/around.service': {link: 'circle/x.service'},
      'etc/circle': {link: 'circle'},
      'etc/file': 'file',
      'etc/long.service': {link: `${'../'.repeat(1000)}nowhere`},
      'etc/lost.service.d': {link: '/nowhere'},
    })
    mkdirSync(`${top}/etc/odd.service`)
    symlinkSync('odd.service', `${top}/etc/odd2.service`)
    const names = ['self', 'one', 'two', 'lost', 'through', 'around', 'long', 'odd', 'odd2']
    expect(names.map((name) => findIn(top, ['etc', 'none'], `${name}.service`).state)).toEqual([
      'missing',
      'refused',
      'refused',
      'missing',
      'refused',
      'refused',
      'missing',
      'missing',
      'missing',
    ])
    const [etc] = unitFolders([`${top}/etc`])
    const endOf = (name: string): string | undefined => {
      const entry = etc?.entries.get(`${name}.service`)
      return entry?.kind === 'link' ? entry.end.kind : undefined
    }
    expect(['self', 'one', 'lost', 'through', 'around'].map(endOf)).toEqual([
      'loop',
      'loop',
      'nothing',
      'nothing',
      'loop',
    ])
    expect(
      unitFolders([`${top}/none`, `${top}/etc/file`, ''])
        .slice(0, 2)
        .map(({entries}) => entries.size),
    ).toEqual([0, 0])
    expect(unitFolders([`${top}/etc`], `${top}/none`)[0]?.entries.size).toBe(0)
  })
})

describe('rootUnitPath', () => {
  it('has a split /lib only where there is one', () => {
    const [split, merged] = [makeFolder({'lib/x': ''}), makeFolder({lib: {link: 'usr/lib'}})]
    expect(rootUnitPath(split, 'system')).toContain(`${split}/lib/systemd/system`)
    expect(rootUnitPath(merged, 'system')).not.toContain(`${merged}/lib/systemd/system`)
    expect(rootUnitPath(merged, 'system').slice(4, 5)).toEqual([`${merged}/etc/systemd/system`])
    expect(rootUnitPath(merged, 'user')[0]).toBe(`${merged}/etc/systemd/user`)
  })
})
