import process from 'node:process'

/** What ends a process unless it says otherwise, and can be caught. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const

/**
 * Do work that is told when a signal asks for an end, and puts back what it has done before it
 * ends, however long that takes and whatever signals come then. Then the process ends by that
 * signal, as whoever sent it expects.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  let caught: NodeJS.Signals | undefined
  const note = (signal: NodeJS.Signals): void => {
    caught ??= signal
    controller.abort()
  }
  for (const signal of signals) process.on(signal, note)
  try {
    return await work(controller.signal)
  } finally {
    for (const signal of signals) process.off(signal, note)
    if (caught) process.kill(process.pid, caught)
  }
}

/** Wait; ends at once when a signal comes. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) {
      resolve()
      return
    }
    const end = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, milliseconds)
    signal?.addEventListener('abort', end, {once: true})
  })
}
