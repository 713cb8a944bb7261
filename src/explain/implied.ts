import {impliedBy} from '../facts/hardening.ts'
import {directiveNames} from '../facts/directives.ts'
import {load} from '../unit/load.ts'
import {settingKeys, settings} from '../unit/settings.ts'
import type {Settings} from '../unit/settings.ts'
import {newestVersion} from '../facts/targets.ts'
import {capabilitiesIn} from '../values/capabilities.ts'
import {parse} from '../syntax/parse.ts'

/** What a directive sets too when it is on, as assignments. */
export function implies(directive: string): string[] {
  return implied(directive).map(([key, value]) =>
    value.startsWith('without ') ? `${key}= ${value}` : `${key}=${value}`,
  )
}

/** What sets a directive too, and to which value. */
export function impliers(directive: string): string[] {
  return directiveNames()
    .filter((name) => impliedBy(name).includes(directive))
    .flatMap((name) =>
      implied(name)
        .filter(([key]) => key === directive)
        .map(([, value]) => (value === 'yes' ? `${name}=yes` : `${name}=yes (${value})`)),
    )
}

/**
 * The settings that a directive changes in a service that says nothing else, as the newest systemd
 * has it.
 */
function implied(directive: string): ReadonlyArray<readonly [key: string, value: string]> {
  const names = impliedBy(directive)
  if (names.length === 0) return []
  const [without, changed] = [settingsOf(''), settingsOf(`${directive}=yes\n`)]
  return settingKeys
    .filter((key) => names.includes(key) && changed[key].origin.kind === 'implied')
    .map((key) => {
      const {value} = changed[key]
      return [key, typeof value === 'string' ? value : loss(without, changed)]
    })
}

function settingsOf(lines: string): Settings {
  const name = 'example.service'
  const tree = parse(`[Service]\nExecStart=/usr/bin/example\n${lines}`)
  const target = {name: String(newestVersion), version: newestVersion}
  return settings(
    load([{path: name, role: 'fragment', tree}], {
      name,
      type: 'service',
      manager: 'system',
      target,
    }),
  )
}

function loss(
  {CapabilityBoundingSet: before}: Settings,
  {CapabilityBoundingSet: after}: Settings,
): string {
  return `without ${capabilitiesIn(before.value & ~after.value).join(', ')}`
}
