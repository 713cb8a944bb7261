import type {Main} from '../attempt.ts'
import {writeLine} from '../io.ts'
import {lintArguments} from './lint-arguments.ts'
import {help, lintOptions} from './lint-options.ts'
import {version} from '../version.ts'

/** `unitlint [files, folders, globs...]`. */
export const lint: Main = {
  grammar: {
    usage: 'unitlint [files, folders, globs...]',
    options: lintOptions,
    get epilogue() {
      return help()
    },
  },
  async run(given, io) {
    if (given.on('version')) {
      await writeLine(io.stdout, version)
      return 0
    }
    const asked = lintArguments(given, io)
    if (asked.isUndoing) return (await import('./undo.ts')).undo(asked, io)
    const {runLint} = await import('./run-lint.ts')
    return runLint(asked, io)
  },
}
