import {describe, expect, it, test} from 'vitest'
import {unitPath} from '../../src/machine/unit-path.ts'
import type {FolderEntry, LocatedUnit, UnitFolder} from '../../src/machine/unit-folder.ts'

/**
 * A file (`text`, `empty`), a device (`device`), a link in the unit path (`-> NAME`), out of it to
 * a file (`=> text`) or to nothing (`=> nothing`), or what is in a folder.
 */
type Spec = string | {readonly [name: string]: Spec}

function foldersOf(tree: Readonly<Record<string, Readonly<Record<string, Spec>>>>): UnitFolder[] {
  return Object.entries(tree).map(([path, specs]) => ({path, entries: entriesOf(path, specs)}))
}

function entriesOf(
  folder: string,
  specs: Readonly<Record<string, Spec>>,
): Map<string, FolderEntry> {
  return new Map(
    Object.entries(specs).map(([name, spec]) => [name, entryOf(`${folder}/${name}`, spec)]),
  )
}

function entryOf(path: string, spec: Spec): FolderEntry {
  if (typeof spec !== 'string') return {path, kind: 'folder', entries: entriesOf(path, spec)}
  const [arrow = '', target = ''] = /^[-=]> /.test(spec) ? spec.split(' ') : []
  if (arrow === '->')
    return {
      path,
      kind: 'link',
      isAbsolute: false,
      target: {place: 'inside', name: target},
      end: {kind: 'file', isEmpty: false},
    }
  const outside = {
    path,
    kind: 'link',
    isAbsolute: true,
    target: {place: 'outside', name: 'far'},
  } as const
  if (spec === '=> nothing') return {...outside, end: {kind: 'nothing'}}
  if (spec === '=> loop') return {...outside, target: {place: 'unknown'}, end: {kind: 'loop'}}
  if (spec === '=> folder')
    return {...outside, end: {kind: 'folder', entries: entriesOf(path, {'a.conf': 'text'})}}
  if (arrow === '=>') return {...outside, end: nodeOf(target)}
  return {path, ...nodeOf(spec)}
}

function nodeOf(spec: string): {kind: 'device'} | {kind: 'file'; isEmpty: boolean} {
  return spec === 'device' ? {kind: 'device'} : {kind: 'file', isEmpty: spec === 'empty'}
}

function find(tree: Parameters<typeof foldersOf>[0], name: string, version = 257): LocatedUnit {
  const {
    name: own,
    names,
    state,
    reason,
    fragment,
    dropIns,
    isAmongMany,
    pulls,
  } = unitPath(foldersOf(tree), version).find(name)
  return {
    name: own,
    names,
    state,
    ...(reason === undefined ? {} : {reason}),
    fragment,
    dropIns,
    isAmongMany,
    pulls,
  }
}

describe('a plain file', () => {
  const plainFile = (
    tree: Parameters<typeof foldersOf>[0],
    name = 'a-b.service',
    version = 257,
  ): string | undefined => unitPath(foldersOf(tree), version).plainFile(name)

  it('is all that there is of a unit', () => {
    expect(
      plainFile({
        '/etc': {'a-b.service': 'text'},
        '/usr': {'a-b.service': 'text', 'c.service': 'text'},
      }),
    ).toBe('/etc/a-b.service')
    expect(plainFile({'/etc': {'a@.service': 'text'}}, 'a@.service')).toBe('/etc/a@.service')
  })

  test.each<[string, Parameters<typeof foldersOf>[0]]>([
    ['a drop-in', {'/usr': {'a-b.service': 'text'}, '/etc': {'a-b.service.d': {'1.conf': 'text'}}}],
    [
      'a drop-in for its prefix',
      {'/usr': {'a-b.service': 'text', 'a-.service.d': {'1.conf': 'text'}}},
    ],
    ['a drop-in for its type', {'/usr': {'a-b.service': 'text', 'service.d': {'1.conf': 'text'}}}],
    [
      'a link that pulls a unit in',
      {'/usr': {'a-b.service': 'text', 'a-b.service.wants': {'c.service': '=> text'}}},
    ],
    ['another name', {'/usr': {'a-b.service': 'text', 'c.service': '-> a-b.service'}}],
    ['a link', {'/usr': {'a-b.service': '=> text'}}],
    ['no file', {'/usr': {}}],
  ])('is not told of one with %s', (_, tree) => expect(plainFile(tree)).toBeUndefined())

  it('is not told of instances, nor for systemd 247, which has names of its own', () => {
    expect(
      plainFile({'/usr': {'a@.service': 'text', 'a@i.service': 'text'}}, 'a@i.service'),
    ).toBeUndefined()
    expect(plainFile({'/usr': {'a-b.service': 'text'}}, 'a-b.service', 247)).toBeUndefined()
  })
})

