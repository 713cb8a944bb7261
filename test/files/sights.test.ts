import {describe, expect, it} from 'vitest'
import {findInRoot} from '../../src/files/root.ts'
import {unitsOfRoot} from '../../src/files/root-units.ts'
import {foldersFor, sights} from '../../src/files/sights.ts'
import type {RunView} from '../../src/files/search-path.ts'
import {makeFolder} from './folder.ts'

const lib = 'usr/lib/systemd/system'
const machine = {
  [`root/${lib}/a.service`]: 'vendor',
  [`root/${lib}/b.service`]: 'vendor',
  [`root/${lib}/t@.service`]: 'template',
  'root/usr/lib/systemd/user/e.service': 'user',
  'root/etc/systemd/system/a.service.d/own.conf': 'own',
  'root/etc/systemd/system/b.service': {link: '/dev/null'},
  'root/etc/systemd/system/linked.service': {link: '/opt/linked.service'},
  'root/opt/linked.service': 'linked',
  'root/opt/units/c.service': 'c',
  'root/opt/here': {link: 'units'},
  'root/opt/there': {link: '/opt/units'},
}

const view = (cwd: string, root?: string): RunView => ({
  cwd,
  version: 262,
  ...(root === undefined ? {} : {root}),
})

describe('the sight of a file', () => {
  const files = {
    'x/a.service': '[Service]',
    'x/a.service.d/1.conf': '[Unit]',
    'x/t@.service': '',
    'y/b.service': '',
    'x/big.service': '[Unit]\n'.repeat(70_000),
  }
  const wordy = {'x/wordy.service': `[Unit]\nDescription=${'a '.repeat(5_000)}\n`}

  it('are the units beside it, and those of the run that are not written yet', () => {
    const cwd = makeFolder(files)
    const sight = sights(
      ['x/a.service', 'x/new.service', 'y/b.service', 'z/t@.service', 'x/a.service.d/1.conf'],
      view(cwd),
    )('x/a.service')
    expect(sight.find('a.service')).toMatchObject({
      name: 'a.service',
      state: 'found',
      fragment: 'x/a.service',
      dropIns: ['x/a.service.d/1.conf'],
    })
    expect(sight.find('new.service')).toMatchObject({
      state: 'found',
      fragment: 'x/new.service',
      dropIns: [],
    })
    expect(sights(['x/one.service', 'x/two.service'], view(cwd))('x/a.service').names).toEqual([
      'a.service',
      'big.service',
      'one.service',
      't@.service',
      'two.service',
    ])
    expect(sight.find('b.service').state).toBe('missing')
    expect(sight.names).toEqual(['a.service', 'big.service', 'new.service', 't@.service'])
    expect(sight.isComplete).toBe(false)
    expect(
      ['b.service', 't@1.service', 't@.service', 'c.service', '1.conf', 'b@1.service'].map((name) =>
        sight.isElsewhere(name, 'system'),
      ),
    ).toEqual([true, true, true, false, false, false])
  })

  it('is the same for all that look in the same places', () => {
    const cwd = makeFolder(files)
    const sightOf = sights(['x/a.service', 'y/b.service'], view(cwd))
    expect(sightOf('x/t@.service')).toBe(sightOf('x/a.service'))
    expect(sightOf('x/a.service.d/1.conf')).toBe(sightOf('x/a.service'))
    expect(sightOf(`${cwd}/x/a.service`)).toBe(sightOf('x/a.service'))
    expect(sightOf('y/b.service')).not.toBe(sightOf('x/a.service'))
  })

  it('is one for each manager of a machine', () => {
    const cwd = makeFolder(machine)
    const [own, other, user] = [
      `root/${lib}/a.service`,
      'root/etc/systemd/system/x.service',
      'root/usr/lib/systemd/user/e.service',
    ]
    for (const root of ['root', undefined]) {
      const sightOf = sights([], view(cwd, root))
      expect(sightOf(own)).toBe(sightOf(other))
      expect(sightOf(own)).not.toBe(sightOf(user))
      expect(sightOf(user).find('e.service').state).toBe('found')
    }
    const sightOf = sights([], view(cwd, 'root'))
    expect(sightOf('root/opt/units/c.service')).toBe(sightOf(own))
  })

  it('reads them, but none that is too much', () => {
    const cwd = makeFolder({...files, ...wordy})
    const {read, plainText, find} = sights(['x/t@.service'], view(cwd))('x/a.service')
    expect(read('x/a.service')?.tree.text).toBe('[Service]')
    expect(read('x/a.service')).toBe(read('x/a.service'))
    expect(read('x/none.service')).toBeUndefined()
    expect(read('x/big.service')).toBeUndefined()
    expect(plainText('big.service')).toBeUndefined()
    expect(read('x/wordy.service')).toBeUndefined()
    expect(plainText('wordy.service')).toBeUndefined()
    expect([find('t@.service').state, find('a b').reason]).toEqual(['masked', 'no name for a unit'])
  })

  it('are all units of a machine below its root', () => {
    const cwd = makeFolder(machine)
    const sight = sights([`root/${lib}/a.service`], view(cwd, 'root'))(`root/${lib}/a.service`)
    expect(sight.find('a.service')).toMatchObject({
      fragment: `root/${lib}/a.service`,
      dropIns: ['root/etc/systemd/system/a.service.d/own.conf'],
    })
    expect(sight.find('linked.service')).toMatchObject({
      state: 'found',
      fragment: 'root/opt/linked.service',
    })
    expect(sight.find('b.service').state).toBe('masked')
    expect(sight.isComplete).toBe(true)
    expect(sight.isElsewhere('a.service', 'system')).toBe(false)
  })
})

