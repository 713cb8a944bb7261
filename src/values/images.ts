import {expand, specifierFault} from './expansion.ts'
import {
  lineFault,
  type ValueFault,
  type Reader,
  type Validator,
  type ValueContext,
} from './fault.ts'
import {fieldAt, fieldFault, fieldsOf, splittingFault, type Field} from './fields.ts'
import {knownNames} from './known.ts'
import {wordFault} from './path-values.ts'
import {stripped} from './words.ts'
import {quote} from './quote.ts'

/**
 * Words that are disk images with mount options: `MountImages=`, `ExtensionImages=`
 * (systemd.exec(5)). Means how many there are.
 */
export const imageList: Reader<number> = function* (value, context) {
  const {fields, fault} = fieldsOf(value, context.version, {quotes: true, backslash: 'keep'})
  let count = 0
  for (const field of fields) {
    const fate = yield* imageIn(value, field, context)
    if (fate === 'image') count++
    if (fate === 'end') return count
  }
  if (fault) yield splittingFault(fault)
  return count
}

/** What partitions of an image must be like: `RootImagePolicy=` (systemd.image-policy(7)). */
export const imagePolicy: Validator = function* (value, {version}) {
  const expected = policyFault(value, version)
  if (expected !== undefined)
    yield {...lineFault(value, `Unexpected ${quote(value)}, expected ${expected}`), effect: 'unit'}
}

/** Words `[PARTITION:]OPTIONS`: `RootImageOptions=` (systemd.exec(5)). */
export const partitionOptionsList: Validator = function* (value, context) {
  const {version} = context
  const {fields, fault} = fieldsOf(value, version, {quotes: true, backslash: 'keep'})
  const pairs: {field: Field; partition: string; options: string}[] = []
  for (const field of fields) {
    const parts = fieldsOf(field.text, version, coalescing)
    if (parts.fault && parts.fields.length < 2) {
      yield splittingFault({...parts.fault, start: field.start, end: field.end})
      return
    }
    const [first, second] = parts.fields
    if (!first) continue
    if (
      parts.fields.length > 2 ||
      parts.fault ||
      (second?.next ?? field.text.length) < field.text.length
    ) {
      yield fieldFault(
        field,
        `Unexpected ${quote(field.text)}, expected \`PARTITION:OPTIONS\``,
        'line',
      )
      return
    }
    pairs.push(
      second && second.text !== ''
        ? {field, partition: first.text, options: second.text}
        : {field, partition: 'root', options: first.text},
    )
  }
  if (fault) {
    yield splittingFault(fault)
    return
  }
  for (const {field, partition, options} of pairs) {
    if (!isPartition(partition, version)) yield partitionFault(field, partition)
    else if (expand(options, context, 'full') === undefined)
      yield specifierFault(value, field, context, 'word')
  }
}

const coalescing = {separators: ':', backslash: 'separators'} as const

/** Read one word: an image, one that is skipped, or one at which the line ends. */
function* imageIn(
  value: string,
  field: Field,
  context: ValueContext,
): Generator<ValueFault, 'image' | 'none' | 'end'> {
  const {version, facts} = context
  const hasDestination = facts.key === 'MountImages'
  const first = fieldAt(field.text, 0, version, coalescing)
  if (!first) return 'none'
  const second =
    hasDestination && 'next' in first && first.next !== undefined
      ? fieldAt(field.text, first.next, version, coalescing)
      : undefined
  for (const part of [first, second])
    if (part && 'fault' in part) {
      yield splittingFault({...part, start: field.start, end: field.end})
      return 'end'
    }
  if ('fault' in first || (second && 'fault' in second)) return 'end'
  const form = {
    kind: 'absolute',
    refusesKernelFiles: hasDestination ? 'but-devices' : 'all',
  } as const
  const wrongSource = wordFault(value, field, first.text.replace(/^-/, ''), form, context)
  if (wrongSource) {
    yield wrongSource
    return 'none'
  }
  if (hasDestination) {
    const message = `Unexpected ${quote(field.text)}, expected a mount point behind a colon`
    const wrong =
      !second || second.text === ''
        ? fieldFault(field, message)
        : wordFault(value, field, second.text, form, context)
    if (wrong) {
      yield wrong
      return 'none'
    }
  }
  for (const fault of optionFaults(
    value,
    field,
    hasDestination ? second?.next : first.next,
    context,
  )) {
    yield fault
    if (fault.effect === 'line') return 'end'
  }
  return 'image'
}

