import {tmpdir} from 'node:os'
import {randomUUID} from 'node:crypto'
import {spawnSync} from 'node:child_process'
import {existsSync, linkSync, readFileSync, realpathSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {describe, expect, it} from 'vitest'
import {makeFolder} from '../files/folder.ts'
import type {Content} from '../files/folder.ts'
import {built, has} from './built.ts'
import {tree} from './tree.ts'

const service = '[Service]\nExecStart=/usr/bin/example\n'
const wrong = '[Service]\nPrivateTmp=True # yes\n'
const program = built()
const canTrace =
  process.platform === 'linux' && has('strace') && spawnSync('strace', ['-f', 'true']).status === 0

/** What a run did to files, by their paths, and what it ran. */
interface Deeds {
  readonly changed: readonly string[]
  readonly read: readonly string[]
  readonly executed: readonly string[]
}

const calls =
  'open,openat,openat2,creat,truncate,rename,renameat,renameat2,link,linkat,symlink,symlinkat,mkdir,mkdirat,mknod,mknodat,unlink,unlinkat,rmdir'
const rights =
  'chmod,fchmodat,chown,lchown,fchownat,utimensat,setxattr,lsetxattr,removexattr,execve,execveat'

/** Run under strace(1). */
function trace(argv: readonly string[], cwd: string): Deeds & {stderr: string} {
  const log = `${makeFolder()}/log`
  const [first, ...rest] = program.command
  const options = [
    '-f',
    '-qq',
    '-s',
    '4096',
    '-e',
    `trace=${calls},${rights}`,
    '-e',
    'signal=none',
    '-o',
    log,
  ]
  const {stderr} = spawnSync('strace', [...options, first, ...rest, ...argv], {
    cwd,
    encoding: 'utf8',
    env: {PATH: process.env['PATH']},
  })
  return {...deeds(readFileSync(log, 'utf8'), cwd), stderr}
}

/** Read a log; folders that are held by a descriptor are followed from where they were opened. */
function deeds(log: string, cwd: string): Deeds {
  const held = new Map<string, string>()
  const [changed, read, executed] = [new Set<string>(), new Set<string>(), [] as string[]]
  const resolve = (name: string): string => {
    const [, descriptor = '', rest = ''] = /^\/proc\/self\/fd\/(\d+)\/?(.*)$/.exec(name) ?? []
    return descriptor === ''
      ? path.resolve(cwd, name)
      : path.join(held.get(descriptor) ?? `/unknown/${descriptor}`, rest)
  }
  // What is cut in two by another thread is put together again.
  const pending = new Map<string, string>()
  for (const line of log.split('\n')) {
    const [, pid = '', text = ''] = /^(\d+)\s+(.*)$/.exec(line) ?? []
    if (text.endsWith('<unfinished ...>')) {
      pending.set(pid, text.slice(0, -'<unfinished ...>'.length))
      continue
    }
    const call = text.startsWith('<... ')
      ? (pending.get(pid) ?? '') + text.replace(/^<\.\.\. \w+ resumed>/, '')
      : text
    const [, name = '', args = '', result = ''] = /^(\w+)\((.*)\)\s+= (-?\d+)/.exec(call) ?? []
    if (name === '' || result.startsWith('-')) continue
    const files = [...args.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, file = '']) => file)
    if (name.startsWith('execve')) executed.push(files[0] ?? '')
    else if (name.startsWith('open') && !/O_WRONLY|O_RDWR|O_CREAT|O_TRUNC/.test(args)) {
      const file = resolve(files[0] ?? '')
      read.add(file)
      if (args.includes('O_PATH')) held.set(result, file)
    } else
      for (const file of name.startsWith('symlink') ? files.slice(-1) : files)
        if (!/^\/proc\/self\/fd\/[34]$/.test(file)) changed.add(resolve(file))
  }
  return {changed: [...changed], read: [...read], executed}
}

/** Where a file really is, whatever links its path goes through. */
function real(file: string): string {
  const folder = path.dirname(file)
  return existsSync(folder) ? path.join(realpathSync(folder), path.basename(file)) : file
}

const cp = /^\/(usr\/)?bin\/cp$/

/** Expect that a run did nothing to what is not in a folder, and ran nothing that is in it. */
function expectInside({changed, read, executed}: Deeds, folder: string): void {
  expect(changed.length).toBeGreaterThan(0)
  expect(
    changed.map(real).filter((file) => !file.startsWith(`${folder}/`) && file !== '/dev/null'),
  ).toEqual([])
  expect(executed.slice(1).filter((file) => !cp.test(file))).toEqual([])
  expect(
    read.filter((file) => file.startsWith(`${folder}/`) && /\.([cm]?[jt]s|node|wasm)$/.test(file)),
  ).toEqual([])
}

