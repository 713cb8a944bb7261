import {readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {presets} from '../../configs/index.ts'
import {rules} from '../../rules/index.ts'
import {configs} from '../config/configs.ts'
import {check} from '../engine/check.ts'
import type {LintOptions} from '../engine/options.ts'
import {readerFor, sourceOf} from '../engine/reader.ts'
import {target} from '../facts/targets.ts'
import type {Target} from '../facts/targets.ts'
import type {Applicability} from '../rule/rule.ts'
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
  const services = servicesBelow(folder).flatMap(
    (file) => judge(file, its, hardening, options) ?? [],
  )
  for (const {best, asked} of services)
    for (const [id, count] of counts) {
      const applicability = best.get(id)
      if (applicability === 'safe') count.safe++
      else if (applicability === 'unsafe') count.unsafe++
      else if (asked.has(id)) count.withheld++
    }
  console.log(['rule', 'safe', 'unsafe', 'withheld'].join('\t'))
  for (const [id, {safe, unsafe, withheld}] of counts)
    console.log([id, safe, unsafe, withheld].join('\t'))
  const mean = (of: 'before' | 'safely' | 'after'): string =>
    (services.reduce((sum, one) => sum + one[of], 0) / services.length / 10).toFixed(3)
  console.log(
    `${services.length} services, mean exposure ${mean('before')}, ${mean('safely')} after safe fixes, ${mean('after')} after all`,
  )
}

/** What is found in a service, and how exposed it is. */
interface AssessedService {
  /** How safe the best fix of each rule is that found something. */
  readonly best: ReadonlyMap<string, Applicability | undefined>
  /** The rules that would ask for something if nothing showed what the service needs. */
  readonly asked: ReadonlySet<string>
  readonly before: number
  readonly safely: number
  readonly after: number
}

function judge(
  file: string,
  its: Target,
  hardening: LintOptions['rules'],
  options: LintOptions,
): AssessedService | undefined {
  const text = decode(readFileSync(file))
  const identity = unitOf(file)
  if (!identity || excess([text]) !== undefined) return undefined
  const {read, facade, ask} = readerFor(its, identity, options, undefined)
  const unit = read([sourceOf({path: file, text}, identity.role)])
  const before = exposure(unit)
  if (before === undefined) return undefined
  const {located} = check(unit, hardening, options, facade)
  const silent = read([sourceOf({path: file, text: '[Service]\nExecStart=/x\n'}, identity.role)])
  const asked = check(facade(unit, silent), hardening, options, facade).located
  const all = ask(unit, options.rules)
  const fixed = (permitted: 'safe' | 'unsafe'): number =>
    exposure(fixedUnit(unit, all, {options, permitted, untouchable: new Set(), facade, ask})) ??
    before
  return {
    best: new Map(located.map(({ruleId, fixes: [first]}) => [ruleId, first?.applicability])),
    asked: new Set(asked.map(({ruleId}) => ruleId)),
    before,
    safely: fixed('safe'),
    after: fixed('unsafe'),
  }
}

function servicesBelow(folder: string): string[] {
  const found = readdirSync(folder, {recursive: true, withFileTypes: true})
  const files = found.filter((entry) => entry.isFile() && entry.name.endsWith('.service'))
  return files.map((entry) => path.join(entry.parentPath, entry.name)).toSorted()
}