describe('texts that stand for files', () => {
  const files = {
    'x/a.service': '[Service]\n',
    'x/a.service.d/5.conf': '[Unit]\n',
    'x/b.service': '[Service]\n',
    'x/alias.service': {link: 'b.service'},
    'x/b.service.d/linked.conf': {link: '/nowhere'},
    'x/c.service.d': {link: '/nowhere'},
    'x/odd': '',
  }
  const seen = (texts: Readonly<Record<string, string>>) => {
    const cwd = makeFolder(files)
    return sights([], {
      cwd,
      version: 262,
      texts: new Map(Object.entries(texts).map(([file, text]) => [`${cwd}/${file}`, text])),
    })('x/a.service')
  }

  it('are read in their place', () => {
    const sight = seen({
      'x/a.service': '[Service]\nNice=1\n',
      'x/b.service': '',
      'x/new.service': '[Unit]\n',
    })
    expect(['a', 'b', 'new'].map((name) => sight.read(`x/${name}.service`)?.tree.text)).toEqual([
      '[Service]\nNice=1\n',
      '',
      '[Unit]\n',
    ])
    expect(sight.read('x/a.service')?.mode).toBeTypeOf('number')
    expect(sight.read('x/new.service')?.mode).toBeUndefined()
  })

  it('are units that are not written yet, and mask them where they are empty', () => {
    const sight = seen({
      'x/a.service': '',
      'x/new.service': '[Unit]\n',
      'x/d/deep.service': '[Unit]\n',
      'y/other.service': '[Unit]\n',
      'x/alias.service': '',
    })
    expect(
      ['a', 'b', 'new', 'deep', 'other', 'alias'].map(
        (name) => sight.find(`${name}.service`).state,
      ),
    ).toEqual(['masked', 'found', 'found', 'missing', 'missing', 'found'])
    expect(sight.find('alias.service').name).toBe('b.service')
    expect(sight.find('new.service').fragment).toBe('x/new.service')
  })

  it('are drop-ins that are not written yet, beside those that are', () => {
    const sight = seen({
      'x/a.service.d/1.conf': '[Unit]\n',
      'x/a.service.d/5.conf': '[Unit]\n',
      'x/a.service.d/9.conf': '[Unit]\n',
      'x/a.service.d/2.conf/deep.conf': '[Unit]\n',
      'x/b.service.d/linked.conf': '[Unit]\n',
      'x/new.service.d/1.conf': '[Unit]\n',
      'x/new.service.d/2.conf': '[Unit]\n',
      'x/c.service.d/1.conf': '[Unit]\n',
      'x/odd/1.conf': '[Unit]\n',
      'x/new.service': '[Unit]\n',
    })
    expect(sight.find('a.service').dropIns).toEqual([
      'x/a.service.d/1.conf',
      'x/a.service.d/5.conf',
      'x/a.service.d/9.conf',
    ])
    expect(sight.find('b.service').dropIns).toEqual([])
    expect(sight.find('c.service').dropIns).toEqual([])
    expect(sight.find('new.service').dropIns).toEqual([
      'x/new.service.d/1.conf',
      'x/new.service.d/2.conf',
    ])
    expect(sight.names).toEqual([
      'a.service',
      'alias.service',
      'b.service',
      'c.service',
      'new.service',
    ])
  })

  it('are all that a unit says, where nothing adds to it', () => {
    const sight = seen({
      'x/b.service': '[Service]\nNice=1\n',
      'x/empty.service': '',
      'x/new.service': '[Unit]\n',
    })
    expect(
      ['a', 'b', 'empty', 'new', 'none'].map((name) => sight.plainText(`${name}.service`)),
    ).toEqual([undefined, undefined, undefined, '[Unit]\n', undefined])
  })
})

