import {parseBoolean} from '../values/boolean.ts'
import {isHostName} from '../values/names.ts'
import {expandSpecifiers} from '../values/specifiers.ts'
import type {Parser} from './reading.ts'
import type {SettingValues, YesNo} from './values.ts'

const yes = {value: 'yes'} as const
const no = {value: 'no'} as const

/** A plain boolean. */
export const boolean: Parser<YesNo> = (value) => {
  const on = parseBoolean(value)
  return on === undefined ? undefined : on ? yes : no
}

/** One of some words, in exact case. */
export function oneOf<const Word extends string>(words: readonly Word[]): Parser<Word> {
  return (value) => {
    const word = words.find((candidate) => candidate === value)
    return word === undefined ? undefined : {value: word}
  }
}

/** A boolean, or one of some words in exact case, each since some version. */
export function booleanOr<const Word extends string>(words: Readonly<Record<Word, number>>): Parser<YesNo | Word> {
  const since = new Map(Object.entries<number>(words))
  return (value, unit) => {
    const first = since.get(value)
    // Only the keys of `words` have a version.
    return first !== undefined && unit.target.version >= first ? {value: value as Word} : boolean(value, unit)
  }
}

/** The same, where `yes` has been called by another word since some version. */
export function calling<Word extends string>(word: Word, since: number, parse: Parser<YesNo | Word>): Parser<YesNo | Word> {
  return (value, unit) => {
    const parsed = parse(value, unit)
    return parsed?.value === 'yes' && unit.target.version >= since ? {value: word} : parsed
  }
}

/** `PrivateMounts=`: a boolean; since 254 nothing at all takes it back. */
export const privateMounts: Parser<YesNo> = (value, unit) => (value === '' && unit.target.version >= 254 ? no : boolean(value, unit))

/** `ProtectHostname=`: a boolean; since 258 also `private`, and a host name behind a colon. */
export const protectHostname: Parser<SettingValues['ProtectHostname']> = (value, unit) => {
  if (unit.target.version < 258) return boolean(value, unit)
  if (value === '') return no
  const colon = value.indexOf(':')
  const word = colon === -1 ? value : value.slice(0, colon)
  const parsed: ReturnType<Parser<SettingValues['ProtectHostname']>> = word === 'private' ? {value: word} : boolean(word, unit)
  if (colon === -1 || !parsed) return parsed
  const name = expandSpecifiers(value.slice(colon + 1), unit)
  return parsed.value !== 'no' && name !== undefined && isHostName(name) ? parsed : undefined
}
