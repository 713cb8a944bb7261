import type {Remark} from './remark.ts'
import {fileSections} from '../../facts/data/directives.ts'
import type {Reception, DirectivePlace, AskedSystemd} from './ask.ts'
import type {Item} from './library.ts'
import {edited, isAtWork, isKnownIn, withFacts, withoutEffect, type DirectiveRow} from './table.ts'
import {
  expected,
  guess,
  guessUnasked,
  holds,
  isComplaint,
  placeToAsk,
  sampled,
  type Guess,
} from './values.ts'
import {withWords} from './words.ts'

/**
 * The table of directives with what a systemd knows, which is of the newest version in it or newer.
 * Adds to the remarks.
 */
export async function absorbDirectives(
  rows: readonly DirectiveRow[],
  systemd: AskedSystemd,
  remarks: Remark[],
): Promise<DirectiveRow[]> {
  const items = systemd.items.filter(isRead)
  const before = rows.flatMap((row) =>
    row.sections.map((section) => ({...row, sections: [section]})),
  )
  const named = new Map(items.map((item) => [`${item.section}.${item.key}`, item]))
  const now = before.map((row) =>
    isKnownIn(row, systemd.version)
      ? inTable(row, named.get(nameOf(row)), systemd.version, remarks)
      : row,
  )
  const kept: DirectiveRow[] = []
  for (const [index, row] of now.entries()) {
    const isReparsed = row.parser !== before[index]?.parser && row.parser !== withoutEffect
    kept.push(isReparsed ? await reread(row, now, systemd, remarks) : row)
  }
  const known = new Set(kept.filter((row) => isKnownIn(row, systemd.version)).map(nameOf))
  const added = items.filter(({section, key}) => !known.has(`${section}.${key}`))
  for (const key of new Set(added.map((item) => item.key))) {
    const own = added.filter((item) => item.key === key)
    for (const row of await newRows(own, kept, systemd, remarks)) kept.push(row)
  }
  return withWords(await withEmpties(kept, systemd, remarks), systemd, remarks)
}

/** Whether a unit file of some type may have the section; the table has others, too. */
function isRead({section}: Item): boolean {
  return Object.values(fileSections).some((sections) => sections.includes(section))
}

/**
 * A row of one section as the table of this version has it: gone, without effect, with another
 * parser, or the same.
 */
function inTable(
  row: DirectiveRow,
  item: Item | undefined,
  version: number,
  remarks: Remark[],
): DirectiveRow {
  const note = (text: string, isDoubt = false): number =>
    remarks.push({...spot(row), text, isDoubt})
  if (item?.parser === row.parser) return row
  if (!item) {
    note('is unknown now')
    return edited(row, {unknownSince: version})
  }
  const parserHistory = [
    ...(row.parserHistory ?? [[row.since ?? 0, row.parser] as const]),
    [version, item.parser] as const,
  ]
  if (item.parser !== withoutEffect) {
    note(`has another parser: ${item.parser}`)
    return edited(row, {parser: item.parser, parserHistory})
  }
  if (item.kind === 'DISABLED_CONFIGURATION') {
    note('is left out of this build of systemd, and stays as it was', true)
    return row
  }
  note('is without effect now')
  return edited(row, {
    parser: item.parser,
    lastWorkingParser: row.parser,
    removedSince: version,
    parserHistory,
  })
}

/** A row whose parser has changed: the same facts if they still hold. */
async function reread(
  row: DirectiveRow,
  rows: readonly DirectiveRow[],
  systemd: AskedSystemd,
  remarks: Remark[],
): Promise<DirectiveRow> {
  const where = place(row)
  if (!where) return row
  const answers = await sampled(systemd, where)
  if (holds(row, where, answers, systemd.version)) return row
  const others = rows.filter((other) => other.key !== row.key)
  const {facts, doubts} = await guess(systemd, others, row.parser, where, answers)
  const text = `takes other values, by the type ${facts.type}; older versions are judged by it too`
  for (const doubt of [text, ...doubts]) remarks.push({...spot(row), text: doubt, isDoubt: true})
  return withFacts(row, facts)
}

/** The rows for a new key in some sections. */
async function newRows(
  items: readonly Item[],
  rows: readonly DirectiveRow[],
  systemd: AskedSystemd,
  remarks: Remark[],
): Promise<DirectiveRow[]> {
  const guesses = await guessesFor(items, rows, systemd)
  const [best] = guesses.values()
  return items.map((item) => {
    const {section, key, parser} = item
    const page = pageOf(section, items, rows)
    const row: DirectiveRow = {
      sections: [section],
      key,
      parser,
      type: 'unknown',
      repeat: 'replace',
      page,
      since: systemd.version,
    }
    if (parser === withoutEffect) {
      remarks.push({section, key, text: 'is known, and without effect', isDoubt: false})
      return edited(row, {page: undefined, removedSince: systemd.version})
    }
    const {facts, doubts, takes} = guesses.get(item) ?? {
      ...guessUnasked(systemd, rows, parser),
      takes: undefined,
    }
    // A section that takes nothing, or that cannot be asked about, has the facts of one that takes
    // something.
    const isUnsupported = takes === false && best?.takes === true
    const used = best && (isUnsupported || takes === undefined) ? best : {facts, doubts}
    remarks.push({
      section,
      key,
      text: `is new: ${used.facts.type}, read by ${parser}, described in ${page}`,
      isDoubt: false,
    })
    for (const text of used.doubts) remarks.push({section, key, text, isDoubt: true})
    return edited(withFacts(row, used.facts), {
      unsupportedInThisSection: isUnsupported || undefined,
    })
  })
}

