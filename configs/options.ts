import {presets} from './index.ts'
import {rules} from '../rules/index.ts'
import {settingsByFile} from '../src/config/settings.ts'
import type {FileSettings} from '../src/config/settings.ts'

/**
 * How a preset judges the unit of a file, as options of `judge` and `lint`; undefined where there
 * is none of that name.
 */
export function presetOptions(name: string, file = 'example.service'): FileSettings | undefined {
  const settings = Object.hasOwn(presets, name) ? presets[name] : undefined
  if (!settings) return undefined
  const layer = {settings, origin: {name: `preset ${name}`, file: '', path: ''}, isOurs: true}
  const byId = new Map(rules.map((rule) => [rule.id, rule]))
  return settingsByFile(
    {layers: [layer], rules: byId, plugins: new Map(), passedOver: []},
    presets,
  )(file)
}
