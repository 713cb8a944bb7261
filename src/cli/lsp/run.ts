import {attempt} from '../attempt.ts'
import {inThisProcess} from '../start/in-process.ts'
import {lsp} from './lsp.ts'

/**
 * What the script of the language server is loaded for; its first argument is the name of the
 * command.
 */
export const inProcess = inThisProcess(async ([, ...argv], io) =>
  attempt(lsp, withoutClient(argv), io),
)

/** Without the process of the client, which it tells again as it begins. */
function withoutClient(argv: readonly string[]): readonly string[] {
  return argv.filter(
    (word, index) =>
      !/^--clientProcessId(?:=|$)/.test(word) && argv[index - 1] !== '--clientProcessId',
  )
}
