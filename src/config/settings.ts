import type {FindingSeverity} from '../engine/finding.ts'
import type {ActiveRule, LintOptions} from '../engine/options.ts'
import type {Profiles} from '../needs/kind.ts'
import type {Trace} from '../needs/evidence/traced.ts'
import type {Profile} from '../needs/profile.ts'
import {serviceKinds} from '../needs/programs/tables/kinds.ts'
import {managerOf} from '../unit/load.ts'
import type {EnvironmentId} from '../facts/environments.ts'
import {defaultTarget, namedTargets, newestTarget, onlyWithin, within} from '../facts/targets.ts'
import type {NamedTargets, Target} from '../facts/targets.ts'
import {unknownTarget} from './unknown-target.ts'
import {messageOf} from '../rule/thrown.ts'
import type {Rule} from '../rule/rule.ts'
import type {Collected, Layer} from './collect.ts'
import type {Config, RuleSetting, LintSettings} from './config.ts'
import type {Matcher} from './globs.ts'
import {faultOf, keysOf} from '../rule/issues.ts'
import type {SchemaFault} from '../rule/issues.ts'
import {inside, wrong} from './origin.ts'
import type {ConfigOrigin} from './origin.ts'
import {severityOf} from './severities.ts'
import {unexpected} from '../rule/suggest.ts'

/** What a layer says of a rule; without options it keeps those of earlier layers. */
interface RuleState {
  /** Undefined: off. */
  readonly severity: FindingSeverity | undefined
  readonly safeOnly: boolean
  readonly origin: ConfigOrigin
  readonly options?: unknown
}

/** A layer with all its names looked up. */
interface ReadyLayer {
  readonly fits?: Matcher | undefined
  readonly rules: ReadonlyMap<string, RuleState>
  readonly profile?: Profile | Profiles | undefined
  readonly trace?: Trace | undefined
  readonly targets?: readonly Target[] | undefined
  /** Where all targets run, those of earlier layers too. */
  readonly environments?: readonly EnvironmentId[] | undefined
  readonly manager?: 'system' | 'user' | undefined
  readonly requireReasons?: boolean | undefined
}

/** What is left of the layers for a file: the part of the lint options that configs decide. */
export type FileSettings = Pick<
  LintOptions,
  | 'rules'
  | 'targets'
  | 'upTo'
  | 'manager'
  | 'profile'
  | 'trace'
  | 'tried'
  | 'requireReasons'
  | 'knownRules'
>

/**
 * Look up all that the layers name: from the absolute path of a file to its settings, which are
 * made once for all files that the same overrides fit.
 *
 * Where nobody names a target, it is the one that is assumed, else all from the oldest on that
 * large distributions support.
 *
 * Throws a usage error for the first unknown name, or options that a rule does not take. Rules and
 * profiles of plugins may be unknown where something was passed over.
 */
export function settingsByFile(
  {
    layers,
    rules,
    plugins,
    passedOver,
  }: Pick<Collected, 'layers' | 'rules' | 'plugins' | 'passedOver'>,
  presets: Readonly<Record<string, Config>>,
  assumed?: Target,
): (file: string) => FileSettings {
  const profiles = profilesOf(presets, plugins)
  const isKnown = (name: string, names: ReadonlyMap<string, unknown>): boolean =>
    !name.includes('/') || names.has(name)
  const ready = layers.map((layer) =>
    readyLayer(
      passedOver.length === 0
        ? layer
        : withKnown(
            layer,
            (id) => isKnown(id, rules),
            (name) => isKnown(name, profiles),
          ),
      rules,
      profiles,
    ),
  )
  const knownRules = new Set(rules.keys())
  const made = new Map<string, FileSettings>()
  return (file) => {
    const fitting = ready.filter(({fits}) => fits?.(file) ?? true)
    const manager = managerOf(file)
    const key = `${manager} ${fitting.map((layer) => ready.indexOf(layer)).join()}`
    const known = made.get(key)
    if (known) return known
    const settings = merge(fitting, {rules, knownRules, assumed, manager})
    made.set(key, settings)
    return settings
  }
}

