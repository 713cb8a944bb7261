import {execFileSync, spawnSync} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import {createServer} from 'node:net'
import type {Server} from 'node:net'
import {constants, tmpdir} from 'node:os'
import path from 'node:path'
import process from 'node:process'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {buildCommand} from '../../src/dev/command.mjs'
import {reasonOfFile} from '../../src/files/fault.ts'
import {cli} from '../cli/cli.ts'
import {makeFolder} from '../files/folder.ts'

const isUnix = process.platform !== 'win32'

describe.skipIf(!isUnix)('few descriptors', () => {
  let dist: string

  beforeAll(async () => {
    dist = mkdtempSync(path.join(tmpdir(), 'unitlint-dist-'))
    await buildCommand(dist)
  })
  afterAll(() => rmSync(dist, {recursive: true}))

  // Below that Node itself does not come to us.
  it.each([28, 32, 40, 64, 256])('%i: reports, or says in one line why not', (limit) => {
    const files = Object.fromEntries(
      Array.from({length: 40}, (_, index) => [`${index}.service`, 'Nice=1\n']),
    )
    const cwd = makeFolder(files)
    const words = [
      '-c',
      `ulimit -n ${limit} && exec "$@"`,
      'sh',
      process.execPath,
      path.join(dist, 'cli.js'),
      '--no-config',
      '--format',
      'compact',
      '.',
    ]
    const {status, stdout, stderr} = spawnSync('sh', words, {cwd, encoding: 'utf8'})
    // Of each a line that is ignored.
    if (status === 1) expect([stdout.split('\n').length, stderr]).toEqual([41, ''])
    else
      expect([status, stdout, stderr]).toEqual([
        2,
        '',
        'unitlint: Too many open files, raise the limit (`ulimit -n`)\n',
      ])
    if (limit >= 64) expect(status).toBe(1)
  })
})

describe('what is no regular file', () => {
  it.skipIf(!isUnix)('has a line of its own, found or named, and the others go on', async () => {
    const cwd = makeFolder({
      'a.service': 'Nice=1\n',
      'full.service': {link: '/dev/full'},
      'loop.service': {link: 'loop.service'},
      'gone.service': {link: 'nowhere'},
    })
    execFileSync('mkfifo', [`${cwd}/pipe.service`])
    const server = await listening(`${cwd}/socket.service`)
    try {
      const lines = [
        'full.service: Not a regular file',
        'gone.service: No such file',
        'loop.service: Link that leads back to itself',
        'pipe.service: Not a regular file',
        'socket.service: Not a regular file',
      ]
      const names = ['a', 'full', 'gone', 'loop', 'pipe', 'socket'].map((stem) => `${stem}.service`)
      for (const named of [['.'], names]) {
        const {status, stdout, stderr} = await cli(
          ['--no-config', '--format', 'compact', ...named],
          {cwd},
        )
        expect([status, stdout.split('\n').length]).toEqual([2, 2])
        expect(stderr.trimEnd().split('\n').toSorted()).toEqual(lines)
      }
    } finally {
      await new Promise((resolve) => server.close(resolve))
    }
  })

  it.skipIf(!isUnix)('nor anything else that cannot be looked at ends a run', async () => {
    const cwd = makeFolder({
      'a.service': '[Service]\nNice=1\n',
      'loop.service': {link: 'loop.service'},
      loop: {link: 'loop'},
    })
    const long = 'a'.repeat(300)
    const odd = [
      'loop.service',
      'loop',
      'loop/a.service',
      'a.service/b.service',
      'a.service/b/c.service',
      `${long}/a.service`,
      `${'a/'.repeat(3000)}a.service`,
    ]
    const commands = [
      [],
      ['--fix'],
      ['--fix', '--fix-to=dropin'],
      ['security'],
      ['show'],
      ['why-not', 'PrivateTmp'],
      ['print-config'],
      ['--stdin-filename'],
    ]
    const others = [
      ['--root'],
      ['--output-file'],
      ['--config'],
      ['security', '--security-policy'],
      ['--exposure-baseline'],
    ]
    for (const name of odd) {
      for (const command of commands) {
        const words =
          command[0] === '--stdin-filename' ? [`--stdin-filename=${name}`] : [...command, name]
        const {stderr} = await cli(words, {cwd, stdin: '[Service]\n'})
        expect(stderr, words.join(' ')).not.toMatch(/should not have|\bE[A-Z]{3,}/)
      }
      for (const option of others) {
        const words = [
          ...option.slice(0, -1),
          `${option.at(-1)}=${name}`,
          ...(option[0] === '--root' ? [] : ['a.service']),
        ]
        const {status, stderr} = await cli(words, {cwd})
        expect(stderr, words.join(' ')).not.toMatch(/should not have|\bE[A-Z]{3,}/)
        expect(stderr === '', words.join(' ')).toBe(status !== 2)
      }
    }
  })

  it('is a name too long', async () => {
    const name = `${'a'.repeat(300)}.service`
    expect(await cli(['--no-config', name], {cwd: makeFolder()})).toEqual({
      status: 2,
      stdout: '',
      stderr: `${name}: No such file or folder\n`,
    })
  })
})

/**
 * What open(2), read(2), write(2), fsync(2), getdents(2), mkdir(2), rename(2), link(2), unlink(2),
 * chmod(2) and chown(2) fail with.
 */
const faults =
  'EACCES EAGAIN EBADF EBUSY ECONNREFUSED EDQUOT EEXIST EFBIG EINTR EINVAL EIO EISDIR ELOOP EMFILE EMLINK ENAMETOOLONG ENFILE ENODEV ENOENT ENOMEM ' +
  'ENOSPC ENOTDIR ENOTEMPTY ENOTSUP ENXIO EOVERFLOW EPERM EROFS ESTALE ETIMEDOUT ETXTBSY EXDEV'

describe('a fault of the system', () => {
  it.each(faults.split(' '))('%s has words', (code) => {
    expect(Object.keys(constants.errno)).toContain(code)
    const error = Object.assign(new Error(`${code}: some words, open '/a/path'`), {
      code,
      syscall: 'open',
      path: '/a/path',
    })
    expect(reasonOfFile(error)).toMatch(/^[A-Z][^/]+$/)
    expect(reasonOfFile(error)).not.toMatch(/E[A-Z]{3}|Some words/)
  })

  it('that nobody thought of has those of the system', () => {
    const error = Object.assign(new Error("EKEYREVOKED: key has been revoked, open '/a/path'"), {
      code: 'EKEYREVOKED',
      syscall: 'open',
    })
    expect(reasonOfFile(error)).toBe('Key has been revoked')
    expect(reasonOfFile(new Error('Out of luck'))).toBe('Out of luck')
  })
})

async function listening(at: string): Promise<Server> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(at, resolve))
  return server
}
