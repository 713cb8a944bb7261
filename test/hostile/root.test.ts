import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {cli} from '../cli/cli.ts'
import {bare} from '../files/bare.ts'
import {makeFolder} from '../files/folder.ts'
import {tree} from './tree.ts'
import type {Content} from '../files/folder.ts'

const vendor = 'img/usr/lib/systemd/system/example.service'
const service = '[Service]\nExecStart=/usr/bin/example\n'
const evil = '[Service]\nExecStartPre=/usr/bin/evil\n'
const hardened = '[Service]\nPrivateTmp=yes\n'
const fixed = '[Service]\nExecStart=/usr/bin/example\n\nPrivateTmp=yes\n'
const flags = [
  '--rule',
  'private-tmp: error',
  '-c',
  'only.json',
  '--format',
  'compact',
  '--root',
  'img',
]
const toDropIn = ['--fix', '--fix-to', 'dropin']
const only = {'only.json': '{"extends": [], "rules": {"private-tmp": "error"}}'}

/** Run on an image, beside a host that must stay as it is. */
async function run(
  image: (host: string) => Readonly<Record<string, Content>>,
  argv: readonly string[],
) {
  const host = makeFolder({
    'etc/systemd/system/example.service': service,
    'etc/systemd/system/example.service.d/50-unitlint.conf': '[Service]\nNice=1\n',
    'other/x': 'theirs',
  })
  const before = tree(host)
  const top = makeFolder({...only, ...image(host)})
  const {status, stdout, stderr} = await cli([...flags, ...argv], {cwd: top})
  return {
    status,
    stdout,
    stderr,
    image: bareOf(tree(`${top}/img`)),
    isHostAsBefore: JSON.stringify(tree(host)) === JSON.stringify(before),
  }
}

/** Texts without what drop-ins say of themselves. */
function bareOf<Files extends Readonly<Record<string, unknown>>>(files: Files): Files {
  // The same names, and texts for texts.
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [
      name,
      typeof text === 'string' ? bare(text) : text,
    ]),
  ) as Files
}

describe('below --root, a drop-in of fixes', () => {
  it.each([
    [
      'the folder of units',
      (host: string) => ({'img/etc/systemd/system': {link: `${host}/etc/systemd/system`}}),
    ],
    ['the folder of the administrator', (host: string) => ({'img/etc': {link: `${host}/etc`}})],
    [
      'the folder of drop-ins',
      (host: string) => ({'img/etc/systemd/system/example.service.d': {link: `${host}/other`}}),
    ],
    [
      'the drop-in',
      (host: string) => ({
        'img/etc/systemd/system/example.service.d/50-unitlint.conf': {link: `${host}/other/x`},
      }),
    ],
    [
      'a drop-in that is not there',
      (host: string) => ({
        'img/etc/systemd/system/example.service.d/50-unitlint.conf': {link: `${host}/new`},
      }),
    ],
    [
      'a folder above the root',
      (host: string) => ({'img/etc': {link: `../../${path.basename(host)}/etc`}}),
    ],
  ])('never leaves it where a link is in the place of %s', async (_, links) => {
    for (const names of [[], ['example.service'], [vendor]]) {
      const {status, stderr, isHostAsBefore} = await run(
        (host) => ({
          [vendor]: service,
          'img/usr/lib/systemd/system/example.service.d/50-unitlint.conf': evil,
          ...links(host),
        }),
        [...toDropIn, ...names],
      )
      expect({status, isHostAsBefore}, stderr).toEqual({status: 2, isHostAsBefore: true})
    }
  })

  it('follows links as chroot(2) would: absolute ones start at the root', async () => {
    const {status, stderr, image} = await run(
      () => ({
        [vendor]: service,
        'img/etc/systemd/system': {link: '/opt/units'},
        'img/opt/units/readme': '',
        'img/x': {link: '../../..'},
      }),
      toDropIn,
    )
    expect([status, stderr, image['opt/units/example.service.d/50-unitlint.conf']]).toEqual([
      0,
      '',
      hardened,
    ])
  })

  it('says what is in the way', async () => {
    const {stderr} = await run(
      () => ({[vendor]: service, 'img/etc/systemd/system': {link: '/opt/nowhere'}}),
      toDropIn,
    )
    expect(stderr).toBe(
      'img/etc/systemd/system/example.service.d/50-unitlint.conf: A link leads nowhere\n',
    )
  })

  it('takes over what takes effect already, and nothing that does not', async () => {
    const own = 'img/etc/systemd/system/example.service.d/50-unitlint.conf'
    const vendors = 'img/usr/lib/systemd/system/example.service.d/50-unitlint.conf'
    const taken = await run(() => ({[vendor]: service, [vendors]: '[Service]\nNice=5\n'}), toDropIn)
    expect(taken.image['etc/systemd/system/example.service.d/50-unitlint.conf']).toBe(
      '[Service]\nNice=5\n\nPrivateTmp=yes\n',
    )
    const masked = await run(() => ({[vendor]: service, [vendors]: evil, [own]: ''}), toDropIn)
    expect(masked.image['etc/systemd/system/example.service.d/50-unitlint.conf']).toBe(hardened)
  })

  it('is not written where another of its name would be read in its place', async () => {
    const control = 'img/etc/systemd/system.control/example.service.d/50-unitlint.conf'
    const {status, stderr, image} = await run(
      () => ({[vendor]: service, [control]: evil}),
      toDropIn,
    )
    expect([status, stderr]).toEqual([
      2,
      `img/etc/systemd/system/example.service.d/50-unitlint.conf: Not fixed: \`${control}\` takes its place\n`,
    ])
    expect(Object.keys(image).filter((name) => name.startsWith('etc/systemd/system/'))).toEqual([])
  })
})

describe('below --root, a unit', () => {
  it.each([
    ['found', []],
    ['named as a unit', ['alias.service']],
    ['named as a file', ['img/etc/systemd/system/alias.service']],
  ])('that is %s is the one that a link leads to inside', async (_, names) => {
    const {image, isHostAsBefore} = await run(
      () => ({
        'img/etc/systemd/system/unheard-of.service': service,
        'img/etc/systemd/system/alias.service': {link: '/etc/systemd/system/unheard-of.service'},
      }),
      ['--fix', ...names],
    )
    expect([image['etc/systemd/system/unheard-of.service'], isHostAsBefore]).toEqual([fixed, true])
  })

  it('that is named as a file is never the one of this machine', async () => {
    for (const links of [
      {'img/etc': 'etc'},
      {'img/etc/systemd/system': 'etc/systemd/system'},
      {'img/etc/systemd/system/example.service': 'etc/systemd/system/example.service'},
    ])
      for (const name of ['example.service', '', '*.service']) {
        const {status, stdout, stderr, isHostAsBefore} = await run(
          (host) =>
            Object.fromEntries(
              Object.entries(links).map(([link, end]) => [link, {link: `${host}/${end}`}]),
            ),
          ['--fix', `img/etc/systemd/system/${name}`],
        )
        expect({status, stdout, isHostAsBefore}, stderr).toEqual({
          status: 2,
          stdout: '',
          isHostAsBefore: true,
        })
      }
  })

  it('is read inside as well', async () => {
    const broken = '[Service]\nExecStart=/usr/bin/example\nPrivateTmp=perhaps\n'
    const {stdout} = await run(
      () => ({[vendor]: {link: '/opt/example.service'}, 'img/opt/example.service': broken}),
      ['--rule', 'no-invalid-value: error', 'img/usr/lib/systemd/system/example.service'],
    )
    expect(stdout).toContain('perhaps')
  })
})
