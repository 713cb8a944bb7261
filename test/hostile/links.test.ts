import {linkSync, lstatSync, mkdirSync, readFileSync, readdirSync} from 'node:fs'
import {describe, expect, it} from 'vitest'
import {cli} from '../cli/cli.ts'
import {bare} from '../files/bare.ts'
import {makeFolder} from '../files/folder.ts'
import {tree} from './tree.ts'

const service = '[Service]\nExecStart=/usr/bin/example\n'
const fixed = '[Service]\nExecStart=/usr/bin/example\n\nPrivateTmp=yes\n'
const amended = '[Service]\nPrivateTmp=yes\n'
const flags = ['--rule', 'private-tmp: error', '-c', '../only.json', '--format', 'compact']
const only = {'only.json': '{"extends": [], "rules": {"private-tmp": "error"}}'}

/** Fix in `repo`; what is in `out` is somebody else's. */
async function fix(
  files: Readonly<Record<string, string | {link: string}>>,
  argv: readonly string[],
) {
  const top = makeFolder({...only, 'out/readme': 'theirs', 'repo/readme': 'ours', ...files})
  const before = tree(`${top}/out`)
  const {status, stderr} = await cli(['--fix', ...flags, ...argv], {cwd: `${top}/repo`})
  return {
    status,
    stderr,
    isOutAsBefore: JSON.stringify(tree(`${top}/out`)) === JSON.stringify(before),
    top,
  }
}

const ledOut = 'Not written: a link leads out of `.`, name the file itself to have it written\n'

describe('a search', () => {
  const files = {'out/bashrc': service, 'repo/evil.service': {link: '../out/bashrc'}}

  it.each([['.'], ['*.service'], ['../repo'], ['./**/*.service']])(
    'by %j writes through no link that leads out',
    async (name) => {
      const {status, stderr, isOutAsBefore} = await fix(files, [name])
      expect({status, isOutAsBefore}).toEqual({status: 2, isOutAsBefore: true})
      expect(stderr).toMatch(
        /^\S*evil\.service: Not written: a link leads out of `\S+`, name the file itself to have it written\n$/,
      )
    },
  )

  it('that is of the current folder says so in one line, and writes the rest', async () => {
    const {stderr, top} = await fix({...files, 'repo/a.service': service}, [])
    expect(stderr).toBe(`evil.service: ${ledOut}`)
    expect(readFileSync(`${top}/repo/a.service`, 'utf8')).toBe(fixed)
  })

  it('shows no change of such a file either', async () => {
    const top = makeFolder({...only, ...files})
    const {status, stdout, stderr} = await cli(['--diff', ...flags], {cwd: `${top}/repo`})
    expect({status, stdout, stderr: stderr.split('\n')[0]}).toEqual({
      status: 2,
      stdout: '',
      stderr: `evil.service: ${ledOut.trimEnd()}`,
    })
  })

  it('writes through links that stay inside, of which each file is written once', async () => {
    const {status, top} = await fix(
      {'repo/real/a.service': service, 'repo/link.service': {link: 'real/a.service'}},
      [],
    )
    expect([
      status,
      readFileSync(`${top}/repo/real/a.service`, 'utf8'),
      lstatSync(`${top}/repo/link.service`).isSymbolicLink(),
    ]).toEqual([0, fixed, true])
  })

  it('of two folders writes through links from one to the other', async () => {
    const {status, top} = await fix(
      {
        'repo/a/x.service': {link: '../b/y.txt'},
        'repo/b/y.txt': service,
        'repo/b/z.service': service,
      },
      ['a', 'b'],
    )
    expect([status, readFileSync(`${top}/repo/b/y.txt`, 'utf8')]).toEqual([0, fixed])
  })

  it('takes a folder that is itself a link for what it is', async () => {
    const {status, top} = await fix(
      {'out/units/a.service': service, 'repo/units': {link: '../out/units'}},
      ['units'],
    )
    expect([status, readFileSync(`${top}/out/units/a.service`, 'utf8')]).toEqual([0, fixed])
  })
})