describe('the main file', () => {
  it('is that of the first folder', () => {
    expect(
      find(
        {'/etc': {'a.service': 'text'}, '/usr': {'a.service': 'text', 'b.service': 'text'}},
        'a.service',
      ),
    ).toEqual({
      name: 'a.service',
      names: ['a.service'],
      state: 'found',
      fragment: '/etc/a.service',
      dropIns: [],
      isAmongMany: false,
      pulls: [],
    })
  })

  test.each([
    ['an empty file', 'empty', 'masked'],
    ['a link to /dev/null', '=> device', 'masked'],
    ['a link to an empty file', '=> empty', 'masked'],
    ['a link to a file elsewhere', '=> text', 'found'],
    ['a link to nothing', '=> nothing', 'missing'],
    ['a link to a folder', '=> folder', 'refused'],
    ['a link to another type', '-> a.timer', 'found'],
    ['a link to a template', '-> a@.service', 'found'],
    ['a link to no unit', '-> a.txt', 'found'],
    ['a link to the same name', '-> a.service', 'found'],
    ['a link that leads back to itself', '=> loop', 'found'],
    ['a folder', {}, 'found'],
  ])('behind %s is %j: %s', (_, spec, state) => {
    const unit = find(
      {
        '/etc': {'a.service': spec, 'a.service.d': {'a.conf': 'text'}},
        '/usr': {'a.service': 'text'},
      },
      'a.service',
    )
    expect(unit.state).toBe(state)
    if (spec !== '=> text' && state === 'found') expect(unit.fragment).toBe('/usr/a.service')
    if (state === 'masked') expect(unit.dropIns).toEqual([])
  })

  it('was a folder, or none, up to 250', () => {
    expect(
      find({'/etc': {'a.service': {}}, '/usr': {'a.service': 'text'}}, 'a.service', 249),
    ).toMatchObject({state: 'refused', reason: 'a folder'})
  })

  test.each([
    ['a.service', '-> a.timer', 'a link to a unit of another type'],
    ['a.service', '-> a.txt', 'a link to no name for a unit'],
    [
      'a.service',
      '-> a@.service',
      'a link from a plain unit, a template or an instance to one of another kind',
    ],
    [
      'a@i.service',
      '-> a.service',
      'a link from a plain unit, a template or an instance to one of another kind',
    ],
    ['a@i.service', '-> b@j.service', 'a link to another instance'],
    ['a.mount', '-> b.mount', 'links are not for units of type `mount`'],
    ['a.service', '=> loop', 'links that lead back to themselves'],
  ])('is none for %s %s: %s', (name, spec, reason) => {
    expect(find({'/etc': {[name]: spec}}, name)).toMatchObject({
      state: 'refused',
      reason,
      fragment: undefined,
    })
  })

  test.each([
    'a',
    'a.conf',
    '',
    '@.service',
    'a b.service',
    'a@b.slice',
    'a@.mount',
    '__proto__',
    'constructor.service/x',
    `${'x'.repeat(300)}.service`,
  ])('of %j is not looked for', (name) =>
    expect(find({}, name)).toMatchObject({name, state: 'refused', reason: 'no name for a unit'}),
  )

  it('is not needed by slices', () => {
    expect(find({'/etc': {'a-.slice.d': {'1.conf': 'text'}}}, 'a-b.slice')).toMatchObject({
      state: 'found',
      fragment: undefined,
      dropIns: ['/etc/a-.slice.d/1.conf'],
    })
    expect(find({'/etc': {'a--b.slice': 'text'}}, 'a--b.slice')).toMatchObject({state: 'refused'})
    expect(find({}, 'toString.service').state).toBe('missing')
  })
})

