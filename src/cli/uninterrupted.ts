import process from 'node:process'

/** What ends a process unless it says otherwise, and can be caught. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const

/**
 * Do work that leaves things half done when it is cut off: a signal to end waits until the work
 * says that all is whole, by `pause`, or is done. Then the process ends by that signal, as whoever
 * sent it expects.
 */
export async function uninterrupted<T>(
  work: (pause: () => Promise<void>) => Promise<T>,
): Promise<T> {
  let caught: NodeJS.Signals | undefined
  const note = (signal: NodeJS.Signals): void => {
    caught ??= signal
  }
  const release = (): void => {
    for (const signal of signals) process.off(signal, note)
  }
  const pause = async (): Promise<void> => {
    // One turn of the event loop may have begun before a signal came; the next one sees it.
    await turn()
    await turn()
    if (caught === undefined) return
    release()
    process.kill(process.pid, caught)
  }
  for (const signal of signals) process.on(signal, note)
  try {
    const result = await work(pause)
    await pause()
    return result
  } finally {
    release()
  }
}

/** One turn of the event loop. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}
