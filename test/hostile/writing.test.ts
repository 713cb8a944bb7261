import {spawnSync} from 'node:child_process'
import {
  chownSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {describe, expect, it} from 'vitest'
import {openFolder} from '../../src/files/open-folder.ts'
import {withTemporary} from '../../src/files/temporary.ts'
import {temporaryNames} from '../../src/files/temporary-names.ts'
import {writer} from '../../src/files/writer.ts'
import {makeFolder} from '../files/folder.ts'
import {built} from './built.ts'
import {canHold, hold} from './hold.ts'

const isRoot = process.getuid?.() === 0
const service = '[Service]\nExecStart=/usr/bin/example\n'
const config = {'unitlint.config.json': '{"extends": [], "rules": {"private-tmp": "error"}}'}

const program = built()

describe('a temporary file', () => {
  it('has a name that nobody can guess, and that is no unit', () => {
    const names = temporaryNames()
    const made = Array.from({length: 1000}, () => names.next())
    expect(new Set(made.map((name) => name.slice(-20))).size).toBe(1000)
    expect(
      made.filter(
        (name) => !/^\.unitlint-[\da-f]{12}-[\da-f]{12}-\d+-\d+-[\da-f]{16}\.tmp$/.test(name),
      ),
    ).toEqual([])
    expect(made.every((name) => names.isOne(name))).toBe(true)
  })

  it('is never what is there already: not a file, not what a link leads to', () => {
    const top = makeFolder({'out/bashrc': 'precious', 'repo/readme': ''})
    symlinkSync('../out/bashrc', `${top}/repo/planted`)
    symlinkSync('../out/new', `${top}/repo/dangling`)
    writeFileSync(`${top}/repo/file`, 'mine')
    const folder = openFolder(`${top}/repo`)
    for (const name of ['planted', 'dangling', 'file'])
      expect(() =>
        withTemporary(folder, {name, bytes: Buffer.from('x'), mode: 0o600}, () => undefined),
      ).toThrow(/EEXIST/)
    folder.close()
    expect([
      readFileSync(`${top}/out/bashrc`, 'utf8'),
      readdirSync(`${top}/out`),
      readFileSync(`${top}/repo/file`, 'utf8'),
    ]).toEqual(['precious', ['bashrc'], 'mine'])
  })

  it('is readable for nobody else until it has the rights of the file', () => {
    const folder = openFolder(makeFolder())
    withTemporary(folder, {name: '.x', bytes: Buffer.from('x'), mode: 0o600}, () =>
      expect(lstatSync(folder.at('.x')).mode & 0o7777).toBe(0o600),
    )
    folder.close()
  })
})

describe('what a run has left that was killed', () => {
  /** The name that another process would have given. */
  const nameOf = (change: Readonly<Record<number, string>>): string => {
    const parts = temporaryNames().next().split('-')
    return parts.map((part, index) => change[index] ?? part).join('-')
  }
  const dead = String(spawnSync('true').pid)
  const other = '0123456789ab'
  const old = new Date(1_000_000_000_000)

  /** Leave a file, write another, and tell whether the first is still there. */
  const stays = (name: string, leave = (file: string) => writeFileSync(file, '')): boolean => {
    const folder = makeFolder({'a.service': 'a'})
    leave(path.join(folder, name))
    expect(writer().replace(`${folder}/a.service`, 'a', 'b').state).toBe('written')
    return readdirSync(folder).includes(name)
  }

  it('is removed by the next that writes there', () => {
    expect(stays(nameOf({3: dead}))).toBe(false)
  })

  it.runIf(process.platform === 'linux')(
    'is known for it where another process has its number by now, or the machine was started anew',
    () => {
      expect(stays(nameOf({4: '1'}))).toBe(false)
      const leaveOld = (file: string): void => {
        writeFileSync(file, '')
        utimesSync(file, old, old)
      }
      expect(stays(nameOf({2: other}), leaveOld)).toBe(false)
    },
  )

  it('stays where the run may be alive: this one, one of another machine, one of another container', () => {
    expect(stays(nameOf({}))).toBe(true)
    expect(stays(nameOf({1: other, 3: dead}))).toBe(true)
    expect(stays(nameOf({2: other, 3: dead}))).toBe(true)
  })

  it('stays where it is no file of ours', () => {
    const name = nameOf({3: dead})
    expect(stays(name, (file) => mkdirSync(file))).toBe(true)
    expect(stays(name, (file) => symlinkSync('a.service', file))).toBe(true)
    expect(stays('.unitlint-notes.tmp')).toBe(true)
    expect(stays(`${name}.conf`)).toBe(true)
  })

  it.runIf(isRoot)('stays where it is of another user', () => {
    const leave = (file: string): void => {
      writeFileSync(file, '')
      chownSync(file, 1234, 1234)
    }
    expect(stays(nameOf({3: dead}), leave)).toBe(true)
  })
})

describe('the lock of a folder', () => {
  const file = '.unitlint.lock'
  const nameOf = (change: Readonly<Record<number, string>>): string =>
    temporaryNames()
      .next()
      .split('-')
      .map((part, index) => change[index] ?? part)
      .join('-')
  const outcome = (leave: (lock: string) => void): [unknown, boolean] => {
    const folder = makeFolder({'a.service': 'a'})
    leave(path.join(folder, file))
    return [writer().replace(`${folder}/a.service`, 'a', 'b'), readdirSync(folder).includes(file)]
  }
  const refused = {
    state: 'refused',
    reason: 'another run is writing here; if none is, remove `.unitlint.lock`',
    code: undefined,
  }

  it('is gone when a file is written, and goes where a killed run has left it', () => {
    expect(outcome(() => undefined)).toMatchObject([{state: 'written'}, false])
    const dead = String(spawnSync('true').pid)
    expect(outcome((lock) => symlinkSync(nameOf({3: dead}), lock))).toMatchObject([
      {state: 'written'},
      false,
    ])
  })

  it('is waited for where its run may be alive, for a while; not where it is none', () => {
    expect(outcome((lock) => symlinkSync(nameOf({1: '0123456789ab'}), lock))).toEqual([
      refused,
      true,
    ])
    expect(outcome((lock) => symlinkSync('/etc/passwd', lock))).toEqual([refused, true])
    expect(outcome((lock) => writeFileSync(lock, ''))).toEqual([refused, true])
    expect(outcome((lock) => mkdirSync(lock))).toEqual([refused, true])
  })
})

describe.runIf(isRoot)('a file whose group is not ours to give', () => {
  it('is not written: others would get its rights, or its own would lose them', () => {
    const cwd = makeFolder({...config, 'a.service': service, 'b.service': service})
    for (const name of ['.', 'a.service', 'b.service'])
      chownSync(path.join(cwd, name), 65_534, name === 'a.service' ? 2345 : 65_534)
    const {status, stderr} = program.run(['--fix', '.'], {cwd, uid: 65_534, gid: 65_534})
    expect([status, stderr]).toEqual([
      2,
      'a.service: Not written: the file is of a group that is not yours\n',
    ])
    const {uid, gid} = lstatSync(`${cwd}/a.service`)
    expect([uid, gid, readFileSync(`${cwd}/a.service`, 'utf8')]).toEqual([65_534, 2345, service])
    expect(readFileSync(`${cwd}/b.service`, 'utf8')).toBe(`${service}\nPrivateTmp=yes\n`)
    expect(readdirSync(cwd).filter((name) => name.startsWith('.'))).toEqual([])
  })
})

describe.runIf(canHold)('an edit that somebody saves while a file is written', () => {
  it.each([
    ['in place', 'cat theirs > a.service'],
    ['by a new file', 'cp theirs new && mv new a.service'],
    ['by taking it away', 'rm a.service'],
    ['as a change of rights', 'chmod 600 a.service'],
    ['as a link in its place', 'ln -sf theirs a.service'],
  ])('%s is kept, and told of', async (_, edit) => {
    const cwd = makeFolder({...config, 'a.service': service, theirs: `${service}Nice=1\n`})
    const state = (): string =>
      spawnSync('sh', ['-c', 'stat -c "%A %s %N" a.service 2>&1; cat a.service 2>&1'], {
        cwd,
        encoding: 'utf8',
      }).stdout
    // The new file is written, and has not taken the place of the old one.
    const run = await hold([...program.command, '--fix', 'a.service'], 'fsync', cwd)
    expect(spawnSync('sh', ['-c', edit], {cwd}).status).toBe(0)
    const after = state()
    run.goOn()
    expect(await run.ended).toEqual([
      2,
      'a.service: Not written: the file has changed since it was read\n',
    ])
    expect(state()).toBe(after)
    expect(readdirSync(cwd).filter((name) => name.startsWith('.'))).toEqual([])
  })

  it('is that of another run, which waits for the first to be done with the file', async () => {
    const cwd = makeFolder({'empty.json': '{"extends": []}', 'a.service': service})
    const argv = (rule: string): string[] => [
      ...program.command,
      '-c',
      'empty.json',
      '--rule',
      `${rule}: error`,
      '--fix',
      'a.service',
    ]
    // The first has the lock; the other has found that somebody has.
    const one = await hold(argv('private-tmp'), 'symlink', cwd)
    expect(readdirSync(cwd)).toContain('.unitlint.lock')
    const other = await hold(argv('lock-personality'), 'symlink', cwd)
    one.goOn()
    expect(await one.ended).toEqual([0, ''])
    other.goOn()
    expect(await other.ended).toEqual([
      2,
      'a.service: Not written: the file has changed since it was read\n',
    ])
    expect(readFileSync(`${cwd}/a.service`, 'utf8')).toBe(`${service}\nPrivateTmp=yes\n`)
    expect(readdirSync(cwd)).toEqual(['a.service', 'empty.json'])
  })

  it('where there was none yet is kept as well', async () => {
    const cwd = makeFolder({...config, 'a.service': service, 'a.service.d/readme': ''})
    const file = `${cwd}/a.service.d/50-unitlint.conf`
    const run = await hold(
      [...program.command, '--fix', '--fix-to', 'dropin', 'a.service'],
      'fsync',
      cwd,
    )
    writeFileSync(file, '[Service]\nNice=1\n')
    run.goOn()
    expect(await run.ended).toEqual([
      2,
      'a.service.d/50-unitlint.conf: Not written: the file has changed since it was read\n',
    ])
    expect([readFileSync(file, 'utf8'), readdirSync(path.dirname(file))]).toEqual([
      '[Service]\nNice=1\n',
      ['50-unitlint.conf', 'readme'],
    ])
  })
})
