import {readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {presets} from '../../configs/index.ts'
import {rules} from '../../rules/index.ts'
import {configs} from '../config/configs.ts'
import {check} from '../engine/check.ts'
import type {LintOptions} from '../engine/options.ts'
import {readerFor, sourceOf} from '../engine/reader.ts'
import {target} from '../facts/targets.ts'
import {exposure} from '../security/index.ts'
import {decode} from '../syntax/bytes.ts'
import {excess} from '../unit/excess.ts'
import {unitOf} from '../unit/load.ts'
import {fixedUnit} from '../engine/fixed-unit.ts'

/**
 * How safe the hardening of a folder of services is: `npm run applicability -- FOLDER [PRESET]
 * [VERSION]`.
 *
 * Prints for each rule that hardens how many of its best fixes are safe and unsafe, and of how many
 * units evidence alone withholds all that it would ask for; then the exposure before and after safe
 * fixes, and after all. Each unit is judged alone, without drop-ins.
 */
export async function main([
  folder,
  preset = 'strict',
  version = '257',
]: readonly string[]): Promise<void> {
  const its = target(version)
  if (folder === undefined || !its) throw new Error('Expected a folder, and a version of systemd')
  const config = await configs({rules, presets}, {config: false, presets: [preset]}, '/')('/')
  const options: LintOptions = {
    ...config.settings('/a.service'),
    targets: [its],
    upTo: undefined,
    fix: undefined,
  }
  const hardening = options.rules.filter(
    ({rule}) => rule.fixesHangOn !== undefined && rule.fixesHangOn.length > 0,
  )
  const counts = new Map(hardening.map(({rule: {id}}) => [id, {safe: 0, unsafe: 0, withheld: 0}]))
  const totals = {units: 0, before: 0, safely: 0, after: 0}
  for (const file of servicesBelow(folder)) {
    const text = decode(readFileSync(file))
    const identity = unitOf(file)
    if (!identity || excess([text]) !== undefined) continue
    const {read, facade, ask} = readerFor(its, identity, options, undefined)
    const unit = read([sourceOf({path: file, text}, identity.role)])
    const before = exposure(unit)
    if (before === undefined) continue
    const checked = check(unit, hardening, options, facade)
    const best = new Map(
      checked.located.map(({ruleId, fixes: [first]}) => [ruleId, first?.applicability]),
    )
    // What each rule would ask of the service if nothing showed what it needs.
    const silent = read([sourceOf({path: file, text: '[Service]\nExecStart=/x\n'}, identity.role)])
    const asked = new Set(
      check(facade(unit, silent), hardening, options, facade).located.map(({ruleId}) => ruleId),
    )
    for (const [id, count] of counts) {
      const applicability = best.get(id)
      if (applicability === 'safe') count.safe++
      else if (applicability === 'unsafe') count.unsafe++
      else if (asked.has(id)) count.withheld++
    }
    const all = ask(unit, options.rules)
    const fixed = (permitted: 'safe' | 'unsafe'): number =>
      exposure(fixedUnit(unit, all, {options, permitted, untouchable: new Set(), facade, ask})) ??
      before
    totals.units++
    totals.before += before
    totals.safely += fixed('safe')
    totals.after += fixed('unsafe')
  }
  console.log(['rule', 'safe', 'unsafe', 'withheld'].join('\t'))
  for (const [id, {safe, unsafe, withheld}] of counts)
    console.log([id, safe, unsafe, withheld].join('\t'))
  const mean = (sum: number): string => (sum / totals.units / 10).toFixed(3)
  console.log(
    `${totals.units} services, mean exposure ${mean(totals.before)}, ${mean(totals.safely)} after safe fixes, ${mean(totals.after)} after all`,
  )
}

function servicesBelow(folder: string): string[] {
  const found = readdirSync(folder, {recursive: true, withFileTypes: true})
  const files = found.filter((entry) => entry.isFile() && entry.name.endsWith('.service'))
  return files.map((entry) => path.join(entry.parentPath, entry.name)).toSorted()
}
