import {presets} from '../../configs/index.ts'
import {configs} from '../config/configs.ts'
import type {ConfigFlags} from '../config/configs.ts'
import {severityWords} from '../config/severities.ts'
import type {SeverityWord} from '../config/severities.ts'
import type {Rule} from '../rule/rule.ts'
import {ownConfigs} from './own-configs.ts'
import type {Io} from './io.ts'

/** A rule with the presets that turn it on. */
export interface CataloguedRule {
  readonly rule: Rule
  /** By name; `plugin/name` for configs of plugins. */
  readonly presets: Readonly<Record<string, SeverityWord>>
}

/**
 * All rules that are known in the current folder: those built in, and those of plugins in its
 * config. Rejects with a usage error.
 */
export async function catalogue(flags: ConfigFlags, {cwd}: Io): Promise<CataloguedRule[]> {
  const {rules, plugins} = await ownConfigs(flags, cwd)(cwd)
  const shared = [...plugins].flatMap(([plugin, {configs: its = {}}]) =>
    Object.entries(its).map(([name, config]) => [`${plugin}/${name}`, config] as const),
  )
  const all = {...presets, ...Object.fromEntries(shared)}
  const severities = await Promise.all(
    Object.keys(all).map(async (name) => {
      const resolved = await configs(
        {rules: [...rules.values()], presets: all},
        {config: false, presets: [name]},
        cwd,
      )(cwd)
      return {
        name,
        byRule: new Map(
          resolved.settings(cwd).rules.map(({rule, severity}) => [rule.id, severity]),
        ),
      }
    }),
  )
  return [...rules.values()].map((rule) => ({
    rule,
    presets: Object.fromEntries(
      severities.flatMap(({name, byRule}) => {
        const severity = byRule.get(rule.id)
        return severity === undefined ? [] : [[name, severityWords[severity]] as const]
      }),
    ),
  }))
}