/** Pairs of partition and options, of which the last may be options alone. */
function* optionFaults(
  value: string,
  field: Field,
  start: number | undefined,
  context: ValueContext,
): Iterable<ValueFault> {
  const {version} = context
  for (let at = start; at !== undefined;) {
    const partition: ReturnType<typeof fieldAt> = fieldAt(field.text, at, version, coalescing)
    if (!partition) return
    const options: ReturnType<typeof fieldAt> =
      'text' in partition && partition.next !== undefined
        ? fieldAt(field.text, partition.next, version, coalescing)
        : undefined
    for (const part of [partition, options])
      if (part && 'fault' in part) {
        yield splittingFault({...part, start: field.start, end: field.end})
        return
      }
    if (!('text' in partition)) return
    if (!options || !('text' in options)) {
      if (expand(partition.text, context, 'full') === undefined)
        yield specifierFault(value, field, context, 'word')
      return
    }
    if (!isPartition(partition.text, version)) yield partitionFault(field, partition.text)
    else if (expand(options.text, context, 'full') === undefined)
      yield specifierFault(value, field, context, 'word')
    at = options.next
  }
}

function partitionFault(field: Field, partition: string): ValueFault {
  return fieldFault(
    field,
    `Unexpected partition ${quote(partition)}, expected one such as \`root\`, \`usr\` or \`home\``,
  )
}

function isPartition(text: string, version: number): boolean {
  return partitions(version).has(text)
}

/** `NAME:247-252` was known up to 252. */
const partitions = knownNames(
  'root root-secondary:247-252 root-other:250-252 usr usr-secondary:247-252 usr-other:250-252 home srv esp xbootldr swap ' +
    'root-verity root-secondary-verity:247-252 root-other-verity:250-252 usr-verity usr-secondary-verity:247-252 usr-other-verity:250-252 ' +
    'root-verity-sig:250- root-secondary-verity-sig:250-252 root-other-verity-sig:250-252 ' +
    'usr-verity-sig:250- usr-secondary-verity-sig:250-252 usr-other-verity-sig:250-252 tmp var',
)

function policyFault(value: string, version: number): string | undefined {
  if (value === '-' || value === '*' || value === '~') return undefined
  // Since then what is unknown is left for later versions to know.
  const isLenient = version >= 258
  const {fields, fault} = fieldsOf(value, version, {separators: ':', everySeparator: true})
  const seen = new Set<string>()
  for (const field of fields) {
    const name = fieldAt(field.text, 0, version, {separators: '=', everySeparator: true})
    if (!name || 'fault' in name || name.next === undefined)
      return 'rules such as `root=verity` with colons between'
    const partition = stripped(name.text)
    if (partition !== '' && !isPartition(partition, version)) {
      if (isLenient) continue
      return 'partitions such as `root`, `usr` or `home`'
    }
    if (seen.has(partition)) return 'one rule for each partition'
    seen.add(partition)
    if (!arePolicyFlags(stripped(field.text.slice(name.next)), version, isLenient))
      return 'flags such as `verity`, `signed` or `unprotected` with `+` between'
  }
  return fault ? 'a whole escape sequence' : undefined
}

function arePolicyFlags(text: string, version: number, isLenient: boolean): boolean {
  if (text === '' || text === '-') return true
  const {fields, fault} = fieldsOf(text, version, {separators: '+', everySeparator: true})
  return !fault && (isLenient || fields.every((field) => policyFlags.has(stripped(field.text))))
}

const policyFlags = new Set(
  'verity signed encrypted unprotected unused absent open ignore read-only-on read-only-off growfs-on growfs-off'.split(
    ' ',
  ),
)
