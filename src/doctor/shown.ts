import {getSystemErrorName} from 'node:util'
import type {JournalEntry} from './journal.ts'

/**
 * Whether a line is the first of what `systemctl show` prints of a unit: of its properties those
 * that tell what it is or how it ended, as others tell nothing.
 */
export function isShown(line: string): boolean {
  return /^(?:Type|Restart|NRestarts|Result|MainPID|ControlPID|Status(?:Text|Errno)|ExecMain\w+|Exec(?:Condition|Start|StartPre|StartPost|Reload|Stop|StopPost)(?:Ex)?|Id|Names|(?:Load|Active|Sub|UnitFile)State|FragmentPath|InvocationID)=/.test(
    line,
  )
}

/** Whether a line is one of the properties that go on. */
export function isProperty(line: string): boolean {
  return /^[A-Z]\w*=/.test(line)
}

/**
 * What the properties of a unit tell of its end, in the words of the log (systemctl(1), "show"):
 * how its processes ended, its result, and what it said of itself.
 */
export function entriesOfShown(lines: readonly string[]): readonly JournalEntry[] {
  const properties = lines.map((line): readonly [name: string, value: string] => {
    const equals = line.indexOf('=')
    return [line.slice(0, equals), line.slice(equals + 1)]
  })
  const all = new Map(properties)
  const unit = all.get('Id') ?? all.get('Names')?.split(' ')[0]
  const made = (from: JournalEntry['from'], message: string): JournalEntry => ({
    from,
    message,
    unit,
    identifier: from === 'manager' ? 'systemd' : '',
  })
  const ended = (who: 'Main' | 'Control', code: string, status: string): readonly JournalEntry[] =>
    code === '0' || code === '(null)' || (code === 'exited' && status === '0')
      ? []
      : [made('manager', `${who} process exited, code=${code}, status=${status}`)]
  const ofMain = ended(
    'Main',
    codes[all.get('ExecMainCode') ?? ''] ?? '0',
    all.get('ExecMainStatus') ?? '0',
  )
  const ofCommands = properties.flatMap(([name, value]) => {
    const [, code, status] = /; code=(\S+) ; status=(\d+)(?:\/\w+)? \}$/.exec(value) ?? []
    if (code === undefined || status === undefined || !/^Exec[A-Z]/.test(name)) return []
    return ended(/^ExecStart(?:Ex)?$/.test(name) ? 'Main' : 'Control', code, status)
  })
  const result = all.get('Result') ?? 'success'
  const said = all.get('StatusText') ?? ''
  const error = nameOf(Number(all.get('StatusErrno') ?? 0))
  return [
    ...(said === '' ? [] : [made('service', said)]),
    ...(error === undefined ? [] : [made('service', `StatusErrno: ${error}`)]),
    ...ofMain,
    ...ofCommands,
    ...(result === 'success' ? [] : [made('manager', `Failed with result '${result}'.`)]),
  ]
}

/** What `ExecMainCode=` means (waitid(2), `si_code`). */
const codes: Readonly<Record<string, string>> = {1: 'exited', 2: 'killed', 3: 'dumped'}

function nameOf(error: number): string | undefined {
  return error > 0 && error < 4096 ? getSystemErrorName(-error) : undefined
}
