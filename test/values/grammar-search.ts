import {parse} from '../../src/syntax/parse.ts'
import {load} from '../../src/unit/load.ts'
import {settingKeys, settings, settingsOf, type SettingKey} from '../../src/unit/settings.ts'
import type {Setting} from '../../src/unit/settings/setting.ts'
import {cases, type Case, type Place} from '../oracle/cases.ts'

/**
 * A line that means something else when it is read as it stands than what is said to count of it.
 */
export interface Quarrel {
  readonly key: string
  readonly value: string
  readonly version: number
  readonly type: string
  /** The setting that the line makes, by what its value means. */
  readonly meant: string
  /** The setting that is left of it when what is wrong with it is taken away. */
  readonly left: string
}

/**
 * The quarrels among so many lines of directives whose values mean something, good ones, near
 * misses and nonsense.
 */
export function* quarrels(version: number, count: number, seed: number): Generator<Quarrel> {
  for (const one of cases(version, count, seed, ({key}: Place) => isSetting(key))) {
    const quarrel = quarrelAbout(one, version)
    if (quarrel) yield quarrel
  }
}

function quarrelAbout(
  {unitName, unitType, section, key, value, type}: Case,
  version: number,
): Quarrel | undefined {
  if (!isSetting(key)) return undefined
  const tree = parse(`[${section}]\n${key}=${value}\n`)
  const unit = load([{path: unitName, role: 'fragment', tree}], {
    name: unitName,
    type: unitType,
    target: {name: String(version), version},
    manager: 'system',
  })
  const meant = inWords(settingsOf(unit)[key])
  const left = inWords(settings(unit)[key])
  return meant === left ? undefined : {key, value, version, type, meant, left}
}

function isSetting(key: string): key is SettingKey {
  return (settingKeys as readonly string[]).includes(key)
}

function inWords({value, origin}: Setting<unknown>): string {
  const text = JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'bigint') return String(part)
    return part instanceof Set || part instanceof Map ? [...part] : part
  })
  return `${origin.kind} ${text}`
}