/** A layer less what it says of unknown rules, and an unknown profile. */
function withKnown(
  layer: Layer,
  isRule: (id: string) => boolean,
  isProfile: (name: string) => boolean,
): Layer {
  const {profile, rules = {}, safeOnly, ...others} = layer.settings
  const isKept =
    profile !== undefined &&
    (typeof profile !== 'string' || layer.trace !== undefined || isProfile(profile))
  return {
    ...layer,
    settings: {
      ...others,
      ...(isKept ? {profile} : {}),
      rules: Object.fromEntries(Object.entries(rules).filter(([id]) => isRule(id))),
      ...(safeOnly && {safeOnly: safeOnly.filter(isRule)}),
    },
  }
}

function readyLayer(
  {settings, origin, fits, trace, isOurs = false}: Layer,
  rules: ReadonlyMap<string, Rule>,
  profiles: ReadonlyMap<string, Profile | Profiles>,
): ReadyLayer {
  const {safeOnly = []} = settings
  const its = Object.keys(settings.rules ?? {})
  for (const [index, id] of safeOnly.entries()) {
    if (!its.includes(id))
      throw wrong(inside(origin, `safeOnly[${index}]`), unexpected('rule', id, its))
  }
  return {
    fits,
    rules: new Map(
      Object.entries(settings.rules ?? {}).map(([id, setting]) => {
        const state = ruleState(id, setting, rules, inside(origin, `rules.${id}`), isOurs)
        return [id, {...state, safeOnly: safeOnly.includes(id)}]
      }),
    ),
    // A profile that was traced says what was seen, and leaves what services need besides to
    // others.
    profile: trace ? undefined : profileOf(settings.profile, profiles, inside(origin, 'profile')),
    trace,
    ...targetsOf(settings.targets, origin),
    manager: settings.manager,
    requireReasons: settings.requireReasons,
  }
}

/**
 * What names of targets come to: systemds, each once, and environments that are theirs and those of
 * earlier layers where no systemd is named.
 */
function targetsOf(
  names: LintSettings['targets'],
  origin: ConfigOrigin,
): Pick<ReadyLayer, 'targets' | 'environments'> {
  if (!names) return {}
  const named = names.map((name, index) =>
    checkedTargets(String(name), inside(origin, `targets[${index}]`)),
  )
  const environments = [...new Set(named.flatMap((one) => one.environments))]
  const targets = new Map(
    named.flatMap((one) =>
      one.targets.map((target) => [target.name, within(target, environments)] as const),
    ),
  )
  return targets.size === 0 ? {environments} : {targets: [...targets.values()], environments: []}
}

function ruleState(
  id: string,
  setting: RuleSetting,
  rules: ReadonlyMap<string, Rule>,
  origin: ConfigOrigin,
  isOurs: boolean,
): Omit<RuleState, 'safeOnly'> {
  const rule = rules.get(id)
  if (!rule) {
    // Of a plugin, without its name.
    const full = [...rules.keys()].find((one) => one.endsWith(`/${id}`))
    throw wrong(origin, unexpected('rule', id, full === undefined ? [...rules.keys()] : [full]))
  }
  // `Array.isArray` does not know read-only arrays.
  const [severity, options] = Array.isArray(setting)
    ? (setting as Exclude<RuleSetting, string | number>)
    : [setting as Exclude<RuleSetting, readonly unknown[]>]
  const its = severityOf(severity)
  if (options === undefined) return {severity: its, origin}
  if (isOurs && rule.defaults)
    return {severity: its, origin, options: {...rule.defaults, ...options}}
  return {severity: its, origin, options: parseOptions(rule, options, inside(origin, '[1]'))}
}

function parseOptions(rule: Rule, options: unknown, origin: ConfigOrigin): unknown {
  const {data, fault} = optionsOf(rule, options, origin)
  if (!fault) return data
  // An option of the command line has no places: the rule tells which of several is meant.
  const place =
    origin.path === undefined
      ? {...origin, name: `${origin.name} ${rule.id}`}
      : inside(origin, fault.path)
  throw wrong(place, fault.message)
}

