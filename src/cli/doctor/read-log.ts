import {Entries} from '../../doctor/entries.ts'
import type {JournalEntry} from '../../doctor/journal.ts'
import {afterWords, Symptoms} from '../../doctor/symptoms.ts'
import type {Symptom} from '../../doctor/symptoms.ts'
import {logLines} from '../log-lines.ts'

/** A log of more units than these is one of a whole machine. */
const most = 1000

/**
 * How files of the journal begin, what is packed by gzip, xz or zstd, and UTF-16; programs and most
 * else that is no text have zeros.
 */
const noText = /^(?:LPKSHHRH|\uFFFD\uFFFD.\0|\u001F\uFFFD|\uFFFD7zXZ|\(\uFFFD\/\uFFFD|.*\0)/

/**
 * Read a log to its end. What is kept of it does not grow with it; what is said of the unit that is
 * asked for is kept in any case.
 */
export async function readLog(
  chunks: AsyncIterable<Uint8Array | string>,
  asked?: string,
): Promise<Log> {
  const log = new Log(asked)
  for await (const line of logLines(chunks)) {
    log.take(line)
    if (!log.isText) break
  }
  log.end()
  return log
}

/** What a log tells, by whom it is about. */
export class Log {
  /** How many lines say something. */
  entries = 0
  /** Whether it is text: the files of the journal are none, nor is what is packed. */
  isText = true
  /** Whether a line of it says who speaks, as those do that systemd prints. */
  isKnown = false
  /** Whether `systemctl status` has cut lines of it. */
  isCut = false
  readonly #asked: string | undefined
  readonly #lines = new Entries()
  readonly #byUnit = new Map<string, Symptoms>()
  readonly #bySpeaker = new Map<string, Symptoms>()

  constructor(asked: string | undefined) {
    this.#asked = asked
  }

  /** Units that systemd says something about. */
  get units(): readonly string[] {
    return [...this.#byUnit.keys()]
  }

  /** Whether it is what `systemctl show` prints, which tells how a unit ended and no more. */
  get isOfShow(): boolean {
    return this.#lines.isOfShow
  }

  take(line: string): void {
    this.isText = this.entries > 0 || !noText.test(line)
    if (!this.isText) return
    this.isCut ||= line.startsWith('Hint: Some lines were ellipsized')
    for (const entry of this.#lines.take(line)) this.#add(entry)
  }

  /** All lines are in. */
  end(): void {
    for (const entry of this.#lines.end()) this.#add(entry)
  }

  /**
   * What is known to be about a unit, and where no other is named, what is not known to be about
   * any; `speaks` tells who it is by their names in the log.
   */
  about(unit: string, speaks: (identifier: string) => boolean): readonly Symptom[] {
    const isAlone = this.units.every((name) => name === unit)
    const others = [...this.#bySpeaker].flatMap(([identifier, its]) =>
      isAlone || speaks(identifier) ? [its] : [],
    )
    const words = others.flatMap((its) => its.words)
    return [...(this.#byUnit.get(unit)?.all ?? []), ...others.flatMap((its) => its.all)].map(
      (symptom) => afterWords(symptom, words),
    )
  }

  #add(entry: JournalEntry): void {
    const {unit, identifier, from} = entry
    this.entries++
    this.isKnown ||= from !== 'service' || unit !== undefined || identifier !== ''
    const [all, name] = unit === undefined ? [this.#bySpeaker, identifier] : [this.#byUnit, unit]
    const its = all.get(name) ?? new Symptoms()
    if (all.size < most || name === this.#asked) all.set(name, its)
    its.take(entry)
  }
}
