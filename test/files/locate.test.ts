import {describe, expect, it} from 'vitest'
import {follow, linkText, statsOf} from '../../src/files/links.ts'
import {isBelowRoot, isBelow, locate, readLocated} from '../../src/files/locate.ts'
import {reach} from '../../src/files/reach.ts'
import {makeFolder} from './folder.ts'

const tree = {
  'root/etc/a.service': 'a',
  'root/etc/link.service': {link: 'a.service'},
  'root/etc/up.service': {link: '../../../../../../../../opt/b.service'},
  'root/etc/absolute.service': {link: '/opt/b.service'},
  'root/etc/lost.service': {link: 'nowhere'},
  'root/etc/self.service': {link: 'self.service'},
  'root/etc/folder': {link: '/opt'},
  'root/opt/b.service': 'b',
  'root/file': '',
  'opt/b.service': 'outside',
  'outside.service': 'outside',
  known: {link: 'root'},
}

describe('where a path leads', () => {
  const place = (file: string, root?: string): string => {
    const cwd = makeFolder(tree)
    const found = locate(file, {cwd, root})
    return 'fault' in found
      ? found.fault
      : `${found.path.replace(cwd, '')}${found.isNew ? ' (new)' : ''}`
  }

  it('is told as this machine has it', () => {
    expect(place('root/etc/a.service')).toBe('/root/etc/a.service')
    expect(place('./root/../root/etc/link.service')).toBe('/root/etc/a.service')
    expect(place('.')).toBe('')
    expect(place('root/etc/x.service')).toBe('/root/etc/x.service (new)')
    expect(place('root/etc/x.service.d/y/z.conf')).toBe('/root/etc/x.service.d/y/z.conf (new)')
    expect(place('root/etc/lost.service')).toBe('A link leads nowhere')
    expect(place('root/etc/lost.service/x')).toBe('A link leads nowhere')
    expect(place('root/etc/self.service')).toBe('Link that leads back to itself')
    expect(place('root/file/x')).toBe('A part of its path is no folder, or not for you')
  })

  it('is told as a root has it, below that', () => {
    expect(place('root/etc/absolute.service', 'root')).toBe('/root/opt/b.service')
    expect(place('root/etc/up.service', 'root')).toBe('/root/opt/b.service')
    expect(place('root/etc/folder/b.service', 'root')).toBe('/root/opt/b.service')
    expect(place('root/etc/folder/new/b.conf', 'root')).toBe('/root/opt/new/b.conf (new)')
    expect(place('root', 'root')).toBe('/root')
    expect(place('known/etc/absolute.service', 'known')).toBe('/root/opt/b.service')
    expect(place('known/etc/new.service', 'known')).toBe('/root/etc/new.service (new)')
    expect(place('outside.service', 'root')).toBe('/outside.service')
    expect(place('gone/x', 'gone')).toBe('No such file')
  })

  it('is read there', () => {
    const cwd = makeFolder(tree)
    const text = (file: string, root?: string): unknown =>
      Object.values(readLocated(file, {cwd, root}))[0]
    expect(text('root/etc/absolute.service', 'root')).toBe('b')
    expect(text('root/etc/link.service')).toBe('a')
    expect(text('outside.service', 'root')).toBe('outside')
    expect(text('root/etc/lost.service')).toBe('No such file')
    expect(text('root/etc/lost.service', 'root')).toBe('A link leads nowhere')
    expect(text('root/etc/x.service', 'root')).toBe('No such file')
  })
})

it('a path is below a root by names alone', () => {
  const where = {cwd: '/a', root: 'b'}
  expect(['b', 'b/c', '/a/b/c', 'b/../b/c'].map((file) => isBelowRoot(file, where))).toEqual([
    true,
    true,
    true,
    true,
  ])
  expect(['.', 'bc', '../b', 'b/..', '/b/c'].map((file) => isBelowRoot(file, where))).toEqual([
    false,
    false,
    false,
    false,
    false,
  ])
  expect(isBelowRoot('b', {cwd: '/a'})).toBe(false)
  expect(isBelow('/a/..b', '/a')).toBe(true)
  expect(isBelow('/a', '/a/b')).toBe(false)
  expect(isBelow('/a/b', '/')).toBe(true)
})

