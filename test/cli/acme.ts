import {createRequire} from 'node:module'
import {pathToFileURL} from 'node:url'

const zod = pathToFileURL(createRequire(import.meta.url).resolve('zod')).href

/** A plugin with rules to try the command line on, and a config that uses it; by path. */
export const acme: Readonly<Record<string, string>> = {
  'unitlint.config.json': JSON.stringify({
    extends: [],
    plugins: {acme: './acme.mjs'},
    rules: {'acme/no-todo': 'error', 'acme/no-draft': 'warn'},
  }),
  'acme.mjs': `
import z from '${zod}'

const options = z.strictObject({})
const facts = {summary: 'Summary', why: 'Why', directives: ['Description'], options, examples: {bad: [], good: []}}

/** Finds a word in descriptions and takes it out; where the description says so, only unsafely. */
function* find(unit, word) {
  for (const at of unit.assignments('Unit', 'Description')) {
    if (!at.value.includes(word)) continue
    const applicability = at.value.includes('careful') ? 'unsafe' : 'safe'
    yield {message: 'found', at, fix: {title: 'Remove it', applicability, changes: [{kind: 'rewrite', assignment: at, values: [at.value.replace(word, '').trim()]}]}}
  }
}

export default {
  rules: [
    {...facts, id: 'no-todo', messages: {found: 'Unexpected todo'}, check: (unit) => find(unit, 'TODO')},
    {...facts, id: 'no-draft', messages: {found: 'Unexpected draft'}, check: (unit) => find(unit, 'DRAFT')},
    {...facts, id: 'crash', messages: {}, check() { throw new Error('out of luck') }},
  ],
}
`,
}

/** A unit with a description. */
export function described(description: string): string {
  return `[Unit]\nDescription=${description}\n\n[Service]\nExecStart=/usr/bin/example\n`
}