/** What is there once code of strangers has run. */
const sign = path.join(tmpdir(), `unitlint-${randomUUID()}`)
const code = `import {writeFileSync} from "node:fs"\nwriteFileSync(${JSON.stringify(sign)}, "")\nexport default {}\n`
const traps = (folder: string): Record<string, Content> => ({
  [`${folder}/unitlint.config.mjs`]: code,
  [`${folder}/unitlint.config.js`]: code,
  [`${folder}/unitlint.config.json`]:
    '{"extends": "./evil.mjs", "plugins": {"evil": "./evil.mjs"}}',
  [`${folder}/package.json`]: '{"type": "module", "unitlint": {"plugins": {"evil": "./evil.mjs"}}}',
  [`${folder}/evil.mjs`]: code,
  [`${folder}/node_modules/evil/index.js`]: code,
  [`${folder}/bin/cp`]: `#!/bin/sh\ntouch '${sign}'\n`,
})

describe.runIf(canTrace)('all that a run does to the system', () => {
  it.each([
    ['--fix', ['--no-config', '--preset', 'strict', '--fix', '--unsafe-fixes', '.']],
    ['--fix-to dropin', ['--no-config', '--preset', 'strict', '--fix', '--fix-to', 'dropin', '.']],
    [
      'a report and a baseline',
      [
        '--no-config',
        '-o',
        'new/report.json',
        '--exposure-baseline',
        'base.json',
        '--update-baseline',
        '.',
      ],
    ],
  ])('with %s stays in a repository of a stranger', (_, argv) => {
    const out = makeFolder({bashrc: service, 'units/b.service': service, 'd/x.conf': wrong})
    const cwd = makeFolder({
      ...traps('.'),
      ...traps('sub'),
      'a.service': service,
      'a.service.d/x.conf': {link: `${out}/d/x.conf`},
      'a.service.d/y.conf': wrong,
      'evil.service': {link: `${out}/bashrc`},
      'dangling.service': {link: `${out}/new.service`},
      'loop.service': {link: 'loop.service'},
      'c.service': service,
      'c.service.d': {link: `${out}/d`},
      'd.service': service,
      'd.service.d/50-unitlint.conf': {link: `${out}/d/x.conf`},
      'e.service': service,
      'e.service.d/50-unitlint.conf': {link: `${out}/d/new.conf`},
      'f.service': service,
      'service.d/50-unitlint.conf': {link: `${out}/d/x.conf`},
      units: {link: `${out}/units`},
      'sub/usr/lib/systemd/system/g.service': service,
      'sub/etc': {link: out},
    })
    linkSync(`${out}/bashrc`, `${cwd}/hard.service`)
    const before = tree(out)
    expectInside(trace(argv, cwd), cwd)
    expect([tree(out), existsSync(sign)]).toEqual([before, false])
  })

  it.each([
    ['--fix', ['--fix', '--unsafe-fixes']],
    ['--fix-to dropin', ['--fix', '--fix-to', 'dropin']],
    [
      '--fix of files by their paths',
      [
        '--fix',
        'img/usr/lib/systemd/system',
        'img/etc/systemd/system/c.service',
        'img/opt/x.service',
      ],
    ],
  ])('with %s stays in the image of a stranger', (_, argv) => {
    const out = makeFolder({
      'system/c.service': service,
      'system/a.service.d/x': 'theirs',
      bashrc: service,
    })
    const cwd = makeFolder({
      ...traps('img'),
      ...traps('img/usr/lib/systemd/system'),
      'img/usr/lib/systemd/system/a.service': service,
      'img/usr/lib/systemd/system/b.service': service,
      'img/usr/lib/systemd/system/a.service.d/50-unitlint.conf':
        '[Service]\nExecStartPre=/bin/evil\n',
      'img/usr/lib/systemd/system/b.service.d/50-unitlint.conf': {link: `${out}/bashrc`},
      'img/usr/lib/systemd/system/d.service': {link: `${out}/bashrc`},
      'img/usr/lib/systemd/system/e.service': {link: '/opt/x.service'},
      'img/opt/x.service': service,
      'img/etc/systemd/system': {link: `${out}/system`},
      'img/run': {link: `../../${path.basename(out)}`},
      'img/lib': {link: 'usr/lib'},
    })
    const before = tree(out)
    const run = trace(['--preset', 'strict', '--root', 'img', ...argv], cwd)
    // Where all that is to be written would lead out, nothing is.
    if (argv.includes('dropin'))
      expect(run.changed.map(real).filter((file) => file !== '/dev/null')).toEqual([])
    else expectInside(run, `${cwd}/img`)
    expect(run.executed.slice(1).filter((file) => !cp.test(file))).toEqual([])
    expect([tree(out), existsSync(sign)]).toEqual([before, false])
  })
})
