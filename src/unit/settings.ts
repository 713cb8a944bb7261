import type {AssignmentSource} from './unit.ts'
import {allSettings, readerOf} from './settings/readers.ts'
import type {Reading} from './settings/reading.ts'
import {refusedValues, withoutEndings, type Refusal, type Refused} from './refusals/values.ts'
import type {SettingKey, SettingValues} from './settings/values.ts'
import type {Setting} from './settings/setting.ts'

export type {SettingKey, SettingValues} from './settings/values.ts'
export type {Setting} from './settings/setting.ts'

/** The sandboxing of a unit that is in force, by key; each is worked out when it is first asked for. */
export type Settings = {readonly [Key in SettingKey]: Setting<SettingValues[Key]>} & Refused & {
    /** The unit without the rest of drop-ins whose reading ends at a value that systemd refuses. */
    readonly counted: AssignmentSource
  }

/** The names of all settings. */
export const settingKeys = allSettings()

/**
 * The settings of a unit for the systemd that it is judged by: written values after parsing and resets, what other
 * settings imply, defaults (systemd.exec(5), systemd.resource-control(5)).
 */
export function settings(unit: AssignmentSource): Settings {
  // The getters below give it a property for each key.
  return new LazySettings(unit) as unknown as Settings
}

class LazySettings {
  readonly #unit: AssignmentSource
  readonly #known = new Map<SettingKey, Setting<unknown>>()
  #refused: Refused | undefined
  #reading: Reading | undefined

  constructor(unit: AssignmentSource) {
    this.#unit = unit
  }

  get refusals(): readonly Refusal[] {
    return this.#refusedValues.refusals
  }

  get endings(): Refused['endings'] {
    return this.#refusedValues.endings
  }

  get counted(): AssignmentSource {
    return withoutEndings(this.#unit, this.#refusedValues)
  }

  get #refusedValues(): Refused {
    return (this.#refused ??= refusedValues(this.#unit))
  }

  read<Key extends SettingKey>(key: Key): Setting<SettingValues[Key]> {
    let setting = this.#known.get(key)
    if (!setting) {
      setting = readerOf(key)(this.#counted())
      this.#known.set(key, setting)
    }
    // Only what the key's own reader returned is stored under it.
    return setting as Setting<SettingValues[Key]>
  }

  #counted(): Reading {
    if (!this.#reading) {
      const unit = this.counted
      const {name, type, manager, target} = unit
      this.#reading = {name, type, manager, target, assignments: (section, key) => unit.assignments(section, key), read: (key) => this.read(key)}
    }
    return this.#reading
  }
}

for (const key of settingKeys) {
  Object.defineProperty(LazySettings.prototype, key, {
    get(this: LazySettings) {
      return this.read(key)
    },
    enumerable: true,
  })
}
