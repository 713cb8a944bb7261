import {expand, specifierFault} from './expansion.ts'
import type {ValueFault, Reader, Validator, ValueContext} from './fault.ts'
import {fieldAt, fieldFault, fieldsOf, splittingFault, type Field} from './fields.ts'
import {unescapeAt} from './escapes.ts'
import {base64Fault} from './encoded-data.ts'
import {pathLength, expectedPath, longestPath} from './paths.ts'
import {expandPath, specifierOrLength} from './path-values.ts'
import {quote} from './quote.ts'

/** `NAME[:SOURCE]`: `LoadCredential=` (systemd.exec(5)). Means the name. */
export const loadCredential: Reader<string> = function* (value, context) {
  const {version} = context
  // At first there had to be a source.
  const isSourceNeeded = version < 248
  const head = yield* readName(value, context, 'NAME:SOURCE', isSourceNeeded)
  if (!head) return undefined
  const {name, next = value.length} = head
  const source = value.slice(next)
  if (source === '' && !isSourceNeeded) return name
  const piece = {start: next, end: value.length}
  const path = expandPath(source, context)
  if (path === undefined) {
    yield specifierOrLength(value, piece, context, 'line')
    return undefined
  }
  if (path.startsWith('/') ? isNormalized(path, version) : isCredentialName(path)) return name
  const message = `Unexpected ${quote(source)}, expected an absolute path or the name of a credential`
  yield fieldFault(piece, message, 'line')
  return undefined
}

/**
 * `NAME:VALUE`: `SetCredential=`, and in Base64 `SetCredentialEncrypted=` (systemd.exec(5)). Means
 * the name.
 */
export const setCredential: Reader<string> = function* (value, context) {
  const {facts, version} = context
  const head = yield* readName(value, context, 'NAME:VALUE', true)
  if (!head) return undefined
  const {name, next = value.length} = head
  const data = {start: next, end: value.length}
  if (facts.key === 'SetCredentialEncrypted') {
    if (base64Fault(value.slice(next), version) === undefined) return name
    yield fieldFault(data, 'Expected Base64 data', 'line')
  } else {
    if (isUnescapable(value, next, version)) return name
    const message = 'Unexpected escape sequence, expected those of C such as `\\n`'
    yield fieldFault(data, message, 'line')
  }
  return undefined
}

/** The name that a line begins with, and where the rest begins; undefined behind a fault. */
function* readName(
  value: string,
  context: ValueContext,
  form: string,
  needsRest: boolean,
): Generator<ValueFault, {readonly name: string; readonly next: number | undefined} | undefined> {
  const field = fieldAt(value, 0, context.version, colons)
  if (!field || 'fault' in field) {
    yield* openFault(field)
    return undefined
  }
  const isEmpty = form === 'NAME:VALUE' && field.next === value.length && context.version >= 249
  if (needsRest && (field.next === undefined || isEmpty)) {
    yield fieldFault(field, `Unexpected ${quote(value)}, expected \`${form}\``, 'line')
    return undefined
  }
  const name = expandName(field.text, context)
  if (name !== undefined && isCredentialName(name)) return {name, next: field.next}
  yield nameFault(value, field, name, context)
  return undefined
}

/** `GLOB[:NAME]`: `ImportCredential=` (systemd.exec(5)). */
export const credentialGlob: Validator = function* (value, context) {
  const isWhole = context.version < 257
  const field = isWhole
    ? {text: value, start: 0, end: value.length, next: undefined}
    : fieldAt(value, 0, context.version, colons)
  if (!field || 'fault' in field) {
    yield* openFault(field)
    return
  }
  const glob = expandName(field.text, context)
  if (glob === undefined) {
    yield nameFault(value, field, glob, context)
    return
  }
  if (!isGlob(glob)) {
    yield fieldFault(
      field,
      `Unexpected ${quote(field.text)}, expected the name of a credential, maybe with \`*\` at its end`,
      'line',
    )
    return
  }
  const name = field.next === undefined ? '' : value.slice(field.next)
  if (name !== '' && !isCredentialName(name))
    yield fieldFault(
      {start: field.next ?? 0, end: value.length},
      `Unexpected ${quote(name)}, expected the name of a credential`,
      'line',
    )
}

