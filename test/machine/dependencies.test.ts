import {describe, expect, it} from 'vitest'
import {activation} from '../../src/machine/activation.ts'
import {dependenciesAmong} from '../../src/machine/among.ts'
import {mountNeeds, mountsAbove} from '../../src/unit/mount-needs.ts'
import {dependencies} from '../../src/machine/dependencies.ts'
import type {LoadedUnit} from '../../src/unit/load.ts'
import {relatives, unitNamed} from './relatives.ts'

function listed(unit: LoadedUnit): string[] {
  return dependencies(unit).map(({kind, name}) => `${kind}=${name}`)
}

/** Those that only the lines of a unit make. */
function written(name: string, lines: string, version?: string): string[] {
  const unit = unitNamed(
    name,
    `[Unit]\nDefaultDependencies=no\n${lines}`,
    version === undefined ? {} : {version},
  )
  return dependencies(unit).flatMap(({kind, name: other, origin}) =>
    typeof origin === 'object' ? [`${kind}=${other}`] : [],
  )
}

describe('dependencies', () => {
  it('are what lines say, each once, nothing reset by an empty one', () => {
    expect(
      written(
        'a.target',
        'After=b.service c.service\nAfter=\nAfter=c.service d.service\nWants=b.service\n',
      ),
    ).toEqual(['After=b.service', 'After=c.service', 'After=d.service', 'Wants=b.service'])
  })

  it('leave out what systemd passes over: itself, names that are none, unknown specifiers, keys of later versions', () => {
    expect(
      written(
        'a.target',
        'After=a.target b bad/name.service %z.service "q.service"\nUpholds=b.service\n',
        '247',
      ),
    ).toEqual([])
    expect(written('a.target', 'Upholds=b.service\n', '249')).toEqual(['Upholds=b.service'])
  })

  it('expand specifiers and templates by the name of the unit', () => {
    expect(written('a@x.service', 'After=b@.service c@%i.service %p.target\n')).toEqual([
      'After=b@x.service',
      'After=c@x.service',
      'After=a.target',
    ])
    expect(written('a.service', 'After=b@.service\n')).toEqual(['After=b@a.service'])
  })

  it('know old names of keys', () => {
    expect(written('a.target', 'BindTo=b.service\nPropagateReloadTo=c.service\n')).toEqual([
      'BindsTo=b.service',
      'PropagatesReloadTo=c.service',
    ])
  })

  it('are what links say', () => {
    const unit = unitNamed('a.target', '[Unit]\n', {
      links: ['wants/b.service', 'requires/c@.service', 'upholds/d.service'],
    })
    expect(listed(unit)).toEqual(
      expect.arrayContaining(['Wants=b.service', 'Requires=c@a.service', 'Upholds=d.service']),
    )
    expect(
      listed(unitNamed('a.target', '[Unit]\n', {version: '252', links: ['upholds/d.service']})),
    ).not.toContain('Upholds=d.service')
  })

  it.each([
    [
      'a.service',
      '[Service]\nExecStart=/x\n',
      [
        'Requires=sysinit.target',
        'After=basic.target',
        'Before=shutdown.target',
        'InSlice=system.slice',
      ],
    ],
    [
      'a@b-c.service',
      '[Service]\nExecStart=/x\n',
      ['InSlice=system-a.slice', 'Requires=system-a.slice'],
    ],
    ['a-b@c.service', '[Service]\nExecStart=/x\n', ['InSlice=system-a\\x2db.slice']],
    [
      'a.service',
      '[Service]\nExecStart=/x\nSockets=b\\.socke\\t\n',
      ['Wants=b.socket', 'After=b.socket', 'TriggeredBy=b.socket'],
    ],
    [
      'a.service',
      '[Service]\nExecStart=/x\nSockets=b.socket\n',
      ['Wants=b.socket', 'After=b.socket', 'TriggeredBy=b.socket'],
    ],
    [
      'a.service',
      '[Service]\nExecStart=/x\nBusName=org.example.A\n',
      ['Requires=dbus.socket', 'After=dbus.socket'],
    ],
    [
      'a.socket',
      '[Socket]\nListenStream=80\n',
      ['Before=sockets.target', 'Triggers=a.service', 'Before=a.service'],
    ],
    [
      'a.timer',
      '[Timer]\nOnCalendar=daily\n',
      ['Before=timers.target', 'After=time-sync.target', 'Triggers=a.service'],
    ],
    [
      'a.path',
      '[Path]\nPathExists=/x\nUnit=b.target\n',
      ['Before=paths.target', 'Triggers=b.target'],
    ],
    [
      'a-b.mount',
      '[Mount]\nWhat=/dev/x\nWhere=/a/b\n',
      ['Before=local-fs.target', 'Requires=dev-x.device', 'After=blockdev@dev-x.target'],
    ],
    [
      'a.mount',
      '[Mount]\nWhat=host:/x\nType=nfs\nWhere=/a\n',
      ['Wants=network-online.target', 'Before=remote-fs.target'],
    ],
    ['a-b.slice', '[Slice]\n', ['InSlice=a.slice', 'Requires=a.slice', 'After=a.slice']],
    ['a.swap', '[Swap]\nWhat=/a\n', ['Before=swap.target', 'After=systemd-remount-fs.service']],
  ])('of %s include implied ones: %j', (name, text, expected) => {
    expect(listed(unitNamed(name, text))).toEqual(expect.arrayContaining(expected))
  })

  it('differ for users', () => {
    const found = listed(unitNamed('a.service', '[Service]\nExecStart=/x\n', {manager: 'user'}))
    expect(found).toEqual(expect.arrayContaining(['Requires=basic.target', 'InSlice=app.slice']))
    expect(found.join(' ')).not.toMatch(/sysinit|journald/)
  })

  it('lose the default ones with DefaultDependencies=no', () => {
    expect(
      dependencies(
        unitNamed('a.service', '[Unit]\nDefaultDependencies=no\n[Service]\nExecStart=/x\n'),
      ).map(({origin}) => origin),
    ).not.toContain('default')
  })

  it('among others include mounts of paths that are used, and of targets what they pull in', () => {
    const family = relatives({
      'srv.mount': '[Mount]\nWhat=/dev/x\nWhere=/srv\n',
      'b.service': '[Service]\nExecStart=/x\n',
      'c.service': '[Unit]\nAfter=a.target\n',
    })
    const service = unitNamed(
      'a.service',
      '[Unit]\nRequiresMountsFor=/srv/x/y\n[Service]\nExecStart=/x\n',
    )
    expect(dependenciesAmong(service, family).map(({kind, name}) => `${kind}=${name}`)).toEqual(
      expect.arrayContaining(['Requires=srv.mount', 'After=srv.mount']),
    )
    const target = dependenciesAmong(
      unitNamed('a.target', '[Unit]\nWants=b.service c.service\n'),
      family,
    ).map(({kind, name}) => `${kind}=${name}`)
    expect(target).toContain('After=b.service')
    expect(target).not.toContain('After=c.service')
  })
})

