import {Worker} from 'node:worker_threads'
import {build} from 'esbuild'
import {top} from '../cli/bundle.ts'

/**
 * How many steps a subject of `subjects.ts` takes at each of some sizes: how often all functions and blocks of the code run, as V8 counts them
 * for coverage. What built-in functions do within one call is not counted.
 */
export async function stepsOf(subject: string, sizes: readonly number[]): Promise<number[]> {
  bundled ??= bundle()
  // In a thread of its own: counting is for all code of an isolate, and the coverage of the tests counts too.
  const worker = new Worker(await bundled, {eval: true, workerData: {subject, sizes}})
  try {
    return await new Promise<number[]>((resolve, reject) => worker.once('message', resolve).once('error', reject))
  } finally {
    await worker.terminate()
  }
}

let bundled: Promise<string> | undefined

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

/** Counting begins before the code is loaded: V8 puts counters in functions when it compiles them. */
const counter = `
import {Session} from 'node:inspector/promises'
import {parentPort, workerData} from 'node:worker_threads'

async function count() {
  const {subject, sizes} = workerData
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', {callCount: true, detailed: true})
  const {subjects} = await import('./subjects.ts')
  // What is made once, whatever the size, is made here.
  await subjects[subject](sizes[0])()
  const counts = []
  for (const size of sizes) {
    const work = subjects[subject](size)
    await session.post('Profiler.takePreciseCoverage')
    await work()
    const {result} = await session.post('Profiler.takePreciseCoverage')
    const ranges = result.filter(({url}) => url === '[worker eval]').flatMap((script) => script.functions.flatMap((one) => one.ranges))
    counts.push(ranges.reduce((sum, range) => sum + range.count, 0))
  }
  parentPort.postMessage(counts)
}

void count()
`
