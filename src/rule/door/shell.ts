/** What was written for a shell in lines that none reads. */
export {commandKeys} from '../../facts/command-keys.ts'
export {writtenCommands} from '../shell/commands.ts'
export {meantProgram} from '../shell/meant-programs.ts'
export {trailingComments} from '../shell/comments.ts'
export {leftVariables, lostVariables} from '../shell/variables.ts'
export {
  keptQuotes,
  refusedLines,
  reasonOfRefusal,
  throughEnv,
  withDefault,
} from '../shell/refused.ts'
export {shellRemedy} from '../shell/remedy.ts'
export {allShellSyntax, shellSyntax} from '../shell/syntax.ts'
export {leftInValues} from '../shell/values.ts'
