import {filesPart} from './bench/files.ts'
import {startPart} from './bench/start.ts'
import {typingPart} from './bench/typing.ts'
import {warmPart} from './bench/warm.ts'
import {search} from './hostile/search.ts'
import {sweep} from './hostile/sweep.ts'

/** The parts of the benchmark; each makes a table. */
const parts: Readonly<Record<string, () => Promise<Record<string, object>>>> = {
  start: startPart,
  warm: warmPart,
  typing: async () => typingPart(),
  asked: async () => filesPart(4000, 100),
  '4000': async () => filesPart(4000),
  '16000': async () => filesPart(16_000),
  '64000': async () => filesPart(64_000),
}

/**
 * Measure the built command, beside others that do the same: `npm run bench [-- PART...]`; see
 * docs/performance.md.
 */
export async function main(names: readonly string[]): Promise<void> {
  const [kind, ...args] = names
  if (kind === 'hostile') return args[0] === 'values' ? sweep(args.slice(1)) : search(args)
  const unknown = names.find((name) => !Object.hasOwn(parts, name))
  if (unknown !== undefined)
    throw new Error(`Unexpected part \`${unknown}\`, expected ${Object.keys(parts).join(', ')}`)
  for (const [name, measure] of Object.entries(parts)) {
    if (names.length > 0 && !names.includes(name)) continue
    console.log(`\n${name}`)
    console.table(await measure())
  }
}
