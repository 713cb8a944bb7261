import {execFileSync} from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {bare} from '../files/bare.ts'
import {makeFolder} from '../files/folder.ts'
import {cli} from './cli.ts'
import type {World} from './cli.ts'

const config = {
  'unitlint.config.json': JSON.stringify({
    extends: [],
    rules: {'private-tmp': 'error', 'lock-personality': 'error', 'no-invalid-value': 'error'},
  }),
}
const service = '[Service]\nExecStart=/usr/bin/example\n'
const hardened = `[Service]\nLockPersonality=yes\nPrivateTmp=yes\n`
const toDropIn = ['--fix', '--fix-to', 'dropin']

/** A run's status and standard error, and what it left as `path:line rule`. */
async function run(
  argv: readonly string[],
  world: World,
): Promise<{status: number; stderr: string; left: string[]; files: string[]}> {
  const {status, stdout, stderr} = await cli([...argv, '--format', 'json'], world)
  const entries = JSON.parse(stdout) as Array<{
    filePath: string
    messages: Array<{ruleId: string; line: number}>
  }>
  const nameOf = (file: string) => file.replace(`${world.cwd}/`, '')
  return {
    status,
    stderr,
    left: entries.flatMap(({filePath, messages}) =>
      messages.map(({ruleId, line}) => `${nameOf(filePath)}:${line} ${ruleId}`),
    ),
    files: entries.map(({filePath}) => nameOf(filePath)),
  }
}

/**
 * All files below a folder with their texts, but for what drop-ins say of themselves; what is no
 * file is `undefined`.
 */
function tree(folder: string): Record<string, string | undefined> {
  const names = readdirSync(folder, {recursive: true, encoding: 'utf8'}).toSorted()
  return Object.fromEntries(
    names.map((name) => [
      name,
      lstatSync(path.join(folder, name)).isFile()
        ? bare(readFileSync(path.join(folder, name), 'utf8'))
        : undefined,
    ]),
  )
}