describe('mountNeeds', () => {
  it('are paths, written and used', () => {
    const unit = unitNamed(
      'a.service',
      '[Unit]\nRequiresMountsFor=/a "/b c"\n[Service]\nStateDirectory=x y:z\nWorkingDirectory=-/w\nPrivateTmp=yes\n',
    )
    expect(mountNeeds(unit).map(({kind, path}) => `${kind} ${path}`)).toEqual(
      expect.arrayContaining([
        'Requires /a',
        'Requires /b c',
        'Requires /var/lib/x',
        'Requires /var/lib/y',
        'Wants /w',
        'Wants /tmp',
        'Wants /var/tmp',
      ]),
    )
  })

  it('have mounts above them', () => {
    expect(mountsAbove('/a/b-c')).toEqual(['-.mount', 'a.mount', 'a-b\\x2dc.mount'])
    expect(mountsAbove('/')).toEqual(['-.mount'])
  })
})

describe('activation', () => {
  it.each([
    ['a.timer', '[Timer]\nUnit=b.service\nUnit=c.service\n', 'b.service'],
    ['a.timer', '[Timer]\nUnit=a.timer\nUnit=c.service\n', 'c.service'],
    ['a.timer', '[Timer]\nUnit=\n', 'a.service'],
    ['a@x.timer', '[Timer]\n', 'a@x.service'],
    ['a.path', '[Path]\nUnit=%p-b.service\n', 'a-b.service'],
    ['a.socket', '[Socket]\nListenStream=1\nService=b.service\nService=c.service\n', 'c.service'],
    ['a.socket', '[Socket]\nListenStream=1\nAccept=yes\n', 'a@.service'],
    ['a.socket', '[Socket]\nListenStream=1\nListenDatagram=1\nAccept=yes\n', 'a.service'],
    ['srv-a.automount', '[Automount]\nWhere=/srv/a\n', 'srv-a.mount'],
    ['a.service', '[Service]\nExecStart=/x\n', undefined],
  ])('of %s, %j, is %s', (name, text, expected) => {
    expect(activation(unitNamed(name, text))?.name).toBe(expected)
  })
})
