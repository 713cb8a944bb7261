import {parseBoolean} from './boolean.ts'
import {nearest} from '../facts/nearest.ts'
import {expand, specifierFault} from './expansion.ts'
import {lineFault, type Validator, type ValueContext} from './fault.ts'
import {fieldFault, fieldsOf, splittingFault} from './fields.ts'
import {parseUnsigned} from './integers.ts'
import {meantBoolean, meantWord, plainly} from './meant.ts'
import {parserOf} from './parsers.ts'
import {quote} from './quote.ts'
import {isHostName} from './host-names.ts'

/** Booleans, and those that may be left open with an empty value (systemd.syntax(7)). */
export const boolean: Validator = function* (value, context) {
  if (parseBoolean(value) !== undefined) return
  const effect = context.facts.invalidValueRefusesUnit ? 'unit' : 'line'
  yield {
    ...lineFault(
      value,
      `Unexpected ${quote(value)}, expected \`yes\` or \`no\``,
      plainly(value, boolean, context, meantBoolean),
    ),
    effect,
  }
}

/** One of a directive's words, in exact case. */
export const enumeration: Validator = function* (value, context) {
  const {facts, version} = context
  const words = wordsOf(context)
  if (!isMember(value, words, context)) {
    yield lineFault(
      value,
      `Unexpected ${quote(value)}, expected ${oneOf(words, context)}`,
      plainly(value, enumeration, context, (bare) => meantMember(bare, words, context)),
    )
    return
  }
  if (facts.key === 'KillMode' && value === 'none') {
    yield {
      ...lineFault(
        value,
        'Unexpected `none`, expected `mixed` or another mode that stops all processes',
      ),
      effect: 'notice',
      kind: 'deprecated-value',
    }
  }
  if (
    facts.parser === 'config_parse_exec_cpu_sched_policy' &&
    version >= 262 &&
    isNoPolicy(value, words, version)
  ) {
    yield {
      ...lineFault(value, `Unexpected ${quote(value)}, expected ${oneOf(words, context)}`),
      effect: 'notice',
    }
  }
  const {obsoleteSince} = facts.values?.find((one) => one.value === value) ?? {}
  if (obsoleteSince !== undefined && obsoleteSince <= version) {
    yield {
      ...lineFault(value, `Unexpected ${quote(value)}, which is obsolete`),
      effect: 'notice',
      kind: 'deprecated-value',
    }
  }
}

/**
 * What to do with the machine: only some of that is for a user's manager (systemd.unit(5),
 * "FailureAction=").
 */
export const emergencyAction: Validator = function* (value, context) {
  const {version, manager} = context
  let isKnown = true
  for (const fault of enumeration(value, context)) {
    isKnown &&= fault.effect !== 'line'
    yield fault
  }
  if (!isKnown || manager === 'system' || actionsOfUsers.includes(value)) return
  // The actions that came with 254 were let through at first.
  if (version < 255 && !/^(?:reboot|poweroff)/.test(value)) return
  const fault = lineFault(
    value,
    `Unexpected ${quote(value)} in a user's manager, expected \`exit\` or \`exit-force\``,
  )
  yield version >= 254 ? fault : {...fault, effect: 'notice'}
}

const actionsOfUsers = ['none', 'exit', 'exit-force']

/**
 * `OnFailureIsolate=`: a boolean that another directive has replaced (systemd.unit(5),
 * "OnFailureJobMode=").
 */
export const jobModeIsolate: Validator = function* (value, context) {
  yield* boolean(value, context)
  const meant = parseBoolean(value)
  if (meant === undefined) return
  const message = `Unexpected \`OnFailureIsolate=\`, expected \`OnFailureJobMode=${meant ? 'isolate' : 'replace'}\``
  yield {
    ...lineFault(value, message),
    effect: 'notice',
    kind: 'deprecated-directive',
    unplaced: true,
  }
}

/**
 * `ProtectHostname=`: one of its words, from 258 on with a host name behind a colon
 * (systemd.exec(5)).
 */
export const enumerationWithArgument: Validator = function* (value, context) {
  if (parserOf(context.facts, context.version) === 'config_parse_bool')
    return yield* boolean(value, context)
  const colon = value.indexOf(':')
  const word = colon === -1 ? value : value.slice(0, colon)
  const words = wordsOf(context)
  if (!isMember(word, words, context)) {
    yield lineFault(
      value,
      `Unexpected ${quote(word)}, expected ${oneOf(words, context)}`,
      plainly(value, enumerationWithArgument, context, (bare) => meantMember(bare, words, context)),
    )
    return
  }
  if (colon === -1) return
  const name = expand(value.slice(colon + 1), context)
  if (name === undefined)
    yield specifierFault(value, {start: colon + 1, end: value.length}, context, 'line')
  else if (word === 'no' || parseBoolean(word) === false)
    yield lineFault(
      value,
      `Unexpected host name behind ${quote(word)}, expected \`yes:\` or \`private:\` before it`,
    )
  else if (!isHostName(name))
    yield {...lineFault(value, `Unexpected ${quote(name)}, expected a host name`), from: colon + 1}
}