interface Asked extends Guess {
  /** Whether it takes anything at all. */
  readonly takes: boolean
}

/**
 * By those sections that can be asked about; first, if there is one, a section that takes
 * something.
 */
async function guessesFor(
  items: readonly Item[],
  rows: readonly DirectiveRow[],
  systemd: AskedSystemd,
): Promise<Map<Item, Asked>> {
  const guesses = new Map<Item, Asked>()
  const byAnswers = new Map<string, Asked>()
  for (const item of items) {
    const where = item.parser === withoutEffect ? undefined : placeToAsk(item.section, item.key)
    if (!where) continue
    const answers = await sampled(systemd, where)
    const same = JSON.stringify([item.parser, ...answers.values()])
    const takes = [...answers.values()].some((answer) => !isComplaint(answer))
    const found = byAnswers.get(same) ?? {
      ...(await guess(systemd, rows, item.parser, where, answers)),
      takes,
    }
    byAnswers.set(same, found)
    guesses.set(item, found)
  }
  return new Map(
    [...guesses].toSorted(([, one], [, other]) => Number(other.takes) - Number(one.takes)),
  )
}

/** The page that describes most directives of the same sections. */
function pageOf(section: string, items: readonly Item[], rows: readonly DirectiveRow[]): string {
  const sectionsByKey = new Map<string, string[]>()
  for (const row of rows)
    if (row.page !== undefined)
      sectionsByKey.set(`${row.key} ${row.page}`, [
        ...(sectionsByKey.get(`${row.key} ${row.page}`) ?? []),
        ...row.sections,
      ])
  const wanted = items
    .map((item) => item.section)
    .toSorted()
    .join()
  const counts = new Map<string, number>()
  for (const [name, sections] of sectionsByKey) {
    const page = name.split(' ')[1] ?? ''
    if ([...new Set(sections)].toSorted().join() === wanted)
      counts.set(page, (counts.get(page) ?? 0) + 1)
  }
  const [most] = [...counts].toSorted(([, one], [, other]) => other - one)
  return most?.[0] ?? `systemd.${section.toLowerCase()}`
}

/** What an empty value does, where it is not what the rows say. */
async function withEmpties(
  rows: readonly DirectiveRow[],
  systemd: AskedSystemd,
  remarks: Remark[],
): Promise<DirectiveRow[]> {
  const {version} = systemd
  const asked = rows.flatMap((row) => (isAtWork(row, version) ? (place(row) ?? []) : []))
  const answers = await systemd.ask(asked.map((one) => ({...one, value: ''})))
  const byName = new Map(
    asked.map(({section, key}, index) => [`${section}.${key}`, answers[index]]),
  )
  return rows.map((row) => {
    const where = place(row)
    const answer = isAtWork(row, version) ? byName.get(nameOf(row)) : undefined
    if (!where || answer === undefined) return row
    const emptyAssignment = emptiness[answer]
    if (row.since === version && row.emptyAssignment === undefined) {
      const resets = answer === 'silent' ? row.resets : undefined
      if (answer === 'silent' && resets === undefined)
        remarks.push({
          ...spot(row),
          text: 'takes an empty value: does that reset it?',
          isDoubt: true,
        })
      return edited(row, {emptyAssignment, resets})
    }
    const before = expected(row, where, '', version)
    if (before === answer) return row
    remarks.push({...spot(row), text: `has its empty value ${emptyAssignment}`, isDoubt: false})
    const emptyByVersion = {
      ...(row.emptyByVersion ?? {[row.since ?? 0]: spoken(before)}),
      [version]: spoken(answer),
    }
    return edited(row, {emptyAssignment, emptyByVersion})
  })
}

const emptiness = {
  silent: 'accepted',
  warns: 'rejected with a warning',
  refuses: 'refuses the unit',
} as const

function spoken(answer: Reception): 'silent' | 'warns' {
  return answer === 'silent' ? 'silent' : 'warns'
}

function place(row: DirectiveRow): DirectivePlace | undefined {
  return row.parser === 'NULL' ? undefined : placeToAsk(row.sections[0] ?? '', row.key)
}

function nameOf(row: DirectiveRow): string {
  return `${row.sections[0]}.${row.key}`
}

function spot(row: DirectiveRow): Pick<Remark, 'section' | 'key'> {
  return {section: row.sections[0] ?? '', key: row.key}
}
