import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {rules} from '../../rules/index.ts'
import * as z from 'zod'
import {findingsSchema} from '../cli/lint/known-findings.ts'
import {bash} from '../cli/completion/bash.ts'
import {fish} from '../cli/completion/fish.ts'
import {describeAll} from '../cli/completion/grammars.ts'
import {zsh} from '../cli/completion/zsh.ts'
import {mains} from '../cli/run.ts'
import {configJsonSchema} from '../config/json-schema.ts'
import {manPage} from './man-page.ts'
import {ruleIndex} from './rule-index.mjs'
import {ruleList, rulePageText} from './rule-pages.ts'

/**
 * Write what is made from the rules and commands: index, pages, schemas, the manual page and
 * completions. With `--check` name what is stale instead, and fail.
 */
export async function main(args: readonly string[]): Promise<void> {
  const wanted = await generated()
  const leftOver = readdirSync(pages)
    .map((file) => `${pages}/${file}`)
    .filter((file) => !wanted.has(file))
  const stale = [
    ...[...wanted].filter(([file, text]) => textOf(file) !== text).map(([file]) => file),
    ...leftOver,
  ].toSorted()
  if (args.includes('--check')) {
    for (const file of stale) console.error(`${file} is stale: run \`npm run generate\``)
    if (stale.length > 0) process.exitCode = 1
    return
  }
  for (const file of stale) {
    const text = wanted.get(file)
    mkdirSync(path.dirname(file), {recursive: true})
    if (text === undefined) rmSync(file)
    else writeFileSync(file, text)
    console.log(text === undefined ? `${file} removed` : `${file} written`)
  }
}

const pages = 'docs/rules'

/** What should stand in each generated file, by path from the top. */
async function generated(): Promise<Map<string, string>> {
  const commands = await describeAll(mains)
  mkdirSync(pages, {recursive: true})
  return new Map([
    ['rules/index.ts', ruleIndex()],
    ['docs/schema.json', `${JSON.stringify(configJsonSchema(rules), null, 2)}\n`],
    [
      'docs/baseline-schema.json',
      `${JSON.stringify({...z.toJSONSchema(findingsSchema()), title: 'A baseline of unitlint'}, null, 2)}\n`,
    ],
    ['docs/unitlint.1', manPage(commands)],
    ['docs/completions/unitlint.bash', bash(commands)],
    ['docs/completions/_unitlint', zsh(commands)],
    ['docs/completions/unitlint.fish', fish(commands)],
    [`${pages}/README.md`, ruleList(rules)],
    ...rules.map((rule) => [`${pages}/${rule.id}.md`, rulePageText(rule)] as const),
  ])
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
