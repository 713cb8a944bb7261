import {Entries} from '../../doctor/entries.ts'
import type {Entry} from '../../doctor/journal.ts'
import {afterWords, Symptoms} from '../../doctor/symptoms.ts'
import type {Symptom} from '../../doctor/symptoms.ts'
import {logLines} from '../log-lines.ts'

/** What a log tells, by whom it is about. */
export interface Log {
  /** Units that systemd says something about. */
  readonly units: readonly string[]
  /** How many lines say something. */
  readonly entries: number
  /** Whether it is text: the files of the journal are none, nor is what is packed. */
  readonly isText: boolean
  /** Whether it is what `systemctl show` prints, which tells how a unit ended and no more. */
  readonly isOfShow: boolean
  /** Whether a line of it says who speaks, as those do that systemd prints. */
  readonly isKnown: boolean
  /** Whether `systemctl status` has cut lines of it. */
  readonly isCut: boolean
  /**
   * What is known to be about a unit, and where no other is named, what is not known to be about
   * any; `speaks` tells who it is by their names in the log.
   */
  readonly about: (unit: string, speaks: (identifier: string) => boolean) => readonly Symptom[]
}

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
  const byUnit = new Map<string, Symptoms>()
  const bySpeaker = new Map<string, Symptoms>()
  let entries = 0
  let isText = true
  let isCut = false
  let isKnown = false
  const take = (entry: Entry): void => {
    entries++
    isKnown ||= entry.from !== 'service' || entry.unit !== undefined || entry.identifier !== ''
    const [all, name] =
      entry.unit === undefined ? [bySpeaker, entry.identifier] : [byUnit, entry.unit]
    const its = all.get(name) ?? new Symptoms()
    if (all.size < most || name === asked) all.set(name, its)
    its.take(entry)
  }
  const its = new Entries()
  for await (const line of logLines(chunks)) {
    isText = entries > 0 || !noText.test(line)
    if (!isText) break
    isCut ||= line.startsWith('Hint: Some lines were ellipsized')
    for (const entry of its.take(line)) take(entry)
  }
  for (const entry of its.end()) take(entry)
  return {
    units: [...byUnit.keys()],
    entries,
    isText,
    isCut,
    isKnown,
    isOfShow: its.isOfShow,
    about: (unit, speaks) => {
      const isAlone = [...byUnit.keys()].every((name) => name === unit)
      const others = [...bySpeaker].flatMap(([identifier, its]) =>
        isAlone || speaks(identifier) ? [its] : [],
      )
      const words = others.flatMap((its) => its.words)
      return [...(byUnit.get(unit)?.all ?? []), ...others.flatMap((its) => its.all)].map(
        (symptom) => afterWords(symptom, words),
      )
    },
  }
}
