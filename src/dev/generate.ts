import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import process from 'node:process'
import {rules} from '../../rules/index.ts'
import * as z from 'zod'
import {findingsSchema} from '../cli/lint/known-findings.ts'
import {configJsonSchema} from '../config/json-schema.ts'
import {ruleIndex} from './rule-index.mjs'
import {ruleList, rulePage} from './rule-pages.ts'

/** Write what is made from the rules: their index, their pages and the schemas of configs and baselines. With `--check` name what is stale instead, and fail. */
export function main(args: readonly string[]): void {
  const wanted = generated()
  const leftOver = readdirSync(pages)
    .map((file) => `${pages}/${file}`)
    .filter((file) => !wanted.has(file))
  const stale = [...[...wanted].filter(([file, text]) => textOf(file) !== text).map(([file]) => file), ...leftOver].toSorted()
  if (args.includes('--check')) {
    for (const file of stale) console.error(`${file} is stale: run \`npm run generate\``)
    if (stale.length > 0) process.exitCode = 1
    return
  }
  for (const file of stale) {
    const text = wanted.get(file)
    if (text === undefined) rmSync(file)
    else writeFileSync(file, text)
    console.log(text === undefined ? `${file} removed` : `${file} written`)
  }
}

const pages = 'docs/rules'

/** What should stand in each generated file, by path from the top. */
function generated(): Map<string, string> {
  mkdirSync(pages, {recursive: true})
  return new Map([
    ['rules/index.ts', ruleIndex()],
    ['docs/schema.json', `${JSON.stringify(configJsonSchema(rules), null, 2)}\n`],
    ['docs/baseline-schema.json', `${JSON.stringify({...z.toJSONSchema(findingsSchema()), title: 'A baseline of unitlint'}, null, 2)}\n`],
    [`${pages}/README.md`, ruleList(rules)],
    ...rules.map((rule) => [`${pages}/${rule.id}.md`, rulePage(rule)] as const),
  ])
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
