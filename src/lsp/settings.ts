import type {ConfigFlags} from '../config/configs.ts'
import {checkFlags} from '../config/configs.ts'
import {usageFault} from '../config/usage-error.ts'
import {presets} from '../../configs/index.ts'
import {rules} from '../../rules/index.ts'

/** What a client has set, under `unitlint`. */
export interface ClientSettings {
  /** In the place of `recommended`; config files come on top. */
  readonly presets: readonly string[] | undefined
  readonly targets: readonly string[] | undefined
  /** Whether configs and plugins that are code may be run. */
  readonly trust: boolean
}

export const defaultSettings: ClientSettings = {
  presets: undefined,
  targets: undefined,
  trust: false,
}

/**
 * What there is in settings of a client, which may be anything, and what is wrong with them, in
 * lines.
 */
export function settingsFrom(given: unknown): {
  readonly settings: ClientSettings
  readonly faults: readonly string[]
} {
  const faults: string[] = []
  const its =
    isRecord(given) && isRecord(given['unitlint'])
      ? given['unitlint']
      : isRecord(given)
        ? given
        : {}
  const names = (
    kind: 'presets' | 'targets',
    ...keys: readonly string[]
  ): readonly string[] | undefined => {
    const key = keys.find((one) => its[one] !== undefined && its[one] !== null)
    if (key === undefined) return undefined
    const value = its[key]
    const list: readonly unknown[] = Array.isArray(value) ? value : [value]
    const words = list
      .filter((one) => typeof one === 'string' || typeof one === 'number')
      .map(String)
    if (words.length < list.length)
      faults.push(`unitlint.${key}: Unexpected value, expected a name or a list of names`)
    const sound = words.filter(
      (word) => word !== '' && isKnown(word, kind, `unitlint.${key}`, faults),
    )
    return sound.length === 0 ? undefined : sound
  }
  const trust = its['trust'] ?? its['trusted']
  if (trust !== undefined && trust !== null && typeof trust !== 'boolean')
    faults.push('unitlint.trust: Unexpected value, expected true or false')
  return {
    settings: {
      presets: names('presets', 'preset', 'presets'),
      targets: names('targets', 'targets', 'target'),
      trust: trust === true,
    },
    faults,
  }
}

function isKnown(
  word: string,
  kind: 'presets' | 'targets',
  name: string,
  faults: string[],
): boolean {
  try {
    checkFlags({rules, presets}, {[kind]: [word]})
    return true
  } catch (error) {
    faults.push(`${name}: ${usageFault(error).replace(/^[^:]*: /, '')}`)
    return false
  }
}

/** What settings say about configs. */
export function flagsOf(
  {presets: named, targets, trust}: ClientSettings,
  note: (line: string) => void,
): ConfigFlags {
  return {presets: named, targets, isData: !trust, note}
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
