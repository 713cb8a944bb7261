/** Something that was logged, as far as it may tell why a service failed. */
export interface JournalEntry {
  /**
   * Who says it: systemd (also the process that is to become the service), the kernel or its audit,
   * or the service and what it runs.
   */
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
 * What a line of a log says: of `journalctl` as text or `-o json`, of `systemctl status`, of the
 * kernel, or of audit's own log; undefined for what says nothing. What is in no known form is taken
 * for a message of the service.
 */
export function entryOf(line: string): JournalEntry | undefined {
  const found = /^(?:\u001E|data: )?\{/.test(line)
    ? ofJson(line.slice(line.indexOf('{')))
    : undefined
  return said(found ?? ofText(plain(line.slice(0, longest))))
}

/**
 * What the fields of an entry of the journal say (systemd.journal-fields(7)); undefined for what
 * says nothing.
 */
export function entryOfFields(fields: ReadonlyMap<string, unknown>): JournalEntry | undefined {
  const found = ofFields(fields)
  return found && said(found)
}

function said(entry: JournalEntry): JournalEntry | undefined {
  return entry.message.trim() === '' ? undefined : entry
}

/** A text without what a terminal takes for commands: colours, links. */
function plain(text: string): string {
  return text.includes('\u001B')
    ? text.replaceAll(
        /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)|[@-Z\\^_])/g,
        '',
      )
    : text
}

function ofJson(line: string): JournalEntry | undefined {
  const fields = objectFields(line)
  return fields && ofFields(fields)
}

function ofFields(fields: ReadonlyMap<string, unknown>): JournalEntry | undefined {
  const message = textOf(fields.get('MESSAGE'))
  if (message === undefined) return undefined
  const field = (name: string): string | undefined => textOf(fields.get(name))
  const unit = field('UNIT') ?? field('USER_UNIT')
  const identifier = field('SYSLOG_IDENTIFIER') ?? field('_COMM') ?? ''
  const isOfKernel = ['kernel', 'audit'].includes(field('_TRANSPORT') ?? '')
  const from = isOfKernel
    ? 'kernel'
    : identifier === 'systemd' || (isToBe(identifier) && unit !== undefined)
      ? 'manager'
      : 'service'
  return {
    from,
    message: plain(message.slice(0, longest)),
    unit: unit ?? field('_SYSTEMD_USER_UNIT') ?? field('_SYSTEMD_UNIT'),
    identifier,
  }
}

/** The fields of an object in JSON; undefined where it is none. */
export function objectFields(line: string): ReadonlyMap<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? new Map(Object.entries(value))
      : undefined
  } catch {
    return undefined
  }
}

/** A field: what is no UTF-8, or holds control characters, is a list of bytes there. */
function textOf(field: unknown): string | undefined {
  if (typeof field === 'string') return field
  if (!Array.isArray(field) || !field.every((byte): byte is number => typeof byte === 'number'))
    return undefined
  return new TextDecoder().decode(Uint8Array.from(field.slice(0, longest)))
}

/**
 * Whether a process is called as systemd calls one that it has forked and that is to become a
 * program.
 */
function isToBe(identifier: string): boolean {
  return /^\(.*\)$/.test(identifier)
}

/**
 * What stands before the host, by the output modes of journalctl and by dmesg: months and days are
 * in whatever language.
 */
const stamp =
  /^(?:<\d{1,3}>)?(?:\S+ \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\S*(?: [A-Z]\S*)?|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*|\S+ +\d{1,2} \d\d:\d\d:\d\d\S*|\d{9,}\.\d+|(?:\w+ *:\w+ *: ?)?\[(?:[ +]*\d+\.\d+[ <>\d.]*|\S+ \S+ +\d+ \d\d:\d\d:\d\d \d{4}|\p{L}+\d\d \d\d:\d\d)\]) +/u

/**
 * What systemd says of a unit, where the log does not name who speaks: by its own words alone, as
 * anybody may begin with a name.
 */
const managerSays =
  /^(?:(?:Main|Control) process exited|Failed (?:at step|with result|to )|Changing to the requested|Unable to locate executable|Got notification message|Start request repeated|[sS]ta(?:rt|te)\S* operation timed out|Watchdog timeout|A process of this unit has been killed)/

const unitName = String.raw`[^\s:]+\.(?:service|socket|mount|swap|scope|timer|path)`
const aboutUnit = new RegExp(`^(${unitName}): (.*)$`, 's')

function ofText(line: string): JournalEntry {
  const audit = /^(?:node=\S+ )?type=(?:\S+) msg=audit\(/.test(line)
  if (audit) return {from: 'kernel', message: line, unit: undefined, identifier: 'audit'}
  const text = line.trim()
  const after = stamp.exec(text)
  if (!after) return ofStatus(text) ?? ofNobody(text)
  const rest = text.slice(after[0].length)
  const [, identifier, message] =
    /^(?:[^\s:[\]()]+ )?((?:\([^)]*\)|[^\s:[\]()]+))(?:\[\d+\])?: (.*)$/su.exec(rest) ?? []
  if (identifier === undefined || message === undefined) {
    return after[0].includes('[')
      ? {from: 'kernel', message: rest, unit: undefined, identifier: ''}
      : ofNobody(rest)
  }
  if (identifier === 'kernel' || identifier === 'audit')
    return {from: 'kernel', message, unit: undefined, identifier}
  const unit = aboutUnit.exec(message)?.[1]
  // `-o with-unit` has the unit in the place of the program.
  const isManager = identifier === 'init.scope'
  if (isUnit.test(identifier))
    return {
      ...ofNobody(message),
      unit: unit ?? (isManager ? undefined : identifier.replace(/^.*\//, '')),
      identifier: isManager ? 'systemd' : '',
    }
  return {
    from: identifier === 'systemd' || isToBe(identifier) ? 'manager' : 'service',
    message,
    unit,
    identifier,
  }
}

const isUnit = new RegExp(`^(?:${unitName}/)?${unitName}$`)

/** What `systemctl status` tells above the log: the unit, and how its processes ended. */
function ofStatus(text: string): JournalEntry | undefined {
  const manager = {from: 'manager', message: text, unit: undefined, identifier: ''} as const
  if (/^(?:Main PID|Process): \d+ .*\(code=|^Active: failed \(Result: /.test(text)) return manager
  const [, unit] = heading.exec(text) ?? []
  return unit === undefined ? undefined : {...manager, unit}
}

const heading = new RegExp(`^[●×○↻x*] (${unitName})(?: - .*)?$`, 'u')

/** A message without anything that says whose it is. */
function ofNobody(message: string): JournalEntry {
  const [, unit, words = ''] = aboutUnit.exec(message) ?? []
  const isOfManager = unit !== undefined && managerSays.test(words)
  const isKernel = message.startsWith('audit: ')
  return {
    from: isKernel ? 'kernel' : isOfManager ? 'manager' : 'service',
    message,
    unit: isOfManager ? unit : undefined,
    identifier: '',
  }
}
