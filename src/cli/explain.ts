import {styleText} from 'node:util'
import {unexpected} from '../config/suggest.ts'
import {usageError} from '../config/usage-error.ts'
import {directiveNames, everywhere} from '../facts/directives.ts'
import {printable} from '../reporters/printable.ts'
import type {Example} from '../rule/rule.ts'
import {parseArguments} from './arguments.ts'
import {configFlags, configOptions} from './config-arguments.ts'
import {catalogue} from './catalogue.ts'
import type {CataloguedRule} from './catalogue.ts'
import {block, paragraph} from './explain/page.ts'
import type {Page} from './explain/page.ts'
import {question} from './explain/question.ts'
import {usesColor, widthOf, writeLine} from './io.ts'
import type {Io} from './io.ts'
import {only} from './positionals.ts'

/** `unitlint explain RULE|DIRECTIVE`: what a rule wants and why, or what is known of a directive. */
export async function explain(argv: readonly string[], io: Io): Promise<number> {
  const color = {type: 'boolean', describe: 'Use colours, or --no-color; else for terminals only'} as const
  const given = await parseArguments(argv, {usage: 'unitlint explain RULE|DIRECTIVE', options: {config: configOptions.config, color}, epilogue}, io)
  if ('help' in given) {
    await writeLine(io.stdout, given.help)
    return 0
  }
  const name = only(given.positionals, 'a rule or a directive')
  const rules = await catalogue(configFlags(given, io), io)
  const page = {
    width: widthOf(io.stdout),
    heading: (text: string) => (usesColor(io.stdout, io.env, given.on('color')) ? styleText('bold', text, {validateStream: false}) : text),
  }
  const rule = rules.find((candidate) => candidate.rule.id === name)
  await writeLine(io.stdout, (rule ? await rulePage(rule, page) : await pageOfDirective(name, rules, page)).join('\n'))
  return 0
}

const epilogue = "A directive may have its section in front and a value behind: Service.Restart, '[Timer] Unit', PrivateTmp=yes."

async function pageOfDirective(text: string, rules: readonly CataloguedRule[], page: Page): Promise<string[]> {
  const asked = question(text)
  if (everywhere(asked.key).length === 0)
    throw usageError('unitlint', unexpected('rule or directive', asked.key || text, [...rules.map((candidate) => candidate.rule.id), ...directiveNames()]))
  const {directivePage} = await import('./explain/directive.ts')
  return directivePage(asked, rules, page)
}

async function rulePage({rule, presets}: CataloguedRule, page: Page): Promise<string[]> {
  const {optionLines} = await import('./explain/options.ts')
  const named = Object.entries(presets).map(([name, severity]) => `${name} (${severity})`)
  return [
    page.heading(rule.id),
    ...paragraph(rule.summary, page),
    '',
    ...paragraph(rule.why, page),
    ...(rule.unless === undefined ? [] : ['', ...paragraph(`Not for you when: ${rule.unless}`, page)]),
    '',
    ...paragraph(`Presets: ${named.join(', ') || 'none'}`, page),
    ...block(
      'Options',
      optionLines(rule).flatMap((line) => paragraph(line, page, '  ')),
      page,
    ),
    ...rule.examples.bad.flatMap((example) => block('Bad', exampleLines(example), page)),
    ...rule.examples.good.flatMap((example) => block('Good', exampleLines(example), page)),
  ]
}

function exampleLines(example: Example): string[] {
  const [name, text] = typeof example === 'string' ? [undefined, example] : [example.name, example.unit]
  return [...(name === undefined ? [] : [`# ${name}`]), ...text.replace(/\n$/, '').split('\n')].map((line) => `  ${printable(line)}`)
}
