import {deviceNode} from './device-nodes.ts'
import {expand, specifierFault} from './expansion.ts'
import {
  lineFault,
  type ValueFault,
  type Reader,
  type Validator,
  type ValueContext,
} from './fault.ts'
import {
  fieldAt,
  fieldFault,
  fieldsOf,
  splittingFault,
  type Field,
  type FieldForm,
} from './fields.ts'
import {parserOf} from './parsers.ts'
import {
  pathLength,
  expectedPath,
  isBelowVarRun,
  longestPath,
  simplified,
  type PathForm,
} from './paths.ts'
import {quote} from './quote.ts'

/**
 * A single path: `WorkingDirectory=`, `PIDFile=`, `EnvironmentFile=` (systemd.exec(5),
 * systemd.service(5)).
 *
 * Means the path without repeated slashes; empty where it takes away what was set before.
 */
export const path: Reader<string> = function* (value, context) {
  const {facts, version} = context
  const parser = parserOf(facts, version)
  const isOptional = parser === 'config_parse_working_directory' && value.startsWith('-')
  const start = isOptional ? 1 : 0
  const written = value.slice(start)
  if (facts.keywords?.includes(written)) return written
  const isPidFile = parser === 'config_parse_pid_file'
  const isFatal = (facts.invalidValueRefusesUnit === true || isPidFile) && !isOptional
  const effect = isFatal ? 'unit' : 'line'
  const piece = {start, end: value.length}
  const expanded = expandPath(written, context)
  if (expanded === undefined) {
    yield specifierOrLength(value, piece, context, isPidFile ? 'line' : effect)
    return undefined
  }
  if (expanded === '' && parser === 'config_parse_unit_path_printf') return ''
  const text = isPidFile && !expanded.startsWith('/') ? `/run/${expanded}` : expanded
  const isUnprefixed = parser === 'config_parse_unit_env_file' && text.startsWith('-')
  const bare = isUnprefixed ? text.slice(1) : text
  const form: PathForm = isPidFile ? {kind: 'absolute', refusesKernelFiles: 'all'} : absolute
  const expected = expectedPath(bare, form, version)
  if (expected !== undefined) {
    yield fieldFault(
      piece,
      `Unexpected ${quote(written)}, expected ${expected}`,
      effect,
      meantPath(written, context),
    )
    return undefined
  }
  if (isPidFile && isBelowVarRun(text)) yield varRunNotice(value, context)
  return simplified(bare, version)
}

/** Words that are paths: `RequiresMountsFor=`, `Symlinks=` (systemd.unit(5), systemd.socket(5)). */
export const pathList: Validator = function* (value, context) {
  const stopsAtFault =
    parserOf(context.facts, context.version) === 'config_parse_unit_path_strv_printf'
  const {fields, fault} = fieldsOf(value, context.version, quoted)
  for (const field of fields) {
    const found = wordFault(value, field, field.text, absolute, context)
    if (!found) continue
    yield found
    if (stopsAtFault) return
  }
  if (fault) yield splittingFault(fault)
}

/**
 * Words that are paths, behind `-` for ones that may be missing and `+` for ones below the root of
 * the unit: `ReadWritePaths=` (systemd.exec(5)).
 */
export const prefixedPathList: Validator = function* (value, context) {
  const {fields, fault} = fieldsOf(value, context.version, quoted)
  for (const field of fields) {
    const found = wordFault(value, field, field.text.replace(/^-?\+?/, ''), absolute, context)
    if (found) yield found
  }
  if (fault) yield splittingFault(fault)
}

/** Paths between colons: `ExecSearchPath=` (systemd.exec(5)). */
export const colonPathList: Validator = function* (value, context) {
  const {fields, fault} = fieldsOf(value, context.version, {separators: ':', everySeparator: true})
  for (const field of fields) {
    const found = wordFault(value, field, field.text, absolute, context)
    if (!found) continue
    yield found
    return
  }
  if (fault) yield splittingFault(fault)
}

/**
 * Words that are names of folders below a folder of the system's: `StateDirectory=NAME[:LINK[:ro]]`
 * (systemd.exec(5)).
 */
export const relativeDirectoryList: Validator = function* (value, context) {
  const {facts, version} = context
  const hasParts = version >= 250
  const {fields, fault} = fieldsOf(
    value,
    version,
    hasParts ? {quotes: true, backslash: 'keep'} : quoted,
  )
  for (const field of fields) {
    const parts = hasParts
      ? fieldsOf(field.text, version, {
          separators: ':',
          backslash: 'separators',
          everySeparator: version >= 257,
        })
      : {fields: [field], fault: undefined}
    const [source, link, flags] = parts.fields
    if (parts.fault && parts.fields.length < (version >= 257 ? 3 : 2)) {
      yield splittingFault({...parts.fault, start: field.start, end: field.end})
      return
    }
    if (!source) {
      yield fieldFault(
        field,
        `Unexpected ${quote(field.text)}, expected the name of a folder`,
        'line',
      )
      return
    }
    const found = wordFault(value, field, source.text, {kind: 'relative'}, context)
    if (found) yield found
    else if (isPrivate(expandPath(source.text, context) ?? '', version))
      yield fieldFault(
        field,
        `Unexpected ${quote(field.text)}, expected a name other than \`private\``,
      )
    else if (link && link.text !== '' && facts.key === 'ConfigurationDirectory')
      yield fieldFault(
        field,
        `Unexpected ${quote(field.text)}, expected no link for a \`ConfigurationDirectory=\``,
      )
    else yield* linkFaults(value, field, link?.text ?? '', flags?.text ?? '', context)
  }
  if (fault) yield splittingFault(fault)
}

