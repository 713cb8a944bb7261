import {styleText} from 'node:util'
import {unexpected} from '../config/suggest.ts'
import {usageError} from '../config/usage-error.ts'
import {directiveNames, everywhere} from '../model/directives.ts'
import type {DirectiveFacts} from '../model/directives.ts'
import {printable} from '../reporters/printable.ts'
import {wrap} from '../reporters/wrap.ts'
import type {Example} from '../rule/rule.ts'
import {parseArguments} from './arguments.ts'
import {configFlags, configOptions} from './config-arguments.ts'
import {catalogue} from './catalogue.ts'
import type {CataloguedRule} from './catalogue.ts'
import {usesColor, widthOf, writeLine} from './io.ts'
import type {Io} from './io.ts'
import {only} from './positionals.ts'

/** `unitlint explain RULE|DIRECTIVE`: what a rule wants and why, or what is known of a directive. */
export async function explain(argv: readonly string[], io: Io): Promise<number> {
  const color = {type: 'boolean', describe: 'Use colours, or --no-color; else for terminals only'} as const
  const given = await parseArguments(argv, {usage: 'unitlint explain RULE|DIRECTIVE', options: {config: configOptions.config, color}}, io)
  if ('help' in given) {
    await writeLine(io.stdout, given.help)
    return 0
  }
  const name = only(given.positionals, 'a rule or a directive')
  const rules = await catalogue(configFlags(given), io)
  const page = {
    width: widthOf(io.stdout),
    heading: (text: string) => (usesColor(io.stdout, io.env, given.on('color')) ? styleText('bold', text, {validateStream: false}) : text),
  }
  const rule = rules.find((candidate) => candidate.rule.id === name)
  const directive = name.replace(/=$/, '')
  const facts = everywhere(directive)
  if (!rule && facts.length === 0)
    throw usageError('unitlint', unexpected('rule or directive', name, [...rules.map((candidate) => candidate.rule.id), ...directiveNames()]))
  await writeLine(io.stdout, (rule ? await rulePage(rule, page) : directivePage(directive, facts, rules, page)).join('\n'))
  return 0
}

/** How to set text. */
interface Page {
  readonly width: number
  readonly heading: (text: string) => string
}

async function rulePage({rule, presets}: CataloguedRule, page: Page): Promise<string[]> {
  const {optionLines} = await import('./explain-options.ts')
  const named = Object.entries(presets).map(([name, severity]) => `${name} (${severity})`)
  return [
    page.heading(rule.id),
    ...paragraph(rule.summary, page),
    '',
    ...paragraph(rule.why, page),
    ...(rule.unless === undefined ? [] : ['', ...paragraph(`Not for you when: ${rule.unless}`, page)]),
    '',
    ...paragraph(`Presets: ${named.join(', ') || 'none'}`, page),
    ...section(
      'Options',
      optionLines(rule).flatMap((line) => paragraph(line, page, '  ')),
      page,
    ),
    ...rule.examples.bad.flatMap((example) => section('Bad', exampleLines(example), page)),
    ...rule.examples.good.flatMap((example) => section('Good', exampleLines(example), page)),
  ]
}

function directivePage(name: string, facts: readonly DirectiveFacts[], rules: readonly CataloguedRule[], page: Page): string[] {
  const about = rules.filter(({rule}) => rule.directives.includes(name))
  return [
    page.heading(`${name}=`),
    ...facts.flatMap((fact) => paragraph(factText(fact), page)),
    ...section(
      'Rules',
      about.flatMap(({rule}) => paragraph(`${rule.id}: ${rule.summary}`, page, '  ')),
      page,
    ),
  ]
}

function factText({sections, since, removedSince, unknownSince, page, values, booleanToo}: DirectiveFacts): string {
  const words = [
    ...(booleanToo ? ['a boolean'] : []),
    ...(values ?? []).map(({value, since: valueSince}) => (valueSince === undefined ? value : `${value} (since ${valueSince})`)),
  ]
  const parts = [
    `In ${sections.map((section) => `[${section}]`).join(', ')}`,
    ...(since === undefined ? [] : [`since ${since}`]),
    ...(removedSince === undefined ? [] : [`without effect since ${removedSince}`]),
    ...(unknownSince === undefined ? [] : [`unknown since ${unknownSince}`]),
    ...(words.length > 0 ? [`takes ${words.join(', ')}`] : []),
    ...(page === undefined ? [] : [`see ${page}`]),
  ]
  return parts.join('; ')
}

function section(title: string, lines: readonly string[], {heading}: Page): string[] {
  return lines.length === 0 ? [] : ['', heading(`${title}:`), ...lines]
}

function exampleLines(example: Example): string[] {
  const [name, text] = typeof example === 'string' ? [undefined, example] : [example.name, example.unit]
  return [...(name === undefined ? [] : [`# ${name}`]), ...text.replace(/\n$/, '').split('\n')].map((line) => `  ${printable(line)}`)
}

/** Text of a rule, which may be somebody's plugin. */
function paragraph(text: string, {width}: Page, indent = ''): string[] {
  return wrap(printable(text.trim().replaceAll(/\s+/g, ' ')).split(' '), width - indent.length).map((line) => indent + line)
}
