import {existsSync} from 'node:fs'
import path from 'node:path'
import {parse} from 'yaml'
import type {ConfigFlags} from '../config/configs.ts'
import type {RuleSetting} from '../config/config.ts'
import {evidenceName} from '../config/evidence-file.ts'
import {severities} from '../config/severities.ts'
import {unexpected} from '../config/suggest.ts'
import {usageError} from '../config/usage-error.ts'
import type {Search} from '../files/find.ts'
import {hostAt} from '../files/host.ts'
import {systemdOf} from '../machine/systemd-of.ts'
import type {HostSystemd} from '../machine/systemd-of.ts'
import {printable} from '../reporters/printable.ts'
import {isUnitName} from '../values/units.ts'
import type {Arguments, Option} from './grammar.ts'
import {writeLine} from './io.ts'
import type {Io} from './io.ts'

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

/** The option that decides where units are looked for. */
export const rootOption = {
  root: {
    type: 'string',
    describe:
      'Take the units of the machine whose files are below this folder: all of them, or those named',
  },
} as const satisfies Readonly<Record<string, Option>>

/** The options that decide how units are searched. */
export const searchOptions = {
  gitignore: {
    type: 'boolean',
    describe:
      'Pass over what a .gitignore names in folders and globs; --no-gitignore: lint it, too',
  },
  'error-on-unmatched-pattern': {
    type: 'boolean',
    describe: 'With --no-error-on-unmatched-pattern, a glob or path without units is no fault',
  },
} as const satisfies Readonly<Record<string, Option>>

/** How units are searched. */
export function searchOf(given: Arguments): Search {
  return {
    isUnmatchedFine: given.on('error-on-unmatched-pattern') === false,
    takesIgnored: given.on('gitignore') === false,
  }
}

/** The option that decides what templates stand for. */
export const instanceOption = {
  instance: {type: 'string', describe: 'Take templates for their instance of this name'},
} as const satisfies Readonly<Record<string, Option>>

/**
 * The instance that templates are taken for, if one is named. Throws a usage error for what no
 * instance can be called.
 */
export function instanceNamed(given: Arguments): string | undefined {
  const name = given.value('instance')
  if (name === undefined || name === false) return undefined
  if (!isUnitName(`a@${name}.service`) || name === '')
    throw usageError(
      '--instance',
      `Unexpected \`${name}\`, expected the name of an instance, escaped as systemd does`,
    )
  return name
}

/**
 * The root of a machine's files that is named, if one is. Throws a usage error for an empty name,
 * as of a variable that is not set.
 */
export function rootOf(given: Arguments): string | undefined {
  const root = given.value('root')
  if (root === '') throw usageError('--root', 'Expected the name of a folder')
  return root === false ? undefined : root
}

/**
 * The files that a command is about: those named, else all there are below the root or in the
 * current folder.
 */
export function filesOf(given: Arguments): readonly string[] {
  return given.positionals.length > 0 || rootOf(given) !== undefined ? given.positionals : ['.']
}

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
  return {
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

/**
 * `id: severity` or `id: [severity, {options}]`, as YAML writes it, of which JSON is a part, or
 * without the space. Throws a usage error for all else.
 */
function ruleSettings(text: string): ReadonlyArray<[id: string, setting: RuleSetting]> {
  // What most write needs no YAML, which takes a while to be loaded.
  const [, plainId, word] = /^([\w@/-]+):[ \t]*([a-z]+)$/.exec(text.trim()) ?? []
  const plain = severities.find((known) => known === word)
  if (plainId !== undefined && plain !== undefined) return [[plainId, plain]]
  const map = fromYaml(text)
  const entries =
    typeof map === 'object' && map !== null && !Array.isArray(map) ? Object.entries(map) : []
  if (entries.length > 0) return entries.map(([id, value]) => [id, ruleSetting(value, text)])
  const [, id, value = ''] = /^([^:\s[{]+)\s*:(.*)$/s.exec(text.trim()) ?? []
  if (id === undefined)
    throw usageError(
      '--rule',
      `Unexpected \`${text}\`, expected \`id: severity\` or \`id: [severity, {options}]\``,
    )
  const setting = fromYaml(value)
  if (setting === undefined)
    throw usageError('--rule', `Unexpected \`${text}\`, expected \`id: [severity, {options}]\``)
  return [[id, ruleSetting(setting, text)]]
}

function ruleSetting(value: unknown, text: string): RuleSetting {
  const [given, options, ...rest] = Array.isArray(value) ? (value as readonly unknown[]) : [value]
  const severity = typeof given === 'string' && /^[012]$/.test(given) ? Number(given) : given
  if (rest.length > 0)
    throw usageError(
      '--rule',
      `Unexpected \`${text}\`, expected \`id: severity\` or \`id: [severity, {options}]\``,
    )
  const words = severities.filter((known) => typeof known === 'string')
  const shown = typeof severity === 'string' ? severity : JSON.stringify(severity ?? null)
  if (!severities.some((known) => known === severity))
    throw usageError('--rule', unexpected('severity', shown, words))
  if (options !== undefined && (typeof options !== 'object' || options === null))
    throw usageError('--rule', `Unexpected options in \`${text}\`, expected an object`)
  // Both have just been looked at.
  return (options === undefined ? severity : [severity, options]) as RuleSetting
}

/** What a text in YAML says; undefined where it is none. */
function fromYaml(text: string): unknown {
  try {
    return parse(text, {maxAliasCount: 0, logLevel: 'error'})
  } catch {
    return undefined
  }
}