describe('what is elsewhere', () => {
  const files = {
    'x/a.service': '',
    'x/web.container': '[Container]\n',
    'x/data.volume': '[Volume]\n',
    'x/t@.container': '[Container]\n',
    'x/u@.volume': '[Volume]\n',
    'y/pod.pod': '[Pod]\n',
    'y/own.service': '',
  }
  const isElsewhere = (
    names: readonly string[],
    manager: 'system' | 'user' = 'system',
  ): boolean[] => {
    const cwd = makeFolder(files)
    const its = (file: string): 'system' | 'user' => (file.includes('own') ? 'user' : 'system')
    const sight = sights(['x/a.service', 'y/pod.pod', 'y/own.service', 'y/readme'], {
      cwd,
      version: 262,
      managerOf: its,
    })('x/a.service')
    return names.map((name) => sight.isElsewhere(name, manager))
  }

  it('is what Quadlet makes of files beside a unit', () => {
    expect(
      isElsewhere([
        'web.service',
        'data-volume.service',
        't@.service',
        't@1.service',
        'u-volume@.service',
        'u-volume@1.service',
      ]),
    ).toEqual(Array.from({length: 6}, () => true))
    expect(
      isElsewhere([
        'data.service',
        'web-volume.service',
        'web@1.service',
        'web.socket',
        't.service',
        '.service',
        '-volume.service',
        'web.container',
      ]),
    ).toEqual(Array.from({length: 8}, () => false))
  })

  it('is what other files of the run make for the same manager', () => {
    expect(isElsewhere(['pod-pod.service', 'pod.service', 'own.service', 'a.service'])).toEqual([
      true,
      false,
      false,
      true,
    ])
    expect(isElsewhere(['pod-pod.service', 'own.service', 'a.service'], 'user')).toEqual([
      false,
      true,
      false,
    ])
  })

  it('is what Quadlet makes of the files of a machine', () => {
    const cwd = makeFolder({
      ...machine,
      'root/etc/containers/systemd/q.container': '',
      'root/etc/containers/systemd/users/own@.container': '',
    })
    const sight = sights([`root/${lib}/a.service`], view(cwd, 'root'))(`root/${lib}/a.service`)
    const all = ['q.service', 'own@.service', 'own@1.service', 'a.service']
    expect(all.map((name) => sight.isElsewhere(name, 'system'))).toEqual([
      true,
      false,
      false,
      false,
    ])
    expect(all.map((name) => sight.isElsewhere(name, 'user'))).toEqual([false, true, true, false])
  })

  it('is named by recipes where it is no part of a machine', () => {
    const cwd = makeFolder({...machine, 'x/a.service': '', Makefile: 'b.service'})
    const sightOf = sights([], view(cwd))
    expect(
      ['b.service', 'c.service'].map((name) => sightOf('x/a.service').isNamedByRecipe?.(name)),
    ).toEqual([true, false])
    expect(sightOf(`root/${lib}/a.service`).isNamedByRecipe).toBeUndefined()
  })
})

describe('the folders of a file', () => {
  const of = (file: string, root?: string): readonly string[] => foldersFor(file, {cwd: '/w', root})
  it('are those of the machine that its path speaks of', () => {
    expect(of('r/etc/systemd/system/a.service')).toContain('/w/r/usr/lib/systemd/system')
    expect(of('r/etc/systemd/system/a.service.d/1.conf')).toEqual(
      of('r/etc/systemd/system/a.service'),
    )
    expect(of('r/usr/local/lib/systemd/system/a.service')).toEqual(
      of('r/etc/systemd/system/a.service'),
    )
    expect(of('/etc/systemd/system/a.service')).toContain('/usr/lib/systemd/system')
    expect(of('r/usr/lib/systemd/user/a.service')).toContain('/w/r/etc/systemd/user')
    expect(of('r/usr/lib/systemd/user/a.service')).not.toContain('/w/r/etc/systemd/system')
  })

  it('are its own elsewhere, that above for a drop-in', () => {
    expect(of('r/a.service')).toEqual(['/w/r'])
    expect(of('r/a.service.d/1.conf')).toEqual(['/w/r'])
    expect(of('r/lib/systemd/systems/a.service')).toEqual(['/w/r/lib/systemd/systems'])
    expect(of('/a.service')).toEqual(['/'])
    expect(of('r/readme')).toEqual(['/w/r'])
  })

  it('are those of the root that is told', () => {
    expect(of('r/a.service', 's')).toContain('/w/s/etc/systemd/system')
    expect(of('s/usr/lib/systemd/user/a.service', 's')).toContain('/w/s/etc/systemd/user')
  })
})