/**
 * Words that systemd takes as flags; it passes over unknown ones in silence: `SecureBits=`
 * (systemd.exec(5)).
 */
export const flags: Validator = function* (value, context) {
  const words = wordsOf(context)
  const {fields, fault} = fieldsOf(value, context.version, {quotes: true})
  for (const field of fields) {
    if (words.includes(field.text)) continue
    yield {
      ...fieldFault(
        field,
        `Unexpected ${quote(field.text)}, expected ${oneOf(words, context)}`,
        'word',
        meantAmong(field.text, words),
      ),
      silent: true,
    }
  }
  if (fault) yield {...splittingFault(fault, 'word'), silent: true}
}

/** A boolean, or flags, taken away behind `~`: `RefreshOnReload=` (systemd.service(5)). */
export const booleanOrFlags: Validator = function* (value, context) {
  if (parseBoolean(value) !== undefined) return
  const words = wordsOf(context)
  const start = value.startsWith('~') ? 1 : 0
  const {fields, fault} = fieldsOf(value.slice(start), context.version)
  for (const field of fields) {
    if (words.includes(field.text)) continue
    yield fieldFault(
      {start: field.start + start, end: field.end + start},
      `Unexpected ${quote(field.text)}, expected \`yes\`, \`no\`, ${oneOf(words, context)}`,
      'word',
      meantAmong(field.text, words),
    )
  }
  if (fault) yield splittingFault(fault)
}

/** The words that a version knows. */
export function wordsOf({facts, version}: ValueContext): readonly string[] {
  return (facts.values ?? [])
    .filter(({since = 0, until = Infinity}) => since <= version && version <= until)
    .map(({value}) => value)
}

/** Some of the words, for a message. */
export function oneOf(words: readonly string[], {facts}: Pick<ValueContext, 'facts'>): string {
  const all = [
    ...(facts.booleanToo && !words.includes('yes') ? ['yes'] : []),
    ...(facts.booleanToo && !words.includes('no') ? ['no'] : []),
    ...words,
  ]
  const shown = all.slice(0, mostWords).map((word) => `\`${word}\``)
  if (all.length > mostWords) return `one of ${shown.join(', ')}, …`
  const last = shown.pop() ?? 'nothing'
  return shown.length > 0 ? `${shown.join(', ')} or ${last}` : last
}

const mostWords = 12

function isMember(value: string, words: readonly string[], context: ValueContext): boolean {
  const {facts, version} = context
  if (
    words.includes(value) ||
    (facts.parser === 'config_parse_socket_protocol' && isProtocol(value, words))
  )
    return true
  if (facts.booleanToo && parseBoolean(value) !== undefined) return true
  if (!facts.numericToo) return false
  const number = parseUnsigned(value, 32, version)
  return number !== undefined && number <= largestOf(facts.parser, version)
}

/**
 * Whether a value is the number of a scheduling policy that Linux does not have: it never got 4
 * (sched(7)).
 */
function isNoPolicy(value: string, words: readonly string[], version: number): boolean {
  const number = words.includes(value) ? 0n : (parseUnsigned(value, 32, version) ?? 0n)
  return number === 4n || number > 7n
}

/** Protocols are known to the C library, in any case and by number. */
function isProtocol(value: string, words: readonly string[]): boolean {
  const number = /^[0-9]{1,4}$/.test(value) ? protocols.get(Number(value)) : undefined
  return words.includes(number ?? value.toLowerCase())
}

const protocols: ReadonlyMap<number, string> = new Map([
  [132, 'sctp'],
  [136, 'udplite'],
  [262, 'mptcp'],
])

/** The largest number that stands for itself. */
function largestOf(parser: string, version: number): bigint {
  switch (parser) {
    case 'config_parse_log_level':
      return 7n
    case 'config_parse_log_facility':
      return 127n
    case 'config_parse_exec_io_class':
      return version >= 262 ? 7n : 8n
    case 'config_parse_exec_cpu_sched_policy':
      return 0x7fff_ffffn
    default:
      return 255n
  }
}

/**
 * Words of a list that are meant by one: other letter case, misspelt, or several between commas.
 */
export function meantAmong(word: string, words: readonly string[]): string | undefined {
  return meantWord(
    word,
    (candidate) => words.includes(candidate),
    (bare) => [/[ \t]/.test(bare) ? undefined : nearest(bare, words)],
  )
}

/** A known word in other letter case, or misspelt. */
function meantMember(
  bare: string,
  words: readonly string[],
  {facts}: ValueContext,
): string | undefined {
  return (
    (facts.booleanToo ? meantBoolean(bare) : undefined) ??
    (bare.includes(':') ? undefined : nearest(bare, words))
  )
}