/** Words `PATH[:OPTIONS]`: `TemporaryFileSystem=` (systemd.exec(5)). */
export const tmpfsList: Validator = function* (value, context) {
  const {fields, fault} = fieldsOf(value, context.version, quoted)
  for (const field of fields) {
    const first = fieldAt(field.text, 0, context.version, {separators: ':', everySeparator: true})
    if (first && 'fault' in first)
      yield splittingFault({...first, start: field.start, end: field.end}, 'word')
    const found =
      first && 'text' in first ? wordFault(value, field, first.text, absolute, context) : undefined
    if (found) yield found
  }
  if (fault) yield splittingFault(fault)
}

/**
 * What is mounted or swapped to: a path, `UUID=...`, or whatever the file system takes
 * (systemd.mount(5), systemd.swap(5)).
 */
export const mountSource: Validator = function* (value, context) {
  const {facts, version} = context
  const parser = parserOf(facts, version)
  const isPath = parser === 'config_parse_unit_path_printf'
  const expanded = isPath ? expandPath(value, context) : expand(value, context, 'full')
  if (expanded === undefined) {
    yield specifierOrLength(value, {start: 0, end: value.length}, context, 'line')
    return
  }
  if (expanded === '') return
  const expected = isPath
    ? expectedPath(expanded, absolute, version)
    : parser === 'config_parse_mount_node' &&
        pathLength(deviceNode(expanded) ?? expanded) > longestPath
      ? `a path of at most ${longestPath} bytes`
      : undefined
  if (expected !== undefined)
    yield lineFault(value, `Unexpected ${quote(value)}, expected ${expected}`)
}

const absolute: PathForm = {kind: 'absolute'}
const quoted: FieldForm = {quotes: true}

/**
 * The text with its specifiers replaced; undefined when one is unknown, or the text is too long
 * then.
 */
export function expandPath(text: string, context: ValueContext): string | undefined {
  const expanded = expand(text, context, 'path')
  // At first, length was looked at before specifiers were replaced.
  const measured = context.version < 249 ? text : expanded
  return measured !== undefined && pathLength(measured) > longestExpanded(context)
    ? undefined
    : expanded
}

/**
 * How long a path may be before it is simplified: with the zero at its end PATH_MAX, without it for
 * two parsers, and at first as long as it liked for most.
 */
function longestExpanded({facts, version}: ValueContext): number {
  const parser = parserOf(facts, version)
  if (version < 249)
    return parser === 'config_parse_unit_path_printf' ? longestPath : Number.POSITIVE_INFINITY
  const isGenerous =
    version < 255 &&
    (parser === 'config_parse_unit_env_file' || parser === 'config_parse_bind_paths')
  return isGenerous ? longestPath + 1 : longestPath
}

/** Why `expandPath` gave nothing. */
export function specifierOrLength(
  value: string,
  piece: {readonly start: number; readonly end: number},
  context: ValueContext,
  effect: ValueFault['effect'],
): ValueFault {
  if (expand(value.slice(piece.start, piece.end), context, 'path') === undefined)
    return specifierFault(value, piece, context, effect)
  return fieldFault(piece, `Expected a path of at most ${longestPath} bytes`, effect)
}

/** What is wrong with the path of a word. */
export function wordFault(
  value: string,
  field: Field,
  text: string,
  form: PathForm,
  context: ValueContext,
): ValueFault | undefined {
  const expanded = expandPath(text, context)
  if (expanded === undefined) return specifierOrLength(value, field, context, 'word')
  const expected = expectedPath(expanded, form, context.version)
  if (expected === undefined) return undefined
  const meant =
    form.kind === 'absolute' && text === field.text ? meantPath(text, context) : undefined
  return fieldFault(field, `Unexpected ${quote(field.text)}, expected ${expected}`, 'word', meant)
}

/**
 * The path that an instance stands for: `%f` is it with a slash before it, `%i` and `%I` have none
 * (systemd.unit(5), "specifiers").
 */
export function meantPath(written: string, {unitName}: ValueContext): string | undefined {
  return unitName.includes('@') && /^%[iI]/.test(written) ? `%f${written.slice(2)}` : undefined
}

/**
 * The notice for a path below `/var/run`, which systemd changes by itself; up to 254, Debian's
 * packages keep it to themselves.
 */
export function varRunNotice(value: string, {version}: ValueContext): ValueFault {
  const fault = fieldFault(
    {start: 0, end: value.length},
    `Unexpected ${quote(value)}, expected a path below \`/run\``,
    'notice',
    value.startsWith('/var/run/') ? value.slice(4) : undefined,
  )
  return {...fault, kind: 'deprecated-value', ...(version < 255 ? {silent: true} : {})}
}

function isPrivate(text: string, version: number): boolean {
  return simplified(text, version).split('/')[0] === 'private'
}

function* linkFaults(
  value: string,
  field: Field,
  link: string,
  flags: string,
  context: ValueContext,
): Iterable<ValueFault> {
  const found = link === '' ? undefined : wordFault(value, field, link, {kind: 'relative'}, context)
  if (found) yield found
  else if (context.version >= 257 && flags !== '' && flags !== 'ro')
    yield fieldFault(
      field,
      `Unexpected ${quote(flags)}, expected \`ro\` or nothing behind the second colon`,
    )
}
