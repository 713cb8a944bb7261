import {baseName} from '../values/paths.ts'
import {descriptorOf, pathOf, stringOf} from './arguments.ts'
import {dull, makers, settingIds, waiting} from './call-kinds.ts'
import {Call, plainPath} from './call.ts'
import {apart} from './facts.ts'
import {fileCalls} from './files.ts'
import {readLine, restOf} from './line.ts'
import type {TraceEvent} from './line.ts'
import {powerCalls} from './powers.ts'
import {Group} from './process.ts'
import type {Process} from './process.ts'
import {Processes} from './processes.ts'
import {socketCalls} from './sockets.ts'

/** A call that is not over is kept until it is, as far as it is needed. */
const longestBegun = 65_536

/**
 * What a log of one run of strace tells, or several that tell of the same processes: `-ff` writes
 * one a process.
 */
export class TraceReader {
  /** The name of the log, for messages. */
  readonly log: string
  readonly #processes = new Processes()
  /** Whose call the last line broke off. */
  #broken: Process | undefined
  /** Lines that were understood, and those that were not. */
  understood = 0
  #wasCut = false

  constructor(log: string) {
    this.log = log
  }

  /** Begin with a file that is about one process alone. */
  begin(pid: number | undefined): void {
    this.#processes.begin(pid)
  }

  /** The log ends in the middle. */
  cut(): void {
    this.#wasCut = true
  }

  take(line: string): void {
    const {pid, event} = readLine(line)
    const broken = this.#broken
    this.#broken = undefined
    if (!event) {
      const rest = broken?.pending && restOf(broken.pending.name, line)
      if (broken && rest) this.#happen(broken, rest)
      if (line.startsWith('[ Process PID=')) this.#mode(line)
      this.#wasCut =
        line.trim() !== '' &&
        !line.startsWith('strace:') &&
        !/<(?:unfinished|detached) \.\.\.>/.test(line.slice(-40))
      return
    }
    this.#wasCut = false
    this.understood++
    if (event.kind === 'attached') {
      this.#processes.announce(event.child)
      return
    }
    const process = pid === undefined ? this.#processes.sole() : this.#processes.named(pid, event)
    this.#happen(process, event)
    if (event.kind === 'begun' && line.endsWith(' attached')) this.#broken = process
  }

