import {addressFamily} from '../values/address-families.ts'
import {isArchitecture} from '../values/architectures.ts'
import {parseBoolean} from '../values/boolean.ts'
import {capabilityNamed} from '../values/capabilities.ts'
import {isErrorAction} from '../values/errno.ts'
import {isNamespace, namespaces} from '../values/namespaces.ts'
import {isCallOrGroup} from '../values/syscalls.ts'
import {lineFault, type Fault, type Validator} from './fault.ts'
import {fieldFault, fieldsOf, splittingFault, type Field, type FieldForm} from './fields.ts'
import {parseSigned} from './integers.ts'
import {knownNames} from './known.ts'
import {plainly, withoutComment} from './meant.ts'
import {quote} from './quote.ts'

/** Words that are capabilities: `CapabilityBoundingSet=` (systemd.exec(5)). systemd says nothing of those that it skips. */
export const capabilitySet: Validator = function* (value, {version}) {
  const {fields} = listed(value, version, {quotes: true, relaxed: true})
  for (const field of fields) {
    if (capabilityNamed(field.text) !== undefined || /^[0-9]{1,2}$/.test(field.text)) continue
    const meant = [`CAP_${field.text}`, field.text.replace(/,$/, ''), `CAP_${field.text.replace(/,$/, '')}`]
      .map((word) => word.toUpperCase())
      .find((word) => capabilityNamed(word) !== undefined)
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
        plainly(
          replaced(value, fields, (word) => meantFamily(word, version)),
          value,
          addressFamilyList,
          context,
        ),
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
  for (const field of fields) {
    if (isArchitecture(field.text, version) && (version >= 249 || !field.text.startsWith('parisc'))) continue
    const meant = architectureAliases.get(field.text.toLowerCase().replace(/,$/, ''))
    yield fieldFault(field, `Unexpected ${quote(field.text)}, expected an architecture such as \`native\``, 'word', meant)
  }
  if (fault) yield splittingFault(fault)
}

/** The architecture that processes see: `Personality=` (systemd.exec(5)). Of those that systemd knows, x86-64 has two. */
export const personality: Validator = function* (value, context) {
  if (value === 'x86-64' || value === 'x86') return
  const meant = architectureAliases.get(withoutComment(value).toLowerCase())
  yield lineFault(value, `Unexpected ${quote(value)}, expected \`x86-64\` or \`x86\``, plainly(meant, value, personality, context))
}

/** A boolean, or words that are kinds of namespaces: `RestrictNamespaces=` (systemd.exec(5)). */
export const booleanOrNamespaceList: Validator = function* (value, context) {
  const {facts, version} = context
  if (parseBoolean(value) !== undefined) return
  const {fields, fault} = listed(value, version, {})
  for (const field of fields) {
    if (isNamespace(field.text, version)) continue
    const meant = plainly(
      replaced(value, fields, (word) => meantNamespace(word, version)),
      value,
      booleanOrNamespaceList,
      context,
    )
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
      yield fieldFault(field, `Unexpected ${quote(field.text)}, expected \`CALL\` or \`CALL:ERROR\` with an error such as \`EPERM\``)
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
    plainly(withoutComment(value).toUpperCase(), value, errno, context),
  )
}

/** The value with other words where one is meant. */
function replaced(value: string, fields: readonly Field[], meant: (word: string) => string | undefined): string {
  let text = ''
  let at = 0
  for (const {text: word, start, end} of fields) {
    text += value.slice(at, start) + (meant(word) ?? value.slice(start, end))
    at = end
  }
  return text + value.slice(at)
}

function meantFamily(word: string, version: number): string | undefined {
  return [`AF_${word}`, `AF_${word.replace(/,$/, '')}`, word.replace(/,$/, '')]
    .map((name) => name.toUpperCase())
    .find((name) => addressFamily(name, version) !== undefined)
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
  const meant = [name.replace(/[,;]$/, ''), name.toLowerCase(), `@${name}`].find((word) => word !== name && isCall(word, version))
  const message = name.startsWith('@')
    ? `Unexpected group ${quote(name)}, expected one such as \`@system-service\``
    : `Unexpected ${quote(name)}, expected a system call or a group of them such as \`@system-service\``
  return fieldFault(field, message, 'word', name === field.text ? meant : undefined)
}

/** Names of errors are known in any case, `kill` is not. */
function isError(text: string, version: number): boolean {
  const number = parseSigned(text, 32, version)
  return number === undefined ? isErrorAction(text === 'kill' ? text : text.toUpperCase()) : number >= 0n && number <= 4095n
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
/** `CLONE_NEWNET` for `net`, other names for a kind, and a comma behind it. */
function meantNamespace(word: string, version: number): string | undefined {
  const name = word
    .replace(/,$/, '')
    .toLowerCase()
    .replace(/^clone_new/, '')
  const meant = namespaceAliases.get(name) ?? name
  return isNamespace(meant, version) ? meant : undefined
}

const namespaceAliases: ReadonlyMap<string, string> = new Map([
  ['ns', 'mnt'],
  ['mount', 'mnt'],
  ['network', 'net'],
])

const architectureAliases: ReadonlyMap<string, string> = new Map([
  ['x86_64', 'x86-64'],
  ['amd64', 'x86-64'],
  ['x86-64', 'x86-64'],
  ['i386', 'x86'],
  ['i686', 'x86'],
  ['x86', 'x86'],
  ['aarch64', 'arm64'],
  ['native', 'native'],
])
