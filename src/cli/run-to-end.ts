import {writeSync} from 'node:fs'
import process from 'node:process'
import {messageOf} from '../rule/thrown.ts'
import {printable} from '../reporters/printable.ts'
import {write} from './io.ts'
import type {Outputs} from './outputs.ts'

/** How long the process may stay up after all is reported, in milliseconds. */
const patience = 1000
/** Of so many late faults the reasons are told. */
const most = 10

/**
 * Run to the end and exit with the status, whatever configs, rules and plugins do to the process:
 * they may exit, throw or reject when nobody waits for them, or keep it up. What has been found is
 * reported all the same, each of these is told in a line, and the status is 2.
 */
export async function runToEnd(run: () => Promise<number>, output: Outputs): Promise<void> {
  const exit = refuseExits()
  const late = new Set<string>()
  const note = (thrown: unknown): void => {
    if (late.size < most)
      late.add(
        `unitlint: Failed late, in a config, a rule or a plugin: ${printable(messageOf(thrown))}`,
      )
  }
  process.on('uncaughtException', note)
  process.on('unhandledRejection', note)
  let isReported = false
  process.on('exit', () => {
    if (isReported) return
    process.exitCode = 2
    for (const line of [...late, tooEarly]) writeSync(2, `${line}\n`)
  })
  const status = await run()
  // Of a config that never ends all has been said.
  if ((await staysUp()) && status !== 2)
    late.add('unitlint: A config, a rule or a plugin keeps the process up, which is ended')
  for (const line of [...output.faults, ...late]) await write(output.stderr, `${line}\n`)
  await output.flush()
  isReported = true
  const final = late.size > 0 || output.faults.size > 0 ? 2 : status
  // Those who listen to the exit may set another.
  process.on('exit', () => {
    process.exitCode = final
  })
  exit(final)
}

const tooEarly = 'unitlint: Ended by a config, a rule or a plugin before all was reported'

/** Make `process.exit` throw; returns what it was. */
function refuseExits(): (status: number) => void {
  const {exit} = process
  const reallyExit: unknown = Reflect.get(process, 'reallyExit')
  const refuse = (name: string) => (status?: unknown) => {
    throw new Error(
      `Unexpected call of \`process.${name}(${typeof status === 'number' ? status : ''})\``,
    )
  }
  Object.assign(process, {exit: refuse('exit'), reallyExit: refuse('reallyExit')})
  return (status) => {
    Object.assign(process, {exit, reallyExit})
    Reflect.apply(exit, process, [status])
  }
}

/**
 * Wait until nothing is left to wait for. Returns whether there still is, after a while.
 *
 * Where nothing is from the start, as without foreign code, one turn of the event loop is enough,
 * in which Node tells of rejections; before it says `beforeExit`, it waits for threads to translate
 * functions that are not called any more.
 */
function staysUp(): Promise<boolean> {
  const isIdle =
    process.listenerCount('beforeExit') === 0 && process.getActiveResourcesInfo().length === 0
  return new Promise((resolve) => {
    if (isIdle) {
      setImmediate(() => resolve(false))
      return
    }
    // It does not keep the process up itself.
    setTimeout(() => resolve(true), patience).unref()
    process.once('beforeExit', () => resolve(false))
  })
}