  #happen(process: Process, event: TraceEvent): void {
    // What it has begun is over, though nobody said so.
    if (process.pending && (event.kind === 'call' || event.kind === 'begun'))
      this.#processes.endMaking(process)
    switch (event.kind) {
      case 'call':
        this.#call(process, event.name, event.text, event)
        break
      case 'begun':
        process.pending = {name: event.name, text: event.text.slice(0, longestBegun)}
        process.hasMade = false
        if (makers.has(event.name)) this.#processes.beginMaking(process)
        if (waiting.has(event.name)) process.group.top.facts.isWaiting = true
        break
      case 'resumed': {
        const begun = process.pending?.name === event.name ? process.pending.text : ''
        process.pending = undefined
        this.#processes.endMaking(process)
        this.#call(process, event.name, begun + event.text, event)
        break
      }
      case 'signal':
        signalled(process, event.name)
        break
      case 'exited':
        this.#exit(process, event.status)
        break
      case 'superseded':
        this.#processes.supersede(process, event.by)
        break
      default:
    }
  }

  #call(
    process: Process,
    name: string,
    text: string,
    outcome: {readonly result: string; readonly error: string},
  ): void {
    const group = process.group.top
    if (makers.has(name)) this.#processes.fork(process, text, outcome.result)
    if (name === 'execve' || name === 'execveat') {
      if (outcome.error === '' && outcome.result !== '?')
        this.#run(
          process,
          name,
          new Call(name, text, outcome, process, this.#processes.fellowOf(process)),
        )
      process.group.top.facts.call(name, false)
      return
    }
    if (group.kind === 'manager') return
    if (group.kind === 'stage' || (group.kind === 'orphan' && name === 'prctl'))
      this.#processes.prepare(process, name, text)
    const {facts} = process.group.top
    facts.call(name, outcome.error === 'EPERM' || outcome.error === 'ENOSYS')
    if (dull.has(name)) return
    if (waiting.has(name)) facts.isWaiting = true
    const handlers = handlersOf(name)
    if (handlers.length === 0) return
    const call = new Call(name, text, outcome, process, this.#processes.fellowOf(process))
    for (const handle of handlers) handle(call)
  }

  #run(process: Process, name: string, call: Call): void {
    const at = name === 'execveat' ? 1 : 0
    const program = apart(
      (at === 1 ? (call.path(1, 0) ?? pathOf(descriptorOf(call.at(0)))) : call.path(0)) ??
        programIn(call.at(at + 1)) ??
        stringOf(call.at(at)) ??
        '',
    )
    const group = process.group.top
    const next = this.#processes.groupOf(program, process, call.text)
    if (next !== group) {
      process.group = next
      process.isFirst = true
      if (next.kind !== 'manager' && next.kind !== 'stage' && next.program === '') {
        next.program = program
        next.unit = group.unit
      }
    }
    const {facts} = next
    facts.run(program)
    if (process.isFirst && next.program === program) {
      facts.runs++
      process.opened = new Map()
    }
    if (next.kind !== 'manager' && next.kind !== 'stage') {
      facts.place('run', program)
      const base = baseName(program)
      if (settingIds.has(base) && process.user !== 0)
        call.note('privileges-by-exec', `runs \`${base}\``)
    }
  }

  #exit(process: Process, status: number | undefined): void {
    this.#processes.end(process)
    const {facts} = process.group.top
    if (process.isFirst) {
      facts.isWaiting = true
      if (status === 0) facts.seen.add('end')
    }
  }

  #mode(line: string): void {
    const [, pid] = /^\[ Process PID=(\d{1,7}) runs in (?!64 bit)/.exec(line) ?? []
    if (pid !== undefined)
      this.#processes
        .of(Number(pid))
        .group.top.facts.note('foreign-abi', 'runs programs of another architecture')
  }

  /**
   * What the services of the log did: those that somebody ran; without a manager in sight, all that
   * is not known to be of another is of one.
   */
  end(): readonly Group[] {
    const {groups, hasManager} = this.#processes
    const services = groups.filter(({kind}) => kind === 'service')
    const orphans = groups.filter(({kind}) => kind === 'orphan')
    if (!hasManager && orphans.length > 0) {
      const [first] = services
      const rest =
        first ??
        Object.assign(new Group('service'), {
          program: orphans.find(({program}) => program !== '')?.program ?? '',
        })
      for (const orphan of orphans) rest.facts.add(orphan.facts)
      if (!first) services.push(rest)
    }
    if (this.#wasCut) for (const {facts} of services) facts.unclear.add('cut')
    return services
  }
}

const tables = [fileCalls, socketCalls, powerCalls] as const

function handlersOf(name: string): ReadonlyArray<(call: Call) => void> {
  return tables.flatMap((table) =>
    Object.hasOwn(table, name) ? [table[name] as (call: Call) => void] : [],
  )
}

function signalled(process: Process, name: string): void {
  const {facts} = process.group.top
  if (/^SIG(?:TERM|INT|QUIT|WINCH|KILL)$/.test(name)) facts.seen.add('stop')
  if (/^SIG(?:HUP|USR1|USR2)$/.test(name)) facts.seen.add('reload')
}

/** What a program was called by: the first of its arguments. */
function programIn(argv: string | undefined): string | undefined {
  const [, first] = /^\[("(?:[^"\\]|\\.){0,4096}")/.exec(argv ?? '') ?? []
  const name = stringOf(first)
  return name === undefined ? undefined : plainPath(name)
}
