import {describe, expect, it} from 'vitest'
import {unitFiles} from '../../src/files/unit-files.ts'
import {makeFolder} from './folder.ts'

/**
 * Each unit as `NAME: FILES`; what is not asked for stands in brackets, what is shared has a star.
 */
function told(files: readonly string[], cwd: string, root?: string): string[] {
  return unitFiles(files, {cwd, root, version: 262}).map(({identity, files: its}) => {
    const names = its.map(
      ({path, isAsked, isShared}) => `${isAsked ? path : `(${path})`}${isShared ? '*' : ''}`,
    )
    return `${identity.name}: ${names.join(' ')}`
  })
}

describe('loose files', () => {
  const folder = (): string =>
    makeFolder({
      'a.service': '[Service]\n',
      'a.service.d/20.conf': '[Service]\n',
      'a.service.d/10.conf': '[Service]\n',
      'a.service.d/.x.conf': '[Service]\n',
      'a.service.d/30.conf': {link: '/dev/null'},
      'a.service.d/readme': '',
      'b.service.d/1.conf': '[Service]\n',
      'c.timer': '[Timer]\n',
      'd.service.d': '',
      'd.service': '[Service]\n',
      'e@.service': '[Service]\n',
      'e@.service.d/1.conf': '[Service]\n',
      'e@x.service.d/1.conf': '[Service]\n',
      'e@x.service.d/2.conf': '[Service]\n',
      'service.d/0.conf': '[Service]\n',
      'alias.service': {link: 'a.service'},
    })

  it('take along their drop-ins, found or not', () => {
    const cwd = folder()
    const expected = [
      'a.service: a.service (service.d/0.conf)* a.service.d/10.conf a.service.d/20.conf',
    ]
    expect(told(['a.service'], cwd)).toEqual(expected)
    expect(told(['a.service.d/20.conf', 'a.service', 'a.service.d/10.conf'], cwd)).toEqual(expected)
  })

  it('are brought along by a drop-in that is asked for alone', () => {
    const cwd = folder()
    expect(told(['a.service.d/20.conf', 'c.timer'], cwd)).toEqual([
      'a.service: (a.service) (service.d/0.conf)* (a.service.d/10.conf) a.service.d/20.conf',
      'c.timer: c.timer',
    ])
    expect(told(['e@x.service.d/2.conf'], cwd)).toEqual([
      'e@x.service: (e@.service) (service.d/0.conf)* (e@x.service.d/1.conf) e@x.service.d/2.conf',
    ])
  })

  it('leave a drop-in alone whose unit is not in sight, which is overridden, or which is for many units', () => {
    const cwd = folder()
    expect(told(['b.service.d/1.conf', 'a.service.d/30.conf'], cwd)).toEqual([
      'b.service: b.service.d/1.conf',
      'a.service: a.service.d/30.conf',
    ])
    expect(told(['service.d/0.conf'], cwd)).toEqual(['service: service.d/0.conf'])
  })

  it('may share a drop-in, which is judged with each and alone', () => {
    expect(told(['a.service', 'service.d/0.conf'], folder())).toEqual([
      'a.service: a.service service.d/0.conf* a.service.d/10.conf a.service.d/20.conf',
      'service: service.d/0.conf',
    ])
  })

  it('take no file for a folder, and need not be on disk', () => {
    expect(told(['d.service', 'b.service', 'nowhere/x.service'], folder())).toEqual([
      'd.service: d.service (service.d/0.conf)*',
      'b.service: b.service (service.d/0.conf)* b.service.d/1.conf',
      'x.service: nowhere/x.service',
    ])
    expect(told(['readme', 'a.service.d/readme'], folder())).toEqual([])
  })

  it('go by the name of the unit that a link leads to', () => {
    expect(told(['alias.service'], folder())).toEqual([
      'a.service: alias.service (service.d/0.conf)* a.service.d/10.conf a.service.d/20.conf',
    ])
  })

  it('of Quadlet take along the drop-ins in their own folders', () => {
    const cwd = makeFolder({
      'web.container': '[Container]\n',
      'web.container.d/20.conf': '[Container]\n',
      'web.container.d/10.conf': '[Container]\n',
      'web.container.d/readme': '',
      'web.container.d/folder.conf/x': '',
      'container.d/0.conf': '[Container]\n',
      'data.volume': '[Volume]\n',
    })
    expect(told(['web.container', 'data.volume'], cwd)).toEqual([
      'web.container: web.container web.container.d/10.conf web.container.d/20.conf',
      'data.volume: data.volume',
    ])
    expect(told([`${cwd}/web.container`], '/')).toEqual([
      `web.container: ${cwd}/web.container ${cwd}/web.container.d/10.conf ${cwd}/web.container.d/20.conf`,
    ])
  })

  it('are of the instance that was named', () => {
    const cwd = folder()
    const of = (file: string, as?: string): unknown =>
      unitFiles([file], {cwd, version: 262}, () => as).map(({identity, files}) => [
        identity.name,
        identity.names,
        files.map(({path}) => path),
      ])
    expect(of('e@.service', 'e@x.service')).toEqual([
      [
        'e@x.service',
        ['e@x.service'],
        ['e@.service', 'service.d/0.conf', 'e@x.service.d/1.conf', 'e@x.service.d/2.conf'],
      ],
    ])
    expect(of('e@.service')).toEqual([
      ['e@.service', ['e@.service'], ['e@.service', 'service.d/0.conf', 'e@.service.d/1.conf']],
    ])
    expect(of('c.timer')).toEqual([['c.timer', ['c.timer'], ['c.timer']]])
    expect(of('alias.service')).toEqual([
      [
        'a.service',
        ['a.service', 'alias.service'],
        ['alias.service', 'service.d/0.conf', 'a.service.d/10.conf', 'a.service.d/20.conf'],
      ],
    ])
    expect(of('c.timer.d/1.conf', 'x')).toEqual([['c.timer', undefined, ['c.timer.d/1.conf']]])
  })

  it('come in the order in which they were named, each once', () => {
    const cwd = folder()
    expect(
      told(
        [
          'c.timer',
          'b.service.d/1.conf',
          'a.service.d/10.conf',
          'a.service.d/20.conf',
          'd.service',
        ],
        cwd,
      ),
    ).toEqual([
      'c.timer: c.timer',
      'b.service: b.service.d/1.conf',
      'a.service: (a.service) (service.d/0.conf)* a.service.d/10.conf a.service.d/20.conf',
      'd.service: d.service (service.d/0.conf)*',
    ])
  })

  it('are known under the names that people gave them', () => {
    const cwd = folder()
    expect(told([`${cwd}/a.service.d/10.conf`], '/')).toEqual([
      `a.service: (${cwd}/a.service) (${cwd}/service.d/0.conf)* ${cwd}/a.service.d/10.conf (${cwd}/a.service.d/20.conf)`,
    ])
    expect(told(['../a.service'], `${cwd}/service.d`)).toEqual([
      'a.service: ../a.service (../service.d/0.conf)* ../a.service.d/10.conf ../a.service.d/20.conf',
    ])
  })
})

