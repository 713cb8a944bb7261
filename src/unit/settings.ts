import {itself} from './load.ts'
import type {LoadedUnit} from './load.ts'
import {query} from './query.ts'
import {taken} from './read/taken.ts'
import {allSettings, readerOf} from './settings/readers.ts'
import type {SettingSource} from './settings/source.ts'
import type {AssignmentSource} from './unit.ts'
import type {SettingKey, SettingValues} from './settings/values.ts'
import type {Setting} from './settings/setting.ts'

export type {SettingKey, SettingValues} from './settings/values.ts'
export type {Setting} from './settings/setting.ts'

/**
 * The sandboxing of a unit that is in force, by key; each is worked out when it is first asked for.
 */
export type Settings = {readonly [Key in SettingKey]: Setting<SettingValues[Key]>}

/** The names of all settings. */
export const settingKeys = allSettings()

/**
 * The settings of a unit for the systemd that it is judged by: written values after parsing and
 * resets, what other settings imply, defaults (systemd.exec(5), systemd.resource-control(5)).
 */
export const settings = query((unit: LoadedUnit): Settings => settingsOf(taken(unit)), itself)

/** The settings that lines make, all of which systemd takes. */
export function settingsOf(unit: AssignmentSource): Settings {
  // The getters below give it a property for each key.
  return new LazySettings(unit) as unknown as Settings
}

class LazySettings {
  readonly #unit: SettingSource

  constructor({name, type, manager, target, assignments}: AssignmentSource) {
    this.#unit = {name, type, manager, target, assignments, read: (key) => this.read(key)}
  }

  read<Key extends SettingKey>(key: Key): Setting<SettingValues[Key]> {
    // Only what the key's own reader returns is kept for it.
    return settingOf(this.#unit, key) as Setting<SettingValues[Key]>
  }
}

const settingOf = query((unit: SettingSource, key: SettingKey): Setting<unknown> =>
  readerOf(key)(unit),
)

for (const key of settingKeys) {
  Object.defineProperty(LazySettings.prototype, key, {
    get(this: LazySettings) {
      return this.read(key)
    },
    enumerable: true,
  })
}
