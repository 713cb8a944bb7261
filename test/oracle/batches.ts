import type {Subject} from './subject.ts'

/**
 * Groups of subjects that one process may be asked about together, each subject in one group.
 *
 * A group is one folder, so systemd would find a neighbour that a unit names, needs, or shares a
 * drop-in folder with. Subjects that could meet in any of these ways are kept apart: targets, which
 * units need without naming them, from all others; mounts, slices, and units that systemd adds by
 * itself from everything. At most `size` subjects go into a group.
 */
export function batches(subjects: readonly Subject[], size = 100): Subject[][] {
  const open: Batch[] = []
  const done: Subject[][] = []
  for (const subject of subjects) {
    const ties = tiesOf(subject)
    if (!ties) {
      done.push([subject])
      continue
    }
    const fitting = open.find((batch) => fits(batch, ties)) ?? started(open, ties)
    fitting.subjects.push(subject)
    fitting.stems.push(ties.stem)
    for (const mention of ties.mentions) fitting.mentions.add(mention)
    if (fitting.subjects.length >= size)
      done.push(...open.splice(open.indexOf(fitting), 1).map((batch) => batch.subjects))
  }
  return [...done, ...open.map((batch) => batch.subjects)]
}

/** The name of a unit without its instance and its suffix: `foo` of `foo@bar.service`. */
export function stemOf(name: string): string {
  const at = name.indexOf('@')
  return at === -1 ? name.slice(0, name.lastIndexOf('.')) : name.slice(0, at)
}

interface Batch {
  readonly targets: boolean
  readonly subjects: Subject[]
  readonly stems: string[]
  readonly mentions: Set<string>
}

/** What a subject answers to, and the stems of the units that its text names. */
interface Ties {
  readonly target: boolean
  readonly stem: string
  readonly mentions: ReadonlySet<string>
}

function started(open: Batch[], {target}: Ties): Batch {
  const batch = {targets: target, subjects: [], stems: [], mentions: new Set<string>()}
  open.push(batch)
  return batch
}

const sociable = new Set(['service', 'socket', 'timer', 'path', 'target'])
/**
 * Longer texts are asked about alone: looking for names in a line of a fuzzer takes longer than a
 * process.
 */
const longest = 20_000
const unitName =
  /[\w:.\\@%-]+\.(?:service|socket|device|mount|automount|swap|target|path|timer|slice|scope)\b/g

function tiesOf(subject: Subject): Ties | undefined {
  const stem = stemOf(subject.name)
  const type = subject.name.slice(subject.name.lastIndexOf('.') + 1)
  if (!/^[\w.\\@-]+$/.test(subject.name) || !sociable.has(type)) return undefined
  if (
    stem === '' ||
    stem === 'dbus' ||
    subject.name === 'shutdown.target' ||
    stem.startsWith('systemd-') ||
    stem.startsWith('modprobe')
  )
    return undefined
  const mentions = new Set<string>()
  if (subject.text.length > longest) return undefined
  for (const text of [subject.text, ...(subject.dropins?.values() ?? [])]) {
    for (const [name] of decode(text).matchAll(unitName)) {
      if (name.startsWith('%')) return undefined
      mentions.add(name.includes('%') ? `${name.slice(0, name.indexOf('%'))}*` : stemOf(name))
    }
  }
  for (const path of subject.dropins?.keys() ?? []) {
    if (!path.startsWith(`${subject.name}.d/`)) return undefined
  }
  return {target: type === 'target', stem, mentions}
}

function fits(batch: Batch, ties: Ties): boolean {
  if (
    batch.targets !== ties.target ||
    batch.stems.some((stem) => stem.startsWith(ties.stem) || ties.stem.startsWith(stem))
  )
    return false
  return (
    batch.stems.every((stem) => !names(ties.mentions, stem)) && !names(batch.mentions, ties.stem)
  )
}

/**
 * Whether one of the mentions is this stem, or begins it and goes on with a specifier (`foo-*` for
 * `foo-%i`).
 */
function names(mentions: ReadonlySet<string>, stem: string): boolean {
  if (mentions.has(stem)) return true
  for (const mention of mentions)
    if (mention.endsWith('*') && stem.startsWith(mention.slice(0, -1))) return true
  return false
}

function decode(text: string | Uint8Array): string {
  return typeof text === 'string' ? text : new TextDecoder('latin1').decode(text)
}
