import * as z from 'zod'
import {accessIds} from '../facts/accesses.ts'
import {fileTypes} from '../facts/unit-types.ts'
import {misspelt} from '../facts/misspelt.ts'
import {complaintKinds} from '../rule/complaint-kinds.ts'
import type {Occasion} from '../rule/on.ts'
import {environmentAliases, environments} from '../facts/environments.ts'
import {codenames, newestVersion, oldestVersion, releases} from '../facts/targets.ts'
import {globFault} from '../values/glob-limits.ts'
import {severities} from './severities.ts'
import {unexpected} from '../rule/suggest.ts'

/** What a severity may be. */
const severity = z
  .literal([...severities])
  .describe('How much a rule counts: `info` is told and never counts')

/** A severity, alone or with options. */
export function ruleSetting(options: z.ZodType) {
  return z.union([severity, z.tuple([severity, options.optional()])])
}

const anyRules = z.record(z.string(), ruleSetting(z.record(z.string(), z.unknown())))

/** Globs of files, each without what `faultOf` finds in it: one that fits nothing is told. */
function globs(faultOf: (glob: string) => string | undefined) {
  return z.array(
    z
      .string()
      .min(1, 'Expected a glob')
      .check(({value, issues}) => {
        const message = globFault(value) ?? faultOf(value)
        if (message !== undefined) issues.push({code: 'custom', message, input: value})
      }),
  )
}

/** `!(a|b)` is a glob, `!a` the exception that `ignores` knows. */
const exception = /^!(?!\()/

function exceptionFault(glob: string, expected: string): string | undefined {
  return exception.test(glob)
    ? `Unexpected \`!\` in \`${glob}\`, expected ${expected}`
    : outsideFault(glob)
}

/** Globs are tried on paths below a folder. */
function outsideFault(glob: string): string | undefined {
  return /^!?(?:\.\/)*\.\.(?:\/|$)/.test(glob)
    ? `Unexpected \`${glob}\`, expected a glob of files below the folder that globs start from`
    : undefined
}

const versions = Array.from(
  {length: newestVersion - oldestVersion + 1},
  (_, index) => oldestVersion + index,
)

const profile = z.union([
  z.string(),
  strict({
    needs: z.array(z.enum(accessIds)).describe('The accesses that the services need'),
    asRoot: z
      .array(z.enum(accessIds))
      .optional()
      .describe('Those that they need besides where they start as root'),
    ifUnknown: z
      .array(z.enum(accessIds))
      .optional()
      .describe('Those that they may need besides where nobody knows all of their programs'),
    closed: z.boolean().describe('Whether they need nothing else'),
  }),
])

/**
 * The keys that a config has, and their schemas; some by choice: JSON has no functions, and its
 * schema knows the names.
 */
function shapes({rules, plugin, target}: {rules: z.ZodType; plugin: z.ZodType; target: z.ZodType}) {
  const settings = {
    rules: rules.optional().describe('Rules by id, `plugin/rule` for rules of plugins'),
    safeOnly: z
      .array(z.string())
      .optional()
      .describe('Those of `rules` that are told only where `--fix` mends what they find'),
    profile: profile
      .optional()
      .describe(
        'What the services need: the name of a preset that has a profile, `auto`, a profile, or the path of a JSON file that `unitlint trace` wrote',
      ),
    targets: z
      .array(target)
      .min(1, 'Expected a target')
      .optional()
      .describe(
        'The systemds to judge by: versions or releases, with commas the environments that they run in; absent: all that large distributions still support',
      ),
    manager: z
      .enum(['system', 'user'])
      .optional()
      .describe('Whose units: those of the system, or of a user'),
    requireReasons: z
      .boolean()
      .optional()
      .describe('Whether comments that turn rules off have to give a reason behind `--`'),
  }
  const override = strict({
    files: globs((glob) => exceptionFault(glob, 'what is left out in `excludedFiles`'))
      .min(1, 'Expected a glob')
      .describe('Globs, from the folder of the config; one without a slash fits in any folder'),
    excludedFiles: globs((glob) => exceptionFault(glob, 'what to take in `files`'))
      .optional()
      .describe('Globs of files that `files` fits and that are left out'),
    ...settings,
  })
  const config = strict({
    $schema: z.string().optional(),
    get extends(): z.ZodType {
      return z
        .union([z.string(), config, z.array(z.union([z.string(), config]))])
        .optional()
        .describe('Presets, `plugin/name`, packages, paths, or configs; absent: `recommended`')
    },
    plugins: z
      .record(z.string(), plugin)
      .optional()
      .describe('Plugins by the name that their rules get in front'),
    overrides: z.array(override).optional().describe('Settings for some files; later ones win'),
    ignores: globs(outsideFault).optional().describe('Globs of files not to lint'),
    ...settings,
  })
  return config
}

/** The name of a directive that a rule is about: one that nobody knows may be newer, or another's. */
const directiveName = z.string().check(({value, issues}) => {
  const meant = misspelt(value)
  if (meant !== undefined)
    issues.push({code: 'custom', message: unexpected('directive', value, [meant]), input: value})
})

/** All that a rule may say that it is about. */
const occasion = {
  manager: z.enum(['system', 'user']),
  types: z.array(z.enum(fileTypes)),
  lines: z.array(directiveName),
  signs: z.string(),
  continued: z.literal(true),
  complaints: z.array(z.enum(complaintKinds)),
  modes: z.int(),
  refused: z.literal(true),
  contained: z.literal(true),
} satisfies Record<keyof Occasion, z.ZodType>

const rule = z.looseObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Expected an id in kebab-case'),
  summary: z.string(),
  why: z.string(),
  directives: z.array(directiveName),
  on: strict(occasion).partial().optional(),
  fixesHangOn: z.array(directiveName).optional(),
  options: z.custom(
    (value) =>
      typeof value === 'object' && value !== null && '_zod' in value && 'safeParse' in value,
    'Expected a schema of zod 4',
  ),
  messages: z.record(z.string(), z.string()),
  check: z.custom((value) => typeof value === 'function', 'Expected a function'),
})

/** What a plugin must be. The configs in it are looked at when they are used. */
export const pluginSchema = z.looseObject({
  rules: z.array(rule),
  configs: z.record(z.string(), z.unknown()).optional(),
})

const targetNames = [
  ...[...Object.keys(releases), ...Object.keys(codenames), ...versions.map(String), ...versions],
  ...[...Object.keys(environments), ...Object.keys(environmentAliases)],
]

const words = targetNames.map((name) => String(name).replaceAll('.', '\\.')).join('|')

/**
 * What a config file must export. Names, options of rules, and plugins are looked at when all
 * plugins are known.
 */
export const configSchema = shapes({
  rules: anyRules,
  plugin: z.unknown(),
  target: z.union([z.string(), z.number()]),
})

/** What a JSON config file must hold, given the setting of each rule. */
export function jsonConfigSchema(rules: z.ZodType) {
  return shapes({
    rules,
    plugin: z.string(),
    target: z.union([
      z.literal(targetNames),
      z.string().regex(new RegExp(`^(${words})(, *(${words}))+$`)),
    ]),
  })
}

/** An object of these keys alone, which says which key was meant. */
function strict<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? unexpected('key', String(issue.keys[0]), Object.keys(shape))
        : undefined,
  })
}