describe('instances', () => {
  const tree = {
    '/etc': {'a@.service': 'text', 'b@.service': '-> a@.service', 'c@one.service': '-> a@.service'},
    '/usr': {'a@own.service': 'text'},
  }

  test.each([
    ['a@x.service', '/etc/a@.service', ['a@x.service', 'b@x.service']],
    ['b@x.service', '/etc/a@.service', ['a@x.service', 'b@x.service']],
    ['c@one.service', '/etc/a@.service', ['a@one.service', 'b@one.service', 'c@one.service']],
    ['a@one.service', '/etc/a@.service', ['a@one.service', 'b@one.service', 'c@one.service']],
    ['a@own.service', '/usr/a@own.service', ['a@own.service']],
    ['a@.service', '/etc/a@.service', ['a@.service', 'b@.service']],
    // The alias of a template does not know of the instance's own file, and the instance does not
    // become its name.
    ['b@own.service', '/etc/a@.service', ['b@own.service', 'a@own.service']],
  ])('%s: %s, %j', (name, fragment, names) => {
    expect(find(tree, name)).toMatchObject({name: names[0], names, state: 'found', fragment})
  })

  it('are masked with their template, and with a file not', () => {
    const masked = {
      '/etc': {'a@.service': '=> device'},
      '/usr': {'a@.service': 'text', 'a@own.service': 'text'},
    }
    expect(find(masked, 'a@x.service').state).toBe('masked')
    expect(find(masked, 'a@own.service').state).toBe('found')
  })
})

describe('aliases', () => {
  const tree = {
    '/etc': {
      'b.service': '-> a.service',
      'c.service': '-> b.service',
      'c.service.d': {'2.conf': 'text', '9.conf': 'text'},
    },
    '/usr': {'a.service': 'text', 'a.service.d': {'1.conf': 'text', '9.conf': 'text'}},
  }

  test.each(['a.service', 'b.service', 'c.service'])(
    '%s has all names and their drop-ins',
    (name) => {
      expect(find(tree, name)).toEqual({
        name: 'a.service',
        names: ['a.service', 'b.service', 'c.service'],
        state: 'found',
        fragment: '/usr/a.service',
        dropIns: ['/usr/a.service.d/1.conf', '/etc/c.service.d/2.conf', '/usr/a.service.d/9.conf'],
        isAmongMany: false,
        pulls: [],
      })
    },
  )

  it('lead on seven times', () => {
    const links = Object.fromEntries(
      Array.from({length: 9}, (_, index) => [`a${index + 1}.service`, `-> a${index}.service`]),
    )
    const long = {
      '/etc': {
        ...links,
        'a0.service': 'text',
        'x.service': '-> y.service',
        'y.service': '-> x.service',
      },
    }
    expect(find(long, 'a7.service')).toMatchObject({name: 'a0.service', state: 'found'})
    for (const name of ['a8.service', 'x.service'])
      expect(find(long, name)).toMatchObject({
        state: 'refused',
        reason: 'links that lead back to themselves',
      })
  })

  it('of nothing are missing, of a mask masked', () => {
    const dead = {
      '/etc': {'b.service': '-> a.service', 'd.service': '-> c.service', 'c.service': '=> device'},
    }
    expect(find(dead, 'b.service').state).toBe('missing')
    expect(find(dead, 'd.service').state).toBe('masked')
  })
})

