import {nearest} from '../facts/nearest.ts'
import {parseBoolean} from './boolean.ts'
import {lineFault, type ValueFault, type Validator} from './fault.ts'
import {fieldFault, fieldsOfSet, splittingFault, type Field} from './fields.ts'
import {meantBoolean, meantWord, meantWords, plainly} from './meant.ts'
import type {Parsed} from './parsed.ts'
import {quote} from './quote.ts'

/** The kinds of namespaces, as `RestrictNamespaces=` calls them. */
export const namespaces = ['cgroup', 'ipc', 'net', 'mnt', 'pid', 'user', 'uts', 'time'] as const
export type Namespace = (typeof namespaces)[number]

/** The kinds that a service may create or enter. */
export type NamespaceSet = ReadonlySet<Namespace>

/** Whether a word names a kind of namespaces; `time` does since 252. */
export function isNamespace(word: string, version: number): word is Namespace {
  return (namespaces as readonly string[]).includes(word) && (word !== 'time' || version >= 252)
}

/** The kinds that `RestrictNamespaces=yes` denies; `time` is one of them since 258. */
export function allNamespaces(version: number): NamespaceSet {
  return new Set(version >= 258 ? namespaces : namespaces.filter((name) => name !== 'time'))
}

/**
 * The allowed kinds after one more line; a value of undefined means that nothing is restricted
 * (systemd.exec(5), "RestrictNamespaces=").
 */
export function applyNamespaces(
  current: NamespaceSet | undefined,
  value: string,
  version: number,
): Parsed<NamespaceSet | undefined> {
  if (value === '') return {value: undefined}
  const restricted = parseBoolean(value)
  if (restricted !== undefined) return {value: restricted ? new Set() : allNamespaces(version)}
  const {isInverted, fields, named, fault} = readNamespaces(value, version)
  if (fault || named.length < fields.length) return undefined
  if (!isInverted) return {value: new Set([...(current ?? []), ...named])}
  const all = [...(current ?? allNamespaces(version))]
  return {value: new Set(all.filter((name) => !named.includes(name)))}
}

/** A boolean, or words that are kinds of namespaces: `RestrictNamespaces=`. */
export const booleanOrNamespaceList: Validator = function* (value, context) {
  const {facts, version} = context
  if (parseBoolean(value) !== undefined) return
  const {isInverted, fields, named, fault} = readNamespaces(value, version)
  const unknown = fields[named.length]
  if (unknown) {
    const expected = `a boolean or some of ${namespaces.map((name) => `\`${name}\``).join(', ')}`
    const meant = plainly(
      value,
      booleanOrNamespaceList,
      context,
      (bare) => meantBoolean(bare) ?? meantWords(bare, (word) => meantNamespace(word, version)),
    )
    yield lineFault(value, `Unexpected ${quote(unknown.text)}, expected ${expected}`, meant)
    return
  }
  if (fault) {
    yield fault
    return
  }
  const user = fields.find((field) => field.text === 'user')
  if (user && facts.key === 'DelegateNamespaces' && !isInverted)
    yield fieldFault(user, 'Unexpected `user`, expected namespaces that can be delegated', 'line')
}

/** The words of a line, and the kinds before one that is none. */
function readNamespaces(
  value: string,
  version: number,
): {
  isInverted: boolean
  fields: readonly Field[]
  named: readonly Namespace[]
  fault?: ValueFault
} {
  const {isInverted, fields, fault} = fieldsOfSet(value, version)
  const named: Namespace[] = []
  for (const {text} of fields) {
    if (!isNamespace(text, version)) break
    named.push(text)
  }
  return {isInverted, fields, named, ...(fault ? {fault: splittingFault(fault)} : {})}
}

/** `CLONE_NEWNET` for `net`, and other names for a kind. */
function meantNamespace(word: string, version: number): string | undefined {
  return meantWord(
    word,
    (name) => isNamespace(name, version),
    (bare) => {
      const name = bare.toLowerCase().replace(/^clone_new/, '')
      return [namespaceAliases.get(name) ?? name, nearest(name, namespaces, 1)]
    },
  )
}

const namespaceAliases: ReadonlyMap<string, string> = new Map([
  ['ns', 'mnt'],
  ['mount', 'mnt'],
  ['network', 'net'],
])
