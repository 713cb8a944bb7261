import {forEachChild, parse} from 'unbash'
import type {Command, Redirect, SyntaxNode} from 'unbash'
import {reduced, withOwn} from './own-folder.ts'
import type {Own} from './own-folder.ts'

/** What a shell script does, as far as it can be read. */
export interface Script {
  /** The commands in it, in no special order: program and arguments, with variables as written. */
  readonly commands: ReadonlyArray<readonly string[]>
  /** Files that redirections open. */
  readonly redirections: readonly Redirection[]
  /** Values that it gives to variables. */
  readonly values: readonly string[]
  /** Variables that have one value throughout, in which others may stand; `unclear` for others. */
  readonly variables: ReadonlyMap<string, string>
  /** The same of values that variables get that have none yet, as of `: "${NAME:=VALUE}"`. */
  readonly defaults: ReadonlyMap<string, string>
  /** The functions that it defines. */
  readonly functions: ReadonlySet<string>
  /** Whether all of it was read. */
  readonly isWhole: boolean
}

/** A value that nobody can tell. */
export const unclear = '$'

/** What `mktemp` makes where it is not told. */
export const newFile = '/tmp/mktemp.XXXXXX'

export interface Redirection {
  readonly path: string
  readonly use: 'read' | 'write'
}

/**
 * Read a shell script, such as that of `sh -c`.
 *
 * What cannot be parsed is left out. Scripts are cut at a length at which even the worst of them
 * parses in milliseconds. What it calls itself by is replaced where it is told what that is.
 */
export function readScript(text: string, most = longest, own?: Own): Script {
  const found = {
    commands: [] as string[][],
    redirections: [] as Redirection[],
    values: [] as string[],
    variables: new Map<string, string>(),
    defaults: new Map<string, string>(),
    functions: new Set<string>(),
  }
  try {
    // The parser is meant to bear anything; that a hostile unit finds where it does not must not
    // stop a run.
    const isWhole = visit(parse(text.slice(0, most)), found, own)
    return {...found, isWhole: isWhole && text.length <= most}
  } catch {
    return {...found, isWhole: false}
  }
}

const longest = 4096
const mostNodes = 5000

function visit(
  root: SyntaxNode,
  found: {
    commands: string[][]
    redirections: Redirection[]
    values: string[]
    variables: Map<string, string>
    defaults: Map<string, string>
    functions: Set<string>
  },
  own: Own | undefined,
): boolean {
  const open: SyntaxNode[] = [root]
  for (let count = 0; count < mostNodes; count++) {
    const node = open.pop()
    if (!node) return true
    if (node.type === 'Command') {
      const words = wordsOf(node).map((word) => withOwn(word, own))
      found.commands.push(words)
      for (const [name, value] of setBy(words)) put(found.variables, name, value)
      for (const word of words) {
        const [, name, value = ''] = defaulting.exec(word) ?? []
        if (name !== undefined) put(found.defaults, name, value.replace(/^(["'])(.*)\1$/, '$2'))
      }
    } else if (node.type === 'Function') found.functions.add(node.name.text)
    else if (node.type === 'For' || node.type === 'Select')
      put(found.variables, node.name.value, unclear)
    else if (node.type === 'Redirect')
      for (const {path, use} of redirectionOf(node))
        found.redirections.push({path: withOwn(path, own), use})
    else if (node.type === 'Assignment' && node.value.type === 'Word') {
      const value = withOwn(node.value.value, own)
      found.values.push(value)
      put(found.variables, node.name ?? '', node.append ? unclear : value)
    }
    forEachChild(node, (child) => open.push(child))
  }
  return false
}

const defaulting = /^\$\{(\w+):?=([^{}]*)\}$/

/**
 * Variables are known that have one value throughout; what a command says is not known, but for the
 * names of new files.
 */
export function put(variables: Map<string, string>, name: string, given: string): void {
  const [made, template = newFile] =
    /^(?:`|\$\()mktemp(?:[ \t]+-[dqu]+)*(?:[ \t]+(\/[\w./-]+))?(?:`|\))$/.exec(given) ?? []
  const value = made === undefined ? given : template
  const before = variables.get(name) ?? value
  variables.set(
    name,
    before !== value || value.length > longestValue || isPrinted(value) ? unclear : value,
  )
}

/** Whether a command tells a value, other than what it makes of a path in a variable. */
function isPrinted(value: string): boolean {
  return (
    /`|\$\(/.test(value) && /`|\$\(/.test(reduced(value.replaceAll(/\$\w+|\$\{\w+\}/g, () => '/a')))
  )
}

const longestValue = 256

/** What commands set that are told names, or names with values. */
function setBy([program = '', ...args]: readonly string[]): ReadonlyArray<
  readonly [name: string, value: string]
> {
  if (program === 'read' || program === 'getopts' || program === 'mapfile')
    return args.map((arg) => [arg, unclear] as const)
  if (!/^(?:declare|export|local|readonly|typeset)$/.test(program)) return []
  return args.flatMap((arg) => {
    const equals = arg.indexOf('=')
    return equals > 0 ? [[arg.slice(0, equals), arg.slice(equals + 1)] as const] : []
  })
}

/**
 * The words by which a script writes to what variables name, up to the ends of their variables: as
 * `$FILE` of `> "$FILE.new"`.
 */
export function writtenThrough(script: string): readonly string[] {
  return Array.from(script.matchAll(writing), ([all]) => all).flatMap((all) =>
    Array.from(all.matchAll(variable), ([word]) => word),
  )
}

/** Redirections to variables, and what is told to tools that write. */
const writing =
  />[ \t]*["']?\$\{?\w*\}?|\b(?:tee|dd|cp|mv|ln|install|truncate|touch|rm)[ \t][^;|&\n]{0,200}/g

const variable = /\$\w+|\$\{\w+\}|\$/g

function wordsOf(command: Command): string[] {
  const words = command.args.map((arg) => {
    if (arg.type === 'Word') return arg.value
    // `export NAME="VALUE"`.
    const {name, value} = arg
    return !arg.append && value.type === 'Word' ? `${name}=${value.value}` : arg.text
  })
  return command.name ? [command.name.value, ...words] : words
}

function redirectionOf({operator, target}: Redirect): Redirection[] {
  if (!target || operator === '<&' || (operator === '>&' && /^[0-9-]+$/.test(target.value)))
    return []
  if (operator === '<>')
    return [
      {path: target.value, use: 'read'},
      {path: target.value, use: 'write'},
    ]
  return [{path: target.value, use: operator === '<' ? 'read' : 'write'}]
}
