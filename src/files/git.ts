import {spawnSync} from 'node:child_process'
import path from 'node:path'
import process from 'node:process'
import {decode} from '../syntax/bytes.ts'
import {codeOf, reasonOfFile} from './fault.ts'
import {readRealPath} from './native.ts'

/** What is not as it was at a commit, by absolute path without links. */
export interface Changes {
  /** The folder of the repository. */
  readonly top: string
  /** Files that are there, or whose text is another, and those that are there no more. */
  readonly files: ReadonlySet<string>
  /**
   * Folders below which nobody can tell: a submodule that lacks its old commit, a repository in the
   * repository.
   */
  readonly folders: readonly string[]
}

/**
 * What has changed in a folder's repository since a commit, or since a branch parted from it: what
 * is committed, staged, only in the files, or not known to git yet.
 *
 * Submodules are gone through as well. git is told to run no monitor, filter or comparer that a
 * repository's settings name.
 */
export function changesSince(commit: string, cwd: string): Changes | {readonly fault: string} {
  try {
    const top = readRealPath(text(git(cwd, ['rev-parse', '--show-toplevel'])))
    const named = gitIf(cwd, [
      'rev-parse',
      '--verify',
      '--quiet',
      '--end-of-options',
      `${commit}^{commit}`,
    ])
    if (named === undefined)
      return {
        fault: `Unexpected \`${commit}\`, expected a commit, branch or tag that is in this repository; a shallow clone may lack it`,
      }
    // Unrelated histories, and clones that are too shallow, have no commit at which they part.
    return inRepository(gitIf(cwd, ['merge-base', named, 'HEAD']) ?? named, top)
  } catch (error) {
    if (!(error instanceof GitFault)) throw error
    return {fault: error.message}
  }
}

/** What git said instead of an answer. */
class GitFault extends Error {}

function inRepository(commit: string, top: string): Changes {
  const files = new Set<string>()
  const folders: string[] = []
  const told = new Set<string>()
  // What git would look for in submodules it would ask their own filters for.
  const diff = [
    'diff',
    '--raw',
    '-z',
    '--no-renames',
    '--no-abbrev',
    '--no-ext-diff',
    '--no-textconv',
    '--ignore-submodules=dirty',
    commit,
    '--',
  ]
  const fields = decode(git(top, diff, unfiltered(top))).split('\0')
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [modes = '', file = ''] = fields.slice(at, at + 2)
    const [, to = '', old = ''] = modes.slice(1).split(' ')
    const place = path.join(top, file)
    told.add(place)
    if (to === submodule) addAll(submoduleSince(old, place), files, folders)
    else files.add(place)
  }
  for (const place of submodulesOf(top))
    if (!told.has(place)) addAll(submoduleSince('HEAD', place), files, folders)
  for (const file of decode(git(top, ['ls-files', '--others', '--exclude-standard', '-z'])).split(
    '\0',
  )) {
    if (file.endsWith('/')) folders.push(path.join(top, file.slice(0, -1)))
    else if (file !== '') files.add(path.join(top, file))
  }
  return {top, files, folders}
}

/** The mode of one in git's trees. */
const submodule = '160000'

/** Those that git knows, by absolute path. */
function submodulesOf(top: string): readonly string[] {
  const entries = decode(git(top, ['ls-files', '--stage', '-z'])).split('\0')
  return entries
    .filter((entry) => entry.startsWith(submodule))
    .map((entry) => path.join(top, entry.slice(entry.indexOf('\t') + 1)))
}

/** Settings by which files are compared as they are, not as programs make them. */
function unfiltered(top: string): GitSettings {
  const names = (
    gitIf(top, ['config', '--null', '--name-only', '--get-regexp', '^filter\\.']) ?? ''
  )
    .split('\0')
    .filter((name) => name !== '')
  const filters = new Set(names.map((name) => name.slice(0, name.lastIndexOf('.'))))
  return [...filters].flatMap((filter): GitSettings => [
    [`${filter}.process`, ''],
    [`${filter}.clean`, ''],
    [`${filter}.required`, 'false'],
  ])
}

function submoduleSince(commit: string, place: string): Pick<Changes, 'files' | 'folders'> {
  try {
    // One that is not checked out is a folder of the repository around it.
    if (readRealPath(text(git(place, ['rev-parse', '--show-toplevel']))) !== readRealPath(place))
      return {files: new Set(), folders: []}
    return inRepository(commit, place)
  } catch (error) {
    if (!(error instanceof GitFault)) throw error
    return {files: new Set(), folders: [place]}
  }
}

function addAll(
  from: {readonly files: Iterable<string>; readonly folders: Iterable<string>},
  files: Set<string>,
  folders: string[],
): void {
  for (const file of from.files) files.add(file)
  for (const folder of from.folders) folders.push(folder)
}

/** What git prints. Throws what it says where it has nothing to print. */
function git(cwd: string, args: readonly string[], settings?: GitSettings): Uint8Array {
  const {status, printed, said} = ask(cwd, args, settings)
  if (status === 0) return printed
  throw new GitFault(
    said.includes('not a git repository') ? 'Not in a git repository' : `git ${args[0]}: ${said}`,
  )
}

/** The same, or undefined where the answer is no. */
function gitIf(cwd: string, args: readonly string[]): string | undefined {
  const {status, printed} = ask(cwd, args)
  return status === 0 ? text(printed) : undefined
}

interface GitOutput {
  readonly status: number
  readonly printed: Uint8Array
  /** The first line for people. */
  readonly said: string
}

/** Settings of git, each by its name. */
type GitSettings = readonly (readonly [name: string, value: string])[]

function ask(cwd: string, args: readonly string[], settings: GitSettings = []): GitOutput {
  // A hook is told which repository it is of: the folder that git is asked about may be in a
  // submodule.
  const {
    GIT_DIR: _dir,
    GIT_WORK_TREE: _tree,
    GIT_INDEX_FILE: _index,
    GIT_PREFIX: _prefix,
    ...elsewhere
  } = process.env
  const {error, status, signal, stdout, stderr} = spawnSync(
    'git',
    ['-c', 'core.fsmonitor=false', ...args],
    {
      cwd,
      env: {...elsewhere, ...variables(settings), LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0'},
      maxBuffer: Infinity,
    },
  )
  if (error)
    throw new GitFault(
      codeOf(error) === 'ENOENT' ? 'Expected git to be installed' : `git: ${reasonOfFile(error)}`,
    )
  const [line = ''] = stderr.toString().split('\n')
  return {
    status: status ?? 128,
    printed: stdout,
    said: line.replace(/^(?:fatal|error): /, '') || `ended by ${signal ?? `status ${status}`}`,
  }
}

/** Settings beside those that the environment has already: `-c` ends a name at its first `=`. */
function variables(settings: GitSettings): Readonly<Record<string, string>> {
  const before = Number(process.env['GIT_CONFIG_COUNT'] ?? '') || 0
  const pairs = settings.flatMap(([name, value], index) => [
    [`GIT_CONFIG_KEY_${before + index}`, name],
    [`GIT_CONFIG_VALUE_${before + index}`, value],
  ])
  return {...Object.fromEntries(pairs), GIT_CONFIG_COUNT: `${before + settings.length}`}
}

function text(printed: Uint8Array): string {
  return decode(printed).replace(/\n$/, '')
}
