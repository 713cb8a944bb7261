import type {VFile} from 'vfile'
import type {VFileMessage} from 'vfile-message'
import * as z from 'zod'
import {unexpected} from '../../rule/suggest.ts'
import {pastable} from '../../reporters/printable.ts'
import {count} from '../../reporters/summary.ts'
import {BaselineFile} from '../baseline-file.ts'
import type {BaselineFormat} from '../baseline-file.ts'

/** The file of findings that were there before, and what to do with it. */
export interface Baseline {
  readonly file: string
  /** Write what there is now in the place of comparing with it. */
  readonly isUpdated: boolean
}

/** How many findings of each rule a file has. */
type RuleCounts = ReadonlyMap<string, number>

/** Findings that are in a baseline, or go into it: they are not told, and do not count. */
export class KnownFindings {
  readonly #file: BaselineFile<RuleCounts>
  readonly #isUpdated: boolean
  readonly #before: ReadonlyMap<string, RuleCounts>
  /** Undefined: without findings. */
  readonly #now = new Map<string, RuleCounts | undefined>()
  readonly #surplus: string[] = []
  #hidden = 0

  /** Throws a usage error for a baseline that cannot be read. */
  constructor({file: name, isUpdated}: Baseline, cwd: string) {
    this.#file = new BaselineFile(name, cwd, format)
    this.#isUpdated = isUpdated
    this.#before = this.#file.read(isUpdated)
  }

  /**
   * Take those of a file away, when all that there is to say of it is on it. Of a rule that has
   * found more than the baseline says, all is told: nobody can know which is new. `shown` are the
   * rules whose findings fixes would mend that are only shown.
   */
  sift(vfile: VFile, shown: readonly string[] = []): void {
    // Half of what there is to say of a file does not change its entry.
    if (vfile.messages.some(({fatal}) => fatal === true)) return
    const key = this.#file.keyOf(vfile.path)
    const counts = countsOf([
      ...vfile.messages.filter(counted).map(({ruleId}) => ruleId ?? ''),
      ...shown,
    ])
    this.#now.set(key, counts.size === 0 ? undefined : counts)
    const known = new Set(
      [...counts].filter(([rule, many]) => this.#isWithin(key, rule, many)).map(([rule]) => rule),
    )
    for (const [rule, many] of counts) {
      const old = this.#before.get(key)?.get(rule)
      if (old !== undefined && !known.has(rule))
        this.#surplus.push(
          `${pastable(vfile.path)}: ${many} findings of \`${rule}\`, expected at most ${old} (${this.#file.name})`,
        )
    }
    const left = vfile.messages.filter(
      (message) => !counted(message) || !known.has(message.ruleId ?? ''),
    )
    this.#hidden += vfile.messages.length - left.length
    vfile.messages = left
  }

  /** Whether the baseline has all that a rule found in a file. */
  has(file: string, ruleId: string): boolean {
    const key = this.#file.keyOf(file)
    return this.#isWithin(key, ruleId, this.#now.get(key)?.get(ruleId) ?? 0)
  }

  /**
   * When all files are in: write the baseline where that is asked for. Returns what people should
   * know, in lines. Rejects with a usage error.
   */
  async end(): Promise<readonly string[]> {
    const name = pastable(this.#file.name)
    if (this.#isUpdated) {
      await this.#file.update(this.#now)
      return [`${name}: Written, with ${count(this.#hidden, 'finding')} of this run`]
    }
    const gone = this.#gone()
    const said = [
      ...(this.#hidden === 0 ? [] : [`${count(this.#hidden, 'known finding')} not told`]),
      ...(gone === 0
        ? []
        : [`${count(gone, 'finding')} gone, expected \`--update-baseline\` to take out what is`]),
    ]
    return [...this.#surplus, ...(said.length === 0 ? [] : [`${name}: ${said.join('; ')}`])]
  }

  #isWithin(key: string, ruleId: string, many: number): boolean {
    return this.#isUpdated || many <= (this.#before.get(key)?.get(ruleId) ?? 0)
  }

  /** How many findings of the baseline are there no more; files that were not looked at have theirs. */
  #gone(): number {
    const left = (key: string, old: RuleCounts): RuleCounts | undefined =>
      this.#now.has(key) ? this.#now.get(key) : this.#file.isThere(key) ? old : undefined
    return [...this.#before].reduce((sum, [key, old]) => sum + goneOf(old, left(key, old)), 0)
  }
}

/** Whether it is of a rule, and counts. */
function counted({ruleId, severity = 1}: VFileMessage): boolean {
  return ruleId !== undefined && severity > 0
}

function countsOf(ruleIds: readonly string[]): RuleCounts {
  const counts = new Map<string, number>()
  for (const id of ruleIds.toSorted()) counts.set(id, (counts.get(id) ?? 0) + 1)
  return counts
}

/** How many of the old findings are there no more. */
function goneOf(old: RuleCounts, now: RuleCounts | undefined): number {
  return [...old].reduce((sum, [rule, many]) => sum + Math.max(0, many - (now?.get(rule) ?? 0)), 0)
}

/** What a baseline of findings holds, for its JSON Schema. */
export function findingsSchema() {
  const counts = z
    .record(z.string(), z.int().min(1).describe('How many findings of the rule the file may have'))
    .describe('By rule')
  return z.strictObject({
    $schema: z.string().optional(),
    version: z.literal(1).describe('That of the format'),
    findings: z.record(z.string(), counts).describe('By path, from the folder of the baseline'),
  })
}

const format: BaselineFormat<RuleCounts> = {
  option: '--baseline',
  entriesOf(value) {
    const {success, data, error} = findingsSchema().safeParse(value)
    if (success)
      return new Map(
        Object.entries(data.findings).map(([file, counts]) => [
          file,
          new Map(Object.entries(counts)),
        ]),
      )
    const [issue] = error.issues
    const key = (issue?.path ?? []).map(String).join(': ')
    if (issue?.code === 'unrecognized_keys')
      return {fault: unexpected('key', String(issue.keys[0]), ['version', 'findings'])}
    if (key === '') return {fault: 'Expected an object with `version` and `findings`'}
    return {
      fault: `${key}: ${key === 'version' ? 'Expected 1' : key.split(': ').length > 2 ? 'Expected a count' : 'Expected an object'}`,
    }
  },
  valueOf(entries, before) {
    const head =
      typeof before === 'object' && before !== null && '$schema' in before
        ? {$schema: before.$schema}
        : {}
    return {
      ...head,
      version: 1,
      findings: Object.fromEntries(
        [...entries].map(([file, counts]) => [file, Object.fromEntries(counts)]),
      ),
    }
  },
}
