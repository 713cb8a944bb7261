import {nearest} from '../facts/nearest.ts'
import {addressFamily} from './address-families.ts'
import {isArchitecture} from './architectures.ts'
import {parseBoolean} from './boolean.ts'
import {capabilityNamed, isCapability} from './capabilities.ts'
import {isErrorAction} from './errno.ts'
import {isNamespace, namespaces} from './namespaces.ts'
import {callGroupNames, isCallOrGroup} from './syscalls.ts'
import {lineFault, type Fault, type Validator} from './fault.ts'
import {fieldFault, fieldsOf, splittingFault, type Field, type FieldForm} from './fields.ts'
import {parseSigned} from './integer-faults.ts'
import {knownNames} from './known.ts'
import {meantBoolean, meantWord, meantWords, plainly} from './meant.ts'
import {quote} from './quote.ts'

/** Words that are capabilities: `CapabilityBoundingSet=` (systemd.exec(5)). systemd says nothing of those that it skips. */
export const capabilitySet: Validator = function* (value, {version}) {
  const {fields} = listed(value, version, {quotes: true, relaxed: true})
  for (const field of fields) {
    if (isCapability(field.text, version)) continue
    const meant = meantWord(
      field.text,
      (word) => capabilityNamed(word) === word,
      (bare) => [bare.toUpperCase(), `CAP_${bare.toUpperCase()}`],
    )
    yield {
      ...fieldFault(field, `Unexpected ${quote(field.text)}, expected a capability such as \`CAP_NET_ADMIN\``, 'word', meant),
      silent: true,
    }
  }
}

/** Words that are address families, or `none`: `RestrictAddressFamilies=` (systemd.exec(5)). */
export const addressFamilyList: Validator = function* (value, context) {
  const {version} = context
  if (value === 'none' && version >= 249) return
  const isLast = version >= 261
  const {fields, fault} = listed(value, version, {quotes: true})
  for (const field of fields) {
    if (addressFamily(field.text, version) !== undefined) continue
    const message = `Unexpected ${quote(field.text)}, expected an address family such as \`AF_INET\``
    if (isLast) {
      yield lineFault(
        value,
        message,
        plainly(value, addressFamilyList, context, (bare) => meantWords(bare, (word) => meantFamily(word, version))),
      )
      return
    }
    yield fieldFault(field, message, 'word', meantFamily(field.text, version))
  }
  if (fault) yield splittingFault(fault)
}

/** Words that are architectures: `SystemCallArchitectures=` (systemd.exec(5)). */
export const architectureList: Validator = function* (value, {version}) {
  const {fields, fault} = fieldsOf(value, version, {quotes: true})
  const isKnown = (word: string): boolean => isArchitecture(word, version) && (version >= 249 || !word.startsWith('parisc'))
  for (const field of fields) {
    if (isKnown(field.text)) continue
    yield fieldFault(
      field,
      `Unexpected ${quote(field.text)}, expected an architecture such as \`native\``,
      'word',
      meantWord(field.text, isKnown, meantMachine),
    )
  }
  if (fault) yield splittingFault(fault)
}

/** The architecture that processes see: `Personality=` (systemd.exec(5)). Of those that systemd knows, x86-64 has two. */
export const personality: Validator = function* (value, context) {
  if (value === 'x86-64' || value === 'x86') return
  const meant = plainly(value, personality, context, (bare) => meantMachine(bare)[0])
  yield lineFault(value, `Unexpected ${quote(value)}, expected \`x86-64\` or \`x86\``, meant)
}

/** A boolean, or words that are kinds of namespaces: `RestrictNamespaces=` (systemd.exec(5)). */
export const booleanOrNamespaceList: Validator = function* (value, context) {
  const {facts, version} = context
  if (parseBoolean(value) !== undefined) return
  const {fields, fault} = listed(value, version, {})
  for (const field of fields) {
    if (isNamespace(field.text, version)) continue
    const meant = plainly(value, booleanOrNamespaceList, context, (bare) => meantBoolean(bare) ?? meantWords(bare, (word) => meantNamespace(word, version)))
    yield lineFault(value, `Unexpected ${quote(field.text)}, expected a boolean or some of ${namespaces.map((name) => `\`${name}\``).join(', ')}`, meant)
    return
  }
  if (fault) {
    yield splittingFault(fault)
    return
  }
  const user = facts.key === 'DelegateNamespaces' && !value.startsWith('~') ? fields.find((field) => field.text === 'user') : undefined
  if (user) yield fieldFault(user, 'Unexpected `user`, expected namespaces that can be delegated', 'line')
}

/** Words `CALL[:ERROR]` or `@GROUP[:ERROR]`: `SystemCallFilter=` (systemd.exec(5)). */
export const syscallFilter: Validator = function* (value, {version}) {
  const isInverted = value.startsWith('~')
  const {fields, fault} = listed(value, version, {})
  for (const field of fields) {
    const colon = field.text.indexOf(':')
    const name = colon === -1 ? field.text : field.text.slice(0, colon)
    if (name === '' || (colon !== -1 && !isError(field.text.slice(colon + 1), version)))
      yield fieldFault(
        field,
        `Unexpected ${quote(field.text)}, expected \`CALL\` or \`CALL:ERROR\` with an error such as \`EPERM\``,
        'word',
        meantEntry(field.text, version),
      )
    else if (colon !== -1 && !isInverted && version >= 248)
      yield fieldFault(field, `Unexpected ${quote(field.text)}, expected no error for a call that is allowed`)
    else if (!isCall(name, version)) yield callFault(field, name, version)
  }
  if (fault) yield splittingFault(fault)
}

