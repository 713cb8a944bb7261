import {spawnSync} from 'node:child_process'
import type {SpawnSyncOptions} from 'node:child_process'
import {chmodSync, mkdtempSync, rmSync, symlinkSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import process from 'node:process'
import {afterAll, beforeAll} from 'vitest'
import {buildCommand} from '../../src/dev/command.mjs'

/** The command as a process of its own. */
export interface Built {
  /** What to start: the program and its first arguments. */
  readonly command: readonly [program: string, ...argv: string[]]
  run(
    argv: readonly string[],
    options: SpawnSyncOptions,
  ): {status: number | null; stdout: string; stderr: string}
}

/**
 * Build the command for the tests of a file, with the pages of rules beside it as in a package; it
 * is gone after them.
 */
export function built(): Built {
  let top = ''
  let dist = ''
  beforeAll(async () => {
    top = mkdtempSync(path.join(tmpdir(), 'unitlint-dist-'))
    dist = path.join(top, 'dist')
    chmodSync(top, 0o755)
    symlinkSync(path.resolve('docs'), path.join(top, 'docs'))
    await buildCommand(dist)
  })
  afterAll(() => rmSync(top, {recursive: true, force: true}))
  return {
    get command() {
      return [process.execPath, path.join(dist, 'cli.js')] as const
    },
    run(argv, options) {
      const [program, ...first] = this.command
      const {status, stdout, stderr} = spawnSync(program, [...first, ...argv], {
        encoding: 'utf8',
        env: {PATH: process.env['PATH']},
        ...options,
      })
      return {status, stdout: String(stdout ?? ''), stderr: String(stderr ?? '')}
    },
  }
}

/** Whether the system has a program. */
export function has(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0
}
