import {spawnSync} from 'node:child_process'
import {existsSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {describe, expect, it} from 'vitest'
import {top} from '../cli/bundle.ts'
import {built, has} from '../hostile/built.ts'

const command = built()

/** What each of Debian's editors has to be there for; see test/editors. */
const editors = [
  ['neovim', has('nvim'), 10],
  ['helix', has('hx') && has('tmux'), 7],
  ['eglot', has('emacs') && existsSync('/usr/share/emacs/site-lisp/elpa-src'), 9],
] as const

describe('an editor', () => {
  it.each(editors.filter(([, isThere]) => isThere))('is answered: %s', (name, _, checks) => {
    const env = {PATH: process.env['PATH'], UNITLINT_CLI: command.command[1]}
    const {status, stdout, stderr} = spawnSync(
      'bash',
      [path.join(top, 'test', 'editors', `${name}.sh`)],
      {encoding: 'utf8', env},
    )
    expect(`${stdout}${stderr}`.match(/^ok: /gm)?.length, `${stdout}${stderr}`).toBe(checks)
    expect(status).toBe(0)
  })

  it('is told apart from one that is not here', () => {
    expect(
      editors.map(([name]) => existsSync(path.join(top, 'test', 'editors', `${name}.sh`))),
    ).toEqual([true, true, true])
  })
})
