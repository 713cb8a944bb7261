import {existsSync} from 'node:fs'
import path from 'node:path'
import {presets} from '../../configs/index.ts'
import {rules} from '../../rules/index.ts'
import {checkFlags} from '../config/configs.ts'
import type {ConfigFlags} from '../config/configs.ts'
import {evidenceName} from '../config/evidence-file.ts'
import {usageError} from '../config/usage-error.ts'
import {hostAt} from '../files/host.ts'
import {systemdOf} from '../machine/systemd-of.ts'
import type {HostSystemd} from '../machine/systemd-of.ts'
import {printable} from '../reporters/printable.ts'
import type {Arguments, Option} from './grammar.ts'
import {writeLine} from './io.ts'
import type {Io} from './io.ts'
import {ruleSettings} from './rule-settings.ts'
import {rootOf} from './unit-arguments.ts'

/** The options that decide about configs. */
export const configOptions = {
  preset: {
    type: 'string',
    describe:
      'Use a preset instead of `recommended`, such as hardened, strict, auto or a profile; may be repeated',
  },
  config: {
    type: 'string',
    alias: 'c',
    negatable: true,
    describe: 'Use this config file for all files; --no-config: none',
  },
  rule: {
    type: 'string',
    describe: "Set a rule: 'id: severity' or 'id: [severity, {options}]'; may be repeated",
    elsewhere: ['select', 'ignore', 'enable', 'disable'],
  },
  target: {
    type: 'string',
    describe:
      'Judge by this systemd: a version or a release, see `unitlint targets`; may be repeated',
  },
  evidence: {
    type: 'string',
    describe:
      'Read what `unitlint try` has found out from this file; else from unitlint.evidence.json beside the units or above',
  },
  user: {type: 'boolean', describe: "Take the units for those of a user's manager"},
} as const satisfies Readonly<Record<string, Option>>

/**
 * What the options say about configs; what is passed over is told once on standard error. Throws a
 * usage error.
 */
export function configFlags(given: Arguments, {cwd, stderr, env}: Io): ConfigFlags {
  const told = new Set<string>()
  const root = rootOf(given)
  const note = (line: string): void => {
    if (told.has(line)) return
    told.add(line)
    void writeLine(stderr, printable(line))
  }
  const all = (name: keyof typeof configOptions): string[] | undefined => {
    const values = given.values(name).map(String)
    return values.length > 0 ? values : undefined
  }
  const targets = all('target')
  const its = root === undefined || targets ? undefined : systemdOf(hostAt(path.resolve(cwd, root)))
  if (its && its.version !== its.target.version) note(outOfReach(its))
  const flags: ConfigFlags = {
    config: given.value('config'),
    isForeign: root !== undefined,
    timeLimit: timeLimit(env['UNITLINT_TIME_LIMIT']),
    note,
    presets: all('preset'),
    rules:
      all('rule') &&
      Object.fromEntries(given.values('rule').flatMap((value) => ruleSettings(String(value)))),
    targets,
    evidence:
      evidenceNamed(given) ??
      (root !== undefined && path.resolve(cwd, root) === '/' ? ownEvidence() : undefined),
    assumed: its?.target,
    manager: given.on('user') ? 'user' : undefined,
  }
  checkFlags({rules, presets}, flags)
  return flags
}

/** The file of evidence that is named, if one is. Throws a usage error for an empty name. */
function evidenceNamed(given: Arguments): string | undefined {
  const name = given.value('evidence')
  if (name === '') throw usageError('--evidence', 'Expected the name of a file')
  return typeof name === 'string' ? name : undefined
}

/** What was found out on this machine, where it is the root that is looked at. */
function ownEvidence(): string | undefined {
  const file = path.join('/etc/systemd/system', evidenceName)
  return existsSync(file) ? file : undefined
}

/** A systemd that no facts are of. */
function outOfReach({version, target}: HostSystemd): string {
  return `unitlint: The root has systemd ${version}, of which nothing is known here; judged as by ${target.version}`
}

/** The same with all rules that harden: those of `strict`, as presets and configs change them. */
export function hardeningFlags(
  flags: ConfigFlags,
): ConfigFlags & {readonly presets: readonly string[]} {
  return {
    ...flags,
    presets: ['strict', ...(flags.presets ?? []).filter((preset) => preset !== 'strict')],
  }
}

/** Seconds as milliseconds. */
function timeLimit(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined
  const limit = /^\d{1,5}(\.\d{1,3})?$/.test(text) ? Math.round(Number(text) * 1000) : 0
  if (limit === 0)
    throw usageError('UNITLINT_TIME_LIMIT', `Unexpected \`${text}\`, expected a number of seconds`)
  return limit
}
