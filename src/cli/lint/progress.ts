import type {Io} from '../io.ts'

/** Shows how far a long run has come. */
export interface Progress {
  readonly done: (count: number) => void
  readonly end: () => void
}

/** Milliseconds: shorter runs show nothing, longer ones are no slower for it. */
const patience = 500
const interval = 100

/** Progress on a terminal, in one line that is gone at the end; elsewhere nothing. */
export function progress(
  {stderr: stream, now}: Pick<Io, 'stderr' | 'now'>,
  total: number,
): Progress {
  if (!stream.isTTY) return {done: () => undefined, end: () => undefined}
  let next = now() + patience
  let shown = false
  return {
    done(count) {
      const at = now()
      if (at < next) return
      next = at + interval
      shown = true
      stream.write(`\r${count} of ${total} units`)
    },
    end() {
      if (shown) stream.write('\r\u001B[K')
    },
  }
}
