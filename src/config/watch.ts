import {isMainThread, Worker} from 'node:worker_threads'
import {errorOf, messageOf} from '../rule/thrown.ts'
import {endless} from './bounded.ts'

/** How long the process may be late, in milliseconds, before it is taken for stuck. */
const patience = 500

/**
 * Wait for what code of others makes, but no longer than a limit in milliseconds. Rejects when it
 * is over.
 *
 * While a module is read nothing can be stopped from within: a loop without end keeps the timer
 * from running, too. So another thread watches, and stops it as a debugger would; then the timer's
 * turn comes.
 */
export async function watch<Result>(limit: number, make: () => Promise<Result>): Promise<Result> {
  const {end, hasStopped, gone} = watchdog(limit)
  let timer: NodeJS.Timeout | undefined
  // It also keeps the process alive for a module that waits for nothing.
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      end()
      reject(new Error(endless(limit)))
    }, limit)
  })
  try {
    return await Promise.race([sound(make), late])
  } catch (error) {
    // What was stopped may say so before the timer's turn comes, in words of its own.
    throw hasStopped() ? new Error(endless(limit)) : error
  } finally {
    end()
    clearTimeout(timer)
    // A process that ends with a debugger attached says so.
    if (hasStopped()) await gone()
  }
}

/** What is thrown may never end, either, when it is asked. */
async function sound<Result>(make: () => Promise<Result>): Promise<Result> {
  try {
    return await make()
  } catch (error) {
    throw errorOf(error) ?? new Error(messageOf(error))
  }
}

/** A thread that watches this one. */
interface Watchdog {
  readonly end: () => void
  readonly hasStopped: () => boolean
  /** Wait until the thread has ended. */
  readonly gone: () => Promise<void>
}

/**
 * A thread that stops what the main thread does, unless it is told in time that there is no need.
 */
function watchdog(limit: number): Watchdog {
  // The debugger of another thread is not to be had.
  if (!isMainThread)
    return {end: () => undefined, hasStopped: () => false, gone: async () => undefined}
  const signal = new Int32Array(new SharedArrayBuffer(4))
  const options = {
    eval: true,
    workerData: {signal, wait: limit + patience},
    execArgv: [],
    env: {},
    stdout: true,
    stderr: true,
  }
  const worker = new Worker(watching, options)
  worker.unref()
  // A Node without a debugger has no watchdog.
  worker.on('error', () => undefined)
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  return {
    end() {
      Atomics.compareExchange(signal, 0, waiting, ended)
      Atomics.notify(signal, 0)
    },
    hasStopped: () => Atomics.load(signal, 0) === stopped,
    async gone() {
      worker.ref()
      await exited
    },
  }
}

/** What the two threads tell each other. */
const [waiting, ended, stopped] = [0, 1, 2]

const watching = `
const {workerData: {signal, wait}} = require('node:worker_threads')
const {Session} = require('node:inspector')
if (Atomics.wait(signal, 0, 0, wait) === 'timed-out' && Atomics.compareExchange(signal, 0, 0, 2) === 0) {
  const session = new Session()
  session.connectToMainThread()
  session.post('Runtime.terminateExecution', () => session.disconnect())
}
`
