import {aboutOf} from './about.ts'
import {pageAbout, ruleAbout, testAbout} from './rule-about.ts'
import type {RuleLanguage} from './rule-about.ts'
import {version} from '../version.ts'

/** How the list of rules starts, so that it is known for ours. */
export const indexMark = '// Made by `unitlint new-rule`: all rules in this folder.\n'

/**
 * The files of a rule, by path: a rule that works, about the directive that its id names if it
 * does, its test, its page.
 */
export function ruleFiles(id: string, language: RuleLanguage): Map<string, string> {
  const about = aboutOf(id)
  return new Map([
    [`rules/${id}.${language}`, about ? ruleAbout(id, about) : rule(id)],
    [`test/${id}.test.${language}`, about ? testAbout(id, about, language) : test(id, language)],
    [`docs/rules/${id}.md`, about ? pageAbout(id, about) : page(id)],
  ])
}

/** The list of all rules. */
export function rulesIndex(ids: readonly string[], language: RuleLanguage): string {
  const sorted = [...new Set(ids)].toSorted()
  const imports = sorted.map((id) => `import ${variable(id)} from './${id}.${language}'\n`)
  return `${indexMark}${imports.join('')}\nexport const rules = [${sorted.map(variable).join(', ')}]\n`
}

/** The files of a plugin package but for its rules, by path. Takes the name of its folder. */
export function packageFiles(folder: string, language: RuleLanguage): Map<string, string> {
  const files = new Map([
    ['package.json', `${JSON.stringify(packageJson(folder, language), undefined, 2)}\n`],
    [
      `index.${language}`,
      `import {rules} from './rules/index.${language}'\n\nexport default {rules}\n`,
    ],
  ])
  if (language === 'ts')
    files.set('tsconfig.json', `${JSON.stringify(compilerConfig, undefined, 2)}\n`)
  return files
}

function rule(id: string): string {
  return `import {defineRule, lines, rewrite} from 'unitlint/rule'

export default defineRule({
  id: '${id}',
  summary: 'Disallow a full stop at the end of \`Description=\`',
  why: 'systemd puts one behind it in its messages: \`Started Backup..\`',
  unless: 'The description is a sentence of its own.',
  directives: ['Description'],
  on: lines('Description'),
  messages: {
    stop: 'Unexpected full stop behind \`{description}\`',
  },
  *check(unit) {
    const at = unit.value('Description')
    if (!at || !at.value.endsWith('.') || at.value.endsWith('..')) return
    const description = at.value.slice(0, -1)
    yield {
      message: 'stop',
      data: {description},
      at,
      fix: {title: 'Remove the full stop', changes: [rewrite(at, description)]},
    }
  },
  examples: {
    bad: ['[Unit]\\nDescription=Backup.\\n'],
    good: ['[Unit]\\nDescription=Backup\\n'],
  },
})
`
}

function test(id: string, language: RuleLanguage): string {
  return `import {describe, it} from 'node:test'
import {RuleTester} from 'unitlint'
import rule from '../rules/${id}.${language}'

new RuleTester({describe, it}).run(rule, {
  valid: ['[Unit]\\nDescription=Backup\\n', '[Unit]\\nDescription=Wait for it...\\n', '[Unit]\\nDescription=Backup.\\nDescription=Backup\\n', '[Service]\\nExecStart=/bin/true\\n'],
  invalid: [
    {
      unit: '[Unit]\\nDescription=Backup.\\n',
      problems: ['2:1-2:20: Unexpected full stop behind \`Backup\`'],
      fixed: '[Unit]\\nDescription=Backup\\n',
    },
    {
      unit: '[Unit]\\nAfter=network.target\\nDescription = Backup of /home.\\n',
      problems: ['3:1-3:31: Unexpected full stop behind \`Backup of /home\`'],
      fixed: '[Unit]\\nAfter=network.target\\nDescription = Backup of /home\\n',
    },
  ],
})
`
}

function page(id: string): string {
  return `# ${id}

Disallow a full stop at the end of \`Description=\`.

systemd puts one behind it in its messages: \`Started Backup..\`

Bad:

\`\`\`ini
[Unit]
Description=Backup.
\`\`\`

Good:

\`\`\`ini
[Unit]
Description=Backup
\`\`\`

Not for you when: the description is a sentence of its own.
`
}

/** `no-shell` as `noShellRule`: the ending keeps clear of words that JavaScript has taken. */
function variable(id: string): string {
  return `${id.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())}Rule`
}

function packageJson(folder: string, language: RuleLanguage): object {
  const name = folder
    .toLowerCase()
    .replace(/^unitlint-plugin-/, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
  const isTypeScript = language === 'ts'
  return {
    name: `unitlint-plugin-${name || 'rules'}`,
    version: '0.1.0',
    description: 'Rules for unitlint',
    keywords: ['unitlint', 'unitlint-plugin', 'systemd'],
    type: 'module',
    exports: isTypeScript ? {types: './dist/index.d.ts', default: './dist/index.js'} : './index.js',
    files: isTypeScript ? ['dist', 'docs'] : ['index.js', 'rules', 'docs'],
    scripts: isTypeScript
      ? {prepack: 'tsc', test: 'node --import jiti/register --test test/*.test.ts'}
      : {test: 'node --test'},
    peerDependencies: {unitlint: `^${version}`},
    // Node reads no TypeScript in packages, and none at all before 22.18.
    devDependencies: {
      ...(isTypeScript ? {jiti: '^2.4.0', typescript: '>=5.8'} : {}),
      unitlint: `^${version}`,
    },
  }
}

const compilerConfig = {
  compilerOptions: {
    target: 'ES2023',
    module: 'NodeNext',
    strict: true,
    declaration: true,
    verbatimModuleSyntax: true,
    erasableSyntaxOnly: true,
    rewriteRelativeImportExtensions: true,
    skipLibCheck: true,
    rootDir: '.',
    outDir: 'dist',
  },
  files: ['index.ts'],
}