function optionsOf(
  rule: Rule,
  options: unknown,
  origin: ConfigOrigin,
): {data?: unknown; fault?: SchemaFault} {
  try {
    const {success, data, error} = rule.options.safeParse(options)
    if (success) return {data}
    return {fault: faultOf(error, options, keysOf(rule.options))}
  } catch (error) {
    // The schema may be anybody's.
    throw wrong(origin, `Cannot check the options of \`${rule.id}\`: ${messageOf(error)}`, error)
  }
}

function profileOf(
  profile: string | Profile | undefined,
  profiles: ReadonlyMap<string, Profile | Profiles>,
  origin: ConfigOrigin,
): Profile | Profiles | undefined {
  if (typeof profile !== 'string') return profile
  const found = profiles.get(profile)
  if (!found) throw wrong(origin, unexpected('profile', profile, [...profiles.keys()]))
  return found
}

/** All profiles by name; `auto` is the choice among those of our presets. */
function profilesOf(
  presets: Readonly<Record<string, Config>>,
  plugins: Collected['plugins'],
): ReadonlyMap<string, Profile | Profiles> {
  const configs = new Map(Object.entries(presets))
  for (const [plugin, {configs: its = {}}] of plugins)
    for (const [name, config] of Object.entries(its))
      if (hasProfile(config)) configs.set(`${plugin}/${name}`, config)
  const profiles = new Map(
    [...configs].flatMap(([name, {profile}]) =>
      typeof profile === 'object' ? [[name, profile] as const] : [],
    ),
  )
  const byKind = Object.fromEntries(
    serviceKinds.flatMap((kind) =>
      profiles.has(kind) ? [[kind, profiles.get(kind)] as const] : [],
    ),
  )
  return new Map<string, Profile | Profiles>([...profiles, ['auto', {byKind}]])
}

/** Whether a plugin's config, which may be anything until it is used, has a profile. */
function hasProfile(config: unknown): config is Config {
  if (typeof config !== 'object' || config === null || !('profile' in config)) return false
  const {profile} = config
  return (
    typeof profile === 'object' &&
    profile !== null &&
    'needs' in profile &&
    Array.isArray(profile.needs) &&
    'closed' in profile
  )
}

/** The targets of a name. Throws a usage error that lists or suggests those there are. */
export function checkedTargets(name: string, origin: ConfigOrigin): NamedTargets {
  const found = namedTargets(name)
  if (typeof found !== 'string') return found
  throw wrong(origin, unknownTarget(found))
}

function merge(
  layers: readonly ReadyLayer[],
  {
    rules,
    knownRules,
    assumed,
    manager,
  }: {
    readonly rules: ReadonlyMap<string, Rule>
    readonly knownRules: ReadonlySet<string>
    readonly assumed: Target | undefined
    readonly manager: 'system' | 'user'
  },
): FileSettings {
  const states = new Map<string, RuleState>()
  for (const layer of layers)
    for (const [id, state] of layer.rules) {
      const before = states.get(id)
      states.set(id, before ? {...before, ...state} : state)
    }
  const last = <Key extends keyof ReadyLayer>(key: Key): ReadyLayer[Key] | undefined =>
    layers.findLast((layer) => layer[key] !== undefined)?.[key]
  const named = last('targets')
  // Environments that are named alone hold for the systemds of earlier layers.
  const environments = last('environments') ?? []
  const placed = (target: Target): Target =>
    environments.length === 0 ? target : onlyWithin(target, environments)
  return {
    rules: [...rules.values()].flatMap((rule) => active(rule, states.get(rule.id))),
    targets: (named ?? [assumed ?? defaultTarget]).map(placed),
    upTo: (named ?? assumed) ? undefined : placed(newestTarget),
    manager: last('manager') ?? manager,
    profile: last('profile'),
    trace: last('trace'),
    requireReasons: last('requireReasons'),
    knownRules,
  }
}

function active(rule: Rule, state: RuleState | undefined): ActiveRule[] {
  if (state?.severity === undefined) return []
  const {severity, safeOnly, origin} = state
  return [
    {
      rule,
      severity,
      safeOnly,
      options:
        'options' in state ? state.options : (rule.defaults ?? parseOptions(rule, {}, origin)),
    },
  ]
}
