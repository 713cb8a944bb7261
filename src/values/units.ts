import {encode} from '../syntax/bytes.ts'
import {nearest} from '../facts/nearest.ts'
import {unitTypes, type UnitType} from '../facts/unit-types.ts'
import {parseUnitName} from './unit-names.ts'
import {expand, specifierFault} from './expansion.ts'
import type {ValueFault, Validator, ValueContext} from './fault.ts'
import {fieldsOf, splittingFault, type Field} from './fields.ts'
import {meantWord} from './meant.ts'
import {quote} from './quote.ts'

/** Names of units: `After=`, `Requires=`, `Sockets=` (systemd.unit(5), systemd.service(5)). */
export const unitList: Validator = function* (value, context) {
  const {facts} = context
  const {fields, fault} = unitFields(facts.key, value, context.version)
  for (const field of fields) {
    const name = expand(field.text, context, 'name')
    if (name === undefined) yield specifierFault(value, field, context, 'word')
    else if (facts.unitType !== undefined && !name.endsWith(`.${facts.unitType}`))
      yield {
        ...wordFault(field, name, `a unit of type \`${facts.unitType}\``),
        ...meantName(field.text, context),
      }
    else if (!isLoadable(name, context))
      yield {...badName(field, name), ...meantName(field.text, context)}
  }
  if (fault) yield splittingFault(fault)
}

/**
 * The names that a value of a directive lists, and what cannot be taken apart: in `Sockets=` a
 * backslash protects the next character and vanishes.
 */
export function unitFields(
  key: string,
  value: string,
  version: number,
): ReturnType<typeof fieldsOf> {
  return fieldsOf(value, version, {backslash: key === 'Sockets' ? 'drop' : 'keep'})
}

/**
 * A unit's name: `Slice=`, `Unit=`, `Service=` (systemd.resource-control(5), systemd.timer(5),
 * systemd.socket(5)).
 */
export const unitName: Validator = function* (value, context) {
  const {facts} = context
  const whole = {text: value, start: 0, end: value.length}
  const name = expand(value, context, 'name')
  if (name === undefined) yield specifierFault(value, whole, context, 'line')
  else if (
    facts.unitType !== undefined &&
    facts.unitType !== 'slice' &&
    !name.endsWith(`.${facts.unitType}`)
  )
    yield {
      ...wordFault(whole, name, `a unit of type \`${facts.unitType}\``),
      ...meantName(value, context),
      effect: 'line',
    }
  else if (facts.unitType === undefined && name === expand('%n', context, 'name'))
    yield {...wordFault(whole, name, 'another unit'), effect: 'line'}
  else if (!isLoadable(name, context, facts.key === 'Unit'))
    yield {...badName(whole, name), ...meantName(value, context), effect: 'line'}
  else if (facts.unitType === 'slice' && context.unitType === 'slice')
    yield {
      ...wordFault(whole, name, 'no such line: the name of a slice says which slice it is in'),
      effect: 'line',
    }
  else if (facts.unitType === 'slice' && !name.endsWith('.slice'))
    yield {...wordFault(whole, name, 'a unit of type `slice`'), effect: 'line'}
}

function wordFault(
  {start, end}: Pick<Field, 'start' | 'end'>,
  name: string,
  expected: string,
): ValueFault {
  return {
    from: start,
    to: end,
    message: `Unexpected ${quote(name)}, expected ${expected}`,
    effect: 'word',
  }
}

function badName(field: Pick<Field, 'start' | 'end'>, name: string): ValueFault {
  return wordFault(field, name, 'the name of a unit with its type, such as `foo.service`')
}

/**
 * A name with its type in lower case, or with the type that it must have; without any, the target
 * of the system's that is called so, or else a service.
 */
