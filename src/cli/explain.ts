import {styleText} from 'node:util'
import {unexpected} from '../rule/suggest.ts'
import {usageError} from '../config/usage-error.ts'
import {quadletRow, quadletSection, quadletTypes} from '../facts/quadlet.ts'
import {directiveNames, everywhere} from '../facts/directives.ts'
import type {Page} from '../explain/page.ts'
import type {Iterations} from '../explain/time.ts'
import {question} from '../explain/question.ts'
import {byNone} from '../explain/versions.ts'
import {unitOf} from '../unit/load.ts'
import type {Main} from './attempt.ts'
import {colorOption} from './color-option.ts'
import {configFlags, configOptions} from './config-arguments.ts'
import {catalogue} from './catalogue.ts'
import type {CataloguedRule} from './catalogue.ts'
import {usesColor, wrapWidth, writeLine} from './io.ts'
import {iterationOptions, iterationsOf} from './iterations.ts'
import {pageLines} from './page.ts'
import {onlyArgument} from './positionals.ts'

const epilogue =
  "A directive may have its section in front and a value behind: Service.Restart, '[Timer] Unit', PrivateTmp=yes. A time is a span or a calendar event: '30 min', 'Mon *-*-* 10:00', OnCalendar=daily."

/**
 * `unitlint explain RULE|DIRECTIVE|PRESET|TIME`: what a rule wants and why, what is known of a
 * directive, whom a preset is for, or how long or when a time is.
 */
export const explain: Main = {
  grammar: {
    usage: 'unitlint explain RULE|DIRECTIVE|PRESET|TIME',
    options: {config: configOptions.config, ...iterationOptions, ...colorOption},
    epilogue,
  },
  async run(given, io) {
    const name = onlyArgument(given.positionals, 'a rule, a directive, a preset or a time')
    const rules = await catalogue(configFlags(given, io), io)
    const rule = rules.find((candidate) => candidate.rule.id === name)
    const page = rule
      ? await pageOfRule(rule)
      : await pageOfDirective(name, rules, iterationsOf(given, io))
    const isColored = usesColor(io.stdout, io.env, given.on('color'))
    const heading = (text: string): string =>
      isColored ? styleText('bold', text, {validateStream: false}) : text
    await writeLine(io.stdout, pageLines(page, {width: wrapWidth(io.stdout), heading}).join('\n'))
    return isRefused(page) ? 1 : 0
  },
}

/** Whether no systemd takes the value that was asked about, in any section. */
function isRefused(page: Page): boolean {
  const tables = page.flatMap((part) =>
    part.kind === 'table' && part.title === undefined ? [part.rows] : [],
  )
  return (
    tables.length > 0 &&
    tables.every((rows) =>
      rows.some(([label, text]) => label === 'Accepted' && text.startsWith(byNone)),
    )
  )
}

async function pageOfRule({rule, presets}: CataloguedRule): Promise<Page> {
  const {rulePage} = await import('../explain/rule.ts')
  return rulePage(
    rule,
    Object.entries(presets).map(([name, severity]) => `${name} (${severity})`),
  )
}

async function pageOfDirective(
  text: string,
  rules: readonly CataloguedRule[],
  iterations: Iterations,
): Promise<Page> {
  const [{meantTime, timePage, timeParts}, {presetNames, presetPage}] = await Promise.all([
    import('../explain/time.ts'),
    import('./explain-preset.ts'),
  ])
  const asked = question(text)
  if (everywhere(asked.key).length === 0) {
    const page = presetPage(text) ?? timePage(text, iterations)
    if (page) return page
    const known = [...rules.map(({rule}) => rule.id), ...directiveNames(), ...presetNames]
    throw usageError('unitlint', unknown(text, asked.key, meantTime(text), known))
  }
  const [{directivePage}, {sectionsWith}] = await Promise.all([
    import('../explain/directive.ts'),
    import('../explain/meanings.ts'),
  ])
  const page = directivePage(
    asked,
    rules.map(({rule}) => rule),
  )
  if (page) return [...page, ...timeParts(asked, iterations)]
  throw usageError(
    'unitlint',
    unexpected('section', `[${asked.section ?? ''}]`, sectionsWith(asked.key)),
  )
}

/** That nothing is known by what was asked for. */
function unknown(
  text: string,
  key: string,
  time: string | undefined,
  known: readonly string[],
): string {
  if (unitOf(text))
    return `Unexpected unit \`${text}\`, expected a rule, a directive, a preset or a time: \`unitlint show\` tells what a unit says, \`unitlint why-not\` what speaks for and against a directive in it`
  if (time !== undefined) return `Unexpected time \`${text}\`, did you mean \`${time}\`?`
  return /\d:\d|\*-|-\*/.test(text)
    ? `Unexpected time \`${text}\`, expected one such as \`Mon..Fri 03:00\` or \`5min\``
    : (ofQuadlet(key) ?? unexpected('rule or directive', key || text, known))
}

/** Of a key that podman reads and systemd never sees: in which sections. */
function ofQuadlet(key: string): string | undefined {
  const sections = quadletTypes.map(quadletSection).filter((section) => quadletRow(section, key))
  if (sections.length === 0) return undefined
  const where = sections.map((section) => `\`[${section}]\``).join(', ')
  return `Unexpected directive \`${key}\`, which is Quadlet's, in ${where}: podman-systemd.unit(5) explains it`
}
