import {parse} from 'yaml'
import type {RuleSetting} from '../config/config.ts'
import {severities} from '../config/severities.ts'
import {unexpected} from '../rule/suggest.ts'
import {usageError} from '../config/usage-error.ts'

/**
 * `id: severity` or `id: [severity, {options}]`, as YAML writes it, of which JSON is a part, or
 * without the space. Throws a usage error for all else.
 */
export function ruleSettings(text: string): ReadonlyArray<[id: string, setting: RuleSetting]> {
  // What most write needs no YAML, which takes a while to be loaded.
  const [, plainId, word] = /^([\w@/-]+):[ \t]*([a-z]+)$/.exec(text.trim()) ?? []
  const plain = severities.find((known) => known === word)
  if (plainId !== undefined && plain !== undefined) return [[plainId, plain]]
  const map = fromYaml(text)
  const entries =
    typeof map === 'object' && map !== null && !Array.isArray(map) ? Object.entries(map) : []
  if (entries.length > 0) return entries.map(([id, value]) => [id, ruleSetting(value, text)])
  const [, id, value = ''] = /^([^:\s[{]+)\s*:(.*)$/s.exec(text.trim()) ?? []
  if (id === undefined)
    throw usageError(
      '--rule',
      `Unexpected \`${text}\`, expected \`id: severity\` or \`id: [severity, {options}]\``,
    )
  const setting = fromYaml(value)
  if (setting === undefined)
    throw usageError('--rule', `Unexpected \`${text}\`, expected \`id: [severity, {options}]\``)
  return [[id, ruleSetting(setting, text)]]
}

function ruleSetting(value: unknown, text: string): RuleSetting {
  const [given, options, ...rest] = Array.isArray(value) ? (value as readonly unknown[]) : [value]
  const severity = typeof given === 'string' && /^[012]$/.test(given) ? Number(given) : given
  if (rest.length > 0)
    throw usageError(
      '--rule',
      `Unexpected \`${text}\`, expected \`id: severity\` or \`id: [severity, {options}]\``,
    )
  const words = severities.filter((known) => typeof known === 'string')
  const shown = typeof severity === 'string' ? severity : JSON.stringify(severity ?? null)
  if (!severities.some((known) => known === severity))
    throw usageError('--rule', unexpected('severity', shown, words))
  if (options !== undefined && (typeof options !== 'object' || options === null))
    throw usageError('--rule', `Unexpected options in \`${text}\`, expected an object`)
  // Both have just been looked at.
  return (options === undefined ? severity : [severity, options]) as RuleSetting
}

/** What a text in YAML says; undefined where it is none. */
function fromYaml(text: string): unknown {
  try {
    return parse(text, {maxAliasCount: 0, logLevel: 'error'})
  } catch {
    return undefined
  }
}