function meantName(name: string, context: ValueContext): Pick<ValueFault, 'meant'> {
  const {unitType} = context.facts
  const meant = meantWord(
    name,
    (word) =>
      isLoadable(expand(word, context, 'name') ?? word, context) &&
      (unitType === undefined || word.endsWith(`.${unitType}`)),
    (bare) => [
      // Case counts in the name itself.
      /[A-Z]/.test(bare.slice(0, Math.max(0, bare.lastIndexOf('.'))))
        ? undefined
        : bare.replace(/\.[A-Za-z]+$/, (suffix) => suffix.toLowerCase()),
      withNearestType(bare, unitType === undefined ? unitTypes : [unitType]),
      bare.includes('.')
        ? undefined
        : `${bare}.${unitType ?? (targets.has(bare) ? 'target' : 'service')}`,
    ],
  )
  return meant === undefined ? {} : {meant}
}

/**
 * A name of a unit whose type is misspelt, with the type that is nearest to it; undefined where
 * none is.
 */
export function withNearestType(
  name: string,
  types: readonly string[] = unitTypes,
): string | undefined {
  const dot = name.lastIndexOf('.')
  const type = name.slice(dot + 1)
  const meant = dot > 0 && /^[a-z]{3,}$/.test(type) ? nearest(type, types) : undefined
  return meant === undefined ? undefined : `${name.slice(0, dot)}.${meant}`
}

/**
 * Whether systemd can load a unit of a name; a template stands for the instance of the unit's own
 * name (systemd.unit(5)).
 */
function isLoadable(
  name: string,
  {unitName: own}: ValueContext,
  resolvesTemplates = true,
): boolean {
  if (!isUnitName(name)) return false
  const {prefix, instance, suffix} = parseUnitName(name)
  if (instance === undefined) return true
  if (!templates.has(suffix)) return false
  if (instance !== '') return true
  if (!resolvesTemplates) return false
  const self = parseUnitName(own)
  return isUnitName(
    `${prefix}@${self.instance === undefined || self.instance === '' ? self.prefix : self.instance}.${suffix}`,
  )
}

/** Whether a text is a name that a unit may have: plain, template or instance. */
export function isUnitName(name: string): boolean {
  if (name.length > 255 || !/^[A-Za-z0-9:_.\\-][A-Za-z0-9:_.\\@-]*$/.test(name)) return false
  const dot = name.lastIndexOf('.')
  return dot > 0 && types.has(name.slice(dot + 1))
}

/** Whether a type of unit may have templates and instances. */
export function mayHaveInstances(type: UnitType): boolean {
  return templates.has(type)
}

/** Whether a text may name a slice: the parts between `-` are not empty (systemd.slice(5)). */
export function isSliceName(name: string): boolean {
  return (
    name === '-.slice' ||
    (isUnitName(name) && /^(?!-)(?!.*--)(?!.*-\.slice$)[^@]*\.slice$/.test(name))
  )
}

/**
 * The name that a mount, automount or swap of an absolute path must have, without its type
 * (systemd.unit(5), "string escaping").
 */
export function escapePath(path: string): string {
  const inner = path.replaceAll(/^\/+|(?<!\/)\/+$/g, '')
  if (inner === '') return '-'
  if (/^[A-Za-z0-9:_][A-Za-z0-9:_./]*$/.test(inner)) return inner.replaceAll('/', '-')
  let name = ''
  for (const byte of encode(inner)) {
    const character = String.fromCharCode(byte)
    if (character === '/') name += '-'
    else if (/[A-Za-z0-9:_]/.test(character) || (character === '.' && name !== ''))
      name += character
    else name += `\\x${byte.toString(16).padStart(2, '0')}`
  }
  return name
}

/** Names of targets that systemd has (systemd.special(7)), and that no service is known by. */
const targets: ReadonlySet<string> = new Set(
  (
    'basic bluetooth cryptsetup default emergency exit final first-boot-complete getty graphical halt initrd kexec local-fs local-fs-pre multi-user network ' +
    'network-online network-pre nss-lookup nss-user-lookup paths poweroff printer reboot remote-fs remote-fs-pre rescue rpcbind shutdown sigpwr sleep ' +
    'slices smartcard sockets sound swap sysinit system-update time-set time-sync timers umount'
  ).split(' '),
)

const types: ReadonlySet<string> = new Set(unitTypes)
/** Types that may have instances. */
const templates: ReadonlySet<string> = new Set(['service', 'socket', 'target', 'timer', 'path'])
