import vm from 'node:vm'
import {errorOf, messageOf} from '../rule/thrown.ts'

/** Runs code of others, which must end in time. Throws what it throws, or that it did not end. */
export type Bounded = <Result>(call: () => Result) => Result

/** What a call that did not end in time is stopped with. */
export class EndlessError extends Error {
  override readonly name = 'EndlessError'
}

/**
 * Calls that are stopped when they take longer than a limit in milliseconds; what is stopped
 * catches nothing.
 */
export function bounded(limit: number): Bounded {
  let run: ((call: () => void) => void) | undefined
  return <Result>(call: () => Result): Result => {
    run ??= runner(limit)
    let outcome: {result: Result} | {error: Error} | undefined
    try {
      run(() => {
        outcome = attempt(call)
      })
    } catch (error) {
      throw isTimeout(error) ? new EndlessError(endless(limit)) : error
    }
    if (!outcome) throw new EndlessError(endless(limit))
    if ('error' in outcome) throw outcome.error
    return outcome.result
  }
}

/** What is thrown may never end, either, when it is asked. */
function attempt<Result>(call: () => Result): {result: Result} | {error: Error} {
  try {
    return {result: call()}
  } catch (error) {
    return {error: errorOf(error) ?? new Error(messageOf(error))}
  }
}

/** What to say of code that does not end. */
export function endless(limit: number): string {
  return `Did not end within ${limit / 1000} s`
}

/** Only what a script of `vm` calls can be stopped, so one calls for us. */
function runner(limit: number): (call: () => void) => void {
  const world: {call?: () => void} = vm.createContext({})
  const script = new vm.Script('call()')
  return (call) => {
    const before = world.call
    world.call = call
    try {
      script.runInContext(world, {timeout: limit})
    } finally {
      if (before) world.call = before
      else delete world.call
    }
  }
}

/** It is an error of the world of the script. */
function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  )
}