describe('files of a machine', () => {
  const tree = {
    'rootfs/usr/lib/systemd/system/a.service': '[Service]\n',
    'rootfs/usr/lib/systemd/system/b.service': '[Service]\n',
    'rootfs/usr/lib/systemd/system/a.service.d/vendor.conf': '[Service]\n',
    'rootfs/etc/systemd/system/a.service.d/admin.conf': '[Service]\n',
    'rootfs/etc/systemd/system/b.service': '[Service]\n',
  }

  it('are put together across folders, as their paths say', () => {
    const cwd = makeFolder(tree)
    const [etc, lib] = ['rootfs/etc/systemd/system', 'rootfs/usr/lib/systemd/system']
    const expected = [
      `a.service: ${lib}/a.service ${etc}/a.service.d/admin.conf ${lib}/a.service.d/vendor.conf`,
    ]
    expect(told([`${lib}/a.service`], cwd)).toEqual(expected)
    expect(told([`${lib}/a.service`], cwd, 'rootfs')).toEqual(expected)
    expect(told(['usr/lib/systemd/system/a.service'], `${cwd}/rootfs`)).toEqual([
      expected[0]?.replaceAll('rootfs/', ''),
    ])
    expect(told([`${etc}/a.service.d/admin.conf`], cwd)).toEqual([
      `a.service: (${lib}/a.service) ${etc}/a.service.d/admin.conf (${lib}/a.service.d/vendor.conf)`,
    ])
  })
})

it('asks no more for drop-ins of many units than can be read', () => {
  const names = Array.from({length: 80}, (_, index) => `u${String(index).padStart(2, '0')}`)
  const own = {
    'u79.service.d/1.conf': '[Service]\n',
    'a.timer': '[Timer]\n',
    'a.timer.d/1.conf': '[Timer]\n',
  }
  const cwd = makeFolder({
    ...Object.fromEntries(
      names.flatMap((name) =>
        [`${name}.service`, `service.d/${name}.conf`].map((file) => [file, '[Service]\n']),
      ),
    ),
    ...own,
  })
  const units = unitFiles(
    [...names.map((name) => `${name}.service`), 'u79.service.d/1.conf', 'a.timer'],
    {cwd, version: 262},
  )
  const left = units.filter(({isLeft}) => isLeft)
  expect(left.map(({identity, files}) => `${identity.name} ${files.length}`)).toEqual(
    names.slice(62).map((name) => `${name}.service 1`),
  )
  expect(units.at(-1)?.files.map(({path}) => path)).toEqual(['a.timer', 'a.timer.d/1.conf'])
})

it('asks no more for what many share either where a drop-in is asked for alone', () => {
  const shared = Object.fromEntries(
    Array.from({length: 80}, (_, index) => [
      `service.d/${String(index).padStart(2, '0')}.conf`,
      '[Service]\n',
    ]),
  )
  const names = Array.from({length: 80}, (_, index) => `u${String(index).padStart(2, '0')}`)
  const cwd = makeFolder({
    ...shared,
    ...Object.fromEntries(
      names.flatMap((name) =>
        [`${name}.service`, `${name}.service.d/1.conf`].map((file) => [file, '[Service]\n']),
      ),
    ),
  })
  const units = unitFiles(
    names.map((name) => `${name}.service.d/1.conf`),
    {cwd, version: 262},
  )
  const [whole, left] = [units.filter(({isLeft}) => !isLeft), units.filter(({isLeft}) => isLeft)]
  expect([whole.length, left.length]).toEqual([62, 18])
  expect(whole[0]?.files.filter(({isShared}) => !isShared)).toEqual([
    {path: 'u00.service', isShared: false, isAsked: false},
    {path: 'u00.service.d/1.conf', isShared: false, isAsked: true},
  ])
  expect(left.at(-1)?.files).toEqual([
    {path: 'u79.service.d/1.conf', isShared: false, isAsked: true},
  ])
})
