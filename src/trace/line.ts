/** What a line of a log of strace(1) tells. */
export type TraceEvent =
  | {
      readonly kind: 'call' | 'begun'
      readonly name: string
      readonly text: string
      readonly result: string
      readonly error: string
    }
  | {
      readonly kind: 'resumed'
      readonly name: string
      readonly text: string
      readonly result: string
      readonly error: string
    }
  | {readonly kind: 'signal'; readonly name: string}
  | {readonly kind: 'exited'; readonly status: number | undefined}
  | {readonly kind: 'superseded'; readonly by: number}
  | {readonly kind: 'attached'; readonly child: number}

/** A line, and the process that it says it is about. */
export interface TraceLine {
  readonly pid: number | undefined
  /** Absent where the line tells nothing that is understood. */
  readonly event: TraceEvent | undefined
}

/**
 * Read one line, of any of the forms that `-f`, `-o`, `-t`, `-tt`, `-ttt`, `-r`, `-T`, `-n`, `-i`,
 * `-y` and `-Y` give it (strace(1)). Never throws.
 *
 * Messages of errors are in the language of who traced, so that only their names count.
 */
export function readLine(line: string): TraceLine {
  let text = line.charCodeAt(line.length - 1) === 13 ? line.slice(0, -1) : line
  if (logged.test(text)) text = text.replace(logged, '')
  let pid: number | undefined
  const column = text.startsWith('[pid') ? bracketed.exec(text) : bare.exec(text)
  if (column && Number(column[1]) <= mostPid) {
    pid = Number(column[1])
    text = text.slice(column[0].length)
  }
  for (let form = 0; form < 4; form++) {
    const time = times.exec(text)
    if (!time) break
    text = text.slice(time[0].length)
  }
  return {pid, event: eventOf(text)}
}

/** The highest number that Linux gives a process (proc(5), `pid_max`); what is above is a time. */
const mostPid = 4_194_304

/** A line of strace that a journal took: time, host, and who spoke. */
const logged =
  /^(?:[A-Z][a-z]{2} +\d{1,2} [\d:.]{8,15}|\d{4}-\d\d-\d\dT\S{8,30}) \S{1,64} [^\s:[]{1,64}\[\d+\]: /
const bracketed = /^\[pid +(\d{1,10})(?:<[^\]]{0,64}>)?\] */
const bare = /^(\d{1,10})(?:<[^<>]{0,64}>)? +/
const times =
  /^ *(?:\d\d:\d\d:\d\d(?:\.\d{1,9})?|\d{1,10}\.\d{1,9}|\d{9,10}(?= )|\(\+ *\d{1,10}\.\d{1,9}\)|\[ *[0-9a-f?]{1,16}\])(?= ) */

function eventOf(text: string): TraceEvent | undefined {
  const first = text.charCodeAt(0)
  if (first === 43) return ended(text)
  if (first === 45) {
    const [, name] = /^--- (SIG\w{1,12})\b/.exec(text) ?? []
    return name === undefined ? undefined : {kind: 'signal', name}
  }
  if (first === 60) return resumed(text)
  const open = text.indexOf('(')
  if (text.startsWith('strace: ')) return attached(text)
  if (open <= 0 || open > 40) return undefined
  const name = text.slice(0, open)
  if (!/^[a-z_]\w*$/.test(name)) return undefined
  const rest = text.slice(open + 1)
  const other = attachedWithin.exec(rest)
  if (other) return {kind: 'begun', name, text: rest.slice(0, other.index), result: '', error: ''}
  const unfinished = Math.max(
    rest.lastIndexOf('<unfinished ...>'),
    rest.lastIndexOf('<detached ...>'),
  )
  if (unfinished !== -1 && unfinished > rest.length - 24) {
    const isOver = rest.endsWith(') = ?')
    return {
      kind: isOver ? 'call' : 'begun',
      name,
      text: rest.slice(0, unfinished).trimEnd(),
      result: isOver ? '?' : '',
      error: '',
    }
  }
  return finished('call', name, rest)
}

const attachedWithin = /strace: Process \d+ attached$/

/** What came of a call whose line another message broke in two. */
export function restOf(name: string, line: string): TraceEvent | undefined {
  return line.length > 65_536 ? undefined : finished('resumed', name, line)
}

function attached(text: string): TraceEvent | undefined {
  const [, child] = /^strace: Process (\d{1,7}) attached/.exec(text) ?? []
  return child === undefined ? undefined : {kind: 'attached', child: Number(child)}
}

function ended(text: string): TraceEvent | undefined {
  const [, status] = /^\+\+\+ exited with (\d{1,3})/.exec(text) ?? []
  if (status !== undefined) return {kind: 'exited', status: Number(status)}
  const [, by] = /^\+\+\+ superseded by execve in pid (\d{1,7})/.exec(text) ?? []
  if (by !== undefined) return {kind: 'superseded', by: Number(by)}
  return text.startsWith('+++ killed') ? {kind: 'exited', status: undefined} : undefined
}

function resumed(text: string): TraceEvent | undefined {
  const [all, name] = /^<\.\.\. (\w{1,40}) resumed>/.exec(text) ?? []
  return all === undefined || name === undefined
    ? undefined
    : finished('resumed', name, text.slice(all.length))
}

/**
 * What stands between the name and the end of the arguments, and what came of it; a line that was
 * cut has no end.
 */
function finished(kind: 'call' | 'resumed', name: string, rest: string): TraceEvent | undefined {
  for (
    let at = rest.lastIndexOf(' = ');
    at !== -1;
    at = at === 0 ? -1 : rest.lastIndexOf(' = ', at - 1)
  ) {
    let end = at
    while (end > 0 && rest.charCodeAt(end - 1) === 32) end--
    if (rest.charCodeAt(end - 1) !== 41) continue
    const [result = '', word = ''] = rest.slice(at + 3).split(' ', 2)
    return {
      kind,
      name,
      text: rest.slice(0, end - 1),
      result,
      error: /^E[A-Z0-9_]+$/.test(word) ? word : '',
    }
  }
  return undefined
}