/** Words that are system calls or groups of them: `SystemCallLog=` (systemd.exec(5)). */
export const syscallList: Validator = function* (value, {version}) {
  const {fields, fault} = listed(value, version, {})
  for (const field of fields) if (!isCall(field.text, version)) yield callFault(field, field.text, version)
  if (fault) yield splittingFault(fault)
}

/** The error that a filtered system call gives: `SystemCallErrorNumber=` (systemd.exec(5)). */
export const errno: Validator = function* (value, context) {
  if (value === 'kill' || (isError(value, context.version) && parseSigned(value, 32, context.version) !== 0n)) return
  yield lineFault(
    value,
    `Unexpected ${quote(value)}, expected an error such as \`EPERM\`, a number up to \`4095\` or \`kill\``,
    plainly(value, errno, context, (bare) => (/^kill$/i.test(bare) ? 'kill' : bare.toUpperCase())),
  )
}

function meantFamily(word: string, version: number): string | undefined {
  return meantWord(
    word,
    (name) => addressFamily(name, version) !== undefined,
    (bare) => [bare.toUpperCase(), `AF_${bare.toUpperCase()}`],
  )
}

/** The words of a list that may begin with `~`. */
function listed(value: string, version: number, form: FieldForm): ReturnType<typeof fieldsOf> {
  if (!value.startsWith('~')) return fieldsOf(value, version, form)
  const {fields, fault} = fieldsOf(value.slice(1), version, form)
  const moved = <Piece extends {readonly start: number; readonly end: number}>(piece: Piece): Piece => ({
    ...piece,
    start: piece.start + 1,
    end: piece.end + 1,
  })
  return {fields: fields.map(moved), fault: fault && moved(fault)}
}

function callFault(field: Field, name: string, version: number): Fault {
  const message = name.startsWith('@')
    ? `Unexpected group ${quote(name)}, expected one such as \`@system-service\``
    : `Unexpected ${quote(name)}, expected a system call or a group of them such as \`@system-service\``
  return fieldFault(field, message, 'word', meantEntry(field.text, version))
}

/** Calls are in lower case with underscores, groups with hyphens and behind `@`. */
function meantEntry(word: string, version: number): string | undefined {
  const isKnown = (entry: string): boolean => {
    const [call = '', error] = entry.split(/:(.*)/s)
    return isCall(call, version) && (error === undefined || isError(error, version))
  }
  return meantWord(word, isKnown, (bare) => {
    const [, call = '', error = ''] = /^([^:]*)(.*)$/s.exec(bare) ?? []
    const lower = call.toLowerCase()
    const group = lower.startsWith('@') ? nearest(lower, callGroupNames(version)) : `@${lower}`
    return [lower + error, lower.replaceAll('-', '_') + error, group && group + error]
  })
}

/** Names of errors are known in any case, `kill` is not. */
function isError(text: string, version: number): boolean {
  const number = parseSigned(text, 32, version)
  return number === undefined ? isErrorAction(text === 'kill' ? text : text.toUpperCase(), version) : number >= 0n && number <= 4095n
}

function isCall(name: string, version: number): boolean {
  return isCallOrGroup(name, version) || libraryCalls(version).has(name)
}

/**
 * Calls that systemd has in no table, but that the libseccomp that it came with knows: 2.5.1 with 247, 2.5.4 with 252 and 254,
 * 2.6.0 later, all of Debian, found by trying every name that these libraries hold. `NAME:252-` is known from 252 on.
 */
const libraryCalls = knownNames(
  'arm_sync_file_range:248- breakpoint:247-255 cachestat:252-252 epoll_pwait2:247-247 get_tls:247-255 landlock_add_rule:247-247 ' +
    'landlock_create_ruleset:247-247 landlock_restrict_self:247-247 memfd_secret:247-247 mount_setattr:247-247 ' +
    'process_mrelease:247-247 quotactl_fd:247-247 usr26:247-255 usr32:247-255',
)
/** `CLONE_NEWNET` for `net`, and other names for a kind. */
function meantNamespace(word: string, version: number): string | undefined {
  return meantWord(
    word,
    (name) => isNamespace(name, version),
    (bare) => {
      const name = bare.toLowerCase().replace(/^clone_new/, '')
      return [namespaceAliases.get(name) ?? name]
    },
  )
}

const namespaceAliases: ReadonlyMap<string, string> = new Map([
  ['ns', 'mnt'],
  ['mount', 'mnt'],
  ['network', 'net'],
])

/** Names that other programs have for an architecture. */
function meantMachine(bare: string): readonly (string | undefined)[] {
  const name = bare.toLowerCase()
  return [architectureAliases.get(name) ?? name]
}

const architectureAliases: ReadonlyMap<string, string> = new Map([
  ['x86_64', 'x86-64'],
  ['amd64', 'x86-64'],
  ['i386', 'x86'],
  ['i686', 'x86'],
  ['aarch64', 'arm64'],
])
