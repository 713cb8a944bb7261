import {describe, expect, it} from 'vitest'
import {elf} from '../../src/dev/fuzz/elf-file.ts'
import {makeFolder} from '../files/folder.ts'
import type {Content} from '../files/folder.ts'
import {cli} from './cli.ts'

const unit = 'root/usr/lib/systemd/system/a.service'
const service = (command: string): string =>
  `[Unit]\nDescription=a\n\n[Service]\nExecStart=${command}\n`

/** What is said against a value for the service of a machine with these files. */
async function whyNot(
  directive: string,
  files: Readonly<Record<string, Content>>,
  ...argv: string[]
): Promise<string> {
  const {stdout, stderr} = await cli(['why-not', directive, unit, ...argv], {
    cwd: makeFolder(files),
  })
  return (stdout + stderr).replaceAll(/\s+/g, ' ')
}

describe('the files of a machine', () => {
  it('are named where they show what a service needs', async () => {
    const files = {[unit]: service('/usr/sbin/x'), 'root/usr/sbin/x': elf({imports: ['chroot']})}
    for (const argv of [['--root', 'root'], []]) {
      expect(await whyNot('SystemCallFilter=~@mount', files, ...argv)).toContain(
        `${unit}:5: \`/usr/sbin/x\` imports \`chroot\` (uses \`CAP_SYS_CHROOT\`, makes system calls of \`@mount\`, perhaps)`,
      )
    }
  })

  it('hold back what `--fix` would write', async () => {
    const lines = async (imports: readonly string[]): Promise<string> => {
      const cwd = makeFolder({[unit]: service('/usr/sbin/x'), 'root/usr/sbin/x': elf({imports})})
      return (await cli(['--root', 'root', '--preset', 'hardened', '--diff', '--fix', unit], {cwd}))
        .stdout
    }
    expect(await lines([])).toContain('+ProtectHostname=yes')
    expect(await lines(['sethostname'])).not.toContain('+ProtectHostname=yes')
  })

  it.each<[string, string, Content]>([
    ['a program that is cut', '/usr/sbin/x', elf({imports: ['chroot']}).subarray(0, 100)],
    ['a script of 10 MB', '/usr/sbin/x', `#!/bin/sh\n${'$('.repeat(5_000_000)}`],
    [
      'a script of 10 MB in another language',
      '/usr/sbin/x',
      `#!/usr/bin/python3\n${'os.system("'.repeat(900_000)}`,
    ],
    ['a config that is a link out of it', '/usr/sbin/nginx', elf({})],
    ['a program that is a folder', '/etc', elf({})],
    ['a program that is a link to itself', '/loop', elf({})],
  ])('make no fault where there is %s', async (_, path, content) => {
    const cwd = makeFolder({
      [unit]: `${service(path)}EnvironmentFile=/etc/out\n`,
      'root/usr/sbin/x': content,
      'root/usr/sbin/nginx': elf({}),
      'root/etc/nginx/nginx.conf': {link: '../../../outside.conf'},
      'root/etc/out': {link: '../../outside.conf'},
      'root/loop': {link: 'loop'},
      'outside.conf': 'chroot /x;\nuser secret;\nSECRET=/home/secret\n',
    })
    const {status, stdout, stderr} = await cli(
      ['--root', 'root', '--preset', 'strict', '-f', 'json', unit],
      {cwd},
    )
    expect({status, stderr}).toEqual({status: 1, stderr: ''})
    expect(stdout).not.toContain('secret')
  })
})