/** `PATH[:NAME[:OPTIONS]]`: `OpenFile=` (systemd.service(5)). */
export const openFile: Validator = function* (value, {version}) {
  const {fields, fault} = fieldsOf(value, version, {
    separators: ':',
    everySeparator: true,
    backslash: 'c',
  })
  const [path, name, options] = fields
  if (!path || (fault && fields.length < 3)) {
    yield* openFault(fault)
    return
  }
  const isTooLong = options?.next !== undefined && options.next < value.length
  if (isTooLong || !isOpenOptions(options?.text ?? '', version)) {
    yield fieldFault(
      {start: options?.start ?? 0, end: value.length},
      'Expected some of `read-only`, `append`, `truncate` and `graceful` behind the second colon',
      'line',
    )
    return
  }
  const hasName = name !== undefined && name.text !== ''
  const descriptor = hasName
    ? name.text
    : (path.text.split('/').findLast((part) => part !== '' && part !== '.') ?? '')
  if (!path.text.startsWith('/') || !isPathOfFile(path.text, !hasName)) {
    yield fieldFault(
      path,
      `Unexpected ${quote(path.text)}, expected the absolute path of a file`,
      'line',
    )
    return
  }
  if (!isDescriptorName(descriptor))
    yield fieldFault(
      hasName ? name : path,
      `Unexpected ${quote(descriptor)}, expected a name of at most 255 printable ASCII characters without colons`,
      'line',
    )
}

/** Whether a text can be the name of a credential. */
function isCredentialName(text: string): boolean {
  return (
    text !== '' && text !== '.' && text !== '..' && !text.includes('/') && isDescriptorName(text)
  )
}

const colons = {separators: ':', everySeparator: true}

function* openFault(fault: Parameters<typeof splittingFault>[0] | undefined): Iterable<ValueFault> {
  if (fault) yield splittingFault(fault)
}

/** A name with its specifiers replaced; undefined when one is unknown, or the name is too long. */
function expandName(text: string, context: ValueContext): string | undefined {
  const name = expand(text, context, 'cred')
  return name !== undefined && context.version >= 249 && pathLength(name) > longestName
    ? undefined
    : name
}

const longestName = 255

function nameFault(
  value: string,
  field: Field,
  name: string | undefined,
  context: ValueContext,
): ValueFault {
  if (name === undefined && expand(field.text, context, 'cred') === undefined)
    return specifierFault(value, field, context, 'line')
  return fieldFault(
    field,
    `Unexpected ${quote(field.text)}, expected a name of at most ${longestName} printable ASCII characters without slashes`,
    'line',
  )
}

function isDescriptorName(text: string): boolean {
  return /^[ -9;-~]{0,255}$/.test(text)
}

function isGlob(text: string): boolean {
  const special = text.search(/[*?[\]]/)
  if (special === -1) return isCredentialName(text)
  return text.slice(special) === '*' && (special === 0 || isCredentialName(text.slice(0, special)))
}

/** Whether a path is one that needs no simplifying. */
function isNormalized(path: string, version: number): boolean {
  const isPlain =
    !path.includes('//') &&
    !path.includes('/./') &&
    !path.endsWith('/.') &&
    !path.split('/').includes('..')
  return isPlain && expectedPath(path, {kind: 'absolute'}, version) === undefined
}

/** Unlike other paths it may have `..` in it, and is measured as it stands. */
function isPathOfFile(path: string, hasNoName: boolean): boolean {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.')
  if (hasNoName && (parts.length === 0 || parts.at(-1) === '..')) return false
  return pathLength(path) <= longestPath && parts.every((part) => pathLength(part) <= longestName)
}

function isOpenOptions(text: string, version: number): boolean {
  const {fields, fault} = fieldsOf(text, version, {separators: ','})
  const options = fields.map((field) => field.text)
  const isKnown =
    options.every((option) => openOptions.has(option)) && new Set(options).size === options.length
  return !fault && isKnown && options.filter((option) => option !== 'graceful').length <= 1
}

const openOptions = new Set(['read-only', 'append', 'truncate', 'graceful'])

function isUnescapable(value: string, start: number, version: number): boolean {
  for (let at = value.indexOf('\\', start); at !== -1;) {
    const escape = unescapeAt(value, at + 1, version, true)
    if (!escape) return false
    at = value.indexOf('\\', at + 1 + escape.length)
  }
  return true
}
