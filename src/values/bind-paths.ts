import type {ValueFault, Validator, ValueContext} from './fault.ts'
import {
  fieldAt,
  fieldFault,
  fieldsOf,
  splittingFault,
  type Field,
  type FieldForm,
} from './fields.ts'
import {expandPath, specifierOrLength, wordFault} from './path-values.ts'
import {pathLength, longestPath, type PathForm} from './paths.ts'
import {quote} from './quote.ts'

/** Words `SOURCE[:DESTINATION[:OPTIONS]]`: `BindPaths=` (systemd.exec(5)). */
export const bindPathList: Validator = function (value, context) {
  return context.version < 258 ? bindPathsInOne(value, context) : bindPathsByWord(value, context)
}

/**
 * Up to 257 the value is not split into words first: where a field is bad, the next one counts as a
 * source.
 */
function* bindPathsInOne(value: string, context: ValueContext): Iterable<ValueFault> {
  const {version} = context
  const form: FieldForm = {separators: ': \t\n\r', everySeparator: true, quotes: true}
  let at: number | undefined = 0
  while (at !== undefined) {
    const source = fieldAt(value, at, version, form)
    if (!source) return
    if ('fault' in source) {
      yield splittingFault(source)
      return
    }
    at = source.next
    const found = wordFault(value, source, withoutDash(source.text, context), absolute, context)
    if (found) {
      yield found
      continue
    }
    if (at === undefined || value[at - 1] !== ':') continue
    const destination = fieldAt(value, at, version, form)
    if (!destination) return
    if ('fault' in destination) {
      yield splittingFault(destination)
      return
    }
    at = destination.next
    const wrong =
      version >= 249 &&
      version < 255 &&
      pathLength(expandPath(destination.text, context) ?? '') > longestPath
        ? specifierOrLength(value, destination, context, 'word')
        : wordFault(value, destination, destination.text, absolute, context)
    if (wrong) {
      yield wrong
      continue
    }
    if (at === undefined || value[at - 1] !== ':') continue
    const options = fieldAt(value, at, version, quoted)
    if (!options) return
    if ('fault' in options) {
      yield splittingFault(options)
      return
    }
    at = options.next
    if (!bindOptions.has(options.text)) yield bindOptionFault(options)
  }
}

function* bindPathsByWord(value: string, context: ValueContext): Iterable<ValueFault> {
  const {version} = context
  const {fields, fault} = fieldsOf(value, version, {quotes: true, backslash: 'keep'})
  for (const field of fields) {
    const parts = fieldsOf(field.text, version, {
      separators: ':',
      backslash: 'separators',
      everySeparator: true,
    })
    const [source, destination, options, extra] = parts.fields
    if (!source || (parts.fault && parts.fields.length < 4)) {
      yield parts.fault
        ? splittingFault({...parts.fault, start: field.start, end: field.end}, 'word')
        : fieldFault(field, 'Expected a path')
      continue
    }
    if (extra) {
      yield fieldFault(
        field,
        `Unexpected ${quote(field.text)}, expected at most \`SOURCE:DESTINATION:OPTIONS\``,
      )
      continue
    }
    const found =
      wordFault(value, field, withoutDash(source.text, context), absolute, context) ??
      (destination && wordFault(value, field, destination.text, absolute, context))
    if (found) yield found
    else if (options && !bindOptions.has(options.text))
      yield bindOptionFault({...field, text: options.text})
  }
  if (fault) yield splittingFault(fault)
}

/** A source without the dash before it, which may be what comes behind specifiers that are empty. */
function withoutDash(text: string, context: ValueContext): string {
  if (!text.startsWith('%')) return text.replace(/^-/, '')
  const expanded = expandPath(text, context)
  return expanded?.startsWith('-') ? expanded.slice(1).replaceAll('%', '%%') : text
}

const bindOptions = new Set(['', 'rbind', 'norbind'])

function bindOptionFault(field: Field): ValueFault {
  return fieldFault(field, `Unexpected ${quote(field.text)}, expected \`rbind\` or \`norbind\``)
}

const absolute: PathForm = {kind: 'absolute'}
const quoted: FieldForm = {quotes: true}
