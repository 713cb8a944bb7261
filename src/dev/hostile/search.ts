import process from 'node:process'
import {hostileCases} from './cases.ts'
import {Jobs} from './jobs.ts'

/** What a case costs with a command line. */
interface CaseCost {
  readonly name: string
  readonly argv: string
  /** Milliseconds of CPU at the size of the search, and at four times as much. */
  readonly small: number
  readonly large: number
  /** What a megabyte would cost if it grows on like that. */
  readonly megabyte: number
}

const commands: readonly (readonly string[])[] = [
  ['--no-config', '--preset', 'all', '--report-unused-disables', '--format', 'json', '.'],
  ['--no-config', '--preset', 'all', '--fix', '--unsafe-fixes', '.'],
  ['--no-config', '--preset', 'all', '--fix', '--fix-to', 'dropin', '--unsafe-fixes', '.'],
  ['security', '--no-config', '--plan', '.'],
  ['show', '--no-config', '--all', 'FILE'],
]

const megabyte = 1024 * 1024

/**
 * Search for input that costs more than its size explains: `npm run bench -- hostile [BYTES] [WORD
 * ...]`.
 *
 * Every case that has all the words runs at a size; what costs more than a share runs at four times
 * that size too. Prints the worst.
 */
export async function search([size = '65536', ...words]: readonly string[]): Promise<void> {
  const bytes = Number(size)
  const patience = 6_000
  const jobs = new Jobs()
  const costs: CaseCost[] = []
  const chosen = hostileCases().filter(({name}) => words.every((word) => name.includes(word)))
  let done = 0
  for (const {name} of chosen) {
    for (const argv of commands) {
      const small = await jobs.run({name, bytes, argv}, patience)
      // A small share is no sign of anything.
      if (small < (suspicious * bytes) / megabyte) continue
      const large =
        small === Infinity ? Infinity : await jobs.run({name, bytes: bytes * 4, argv}, patience * 2)
      const growth = Math.max(1, Math.log(large / small) / Math.log(4))
      const cost = {
        name,
        argv: argv.join(' '),
        small,
        large,
        megabyte: large * (megabyte / (bytes * 4)) ** growth,
      }
      costs.push(cost)
      process.stderr.write(`${lineOf(cost, bytes)}\n`)
    }
    if (++done % 100 === 0) process.stderr.write(`${done} of ${chosen.length}\n`)
  }
  jobs.end()
  costs.sort((one, other) => other.megabyte - one.megabyte)
  for (const cost of costs.slice(0, 100)) process.stdout.write(`${lineOf(cost, bytes)}\n`)
  process.stdout.write(`${chosen.length} inputs, ${costs.length} suspicious\n`)
}

/** Milliseconds for a megabyte from which on a cost is looked at again. */
const suspicious = 1_000

function lineOf({name, argv, small, large, megabyte: whole}: CaseCost, bytes: number): string {
  return `${Math.round(whole)} ms/MB (${Math.round(small)} at ${bytes}, ${Math.round(large)} at ${bytes * 4}) ${name} | ${argv}`
}
