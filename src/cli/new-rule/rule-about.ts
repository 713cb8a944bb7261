import type {DirectiveForRule} from './about.ts'

/** What rules are written in; also the extension of their files. */
export type RuleLanguage = 'ts' | 'js' | 'mjs'

/** A rule that asks for a directive or complains of it. */
export function ruleAbout(id: string, about: DirectiveForRule): string {
  const {directive, isWanted, value} = about
  if (isWanted)
    return `import {requireDirective} from 'unitlint/rule'

export default requireDirective('${directive}', {
  id: '${id}',
  why: 'Say here what goes wrong without it.',
  value: ${quoted(value)},
})
`
  return `import {defineRule, lines} from 'unitlint/rule'

export default defineRule({
  id: '${id}',
  summary: 'Disallow \`${directive}=\`',
  why: 'Say here what goes wrong with it.',
  directives: ['${directive}'],
  on: lines('${directive}'),
  messages: {
    unexpected: 'Unexpected \`${directive}={value}\`',
  },
  *check(unit) {
    for (const at of unit.values('${directive}')) yield {message: 'unexpected', data: {value: at.value}, at}
  },
  examples: {
    bad: [${example(about, withLine(about))}],
    good: [${example(about, without(about))}],
  },
})
`
}

/** Its test. */
export function testAbout(id: string, about: DirectiveForRule, language: RuleLanguage): string {
  const {section, directive, value, isWanted} = about
  const [bad, good] = isWanted
    ? [without(about), withLine(about)]
    : [withLine(about), without(about)]
  const problem = isWanted
    ? `1:1-1:${section.length + 3}: Expected \`${directive}=\``
    : `2:1-2:${`${directive}=${value}`.length + 1}: Unexpected \`${directive}=${value}\``
  return `import {describe, it} from 'node:test'
import {RuleTester} from 'unitlint'
import rule from '../rules/${id}.${language}'

new RuleTester({describe, it}).run(rule, {
  valid: [${inFile(about, `unit: ${quoted(good)}`)}],
  invalid: [
    ${inFile(about, `unit: ${quoted(bad)}, problems: [${quoted(problem)}]${isWanted ? `, fixedUnsafely: ${quoted(good)}` : ''}`)},
  ],
})
`
}

/** Its page. */
export function pageAbout(id: string, about: DirectiveForRule): string {
  const {directive, isWanted} = about
  const [bad, good] = isWanted
    ? [without(about), withLine(about)]
    : [withLine(about), without(about)]
  return `# ${id}

${isWanted ? 'Require' : 'Disallow'} \`${directive}=\`.

Say here what goes wrong ${isWanted ? 'without' : 'with'} it.

Bad:

\`\`\`ini
${bad}\`\`\`

Good:

\`\`\`ini
${good}\`\`\`
`
}

function without({section}: DirectiveForRule): string {
  return `[${section}]\n`
}

function withLine({section, directive, value}: DirectiveForRule): string {
  return `[${section}]\n${directive}=${value}\n`
}

function example({file}: DirectiveForRule, unit: string): string {
  return file === 'example.service' ? quoted(unit) : `{name: '${file}', unit: ${quoted(unit)}}`
}

function inFile({file, target}: DirectiveForRule, rest: string): string {
  return `{fileName: '${file}', ${target === undefined ? '' : `target: '${target}', `}${rest}}`
}

/** As a text of JavaScript. */
function quoted(text: string): string {
  return `'${text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", String.raw`\'`)
    .replaceAll('\n', String.raw`\n`)}'`
}
