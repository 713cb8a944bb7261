import {readFile} from 'node:fs/promises'
import type {Plugin} from 'esbuild'

/** Rules without what only their pages tell: no judgement asks for it. */
export const shortRules: Plugin = {
  name: 'short-rules',
  setup({onLoad}) {
    onLoad({filter: /[\\/]rules[\\/][^\\/]*\.ts$/}, async ({path: file}) => ({
      contents: await shortRule(file),
      loader: 'ts',
    }))
  },
}

/** A property of a rule with all of its lines: the format is held to. */
const told = /^ {2}(?:why|unless|examples):.*\n(?:(?: {3}| {2}[\]})]).*\n)*/gm

/** The text of a rule without what only its page tells. */
export async function shortRule(file: string): Promise<string> {
  return (await readFile(file, 'utf8')).replaceAll(told, '')
}
