import {impliersOf} from '../../facts/hardening.ts'
import type {Implier} from '../../facts/hardening.ts'
import type {OrderedRow} from '../../facts/sandboxing/row.ts'
import {rows} from '../../facts/sandboxing/rows.ts'
import type {WordDirective, WordOf} from '../../facts/sandboxing/rows.ts'
import {parseBoolean} from '../../values/boolean.ts'
import {isHostName} from '../../values/host-names.ts'
import type {Parsed} from '../../values/parsed.ts'
import {expandSpecifiers} from '../../values/specifiers.ts'
import type {Assignment} from '../unit.ts'
import {execution, resources, type SettingReader, type SettingSource} from './source.ts'
import {byDefault, withImplied, lastOf, type Setting} from './setting.ts'
import type {YesNo} from './values.ts'

/**
 * A reader of a directive whose value is one word: what is written, or what another directive sets.
 */
export function wordReader<Key extends WordDirective>(
  key: Key,
  {fallback = () => rows[key].reads.default, parse = parseWord}: Exceptions = {},
): SettingReader<WordOf<Key>> {
  return (unit) => {
    const row: OrderedRow = rows[key]
    const unset = byDefault(fallback(unit))
    const assignments = unit.target.version < row.since ? [] : written(row, key, unit)
    const own = lastOf(assignments, unset, (value) => parse(value, unit, row))
    // What is taken and what is implied are words of the row.
    return raised(own, row, unit, impliersOf(key)) as Setting<WordOf<Key>>
  }
}

/** How a directive is read otherwise than its row says. */
interface Exceptions {
  readonly fallback?: (unit: SettingSource) => string
  readonly parse?: (value: string, unit: SettingSource, row: OrderedRow) => Parsed<string>
}

/** The assignments of a key where units of that type have it. */
function written({about}: OrderedRow, key: string, unit: SettingSource): readonly Assignment[] {
  const {type} = unit
  switch (about) {
    case 'processes':
      return execution(unit, key)
    case 'control-group':
      return resources(unit, key)
    case 'service':
      return type === 'service' ? execution(unit, key) : []
    case 'service-or-scope':
      return type === 'service' || type === 'scope' ? resources(unit, key) : []
  }
}

/**
 * A value that others raise: the last one that applies decides, and in each the newest that the
 * version has.
 */
function raised(
  own: Setting<string>,
  row: OrderedRow,
  unit: SettingSource,
  impliers: readonly Implier[],
): Setting<string> {
  let setting = own
  for (const {by, value, since, over} of impliers) {
    if (unit.target.version < since) continue
    const implier = unit.read(by)
    if (isWeakest(implier.value, rows[by])) continue
    if (own.value === value || (over === 'weakest' && !isWeakest(own.value, row))) continue
    setting = withImplied(by, implier, value)
  }
  return setting
}

/** Whether a word asks for nothing. */
function isWeakest(word: string, {levels: [weakest]}: OrderedRow): boolean {
  return weakest !== undefined && Object.hasOwn(weakest.words, word)
}

/**
 * A word in exact case, or a boolean where these are taken; `yes` by the name that it has there.
 */
function parseWord(value: string, unit: SettingSource, row: OrderedRow): Parsed<string> {
  const {version} = unit.target
  const {booleans, argument, emptySince} = row.reads
  if (value === '' && emptySince !== 'never' && version >= emptySince) return {value: 'no'}
  if (argument === 'host-name' && version >= 258) return parseWithName(value, unit, row)
  const word = wordOf(value, version, row)
  if (word === 'yes' && typeof booleans === 'object' && version >= booleans.since)
    return {value: booleans.called}
  return word === undefined ? undefined : {value: word}
}

function wordOf(
  value: string,
  version: number,
  {levels, reads: {booleans}}: OrderedRow,
): string | undefined {
  const since = levels.find(({words}) => Object.hasOwn(words, value))?.words[value]
  if (since !== undefined && version >= since) return value
  return booleans === 'none' ? undefined : yesOrNo(value)
}

/** A word that a host name may follow, behind a colon, where it is not `no`. */
function parseWithName(value: string, unit: SettingSource, row: OrderedRow): Parsed<string> {
  const colon = value.indexOf(':')
  const word = wordOf(colon === -1 ? value : value.slice(0, colon), unit.target.version, row)
  if (word === undefined) return undefined
  if (colon === -1) return {value: word}
  const name = expandSpecifiers(value.slice(colon + 1), unit)
  return word !== 'no' && name !== undefined && isHostName(name) ? {value: word} : undefined
}

/** A plain boolean. */
export function boolean(value: string): Parsed<YesNo> {
  const word = yesOrNo(value)
  return word && {value: word}
}

function yesOrNo(value: string): YesNo | undefined {
  const on = parseBoolean(value)
  return on === undefined ? undefined : on ? 'yes' : 'no'
}
