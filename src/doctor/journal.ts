/** Something that was logged, as far as it may tell why a service failed. */
export interface Entry {
  /** Who says it: systemd (also the process that is to become the service), the kernel or its audit, or the service and what it runs. */
  readonly from: 'manager' | 'kernel' | 'service'
  readonly message: string
  /** The unit that it is about, where that is said. */
  readonly unit: string | undefined
  /** What who says it is called in the log; empty where it is not said. */
  readonly identifier: string
}

/** Longer messages tell nothing more. */
const longest = 4096

/**
 * What a line of a log says: of `journalctl` as text or `-o json`, of `systemctl status`, of the kernel, or of audit's own log; undefined for
 * what says nothing. What is in no known form is taken for a message of the service.
 */
export function entryOf(line: string): Entry | undefined {
  const found = (line.startsWith('{') ? ofJson(line) : undefined) ?? ofText(line.slice(0, longest))
  return found.message.trim() === '' ? undefined : found
}

/** A line of `journalctl -o json` (systemd.journal-fields(7)); undefined where it is none. */
function ofJson(line: string): Entry | undefined {
  const fields = fieldsOf(line)
  const message = fields && textOf(fields.get('MESSAGE'))
  if (!fields || message === undefined) return undefined
  const field = (name: string): string | undefined => textOf(fields.get(name))
  const unit = field('UNIT') ?? field('USER_UNIT')
  const identifier = field('SYSLOG_IDENTIFIER') ?? field('_COMM') ?? ''
  const isOfKernel = ['kernel', 'audit'].includes(field('_TRANSPORT') ?? '')
  const from = isOfKernel ? 'kernel' : identifier === 'systemd' || (isToBe(identifier) && unit !== undefined) ? 'manager' : 'service'
  return {from, message: message.slice(0, longest), unit: unit ?? field('_SYSTEMD_USER_UNIT') ?? field('_SYSTEMD_UNIT'), identifier}
}

function fieldsOf(line: string): ReadonlyMap<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? new Map(Object.entries(value)) : undefined
  } catch {
    return undefined
  }
}

/** A field: what is no UTF-8, or holds control characters, is a list of bytes there. */
function textOf(field: unknown): string | undefined {
  if (typeof field === 'string') return field
  if (!Array.isArray(field) || !field.every((byte): byte is number => typeof byte === 'number')) return undefined
  return new TextDecoder().decode(Uint8Array.from(field.slice(0, longest)))
}

/** Whether a process is called as systemd calls one that it has forked and that is to become a program. */
function isToBe(identifier: string): boolean {
  return /^\(.*\)$/.test(identifier)
}

/** What stands before the host, by the output modes of journalctl and by dmesg: months and days are in whatever language. */
const stamp =
  /^(?:\S+ \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\S*(?: [A-Z]\S*)?|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*|\S+ +\d{1,2} \d\d:\d\d:\d\d\S*|\d{9,}\.\d+|\[ *\d+\.\d+\]) /u

function ofText(line: string): Entry {
  const audit = /^(?:node=\S+ )?type=(?:\S+) msg=audit\(/.test(line)
  if (audit) return {from: 'kernel', message: line, unit: undefined, identifier: 'audit'}
  // `systemctl status` indents, and tells how processes ended above the log.
  const text = line.trim()
  if (/^(?:Main PID|Process): \d+ .*\(code=/.test(text)) return {from: 'manager', message: text, unit: undefined, identifier: ''}
  const after = stamp.exec(text)
  const rest = after ? text.slice(after[0].length) : text
  const [, identifier, message] = /^(?:\S+ )?((?:\([^)]*\)|[^\s:[\]()]+))(?:\[\d+\])?: (.*)$/su.exec(after ? rest : '') ?? []
  if (identifier === undefined || message === undefined) {
    const isKernel = after?.[0].startsWith('[') === true || rest.startsWith('audit: ')
    return {from: isKernel ? 'kernel' : 'service', message: rest, unit: undefined, identifier: ''}
  }
  if (identifier === 'kernel' || identifier === 'audit') return {from: 'kernel', message, unit: undefined, identifier}
  const unit = /^(\S+\.(?:service|socket|mount|swap|scope)): /.exec(message)?.[1]
  return {from: identifier === 'systemd' || isToBe(identifier) ? 'manager' : 'service', message, unit, identifier}
}