describe('drop-ins', () => {
  const names = [
    'a-b@i.service',
    'a-b@.service',
    'a-.service',
    'a-@i.service',
    'a-@.service',
    'service',
  ]

  test.each(names.map((name, index) => [name, names.slice(index)] as const))(
    'of %s go before those of the same name of the less particular',
    (name, all) => {
      const folders = Object.fromEntries(
        all.toReversed().map((one) => [`${one}.d`, {'1.conf': 'text'}]),
      )
      expect(find({'/etc': {'a-b@.service': 'text', ...folders}}, 'a-b@i.service').dropIns).toEqual(
        [`/etc/${name}.d/1.conf`],
      )
    },
  )

  it('come in order of file names, those of a folder before those of the next, those of a type last', () => {
    const tree = {
      '/etc': {
        'service.d': {'1.conf': 'text', 'Z.conf': 'text'},
        'a-.service.d': {'2.conf': 'text', 'a.conf': 'text'},
      },
      '/usr': {
        'a-b.service': 'text',
        'a-b.service.d': {
          '1.conf': 'text',
          '2.conf': 'text',
          '10.conf': 'text',
          '.h.conf': 'text',
          'x.txt': 'text',
          'd.conf': {},
        },
      },
    }
    expect(find(tree, 'a-b.service').dropIns).toEqual([
      '/usr/a-b.service.d/1.conf',
      '/usr/a-b.service.d/10.conf',
      '/etc/a-.service.d/2.conf',
      '/etc/service.d/Z.conf',
      '/etc/a-.service.d/a.conf',
    ])
  })

  test.each(['empty', '=> device', '=> nothing', {}])(
    'are removed by %j of the same name',
    (spec) => {
      const tree = {
        '/etc': {'a.service.d': {'1.conf': spec}},
        '/usr': {'a.service': 'text', 'a.service.d': {'1.conf': 'text'}},
      }
      expect(find(tree, 'a.service').dropIns).toEqual([])
    },
  )

  test.each([
    [257, []],
    [262, ['/usr/a.service.d/1.conf']],
  ])('in %d are removed by a link that leads back to itself: %j', (version, dropIns) => {
    const tree = {
      '/etc': {'a.service.d': {'1.conf': '=> loop'}},
      '/usr': {'a.service': 'text', 'a.service.d': {'1.conf': 'text'}},
    }
    expect(find(tree, 'a.service', version).dropIns).toEqual(dropIns)
  })

  it('do not come from `-.service.d`, nor from folders of other units', () => {
    const other = Object.fromEntries(
      ['-', 'a', 'a-b', 'a-b-', 'a-b-c-', 'b-', 'a-b@'].map((stem) => [
        `${stem}.service.d`,
        {[`${stem}.conf`]: 'text'},
      ]),
    )
    expect(find({'/etc': {'a-b-c.service': 'text', ...other}}, 'a-b-c.service').dropIns).toEqual([
      '/etc/a-b-.service.d/a-b-.conf',
    ])
  })

  it('are found behind a link to a folder, since 251 only if it is absolute', () => {
    const folders = foldersOf({'/etc': {'a.service': 'text', 'a.service.d': '=> folder'}})
    expect(unitPath(folders, 257).find('a.service').dropIns).toEqual(['/etc/a.service.d/a.conf'])
    const relative = folders.map(({path, entries}) => ({
      path,
      entries: new Map([...entries].map(([name, entry]) => [name, {...entry, isAbsolute: false}])),
    }))
    expect(unitPath(relative, 257).find('a.service').dropIns).toEqual([])
    expect(unitPath(relative, 247).find('a.service').dropIns).toEqual(['/etc/a.service.d/a.conf'])
  })

  it('are looked for once for each dash of a name', () => {
    const lookUps = (dashes: number): number => {
      const name = `${'a-'.repeat(dashes)}@i.service`
      let count = 0
      const counting = foldersOf({
        '/etc': {'a-.service.d': {'1.conf': 'text'}, [name]: 'text'},
      }).map(({path, entries}) => {
        const counted = new Map(entries)
        counted.get = (key) => {
          count++
          return entries.get(key)
        }
        return {path, entries: counted}
      })
      expect(unitPath(counting, 257).find(name).dropIns).toEqual(['/etc/a-.service.d/1.conf'])
      return count
    }
    const [once, twice, fourTimes] = [lookUps(30), lookUps(60), lookUps(120)]
    expect(twice).toBeGreaterThan(once)
    expect(fourTimes - twice).toBe(2 * (twice - once))
  })
})

describe('pulls', () => {
  const tree = {
    '/etc': {
      'a@.service': 'text',
      'b.target': 'text',
      'b.target.wants': {
        'c.service': '-> c.service',
        't@.service': '-> t@.service',
        'gone.service': '=> nothing',
        'off.service': '=> device',
      },
      'b.target.requires': {
        'd.service': '-> other.service',
        'b.target': '-> b.target',
        'e.service': 'text',
        odd: '-> c.service',
        'x@y.slice': '-> c.service',
      },
      'b.target.upholds': {'c.service': '-> c.service'},
      'a@.service.wants': {'t@.service': '-> t@.service'},
    },
    '/usr': {'b.target.wants': {'off.service': '-> off.service'}},
  }

  it('are links in the folders of a unit', () => {
    expect(
      find(tree, 'b.target', 254).pulls.map(({kind, name, folder}) => `${kind} ${name} ${folder}`),
    ).toEqual([
      'wants c.service /etc',
      'wants t@b.service /etc',
      'wants gone.service /etc',
      'requires d.service /etc',
      'upholds c.service /etc',
    ])
  })

  it('are not upheld before 254, and get the instance that pulls', () => {
    expect(find(tree, 'b.target', 252).pulls.some(({kind}) => kind === 'upholds')).toBe(false)
    expect(find(tree, 'a@i.service').pulls.map(({name}) => name)).toEqual(['t@i.service'])
  })
})

it('knows all names that have a file, a link or a folder of drop-ins', () => {
  const tree = {
    '/etc': {
      'z.service': '=> device',
      'a@.service.d': {},
      'p-.service.d': {},
      'service.d': {},
      'c.txt': 'text',
      'w.target.wants': {},
    },
    '/usr': {'z.service': 'text', 'b.timer': '-> z.service', __proto__: 'text'},
  }
  expect(unitPath(foldersOf(tree), 257).names).toEqual(['a@.service', 'b.timer', 'z.service'])
})
