import {styleText} from 'node:util'
import {unexpected} from '../config/suggest.ts'
import {usageError} from '../config/usage-error.ts'
import {directiveNames, everywhere} from '../facts/directives.ts'
import type {Page} from '../explain/page.ts'
import {question} from '../explain/question.ts'
import {parseArguments} from './arguments.ts'
import {configFlags, configOptions} from './config-arguments.ts'
import {catalogue} from './catalogue.ts'
import type {CataloguedRule} from './catalogue.ts'
import {usesColor, widthOf, writeLine} from './io.ts'
import type {Io} from './io.ts'
import {pageLines} from './page.ts'
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
  const rule = rules.find((candidate) => candidate.rule.id === name)
  const page = rule ? await pageOfRule(rule) : await pageOfDirective(name, rules)
  const isColored = usesColor(io.stdout, io.env, given.on('color'))
  const heading = (text: string): string => (isColored ? styleText('bold', text, {validateStream: false}) : text)
  await writeLine(io.stdout, pageLines(page, {width: widthOf(io.stdout), heading}).join('\n'))
  return 0
}

const epilogue = "A directive may have its section in front and a value behind: Service.Restart, '[Timer] Unit', PrivateTmp=yes."

async function pageOfRule({rule, presets}: CataloguedRule): Promise<Page> {
  const {rulePage} = await import('../explain/rule.ts')
  return rulePage(
    rule,
    Object.entries(presets).map(([name, severity]) => `${name} (${severity})`),
  )
}

async function pageOfDirective(text: string, rules: readonly CataloguedRule[]): Promise<Page> {
  const asked = question(text)
  const known = (): string[] => [...rules.map(({rule}) => rule.id), ...directiveNames()]
  if (everywhere(asked.key).length === 0) throw usageError('unitlint', unexpected('rule or directive', asked.key || text, known()))
  const [{directivePage}, {sectionsWith}] = await Promise.all([import('../explain/directive.ts'), import('../explain/meanings.ts')])
  const page = directivePage(
    asked,
    rules.map(({rule}) => rule),
  )
  if (page) return page
  throw usageError('unitlint', unexpected('section', `[${asked.section ?? ''}]`, sectionsWith(asked.key)))
}
