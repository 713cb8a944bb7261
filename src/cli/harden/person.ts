import {logLines} from '../log-lines.ts'
import {write, writeLine} from '../io.ts'
import type {Io} from '../io.ts'

/** Somebody to talk to. */
export interface Person {
  readonly say: (line: string) => Promise<void>
  /** What they answer, without white space around it; undefined: they are gone. */
  readonly ask: (question: string) => Promise<string | undefined>
}

/** Whoever sits at the terminal. */
export function personAt(io: Io): Person & {readonly leave: () => Promise<void>} {
  const lines = logLines(io.stdin)[Symbol.asyncIterator]()
  return {
    say: async (line) => writeLine(io.stdout, line),
    async ask(question) {
      await write(io.stdout, `${question} `)
      const next = await lines.next()
      // The answer of a person ends the line, and nothing does where they are gone.
      if (next.done === true) await write(io.stdout, '\n')
      return next.done === true ? undefined : next.value.trim()
    },
    leave: async () => {
      await lines.return?.()
    },
  }
}