describe('a file that is named', () => {
  it('is written wherever links lead', async () => {
    const {status, stderr, top} = await fix(
      {
        'out/a.service': service,
        'repo/a.service': {link: 'b.service'},
        'repo/b.service': {link: '../out/a.service'},
      },
      ['a.service'],
    )
    expect([status, stderr, readFileSync(`${top}/out/a.service`, 'utf8')]).toEqual([0, '', fixed])
    expect(lstatSync(`${top}/repo/a.service`).isSymbolicLink()).toBe(true)
  })

  it('takes no drop-in along that a link leads out to', async () => {
    const wrong = '[Service]\nPrivateTmp=True # yes\n'
    const {status, stderr, isOutAsBefore} = await fix(
      {
        'repo/a.service': service,
        'out/x.conf': wrong,
        'repo/a.service.d/x.conf': {link: '../../out/x.conf'},
        'out/d/y.conf': wrong,
      },
      ['--unsafe-fixes', '--rule', 'no-invalid-value: error', 'a.service'],
    )
    expect({status, isOutAsBefore}).toEqual({status: 2, isOutAsBefore: true})
    expect(stderr).toContain(`a.service.d/x.conf: ${ledOut}`)
  })
})

describe('a drop-in of fixes', () => {
  const toDropIn = ['--fix-to', 'dropin']

  it.each([
    ['a folder', {'repo/a.service.d': {link: '../out'}}, 'out/50-unitlint.conf'],
    [
      'a folder that is not there',
      {'repo/a.service.d': {link: '../out/etc'}},
      'out/etc/50-unitlint.conf',
    ],
    [
      'the file',
      {
        'out/existing': '[Service]\nNice=1\n',
        'repo/a.service.d/50-unitlint.conf': {link: '../../out/existing'},
      },
      'out/existing',
    ],
    [
      'a file that is not there',
      {'repo/a.service.d/50-unitlint.conf': {link: '../../out/new'}},
      'out/new',
    ],
  ])('goes nowhere where %s is a link that leads out', async (_, links, there) => {
    for (const name of ['a.service', '.']) {
      const {status, stderr, isOutAsBefore, top} = await fix(
        {'repo/a.service': service, ...links},
        [...toDropIn, name],
      )
      expect({status, isOutAsBefore}, stderr).toEqual({status: 2, isOutAsBefore: true})
      expect(stderr).toMatch(
        /^a\.service\.d\/50-unitlint\.conf: (Not written: (a link leads out of `\.`, name|A link leads nowhere)|No such file)/,
      )
      if (there === 'out/new') expect(readdirSync(`${top}/out`)).toEqual(['readme'])
    }
  })

  it('is written where that file itself was named', async () => {
    const {status, top} = await fix(
      {
        'repo/a.service': service,
        'out/existing': '[Service]\nPrivateTmp=no # comment\n',
        'repo/a.service.d/50-unitlint.conf': {link: '../../out/existing'},
      },
      [...toDropIn, '--unsafe-fixes', 'a.service.d/50-unitlint.conf', 'a.service'],
    )
    expect(readFileSync(`${top}/out/existing`, 'utf8')).not.toBe(
      '[Service]\nPrivateTmp=no # comment\n',
    )
    expect(status).not.toBe(2)
  })

  it('stays in the folder that it was found in', async () => {
    const {status, top} = await fix(
      {'repo/a.service': service, 'repo/real/readme': '', 'repo/a.service.d': {link: 'real'}},
      toDropIn,
    )
    expect([status, bare(readFileSync(`${top}/repo/real/50-unitlint.conf`, 'utf8'))]).toMatchObject(
      [0, expect.stringContaining(amended)],
    )
  })
})

describe('hard links', () => {
  it('are told of: the other names keep the old text', async () => {
    const top = makeFolder({...only, 'repo/a.service': service})
    linkSync(`${top}/repo/a.service`, `${top}/repo/b.txt`)
    mkdirSync(`${top}/out`)
    linkSync(`${top}/repo/a.service`, `${top}/out/c.service`)
    const {status, stderr} = await cli(['--fix', ...flags], {cwd: `${top}/repo`})
    expect([status, stderr]).toEqual([
      0,
      'a.service: Written, but its other names (hard links) keep the old text: b.txt, 1 elsewhere\n',
    ])
    expect([
      readFileSync(`${top}/repo/b.txt`, 'utf8'),
      readFileSync(`${top}/out/c.service`, 'utf8'),
    ]).toEqual([service, service])
  })

  it('that are all written keep nothing', async () => {
    const top = makeFolder({...only, 'repo/a.service': service})
    linkSync(`${top}/repo/a.service`, `${top}/repo/b.service`)
    expect(await cli(['--fix', ...flags], {cwd: `${top}/repo`})).toMatchObject({
      status: 0,
      stderr: '',
    })
    expect(readFileSync(`${top}/repo/b.service`, 'utf8')).toBe(fixed)
  })
})
