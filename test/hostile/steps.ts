import {Worker} from 'node:worker_threads'
import {build} from 'esbuild'
import {top} from '../cli/bundle.ts'

/** Counts the steps of subjects. */
export interface StepCounter {
  /**
   * How many steps a subject of `subjects.ts` takes at each of some sizes: how often all functions
   * and blocks of the code run, as V8 counts them for coverage, and each character that a regular
   * expression or a search for a text looks at. What other built-in functions do within one call is
   * not counted.
   */
  stepsOf(subject: string, sizes: readonly number[]): Promise<number[]>
  close(): Promise<unknown>
}

/**
 * Load the subjects in a thread of their own: counting is for all code of an isolate, and the
 * coverage of the tests counts too.
 */
export async function stepCounter(): Promise<StepCounter> {
  const worker = new Worker(await bundle(), {eval: true})
  return {
    stepsOf: (subject, sizes) =>
      new Promise((resolve, reject) => {
        worker.removeAllListeners().once('message', resolve).once('error', reject)
        worker.postMessage({subject, sizes}, [])
      }),
    close: () => worker.terminate(),
  }
}

async function bundle(): Promise<string> {
  const {outputFiles} = await build({
    absWorkingDir: top,
    stdin: {contents: counter, resolveDir: import.meta.dirname},
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    conditions: ['unitlint-source', 'module'],
    logLevel: 'silent',
  })
  return outputFiles[0]?.text ?? ''
}

/**
 * Counting begins before the code is loaded: V8 puts counters in functions when it compiles them. A
 * regular expression looks at all up to the end of what it finds, one that is anchored at its place
 * alone.
 */
const counter = `
let looked = 0
const {exec} = RegExp.prototype
RegExp.prototype.exec = function (text) {
  const from = this.global || this.sticky ? this.lastIndex : 0
  const found = exec.call(this, text)
  const isAnchored = this.sticky || (this.source.startsWith('^') && !this.multiline)
  const end = found ? found.index + found[0].length : isAnchored ? from : String(text).length
  looked += Math.max(0, end - from) + 1
  return found
}
for (const name of ['indexOf', 'includes']) {
  const search = String.prototype[name]
  const {indexOf} = String.prototype
  String.prototype[name] = function (text, from = 0) {
    const at = indexOf.call(this, text, from)
    looked += Math.max(0, (at === -1 ? this.length : at) - from) + 1
    return search.call(this, text, from)
  }
}
import {Session} from 'node:inspector/promises'
import {parentPort} from 'node:worker_threads'

const session = new Session()
session.connect()
const ready = session.post('Profiler.enable').then(() => session.post('Profiler.startPreciseCoverage', {callCount: true, detailed: true}))

async function count({subject, sizes}) {
  await ready
  const {subjects} = await import('./subjects.ts')
  // What is made once, whatever the size, is made here.
  await subjects[subject](sizes[0])()
  const counts = []
  for (const size of sizes) {
    const work = subjects[subject](size)
    await session.post('Profiler.takePreciseCoverage')
    looked = 0
    await work()
    const characters = looked
    const {result} = await session.post('Profiler.takePreciseCoverage')
    const ranges = result.filter(({url}) => url === '[worker eval]').flatMap((script) => script.functions.flatMap((one) => one.ranges))
    counts.push(ranges.reduce((sum, range) => sum + range.count, characters))
  }
  parentPort.postMessage(counts)
}

parentPort.on('message', (asked) => {
  // What is thrown ends the thread, which is an error there.
  count(asked).catch((error) => setImmediate(() => { throw error }))
})
`
