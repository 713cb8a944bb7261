import type {Output} from '../io.ts'

/** Shows how far a long run has come. */
export interface Progress {
  readonly done: (count: number) => void
  readonly end: () => void
}

/** Milliseconds: shorter runs show nothing, longer ones are no slower for it. */
const patience = 500
const interval = 100

/** Progress on a terminal, in one line that is gone at the end; elsewhere nothing. */
export function progress(stream: Output, total: number): Progress {
  if (!stream.isTTY) return {done: () => undefined, end: () => undefined}
  let next = performance.now() + patience
  let shown = false
  return {
    done(count) {
      const now = performance.now()
      if (now < next) return
      next = now + interval
      shown = true
      stream.write(`\r${count} of ${total} units`)
    },
    end() {
      if (shown) stream.write('\r\u001B[K')
    },
  }
}
