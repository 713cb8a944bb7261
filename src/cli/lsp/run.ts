import {attempt} from '../attempt.ts'
import {inThisProcess} from '../start/in-process.ts'
import {lsp} from './lsp.ts'

/**
 * What the script of the language server is loaded for; its first argument is the name of the
 * command.
 */
export const inProcess = inThisProcess(async ([, ...argv], io) => attempt(lsp, argv, io))
