import {unexpected} from '../../rule/suggest.ts'
import {usageError} from '../../config/usage-error.ts'
import type {Main} from '../attempt.ts'
import {write} from '../io.ts'
import {onlyArgument} from '../positionals.ts'
import {bash} from './bash.ts'
import {fish} from './fish.ts'
import {describeAll} from './grammars.ts'
import type {Described, Mains} from './grammars.ts'
import {shells} from './words.ts'
import {zsh} from './zsh.ts'

const makers: Readonly<Record<(typeof shells)[number], (all: readonly Described[]) => string>> = {
  bash,
  zsh,
  fish,
}

/**
 * `unitlint completion bash|zsh|fish`: what completes command lines of these commands in a shell.
 */
export function completion(mains: Mains): Main {
  return {
    grammar: {usage: 'unitlint completion bash|zsh|fish', options: {}},
    async run(given, io) {
      const name = onlyArgument(given.positionals, 'a shell: bash, zsh or fish')
      const shell = shells.find((known) => known === name)
      if (shell === undefined) throw usageError('unitlint', unexpected('shell', name, shells))
      await write(io.stdout, makers[shell](await describeAll(mains)))
      return 0
    },
  }
}