describe('--fix-to dropin', () => {
  it('writes a drop-in beside the unit and nothing else; without it all is as it was', async () => {
    const cwd = makeFolder({...config, 'a.service': service})
    const [before, first] = [tree(cwd), await run(['a.service'], {cwd})]
    expect(first.left).toEqual(['a.service:1 lock-personality', 'a.service:1 private-tmp'])
    expect(await run([...toDropIn, 'a.service'], {cwd})).toEqual({
      status: 0,
      stderr: '',
      left: [],
      files: ['a.service', 'a.service.d/50-unitlint.conf'],
    })
    expect(tree(cwd)).toEqual({
      ...before,
      'a.service.d': undefined,
      'a.service.d/50-unitlint.conf': hardened,
    })
    expect(await run(['a.service'], {cwd})).toMatchObject({status: 0, left: []})
    rmSync(`${cwd}/a.service.d/50-unitlint.conf`)
    expect(await run(['a.service'], {cwd})).toEqual(first)
  })

  it('lets everybody read it', async () => {
    const cwd = makeFolder({...config, 'a.service': service, 'other/readme': ''})
    await cli(toDropIn, {cwd})
    expect(statSync(`${cwd}/a.service.d/50-unitlint.conf`).mode & 0o7777).toBe(0o644)
    expect(statSync(`${cwd}/a.service.d`).mode).toBe(statSync(`${cwd}/other`).mode)
  })

  it('writes nothing a second time, nor where there is nothing to fix', async () => {
    const cwd = makeFolder({
      ...config,
      'a.service': `${service}PrivateTmp=ja\n`,
      'b.service': `${service}LockPersonality=yes\nPrivateTmp=yes\n`,
    })
    const first = await run(toDropIn, {cwd})
    const file = `${cwd}/a.service.d/50-unitlint.conf`
    const [text, {ino, mtimeMs}] = [readFileSync(file, 'utf8'), statSync(file)]
    expect(await run(toDropIn, {cwd})).toEqual(first)
    expect([readFileSync(file, 'utf8'), statSync(file).ino, statSync(file).mtimeMs]).toEqual([
      text,
      ino,
      mtimeMs,
    ])
    expect(existsSync(`${cwd}/b.service.d`)).toBe(false)
    expect(first.files).toEqual(['a.service', 'a.service.d/50-unitlint.conf', 'b.service'])
  })

  it('amends the drop-in that is there, and leaves others alone', async () => {
    const others = {
      'a.service.d/10-vendor.conf': '[Service]\nNice=5\n',
      'a.service.d/90-admin.conf': '[Service]\nNice=6\n',
    }
    const own = '# mine \u00E9\r\n[Service]\r\nUMask = 0077\r\n'
    const cwd = makeFolder({
      ...config,
      ...others,
      'a.service': service,
      'a.service.d/50-unitlint.conf': own,
    })
    expect(await run(toDropIn, {cwd})).toMatchObject({status: 0, stderr: '', left: []})
    expect(tree(cwd)).toMatchObject({
      ...others,
      'a.service': service,
      'a.service.d/50-unitlint.conf': `${own}LockPersonality = yes\r\nPrivateTmp = yes\r\n`,
    })
  })

  it('finds the folder of templates and instances', async () => {
    const cwd = makeFolder({...config, 'a@.service': service, 'a@b.service': service})
    expect(await run([...toDropIn, 'a@b.service'], {cwd})).toMatchObject({status: 0, left: []})
    expect(await run([...toDropIn, 'a@.service'], {cwd})).toMatchObject({status: 0, left: []})
    expect(tree(cwd)).toMatchObject({
      'a@.service.d/50-unitlint.conf': hardened,
      'a@b.service.d/50-unitlint.conf': hardened,
    })
  })

  it('goes to the administrator, below a root', async () => {
    const vendor = 'usr/lib/systemd/system/a.service'
    const cwd = makeFolder({...config, [`root/${vendor}`]: service})
    expect(
      await run([...toDropIn, '--root', 'root', '-c', 'unitlint.config.json'], {cwd}),
    ).toMatchObject({status: 0, stderr: '', left: []})
    const after = tree(`${cwd}/root`)
    expect(after).toMatchObject({
      [vendor]: service,
      'etc/systemd/system/a.service.d/50-unitlint.conf': hardened,
    })
    await cli([...toDropIn, '--root', 'root', '-c', 'unitlint.config.json'], {cwd})
    expect(tree(`${cwd}/root`)).toEqual(after)
  })

  it('is where the fixes of vendors go below a root, and those alone', async () => {
    const vendor = 'usr/lib/systemd/system/a.service'
    const theirs = 'usr/lib/systemd/system/b.service.d/10-vendor.conf'
    const ours = 'etc/systemd/system/b.service'
    const cwd = makeFolder({
      ...config,
      [`root/${vendor}`]: service,
      [`root/${ours}`]: service,
      [`root/${theirs}`]: '[Service]\nProtectSystem=Full\n',
    })
    await cli(['--fix', '--root', 'root', '-c', 'unitlint.config.json'], {cwd})
    expect(tree(`${cwd}/root`)).toMatchObject({
      [vendor]: service,
      'etc/systemd/system/a.service.d/50-unitlint.conf': hardened,
      [ours]: `${service}\nLockPersonality=yes\nPrivateTmp=yes\n`,
      [theirs]: '[Service]\nProtectSystem=Full\n',
    })
    expect(existsSync(`${cwd}/root/etc/systemd/system/b.service.d`)).toBe(false)
  })

  it('takes over what one of the same name said, which it hides', async () => {
    const cwd = makeFolder({
      ...config,
      'a.service': service,
      'service.d/50-unitlint.conf': '[Service]\nPrivateTmp=yes\n',
    })
    expect(await run([...toDropIn, 'a.service'], {cwd})).toMatchObject({status: 0, left: []})
    expect(tree(cwd)).toMatchObject({
      'a.service.d/50-unitlint.conf': '[Service]\nPrivateTmp=yes\nLockPersonality=yes\n',
      'service.d/50-unitlint.conf': '[Service]\nPrivateTmp=yes\n',
    })
  })

  it('says why it leaves something', async () => {
    const cwd = makeFolder({
      ...config,
      'a.service': `${service}PrivateTmp=no\n`,
      'a.service.d/90-admin.conf': '[Service]\nLockPersonality=no\n',
    })
    const {stdout} = await cli([...toDropIn, '--unsafe-fixes', '--format', 'json'], {cwd})
    expect(JSON.parse(stdout)).toMatchObject([
      {messages: []},
      {messages: []},
      {
        messages: [
          {
            ruleId: 'lock-personality',
            note: 'Not fixed in a drop-in: `a.service.d/90-admin.conf` comes behind it. `--fix-to inline` can fix it',
          },
        ],
        fixableErrorCount: 0,
      },
    ])
    expect(bare(readFileSync(`${cwd}/a.service.d/50-unitlint.conf`, 'utf8'))).toBe(
      `[Service]\nPrivateTmp=yes\n`,
    )
  })

  it('leaves a drop-in alone whose unit is not in sight, but for its own', async () => {
    const value = '[Service]\nPrivateTmp=True # yes\n'
    const cwd = makeFolder({
      ...config,
      'a.service.d/10-a.conf': value,
      'b.service.d/50-unitlint.conf': value,
    })
    expect(await run([...toDropIn, '--unsafe-fixes'], {cwd})).toEqual({
      status: 1,
      stderr: 'a.service.d/10-a.conf: Not fixed: the unit that it amends is not in sight\n',
      left: ['a.service.d/10-a.conf:2 no-invalid-value'],
      files: ['a.service.d/10-a.conf', 'b.service.d/50-unitlint.conf'],
    })
    expect(tree(cwd)).toMatchObject({
      'a.service.d/10-a.conf': value,
      'b.service.d/50-unitlint.conf': '[Service]\n# yes\nPrivateTmp=True\n',
    })
  })

  it('reports a unit as it is whose drop-in cannot be read', async () => {
    const cwd = makeFolder({
      ...config,
      'a.service': service,
      'a.service.d': 'no folder',
      'b.service': service,
      'b.service.d/50-unitlint.conf': {link: '/dev/null'},
    })
    expect(await run(toDropIn, {cwd})).toEqual({
      status: 2,
      stderr:
        'a.service.d/50-unitlint.conf: Expected a folder to put it in, found a file\nb.service.d/50-unitlint.conf: Not a regular file\n',
      left: ['a', 'b'].flatMap((name) => [
        `${name}.service:1 lock-personality`,
        `${name}.service:1 private-tmp`,
      ]),
      files: ['a.service', 'b.service'],
    })
  })

  it.skipIf(process.getuid?.() === 0)('reports a folder that may not be written', async () => {
    const cwd = makeFolder({...config, 'a.service': service})
    chmodSync(cwd, 0o555)
    const {status, stderr, left} = await run([...toDropIn, 'a.service'], {cwd})
    chmodSync(cwd, 0o755)
    expect({status, stderr, left}).toEqual({
      status: 2,
      stderr: 'a.service.d/50-unitlint.conf: Not written: Permission denied\n',
      left: ['a.service:1 lock-personality', 'a.service:1 private-tmp'],
    })
  })

  it('prints the drop-in of a unit on standard input', async () => {
    const cwd = makeFolder({
      ...config,
      'b.service.d/50-unitlint.conf': '[Service]\nPrivateTmp=yes\n',
    })
    const before = tree(cwd)
    const printed = async (argv: readonly string[]): Promise<string> =>
      bare((await cli([...toDropIn, '--stdin', ...argv], {cwd, stdin: service})).stdout)
    expect(await printed([])).toBe(hardened)
    expect(await printed(['--stdin-filename', 'b.service'])).toBe(
      '[Service]\nPrivateTmp=yes\nLockPersonality=yes\n',
    )
    expect(tree(cwd)).toEqual(before)
  })

  it('is shown by --diff as a new file, fit for patch', async () => {
    const cwd = makeFolder({
      ...config,
      'a.service': service,
      'b.service': service,
      'b.service.d/50-unitlint.conf': '[Service]\nPrivateTmp=yes\n',
    })
    const before = tree(cwd)
    const {status, stdout} = await cli(['--diff', '--fix-to', 'dropin'], {cwd})
    expect(status).toBe(1)
    expect(tree(cwd)).toEqual(before)
    expect(stdout.replaceAll(/^\+# (?:Written by|[a-z-]+: ).*\n/gm, '')).toBe(
      `--- /dev/null\n+++ b/a.service.d/50-unitlint.conf\n@@ -0,0 +1,6 @@\n${hardened.replaceAll(/^(?=.)/gm, '+')}` +
        '--- a/b.service.d/50-unitlint.conf\n+++ b/b.service.d/50-unitlint.conf\n@@ -1,2 +1,4 @@\n [Service]\n PrivateTmp=yes\n+LockPersonality=yes\n',
    )
    execFileSync('patch', ['-p1', '--quiet'], {cwd, input: stdout})
    const patched = tree(cwd)
    expect(patched).toMatchObject({'a.service.d/50-unitlint.conf': hardened})
    await cli(toDropIn, {cwd})
    expect(tree(cwd)).toEqual(patched)
  })
})