describe('the units of a root', () => {
  it('are those of the machine and of its users', () => {
    const cwd = makeFolder(machine)
    const {files, of} = unitsOfRoot('root', {cwd, version: 262})
    expect(files).toEqual([
      `root/${lib}/a.service`,
      'root/etc/systemd/system/a.service.d/own.conf',
      'root/opt/linked.service',
      `root/${lib}/t@.service`,
      'root/usr/lib/systemd/user/e.service',
    ])
    expect(of('e.service')).toEqual(['root/usr/lib/systemd/user/e.service'])
    expect(of('b.service')).toBe('masked')
    expect(of('x.service')).toEqual([])
  })

  it('are drop-ins too where systemd needs no file', () => {
    const cwd = makeFolder({
      'root/etc/systemd/system/x.slice.d/1.conf': '[Unit]',
      'root/etc/systemd/system/gone.service.d/1.conf': '[Unit]',
    })
    const {files, of} = unitsOfRoot('root', {cwd, version: 262})
    const dropIn = 'root/etc/systemd/system/x.slice.d/1.conf'
    expect([files, of('x.slice'), of('gone.service')]).toEqual([[dropIn], [dropIn], []])
  })

  it('are instances of templates where these are named so', () => {
    const cwd = makeFolder({...machine, 'root/opt/.gitignore': '*.service\n'})
    const found = (name: string): unknown =>
      findInRoot([name], {cwd, root: 'root', version: 262}).files
    const file = {path: `root/${lib}/t@.service`, isNamed: true, isLink: false}
    expect(['t@.service', 't@', 't@x.service', 't@x'].map(found)).toEqual([
      [file],
      [file],
      [{...file, as: 't@x.service'}],
      [{...file, as: 't@x.service'}],
    ])
    // What git ignores is there all the same.
    expect(found('root/opt/units')).toEqual([
      {path: 'root/opt/units/c.service', isNamed: false, isLink: false},
    ])
    expect(findInRoot([], {cwd, root: 'root', version: 262}).files[0]).toEqual({
      path: `root/${lib}/a.service`,
      isNamed: false,
      isLink: false,
    })
  })

  it('are found by names, of units, files and folders', () => {
    const cwd = makeFolder({
      ...machine,
      'outside.service': '',
      'lost.service': {link: 'nowhere'},
      'root/opt/self.service': {link: 'self.service'},
    })
    const found = (...names: readonly string[]): string[] => {
      const {files, faults} = findInRoot(names, {cwd, root: 'root', version: 262})
      return [
        ...files.map(({path, isNamed}) => `${path}${isNamed ? '' : ' (found)'}`),
        ...faults.map(({path, message}) => `${path}: ${message}`),
      ]
    }
    expect(found()).toHaveLength(5)
    expect(found().every((line) => line.endsWith(' (found)'))).toBe(true)
    expect(found('a.service')).toEqual([
      `root/${lib}/a.service`,
      'root/etc/systemd/system/a.service.d/own.conf',
    ])
    expect(found('b.service', 'x.service')).toEqual([
      'b.service: Masked',
      'x.service: No such file or folder',
    ])
    expect(found('root/opt/units')).toEqual(['root/opt/units/c.service (found)'])
    expect(found('root/opt/here')).toEqual(['root/opt/here/c.service (found)'])
    // On this machine the link leads elsewhere.
    expect(found('root/opt/there')).toEqual(['root/opt/units/c.service (found)'])
    expect(found('root/opt/there/*.service')).toEqual([
      'root/opt/there/*.service: A link leads elsewhere on this machine, expected a glob without it',
    ])
    expect(found('root/opt/units/*.service')).toEqual(['root/opt/units/c.service (found)'])
    expect(found('root/opt/none')).toEqual(['root/opt/none: No such file or folder'])
    expect(found('outside.service', 'lost.service')).toEqual(['outside.service', 'lost.service'])
    expect(found('a', 'b', 'x')).toEqual([
      `root/${lib}/a.service`,
      'root/etc/systemd/system/a.service.d/own.conf',
      'b: Masked',
      'x: No such file or folder',
    ])
    expect(found('root/opt/self.service')).toEqual([
      'root/opt/self.service: Link that leads back to itself',
    ])
    expect(found('root/opt/there/none')).toEqual(['root/opt/there/none: No such file or folder'])
  })

  it('are none where there is no root, or nothing in it', () => {
    const cwd = makeFolder({'empty/x': '', file: ''})
    const faults = (root: string): unknown => findInRoot([], {cwd, root, version: 262})
    expect(faults('empty')).toEqual({
      files: [],
      faults: [{path: 'empty', message: 'No units below this root'}],
      notes: [],
      skipped: new Map(),
    })
    expect(faults('none')).toEqual({
      files: [],
      faults: [{path: 'none', message: 'No such folder'}],
      notes: [],
      skipped: new Map(),
    })
    expect(faults('file')).toEqual({
      files: [],
      faults: [{path: 'file', message: 'No such folder'}],
      notes: [],
      skipped: new Map(),
    })
  })
})
