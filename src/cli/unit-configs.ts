import path from 'node:path'
import type {ResolvedConfig} from '../config/configs.ts'
import type {FileSettings} from '../config/settings.ts'
import {usageFault} from '../config/usage-error.ts'
import type {LintOptions} from '../engine/options.ts'
import type {FoundFile} from '../files/find.ts'
import {query} from '../unit/query.ts'
import {pastable} from '../reporters/printable.ts'
import type {Trace} from '../needs/evidence/traced.ts'
import type {Scope, ScopeNotes} from './scope.ts'

/** How the files of a unit are judged. */
export interface JudgedBy {
  readonly config: ResolvedConfig
  readonly isNamed: boolean
}

/** Counts a file that is passed over. */
export function countSkipped(skipped: Map<string, number>, what: string): void {
  skipped.set(what, (skipped.get(what) ?? 0) + 1)
}

/** Adds options to settings, once for each settings. */
export function runOptions(
  run: Pick<
    LintOptions,
    | 'fix'
    | 'fixOnly'
    | 'gains'
    | 'inlineConfig'
    | 'reportUnusedDisables'
    | 'now'
    | 'timing'
    | 'trace'
  >,
): Scope['optionsOf'] {
  const made = new Map<FileSettings, LintOptions>()
  return (settings) => {
    const options = made.get(settings) ?? {
      ...settings,
      ...run,
      trace: bothTraces(settings.trace, run.trace),
    }
    made.set(settings, options)
    return options
  }
}

/** What a config names adds to what the command line does. */
function bothTraces(one: Trace | undefined, other: Trace | undefined): Trace | undefined {
  return one && other ? {services: [...one.services, ...other.services]} : (one ?? other)
}

/**
 * The files that are not ignored, each with its config; files without a sound config are left out.
 */
export async function withConfigs(
  files: readonly FoundFile[],
  scope: Scope,
  {faults, notes, skipped}: ScopeNotes,
): Promise<ReadonlyMap<string, JudgedBy>> {
  const kept = new Map<string, JudgedBy>()
  // Most are judged alike.
  const judgedBy = query((config: ResolvedConfig, isNamed: boolean): JudgedBy => ({
    config,
    isNamed,
  }))
  for (const {path: file, isNamed} of files) {
    const config = await configFor(file, scope, faults)
    if (!config) continue
    if (!config.isIgnored(path.resolve(scope.cwd, file))) {
      kept.set(file, judgedBy(config, isNamed))
      continue
    }
    countSkipped(skipped, 'ignored file')
    if (isNamed) notes.push(ignoredNote(file))
  }
  return kept
}

/** The config of a file; undefined where it is at fault, which is told. */
export async function configFor(
  file: string,
  {cwd, configOf}: Scope,
  faults: Set<string>,
): Promise<ResolvedConfig | undefined> {
  try {
    return await configOf(path.dirname(path.resolve(cwd, file)))
  } catch (error) {
    faults.add(usageFault(error))
    return undefined
  }
}

/** How a file is judged; undefined where its config is at fault, which is told. */
export function optionsFor(
  file: string,
  config: ResolvedConfig,
  {cwd, optionsOf}: Scope,
  faults: Set<string>,
): LintOptions | undefined {
  try {
    return optionsOf(config.settings(path.resolve(cwd, file)))
  } catch (error) {
    faults.add(usageFault(error))
    return undefined
  }
}

/** What is said of a file that was named and is ignored. */
export function ignoredNote(file: string): string {
  return `${pastable(file)}: Ignored, as its config says`
}
