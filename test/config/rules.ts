import * as z from 'zod'
import type {Config} from '../../src/config/config.ts'
import {configs} from '../../src/config/configs.ts'
import type {ConfigFlags} from '../../src/config/configs.ts'
import type {Rule} from '../../src/rule/rule.ts'

/** A rule that finds nothing. */
function rule(id: string, options: z.ZodType = z.strictObject({})): Rule {
  return {
    id,
    summary: 'Nothing',
    why: 'For tests',
    directives: [],
    options,
    messages: {},
    examples: {bad: [], good: []},
    check: () => [],
  }
}

/** Rules to configure; `limit` takes options. */
export const rules = [
  rule('private-tmp'),
  rule(
    'limit',
    z.strictObject({
      atLeast: z.enum(['low', 'high']).default('low'),
      names: z.array(z.string()).default([]),
    }),
  ),
  rule('protect-home'),
]

/** Presets of those rules. */
export const presets: Readonly<Record<string, Config>> = {
  recommended: {rules: {'private-tmp': 'warn'}},
  strict: {
    extends: 'recommended',
    rules: {'private-tmp': 'error', limit: ['error', {atLeast: 'high'}]},
    overrides: [{files: ['*.timer'], rules: {'private-tmp': 'off'}}],
  },
  'backup-job': {rules: {limit: 'warn'}, profile: {needs: ['inet'], closed: true}},
}

/** What configs and flags say for a file: `id: severity options` for each rule, in order. */
export async function settingsOf(
  file: string,
  flags: ConfigFlags = {},
  cwd = '/',
): Promise<string[]> {
  const config = await configs(
    {rules, presets},
    flags,
    cwd,
  )(file.slice(0, file.lastIndexOf('/')) || '/')
  return config
    .settings(file)
    .rules.map(
      (active) => `${active.rule.id}: ${active.severity} ${JSON.stringify(active.options)}`,
    )
}
