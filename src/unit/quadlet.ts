import {isQuadlet, quadletSection} from '../facts/quadlet.ts'
import {
  perSubnet,
  quadletFormats,
  quadletPairs,
  quadletRefusals,
} from '../facts/quadlet-refusals.ts'
import {offsetsOf} from '../syntax/place.ts'
import {linesOf} from '../syntax/stringify.ts'
import {sectionsIn} from '../syntax/tree.ts'
import type {Span} from '../syntax/tree.ts'
import type {LoadedUnit} from './load.ts'
import {valuesOf} from './value.ts'
import type {Value} from './value.ts'
import type {Assignment, SourceFile} from './unit.ts'

/** A line as Quadlet reads it: its key and value, and where both stand. */
export interface QuadletLine {
  readonly key: string
  readonly value: string
  readonly file: SourceFile
  readonly span: Span
}

/** The last line of a key, as `Section.Key`. */
export function lastLine(unit: LoadedUnit, name: string): QuadletLine | undefined {
  const [section = '', key = ''] = name.split('.')
  const line = unit.assignments(section, key).at(-1)
  return line && placed(line)
}

/** What is in force of a key, as `Section.Key`: an empty value is as good as none. */
export function lineInForce(unit: LoadedUnit, name: string): QuadletLine | undefined {
  const found = lastLine(unit, name)
  return found && found.value !== '' ? found : undefined
}

/**
 * Lines at which Quadlet gives a file up, in sections of others too; systemd would pass them over.
 */
export function* unreadLines(unit: LoadedUnit): Generator<Pick<QuadletLine, 'file' | 'span'>> {
  for (const file of unit.files) {
    for (const line of linesOf(file.tree))
      if (line.type === 'junk' && passedOver.has(line.fault))
        yield {file, span: offsetsOf(line.position)}
  }
}

/** What systemd itself reads on behind. */
const passedOver: ReadonlySet<string> = new Set(['outside-section', 'no-equals', 'no-key'])

/**
 * The section and the keys, one of each list, that have to be there and are not; a drop-in alone
 * need not have all.
 */
export function lacking(unit: LoadedUnit): {
  section?: string
  keys: readonly (readonly string[])[]
} {
  if (unit.isPartial || !isQuadlet(unit.type)) return {keys: []}
  const {required = []} = quadletRefusals[unit.type]
  const section = quadletSection(unit.type)
  const hasSection = unit.files.some(({tree}) =>
    sectionsIn(tree).some(({name}) => name === section),
  )
  const isOfImage = lineInForce(unit, 'Volume.Driver')?.value === 'image'
  const needed = isOfImage ? [['Volume.Image']] : hasSection ? required : []
  const keys = needed.filter((some) => some.every((key) => !lineInForce(unit, key)))
  return hasSection || required.length === 0 ? {keys} : {section, keys}
}

/** Values that Quadlet does not take. */
export function* wrongWords(
  unit: LoadedUnit,
): Generator<{at: QuadletLine; word: string; expected: string}> {
  for (const {key: name, taken, expected, each} of quadletFormats) {
    const [section = '', key = ''] = name.split('.')
    for (const line of unit.assignments(section, key)) {
      const words = each ? line.value.split(/\s+/) : [line.value]
      const word = words.find((one) => one !== '' && !taken.test(one))
      if (word !== undefined) yield {at: placed(line), word, expected}
    }
  }
}

/** The files of Quadlet's that a file names, where it makes no service of it without them. */
export function namedFiles(unit: LoadedUnit): ReadonlyArray<{at: Value; name: string}> {
  // An `[Image]` names one of a registry.
  const section = isQuadlet(unit.type) && unit.type !== 'image' ? quadletSection(unit.type) : ''
  return naming.flatMap(({key, pattern, isList}) => {
    const values = valuesOf(unit, `${section}.${key}`)
    return (isList ? values : values.slice(-1)).flatMap((at) => {
      const name = pattern.exec(at.value)?.[1]
      // An instance, or what a specifier stands for, is not the name of a file.
      return name === undefined || /[%@]/.test(name) ? [] : [{at, name}]
    })
  })
}

/** Where the values of a key name another file; of a key that is no list the last one counts. */
const naming = [
  {key: 'Image', pattern: /^([^/]+\.(?:image|build))$/, isList: false},
  {key: 'Pod', pattern: /^([^/]+\.pod)$/, isList: false},
  {key: 'Network', pattern: /^([^:/]+\.(?:network|container))(?::|$)/, isList: true},
  {key: 'Volume', pattern: /^([^.:/][^:/]*\.volume):/, isList: true},
]

/** Keys that do not go together, or not without another: of each what Quadlet says first. */
export function* clashes(
  unit: LoadedUnit,
): Generator<{at: QuadletLine; kind: 'beside' | 'without'; other: string}> {
  const told = new Set<string>()
  for (const pair of quadletPairs) {
    const at = lineInForce(unit, pair.key)
    const kind = 'beside' in pair ? 'beside' : 'without'
    const other = 'beside' in pair ? pair.beside : pair.without
    const isThere = lineInForce(unit, other) !== undefined
    if (!at || told.has(pair.key) || isThere !== (kind === 'beside')) continue
    if (unit.isPartial && !isThere) continue
    if (pair.unless && lineInForce(unit, pair.unless[0])?.value === pair.unless[1]) continue
    told.add(pair.key)
    yield {at, kind, other}
  }
}

/** Mounts of something, that do not say of what. */
export function* sourcelessMounts(unit: LoadedUnit): Generator<{at: QuadletLine; type: string}> {
  for (const line of unit.assignments('Container', 'Mount')) {
    const type = /(?:^|,)"?type=(bind|volume|image|glob)(?:,|"?$)/.exec(line.value)?.[1]
    if (type !== undefined && !/(?:^|[,"])(?:src|source)=/.test(line.value))
      yield {at: placed(line), type}
  }
}

/** More lines than there are subnets of what there may be one for each. */
export function* beyondSubnets(
  unit: LoadedUnit,
): Generator<{at: QuadletLine; number: number; subnets: number}> {
  const subnets = ofNetwork(unit, 'Subnet').length
  for (const key of subnets > 0 ? perSubnet : []) {
    const lines = ofNetwork(unit, key)
    const [first] = lines.slice(subnets)
    if (first) yield {at: placed(first), number: lines.length, subnets}
  }
}

/** The lines of a key of `[Network]` that are in force: an empty one takes those before it back. */
function ofNetwork(unit: LoadedUnit, key: string): readonly Assignment[] {
  const lines = unit.assignments('Network', key)
  return lines.slice(lines.findLastIndex(({value}) => value === '') + 1)
}

function placed({key, value, file, directive}: Assignment): QuadletLine {
  return {key, value, file, span: {start: directive.keySpan.start, end: directive.valueSpan.end}}
}
