import {isShell, scriptOf} from './invocations.ts'
import type {Invocation} from './invocations.ts'
import type {Use} from './paths.ts'

/** A text among the arguments, and what is done with the path in it. */
export interface UsedText {
  readonly text: string
  readonly use: Use
}

/** What a program does with each of its arguments, as far as that can be told by its name. */
export function usesOf(invocation: Invocation): readonly UsedText[] {
  const {program, args} = invocation
  const script = scriptOf(invocation)
  // What stands in a script is found there.
  if (script !== undefined)
    return args.filter((text) => text !== script).map((text) => ({text, use: 'mention'}))
  if (silent.has(program)) return []
  if (readers.has(program)) return args.map((text) => ({text, use: 'read'}))
  if (writers.has(program)) return args.map((text) => ({text, use: 'write'}))
  if (copiers.has(program)) return copied(args)
  if (program === 'sed' || program === 'perl')
    return args.map((text) => ({
      text,
      use: args.some((arg) => /^-[a-zA-Z]*i/.test(arg)) ? 'write' : 'read',
    }))
  if (program === 'dd')
    return args.map((text) => ({text, use: text.startsWith('of=') ? 'write' : 'read'}))
  if (program === 'curl' || program === 'wget') return fetched(args)
  if (isShell(program) || isInterpreter(program)) return firstIsRead(args)
  return args.map((text) => ({text, use: 'mention'}))
}

/**
 * Whether a program does nothing but with the texts and files that it is given, whatever words
 * these are.
 */
export function isFileTool(program: string): boolean {
  return (
    [silent, readers, writers, copiers].some((tools) => tools.has(program)) ||
    ['date', 'expr', 'find', 'sed', 'seq', 'xargs'].includes(program)
  )
}

/**
 * Whether a program is there for what it does itself: no shell, and nothing that handles texts and
 * files alone.
 */
export function isForItself(program: string): boolean {
  return !isShell(program) && !isFileTool(program)
}

const silent: ReadonlySet<string> = new Set([
  ':',
  'alias',
  'break',
  'continue',
  'declare',
  'echo',
  'env',
  'eval',
  'exec',
  'exit',
  'export',
  'false',
  'getopts',
  'hash',
  'kill',
  'let',
  'local',
  'logger',
  'printf',
  'readonly',
  'return',
  'set',
  'shift',
  'shopt',
  'sleep',
  'start-stop-daemon',
  'sync',
  'trap',
  'true',
  'type',
  'typeset',
  'ulimit',
  'unset',
  'wait',
])

const readers: ReadonlySet<string> = new Set([
  '.',
  '[',
  'awk',
  'basename',
  'cat',
  'cd',
  'cksum',
  'cmp',
  'cut',
  'df',
  'diff',
  'dirname',
  'du',
  'egrep',
  'fgrep',
  'file',
  'findmnt',
  'gawk',
  'getfacl',
  'grep',
  'head',
  'jq',
  'less',
  'ls',
  'lsattr',
  'mapfile',
  'mawk',
  'md5sum',
  'more',
  'mountpoint',
  'nl',
  'od',
  'pushd',
  'read',
  'readlink',
  'realpath',
  'rg',
  'sha1sum',
  'sha256sum',
  'sort',
  'source',
  'stat',
  'strings',
  'tac',
  'tail',
  'test',
  'tr',
  'uniq',
  'wc',
  'which',
  'xxd',
  'zcat',
  'zgrep',
])

const writers: ReadonlySet<string> = new Set([
  'chattr',
  'chcon',
  'chgrp',
  'chmod',
  'chown',
  'fallocate',
  'gunzip',
  'gzip',

  'mkdir',
  'mkfifo',
  'mknod',
  'mkswap',
  'mv',
  'restorecon',
  'rm',
  'rmdir',
  'setcap',
  'setfacl',
  'setfattr',
  'shred',
  'tee',
  'touch',
  'truncate',
  'unlink',
  'unxz',
  'xz',
  'zstd',
])

const copiers: ReadonlySet<string> = new Set(['cp', 'install', 'ln', 'rsync', 'scp'])

/** The last argument is written, or the one behind `-t`; `install -d` writes all. */
function copied(args: readonly string[]): readonly UsedText[] {
  const at = args.findIndex((arg) => /^-[A-Za-z]*t$|^--target-directory$/.test(arg))
  const joined = args.findIndex((arg) => /^-[A-Za-z]*t\/|^--target-directory=/.test(arg))
  const last = args.findLastIndex((arg) => !arg.startsWith('-'))
  const target = joined === -1 ? (at === -1 ? last : at + 1) : joined
  const isAll = args.some((arg) => /^-[a-zA-Z]*d/.test(arg))
  return args.map((text, index) => ({
    text,
    use: isAll || index === target ? 'write' : 'read',
  }))
}

/** What is fetched is written to what an option names, behind it or joined to it. */
function fetched(args: readonly string[]): readonly UsedText[] {
  const alone = /^-[A-Za-z]*[oOP]$|^--(?:output|output-document|directory-prefix)$/
  const joined = /^-[A-Za-z]*?[oOP].|^--(?:output|output-document|directory-prefix)=/
  return args.map((text, index) => ({
    text,
    use: alone.test(args[index - 1] ?? '') || joined.test(text) ? 'write' : 'read',
  }))
}

/** The first argument that is no option is read; nobody knows what is done with the others. */
function firstIsRead(args: readonly string[]): readonly UsedText[] {
  const first = args.findIndex((arg) => !arg.startsWith('-'))
  return args.map((text, index) => ({text, use: index === first ? 'read' : 'mention'}))
}

function isInterpreter(program: string): boolean {
  return /^(?:python|pypy|node|ruby|php|java|lua|luajit|bun|deno|dotnet|mono|tclsh|Rscript)[0-9.]*$/.test(
    program,
  )
}

/** Whether a program starts what a file in the working directory says. */
export function isScriptRunner(program: string): boolean {
  return starters.has(program)
}

const starters: ReadonlySet<string> = new Set(['npm', 'npx', 'pnpm', 'yarn'])
