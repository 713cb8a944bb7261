import {execFileSync} from 'node:child_process'
import {readdirSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {describe, expect, it} from 'vitest'
import {hostAt} from '../../src/files/host.ts'
import {sights} from '../../src/files/sights.ts'
import type {HostFile} from '../../src/unit/host.ts'
import {makeFolder} from './folder.ts'

const tree = {
  'outside.conf': 'secret',
  'root/etc/x.conf': 'port 80',
  'root/etc/conf.d/b.conf': 'b',
  'root/etc/conf.d/a.conf': 'a',
  'root/etc/absolute.conf': {link: '/etc/x.conf'},
  'root/etc/out.conf': {link: '../../outside.conf'},
  'root/etc/far.conf': {link: '../../../../../../../../../../etc/hostname-of-nobody'},
  'root/etc/loop.conf': {link: 'loop.conf'},
  'root/lib': {link: 'usr/lib'},
  'root/usr/lib/y': 'y',
}

function text(file: HostFile | undefined): string | undefined {
  return file && new TextDecoder().decode(file.bytes(0, 100))
}

describe('the files of a machine', () => {
  it('are those below its root, by their paths there', () => {
    const host = hostAt(path.join(makeFolder(tree), 'root'))
    expect(host.file('/etc/x.conf')).toMatchObject({path: '/etc/x.conf', size: 7})
    expect(text(host.file('/etc/x.conf'))).toBe('port 80')
    expect(host.file('/lib/y')).toMatchObject({path: '/usr/lib/y'})
    expect(text(host.file('/etc/absolute.conf'))).toBe('port 80')
    expect(host.names('/etc/conf.d')).toEqual(['a.conf', 'b.conf'])
  })

  it('are none that a link leads to out of it', () => {
    const host = hostAt(path.join(makeFolder(tree), 'root'))
    for (const name of ['out', 'far', 'loop', 'none'])
      expect(text(host.file(`/etc/${name}.conf`)), name).toBeUndefined()
    expect(text(host.file('/../outside.conf'))).toBeUndefined()
  })

  it('are those of a root of its own, which links lead nowhere out of', () => {
    const own = {link: '/usr/bin/y'}
    const files = {
      ...tree,
      'root/usr/bin/y': 'of the machine',
      'root/srv/r/usr/bin/y': 'own',
      'root/srv/r/opt/y': own,
      'root/srv/empty/opt/y': own,
    }
    const host = hostAt(
      path.join(makeFolder({...files, 'root/srv/out': {link: '../../outside.conf'}}), 'root'),
    )
    expect(text(host.below('/srv/r').file('/opt/y'))).toBe('own')
    expect(host.below('/srv/r').file('/opt/y')).toMatchObject({path: '/usr/bin/y'})
    expect(host.below('/srv/empty').file('/opt/y')).toBeUndefined()
    expect(host.below('/srv/empty').file('/../../usr/bin/y')).toBeUndefined()
    for (const none of ['/srv/none', '/srv/out', '/usr/bin/y', 'srv'])
      expect(host.below(none).names('/')).toEqual([])
    expect(host.below('/srv')).toBe(host.below('/srv'))
  })

  it('are read in part, and nothing behind their end', () => {
    const file = hostAt(path.join(makeFolder(tree), 'root')).file('/etc/x.conf')
    expect(file?.bytes(5, 100)).toHaveLength(2)
    expect(file?.bytes(5, 0)).toHaveLength(0)
    expect(file?.bytes(100, 100)).toHaveLength(0)
  })

  it('are regular ones, with names that a system bears', () => {
    const host = hostAt(path.join(makeFolder(tree), 'root'))
    for (const name of [
      '/etc',
      '/etc/conf.d',
      '',
      'etc/x.conf',
      '/etc/\0',
      `/${'a/'.repeat(5000)}`,
      `/${'a'.repeat(300)}`,
    ]) {
      expect(host.file(name)).toBeUndefined()
    }
    expect(host.names('/etc/x.conf')).toEqual([])
    expect(hostAt('/none/at/all').file('/etc/x.conf')).toBeUndefined()
  })

  it.runIf(process.platform === 'linux')('are not kept open', () => {
    const file = hostAt(path.join(makeFolder(tree), 'root')).file('/etc/x.conf')
    const open = (): number => readdirSync('/proc/self/fd').length
    const before = open()
    for (let at = 0; at < 20; at++) expect(text(file)).toBe('port 80')
    expect(open()).toBeLessThan(before + 20)
  })

  it.skipIf(process.platform === 'win32')('do not keep waiting who reads a pipe', () => {
    const root = path.join(makeFolder(tree), 'root')
    execFileSync('mkfifo', [path.join(root, 'etc/pipe')])
    expect(hostAt(root).file('/etc/pipe')).toBeUndefined()
  })
})

describe('the machine of a unit', () => {
  const units = {...tree, 'root/usr/lib/systemd/system/a.service': '', 'x/a.service': ''}

  it('is that of its root, or that which its path speaks of', () => {
    const cwd = makeFolder(units)
    const file = 'root/usr/lib/systemd/system/a.service'
    for (const root of ['root', undefined]) {
      const {host} = sights([file], {
        cwd,
        root: root === undefined ? undefined : path.join(cwd, root),
        version: 262,
      })(root === undefined ? path.join(cwd, file) : file)
      expect(text(host?.file('/etc/x.conf'))).toBe('port 80')
    }
    expect(sights(['x/a.service'], {cwd, version: 262})('x/a.service').host).toBeUndefined()
  })
})
