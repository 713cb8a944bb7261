import {printable, printableJson} from '../reporters/printable.ts'
import type {Main} from './attempt.ts'
import {configFlags, configOptions} from './config-arguments.ts'
import {catalogue} from './catalogue.ts'
import type {CataloguedRule} from './catalogue.ts'
import {writeLine} from './io.ts'
import {noMore} from './positionals.ts'

/** `unitlint rules [--json]`: all rules with the presets that they are in. */
export const listRules: Main = {
  grammar: {
    usage: 'unitlint rules [--json]',
    options: {
      json: {type: 'boolean', describe: 'Print all that is known of them as JSON'},
      config: configOptions.config,
    },
  },
  async run(given, io) {
    noMore(given.positionals)
    const rules = await catalogue(configFlags(given, io), io)
    await writeLine(
      io.stdout,
      given.on('json') ? printableJson(await Promise.all(rules.map(asJson)), 2) : table(rules),
    )
    return 0
  },
}

function table(rules: readonly CataloguedRule[]): string {
  const width = rules.reduce((most, {rule}) => Math.max(most, rule.id.length), 0)
  return rules
    .map(({rule, presets}) =>
      printable(
        `${rule.id.padEnd(width)}  ${rule.summary}  (${Object.keys(presets).join(', ') || 'no preset'})`,
      ),
    )
    .join('\n')
}

async function asJson({rule, presets}: CataloguedRule): Promise<unknown> {
  const {optionsSchema} = await import('../rule/options-schema.ts')
  const {id, summary, why, unless, directives, messages, examples} = rule
  return {
    id,
    summary,
    why,
    unless,
    directives,
    options: optionsSchema(rule),
    messages,
    presets,
    examples,
  }
}
