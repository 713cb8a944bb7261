import {execFileSync} from 'node:child_process'
import {mkdirSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {makeFolder} from './folder.ts'
import type {Content} from './folder.ts'

/** Options of git for who has no name. */
export const identity = ['-c', 'user.name=x', '-c', 'user.email=x@example.org']

/**
 * Make a repository of files by path, with one commit on `main`; it is gone when the test is over.
 * Returns its absolute path.
 */
export function repository(files: Readonly<Record<string, Content>>): string {
  const cwd = makeFolder(files)
  git(cwd, 'init', '-q', '-b', 'main')
  git(cwd, 'config', 'user.name', 'x')
  git(cwd, 'config', 'user.email', 'x@example.org')
  git(cwd, 'add', '.')
  git(cwd, 'commit', '-qm', 'first')
  return cwd
}

/** Write a file, with the folders that it needs. */
export function put(cwd: string, file: string, text: string): void {
  mkdirSync(path.dirname(path.join(cwd, file)), {recursive: true})
  writeFileSync(path.join(cwd, file), text)
}

/** What git prints, without settings of who runs the test. */
export function git(cwd: string, ...args: readonly string[]): string {
  return execFileSync('git', args, {
    cwd,
    encoding: 'utf8',
    env: {...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null'},
  })
}
