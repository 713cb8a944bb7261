import type {Layer} from './collect.ts'
import type {RuleSetting, LintSettings} from './config.ts'
import type {ConfigOrigin} from './origin.ts'

/** Which config, preset or option each setting of a file is from, in words. */
export interface SettingOrigins {
  readonly targets: string
  readonly manager: string
  readonly profile: string
  readonly requireReasons: string
  /**
   * By id, those that are turned off included: where the severity is from, and where the options
   * are.
   */
  readonly rules: Readonly<Record<string, readonly [severity: string, options: string]>>
}

/** The word for what no config says. */
const byDefault = 'default'

/**
 * Where the settings of a file are from, by its absolute path; targets that no layer names are from
 * what is assumed.
 */
export function originsByFile(
  layers: readonly Layer[],
  assumed = byDefault,
): (file: string) => SettingOrigins {
  return (file) => {
    const fitting = layers.filter(({fits}) => fits?.(file) ?? true)
    const last = (key: keyof LintSettings): string | undefined => {
      const layer = fitting.findLast(({settings}) => settings[key] !== undefined)
      return layer && inWords(layer.origin)
    }
    const rules = new Map<string, readonly [string, string]>()
    for (const {settings, origin} of fitting)
      for (const [id, setting] of Object.entries(settings.rules ?? {}))
        rules.set(id, [
          inWords(origin),
          hasOptions(setting) ? inWords(origin) : (rules.get(id)?.[1] ?? byDefault),
        ])
    return {
      targets: last('targets') ?? assumed,
      manager: last('manager') ?? byDefault,
      profile: last('profile') ?? byDefault,
      requireReasons: last('requireReasons') ?? byDefault,
      rules: Object.fromEntries(rules),
    }
  }
}

function inWords({name, path = ''}: ConfigOrigin): string {
  return path === '' ? name : `${name}: ${path}`
}

function hasOptions(setting: RuleSetting): boolean {
  return Array.isArray(setting) && setting.length > 1
}
