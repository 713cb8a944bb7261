import {parseBoolean} from './boolean.ts'
import type {Parsed} from './parsed.ts'
import {splitWords} from './words.ts'

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

/** The allowed kinds after one more line; a value of undefined means that nothing is restricted (systemd.exec(5), "RestrictNamespaces="). */
export function applyNamespaces(current: NamespaceSet | undefined, value: string, version: number): Parsed<NamespaceSet | undefined> {
  if (value === '') return {value: undefined}
  const restricted = parseBoolean(value)
  if (restricted !== undefined) return {value: restricted ? new Set() : allNamespaces(version)}
  const inverted = value.startsWith('~')
  const {words, fault} = splitWords(inverted ? value.slice(1) : value, 'plain')
  const named = new Set<Namespace>()
  for (const {text} of words) {
    if (!isNamespace(text, version)) return undefined
    named.add(text)
  }
  if (fault) return undefined
  if (!inverted) return {value: current ? new Set([...current, ...named]) : named}
  return {value: new Set([...(current ?? allNamespaces(version))].filter((name) => !named.has(name)))}
}
