import path from 'node:path'
import type {ConfigFlags} from '../../config/configs.ts'
import {exposurePlan} from '../../engine/exposure-plan.ts'
import {TooMuchToPlan} from '../../engine/planning-effort.ts'
import type {ExposurePlan} from '../../engine/exposure-plan.ts'
import type {Paint} from '../../reporters/exposure.ts'
import {writeJson} from '../../reporters/security-json.ts'
import type {JsonStyle} from '../../reporters/security-json.ts'
import {planObject, planText} from '../../reporters/security-plan.ts'
import type {PlannedUnit} from '../../reporters/security-plan.ts'
import type {AssessOptions} from '../../security/index.ts'
import {ownConfigs} from '../own-configs.ts'
import {tellAll, wrapWidth} from '../io.ts'
import type {Io} from '../io.ts'
import type {ActiveRule, LintOptions} from '../../engine/options.ts'
import {messageOf} from '../../rule/thrown.ts'
import {soundProblems} from '../../rule/sound.ts'
import {pastable} from '../../reporters/printable.ts'
import {hardeningFlags} from '../config-arguments.ts'
import {guard} from '../guard.ts'
import {traceNamed} from '../trace-option.ts'
import {TracedUnits} from '../trace/traced-units.ts'
import {runOptions} from '../unit-configs.ts'
import type {SecurityUnit} from './security-units.ts'

/**
 * Plan how to lower the exposure of units with all hardening rules: those of `strict`, as presets
 * and configs change them.
 *
 * Units that systemd would not load are left out; what kept rules from being of use is told in
 * lines. Rejects with a usage error.
 */
export async function planUnits(
  units: readonly SecurityUnit[],
  flags: ConfigFlags,
  how: AssessOptions,
  traces: readonly string[],
  io: Io,
): Promise<{planned: PlannedUnit[]; failures: ReadonlySet<string>}> {
  const failures = new Set<string>()
  // A rule is at fault in all units alike.
  const told = new Set<string>()
  const trace = await traceNamed(traces, io)
  const traced = trace && new TracedUnits(trace, traces)
  const optionsOf = runOptions({trace})
  const hardening = hardeningFlags(flags)
  const configOf = ownConfigs(hardening, io.cwd)
  const planned: PlannedUnit[] = []
  for (const unit of units) {
    const file = path.resolve(io.cwd, unit.path)
    const settings = (await configOf(path.dirname(file))).settings(file)
    traced?.take(unit.sources)
    const options: LintOptions = {
      ...optionsOf(settings),
      rules: settings.rules.map((active) =>
        noting(active, (reason) => {
          if (!told.has(reason)) failures.add(`unitlint: ${pastable(unit.path)}: ${reason}`)
          told.add(reason)
        }),
      ),
    }
    const made = guard(pastable(unit.path), () => planOf(unit, options, how))
    if ('fault' in made) failures.add(made.fault)
    else if (made.made instanceof TooMuchToPlan)
      failures.add(`${pastable(unit.path)}: Not planned: ${made.made.message}`)
    else if (made.made)
      planned.push({
        path: unit.path,
        target: unit.context.target,
        flags: hardening.presets.map((preset) => `--preset ${preset}`).join(' '),
        plan: made.made,
      })
  }
  await tellAll(io, traced?.notes ?? [])
  for (const line of traced?.faults ?? []) failures.add(line)
  return {planned, failures}
}

/** The plan of a unit, or why there is none; undefined for a unit that systemd would not load. */
function planOf(
  {loaded, context}: SecurityUnit,
  options: LintOptions,
  how: AssessOptions,
): ExposurePlan | TooMuchToPlan | undefined {
  try {
    return exposurePlan(loaded.files, context, options, how)
  } catch (cause) {
    if (cause instanceof TooMuchToPlan) return cause
    throw cause
  }
}

/** A rule that tells of it when it fails: a plan is made of the others, without a word. */
function noting({rule, ...how}: ActiveRule, tell: (reason: string) => void): ActiveRule {
  return {
    ...how,
    rule: {
      ...rule,
      check(unit, options) {
        try {
          return soundProblems(rule, unit, options)
        } catch (error) {
          tell(`Rule \`${rule.id}\` failed: ${messageOf(error)}`)
          throw error
        }
      },
    },
  }
}

/**
 * Plans as JSON, an object for one unit and an object from path to plan for several, or as text for
 * people.
 */
export function showPlans(
  planned: readonly PlannedUnit[],
  several: boolean,
  json: JsonStyle | undefined,
  paint: Paint,
  io: Io,
): string {
  const [first] = planned
  if (json === undefined)
    return planned.map((unit) => planText(unit, wrapWidth(io.stdout), paint)).join('\n\n')
  return writeJson(
    several || !first
      ? Object.fromEntries(planned.map((unit) => [unit.path, planObject(unit)]))
      : planObject(first),
    json,
  )
}
