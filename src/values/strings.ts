import {expand, specifierFault} from './expansion.ts'
import {lineFault, type ValueFault, type Validator, type ValueContext} from './fault.ts'
import {fieldFault, fieldsOf, splittingFault} from './fields.ts'
import {unescapeAt} from './escapes.ts'
import {quote} from './quote.ts'

/**
 * Free text, of which only the specifiers can be wrong: `Description=`, `SELinuxContext=`
 * (systemd.unit(5), systemd.exec(5)).
 */
export const string: Validator = function* (value, context) {
  const start = context.facts.prefix === '-' && value.startsWith('-') ? 1 : 0
  if (expand(value.slice(start), context) !== undefined) return
  const refuses = context.facts.invalidValueRefusesUnit === true && start === 0
  yield specifierFault(value, {start, end: value.length}, context, refuses ? 'unit' : 'line')
}

/** `RebootArgument=` and `JobTimeoutRebootArgument=` (systemd.unit(5)). */
export const rebootArgument: Validator = (value, context) =>
  faultsOfText(
    value,
    context,
    (text) => context.version < 252 || /^[\x00-\x7f]{0,255}$/.test(text),
    'at most 255 characters of ASCII',
  )

/** `BusName=` (systemd.service(5)). */
export const dbusName: Validator = (value, context) =>
  faultsOfText(value, context, isBusName, 'a bus name such as `org.example.Name`')

/** `FileDescriptorName=` (systemd.socket(5)). */
export const fdName: Validator = (value, context) =>
  faultsOfText(
    value,
    context,
    isDescriptorName,
    'printable characters of ASCII without `:`, at most 255',
  )

/** `LogNamespace=` (systemd.exec(5)). */
export const logNamespace: Validator = (value, context) =>
  faultsOfText(value, context, isLogNamespace, 'a name of letters, digits and `:-_.@`')

/** `DelegateSubgroup=` (systemd.resource-control(5)). */
export const cgroupName: Validator = (value, context) =>
  faultsOfText(
    value,
    context,
    isGroupName,
    'a file name that no attribute of a control group begins',
  )

/** `StandardInputText=` (systemd.exec(5)). */
export const cEscapedText: Validator = function* (value, context) {
  let text = ''
  for (let at = 0; at < value.length;) {
    if (value[at] !== '\\') {
      text += value[at++]
      continue
    }
    const escaped = unescapeAt(value, at + 1, context.version)
    if (!escaped) {
      yield {
        ...lineFault(
          value,
          'Unexpected escape sequence, expected one of C such as `\\x20`, or `\\\\` for a backslash',
        ),
        from: at,
        to: Math.min(at + 2, value.length),
      }
      return
    }
    text += escaped.text
    at += 1 + escaped.length
  }
  if (expand(text, context) === undefined)
    yield specifierFault(value, {start: 0, end: value.length}, context, 'line')
}

/** `Documentation=`: its specifiers are expanded before it is split (systemd.unit(5)). */
export const urlList: Validator = function* (value, context) {
  const whole = {start: 0, end: value.length}
  const expanded = expand(value, context)
  if (expanded === undefined) return yield specifierFault(value, whole, context, 'line')
  const {fields, fault} = fieldsOf(expanded, context.version, {quotes: true, backslash: 'keep'})
  for (const field of fields) {
    if (!isDocument(field.text))
      yield fieldFault(
        expanded === value ? field : whole,
        `Unexpected ${quote(field.text)}, expected a link that begins with \`https://\`, \`http://\`, \`file:/\`, \`man:\` or \`info:\``,
      )
  }
  if (fault) yield splittingFault(expanded === value ? fault : {...fault, ...whole})
}

/**
 * Whether a text is a name on the bus: one that a client asks for, such as `org.example.Name`, or
 * the unique one that the bus gave it.
 */
export function isBusName(text: string): boolean {
  return (
    text.length <= 255 &&
    /^(?::[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+|[A-Za-z_-][A-Za-z0-9_-]*(?:\.[A-Za-z_-][A-Za-z0-9_-]*)+)$/.test(
      text,
    )
  )
}

/** Whether a text may name a file descriptor that is passed on. */
export function isDescriptorName(text: string): boolean {
  return text.length <= 255 && /^[\x20-\x39\x3b-\x7e]*$/.test(text)
}

function* faultsOfText(
  value: string,
  context: ValueContext,
  isValid: (text: string) => boolean,
  expected: string,
): Generator<ValueFault> {
  const text = expand(value, context)
  if (text === undefined)
    yield specifierFault(value, {start: 0, end: value.length}, context, 'line')
  else if (!isValid(text))
    yield lineFault(value, `Unexpected ${quote(value)}, expected ${expected}`)
}

function isLogNamespace(text: string): boolean {
  return (
    text.length <= 222 &&
    text !== '.' &&
    text !== '..' &&
    /^[A-Za-z0-9:_.@\\-]+$/.test(text) &&
    !text.includes('\\')
  )
}

function isGroupName(text: string): boolean {
  if (new TextEncoder().encode(text).length > 255 || text.includes('/') || /^[_.]/.test(text))
    return false
  return !/^(?:notify_on_release|release_agent|tasks)$|^(?:cgroup|cpu|cpuacct|cpuset|io|blkio|memory|devices|pids|bpf-firewall|bpf-devices|bpf-foreign|bpf-socket-bind|bpf-restrict-network-interfaces|bpf-bind-network-interface)\./.test(
    text,
  )
}

function isDocument(text: string): boolean {
  const [, rest] = /^(?:https?:\/\/|file:\/|info:|man:)(.*)$/s.exec(text) ?? []
  return rest !== undefined && rest !== '' && /^[\x00-\x7f]*$/.test(rest)
}
