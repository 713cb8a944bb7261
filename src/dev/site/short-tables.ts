import {readFile} from 'node:fs/promises'
import type {Plugin} from 'esbuild'

/** Tables of programs without where their rows are from: no judgement asks for it. */
export const shortTables: Plugin = {
  name: 'short-tables',
  setup({onLoad}) {
    onLoad(
      {filter: /[\\/]needs[\\/]programs[\\/]tables[\\/][^\\/]*\.ts$/},
      async ({path: file}) => ({
        contents: (await readFile(file, 'utf8')).replaceAll(from, ''),
        loader: 'ts',
      }),
    )
  },
}

/** A property of a row, in a line of its own or not. */
const from = /(?<=[\s{,])source:\s*(?:'[^'\n]*'|"[^"\n]*"|`[^`\n]*`),?/g