describe('a path is followed', () => {
  const end = (text: string, last = true): string => {
    const top = makeFolder(tree)
    const found = follow(text, {from: `${top}/root/etc`, root: `${top}/root`, last})
    return typeof found === 'string'
      ? found
      : `${found.path.replace(top, '')}${found.stats ? '' : ' (nothing)'}`
  }

  it('from where it starts, and no further up than the root', () => {
    expect(end('a.service')).toBe('/root/etc/a.service')
    expect(end('')).toBe('/root/etc')
    expect(end('././/a.service')).toBe('/root/etc/a.service')
    expect(end('..')).toBe('/root')
    expect(end('../../..')).toBe('/root')
    expect(end('/opt/b.service')).toBe('/root/opt/b.service')
    expect(end('x/y/z')).toBe('/root/etc/x/y/z (nothing)')
    expect(end('x/../a.service')).toBe('fault')
    expect(end('a.service/x')).toBe('fault')
    const top = makeFolder(tree)
    expect(follow('', {from: `${top}/root/file/x`, root: top, last: true})).toBe('fault')
    expect(follow('', {from: `${top}/none`, root: top, last: true})).toEqual({path: `${top}/none`})
  })

  it('with its last name or without', () => {
    expect(end('link.service')).toBe('/root/etc/a.service')
    expect(end('link.service', false)).toBe('/root/etc/link.service')
    expect(end('folder/b.service', false)).toBe('/root/opt/b.service')
    expect(end('folder', false)).toBe('/root/etc/folder')
    expect(end('folder/', false)).toBe('/root/etc/folder')
    expect(end('folder/.', false)).toBe('/root/etc/folder')
    expect(end('lost.service')).toBe('/root/etc/nowhere (nothing)')
    expect(end('self.service')).toBe('loop')
    expect(end('self.service', false)).toBe('/root/etc/self.service')
  })

  it('over as many links as Linux follows', () => {
    const links = Object.fromEntries(
      Array.from({length: 41}, (_, index) => [`${index}`, {link: `${index + 1}`}]),
    )
    const folder = makeFolder({...links, '41': 'end'})
    const found = (start: string): unknown => follow(start, {from: folder, root: '/', last: true})
    expect(found('1')).toMatchObject({path: `${folder}/41`})
    expect(found('0')).toBe('loop')
  })

  it('by what links say, and what is there', () => {
    const top = makeFolder(tree)
    expect(linkText(`${top}/root/etc/link.service`)).toBe('a.service')
    expect(linkText(`${top}/root/etc/a.service`)).toBeUndefined()
    expect(statsOf(`${top}/root/etc/x`)).toBeUndefined()
    expect(statsOf(`${top}/root/file/x`)).toBe('fault')
  })
})

describe('what a run may write to', () => {
  const files = {
    'units/a.service': '',
    'units/inside.service': {link: 'a.service'},
    'units/out.service': {link: '../other/b.service'},
    'units/a.service.d/1.conf': {link: '../../other/1.conf'},
    'units/sub': {link: '../other'},
    'units/lost.service': {link: 'nowhere'},
    'other/b.service': '',
    'other/1.conf': '',
  }
  const of = (names: readonly string[], file: string, root?: string): string => {
    const cwd = makeFolder(files)
    const found = reach(names, {cwd, root}).of(file)
    return 'fault' in found ? found.fault : found.path.replace(cwd, '')
  }
  const out = 'a link leads out of `units`, name the file itself to have it written'

  it('is what was named, wherever it leads', () => {
    expect(of(['units/out.service'], 'units/out.service')).toBe('/other/b.service')
    expect(of(['units/out.service', 'units'], 'units/out.service')).toBe('/other/b.service')
  })

  it('is what is in what was named', () => {
    expect(of(['units'], 'units/a.service')).toBe('/units/a.service')
    expect(of(['units'], 'units/inside.service')).toBe('/units/a.service')
    expect(of(['units'], 'units/out.service')).toBe(out)
    expect(of(['./units'], 'units/out.service')).toBe(out.replace('units', './units'))
    expect(of(['units'], 'units/sub/b.service')).toBe(out)
    expect(of(['units'], 'units/lost.service')).toBe('A link leads nowhere')
    expect(of(['units/*.service'], 'units/a.service')).toBe('/units/a.service')
    expect(of(['units/*.service'], 'units/out.service')).toBe(out)
    expect(of(['units', 'other'], 'units/out.service')).toBe('/other/b.service')
    expect(of(['.'], 'units/out.service')).toBe('/other/b.service')
    expect(of(['*/*.service'], 'units/out.service')).toBe('/other/b.service')
  })

  it('is what stands beside what was named', () => {
    expect(of(['units/a.service'], 'units/a.service.d/2.conf')).toBe('/units/a.service.d/2.conf')
    expect(of(['units/a.service'], 'units/a.service.d/1.conf')).toBe(out)
    expect(of(['other/b.service'], 'units/a.service')).toBe('/units/a.service')
    expect(of(['other/b.service'], 'units/a.service.d/1.conf')).toBe('/other/1.conf')
    expect(of([], 'units/out.service')).toBe(out)
    expect(of([], 'units/a.service.d/1.conf')).toBe(out)
    expect(of([], 'units/sub/b.service')).toBe('/other/b.service')
    expect(of([], 'units/readme')).toBe('/units/readme')
  })

  it('is all below a root', () => {
    expect(of(['units'], 'units/out.service', '.')).toBe('/other/b.service')
  })
})
