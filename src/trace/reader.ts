import {baseName} from '../values/paths.ts'
import {descriptorOf, hasFlag, numberOf, pathOf, stringOf} from './arguments.ts'
import {dull, makers, settingIds, waiting} from './call-kinds.ts'
import {Call, plain} from './call.ts'
import {apart} from './facts.ts'
import {ofFiles} from './files.ts'
import {readLine, restOf} from './line.ts'
import type {TraceEvent} from './line.ts'
import {ofPowers} from './powers.ts'
import {Group, newProcess} from './process.ts'
import type {Process} from './process.ts'
import {ofSockets} from './sockets.ts'

/**
 * A log of this many processes at once is no log of services; those that are over are forgotten.
 */
const mostProcesses = 200_000

/** A call that is not over is kept until it is, as far as it is needed. */
const longestBegun = 65_536

/**
 * What a log of one run of strace tells, or several that tell of the same processes: `-ff` writes
 * one a process.
 */
export class TraceReader {
  /** The name of the log, for messages. */
  readonly log: string
  readonly #processes = new Map<number, Process>()
  readonly #groups = new Set<Group>()
  /** Whom lines without a number are about: the only one, or the file's own. */
  #unnamed: Process | undefined
  /** The file is about one process alone. */
  #isApart = false
  #alive = 0
  /** Whose call the last line broke off. */
  #broken: Process | undefined
  /** Who is making a process just now: the call has begun and is not over. */
  readonly #makers = new Set<Process>()
  /** With more of them, what is over is put together. */
  #mostGroups = fewGroups
  /** Lines that were understood, and those that were not. */
  understood = 0
  #wasCut = false
  hasManager = false

  constructor(log: string) {
    this.log = log
  }

  /** Begin with a file that is about one process alone. */
  begin(pid: number | undefined): void {
    this.#isApart = pid !== undefined
    this.#unnamed = pid === undefined ? undefined : (this.#processes.get(pid) ?? this.#of(pid))
    if (this.#unnamed) this.#unnamed.isAlive = true
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
      this.#announce(event.child)
      return
    }
    const process = pid === undefined ? this.#sole() : this.#named(pid, event)
    this.#happen(process, event)
    if (event.kind === 'begun' && line.endsWith(' attached')) this.#broken = process
  }

  #happen(process: Process, event: TraceEvent): void {
    // What it has begun is over, though nobody said so.
    if (process.pending && (event.kind === 'call' || event.kind === 'begun'))
      this.#makers.delete(process)
    switch (event.kind) {
      case 'call':
        this.#call(process, event.name, event.text, event)
        break
      case 'begun':
        process.pending = {name: event.name, text: event.text.slice(0, longestBegun)}
        process.hasMade = false
        if (makers.has(event.name)) this.#makers.add(process)
        if (waiting.has(event.name)) process.group.top.facts.isWaiting = true
        break
      case 'resumed': {
        const begun = process.pending?.name === event.name ? process.pending.text : ''
        process.pending = undefined
        this.#makers.delete(process)
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
        this.#supersede(process, event.by)
        break
      default:
    }
  }

  /** A thread ran a program, and goes on by the number of its process. */
  #supersede(process: Process, by: number): void {
    const thread = this.#processes.get(by)
    if (!thread || thread === process) return
    process.pending = thread.pending
    process.isAlive = true
    thread.isAlive = false
    this.#alive--
  }

  /**
   * The process of a number; one that is new may be the one that had no number until there were
   * two.
   */
  #named(pid: number, event: TraceEvent): Process {
    const known = this.#processes.get(pid)
    if (known?.isAlive === true) return known
    const sole = this.#unnamed
    if (
      sole?.pid === 0 &&
      (sole.pending === undefined || (event.kind === 'resumed' && event.name === sole.pending.name))
    ) {
      const its = {...sole, pid}
      if (this.#makers.delete(sole)) this.#makers.add(its)
      this.#processes.delete(0)
      this.#processes.set(pid, its)
      this.#unnamed = its
      return its
    }
    return this.#of(pid)
  }

  /** A new process: a child of the one that is just making one, if there is one such. */
  #of(pid: number): Process {
    const [parent] = this.#makers
    const isChild = parent !== undefined && this.#makers.size === 1 && !parent.hasMade
    const made = isChild
      ? this.#child(pid, parent)
      : newProcess(pid, this.#group(pid === 1 ? 'manager' : 'orphan'))
    if (isChild) parent.hasMade = true
    made.isFirst = !isChild && this.#processes.size === 0
    this.#keep(made)
    return made
  }

  #keep(process: Process): void {
    if (this.#processes.size >= mostProcesses) this.#forget()
    this.#processes.set(process.pid, process)
    this.#alive++
  }

  #forget(): void {
    for (const [pid, {isAlive}] of this.#processes) if (!isAlive) this.#processes.delete(pid)
    if (this.#processes.size >= mostProcesses) this.#processes.clear()
  }

  #group(kind: Group['kind']): Group {
    if (this.#groups.size >= this.#mostGroups) this.#gather()
    const made = new Group(kind)
    if (kind === 'manager') this.hasManager = true
    this.#groups.add(made)
    return made
  }

  /** Put together what is over: of a service that is started again and again one group is kept. */
  #gather(): void {
    for (const [pid, {isAlive}] of this.#processes) if (!isAlive) this.#processes.delete(pid)
    const living = new Set(Array.from(this.#processes.values(), ({group}) => group.top))
    const over = new Map<string, Group>()
    for (const group of this.#groups) {
      const top = group.top
      if (group !== top || top.kind === 'stage') {
        if (!living.has(group)) this.#groups.delete(group)
        continue
      }
      if (
        living.has(group) ||
        group.kind === 'manager' ||
        (group.kind === 'orphan' && this.#isApart)
      )
        continue
      const key = group.kind === 'orphan' ? 'orphan' : `${group.unit ?? ''}\n${group.program}`
      const first = over.get(key)
      if (!first) over.set(key, group)
      else {
        first.facts.add(group.facts)
        group.into = first
        this.#groups.delete(group)
      }
    }
    this.#mostGroups = Math.max(fewGroups, this.#groups.size * 2)
  }

  /** The process of a line without a number: the only one that is left. */
  #sole(): Process {
    if (this.#unnamed && (this.#isApart || (this.#unnamed.isAlive && this.#alive <= 1)))
      return this.#unnamed
    if (this.#alive === 1)
      for (const process of this.#processes.values())
        if (process.isAlive) return (this.#unnamed = process)
    return (this.#unnamed ??= this.#of(0))
  }

  #announce(pid: number): void {
    const known = this.#processes.get(pid)
    if (known?.isAlive !== true) this.#of(pid)
  }

  #child(pid: number, parent: Process, flags = ''): Process {
    const group = parent.group.top
    const own = group.kind === 'manager' || group.kind === 'stage' ? this.#group('stage') : group
    if (own !== group && group.kind === 'stage') own.unit = group.unit
    return newProcess(
      pid,
      own,
      parent,
      hasFlag(flags, 'CLONE_FILES') && hasFlag(flags, 'CLONE_THREAD'),
    )
  }

  #call(
    process: Process,
    name: string,
    text: string,
    outcome: {readonly result: string; readonly error: string},
  ): void {
    const group = process.group.top
    if (makers.has(name)) this.#fork(process, text, outcome.result)
    if (name === 'execve' || name === 'execveat') {
      if (outcome.error === '' && outcome.result !== '?')
        this.#run(process, name, new Call(name, text, outcome, process, this.#fellowOf(process)))
      process.group.top.facts.call(name, false)
      return
    }
    if (group.kind === 'manager') return
    if (group.kind === 'stage' || (group.kind === 'orphan' && name === 'prctl'))
      this.#stage(process, name, text)
    const {facts} = process.group.top
    facts.call(name, outcome.error === 'EPERM' || outcome.error === 'ENOSYS')
    if (dull.has(name)) return
    if (waiting.has(name)) facts.isWaiting = true
    const handlers = handlersOf(name)
    if (handlers.length === 0) return
    const call = new Call(name, text, outcome, process, this.#fellowOf(process))
    for (const handle of handlers) handle(call)
  }

  /** Of numbers, those of processes that belong to the same. */
  #fellowOf(process: Process): (pid: number) => Process | undefined {
    return (pid) => {
      const other = this.#processes.get(pid)
      return other && other.group.top === process.group.top ? other : undefined
    }
  }

  #fork(parent: Process, text: string, result: string): void {
    const pid = numberOf(result.replace(/<.*$/s, ''))
    if (pid === undefined || pid <= 0) return
    const known = this.#processes.get(pid)
    if (known?.isAlive !== true) {
      if (!parent.hasMade) this.#keep(this.#child(pid, parent, text))
      return
    }
    if (known === parent || known.group.top === parent.group.top) return
    this.#link(known, parent)
  }

  /** What was seen of a child before it was known whose it is. */
  #link(child: Process, parent: Process): void {
    const [own, its] = [firstOf(child.group), parent.group.top]
    if (own.kind !== 'orphan') return
    child.user ??= parent.user
    if (its.kind === 'manager' || its.kind === 'stage') {
      own.kind = 'stage'
      if (own.after) own.after.kind = 'service'
      return
    }
    for (const one of [own, own.after]) {
      if (!one || one.top === its) continue
      one.facts.runs = 0
      its.facts.add(one.facts)
      one.into = its
    }
  }

  /** What the manager does in a child is not the service's; it tells whose child it is. */
  #stage(process: Process, name: string, text: string): void {
    const group = process.group.top
    if (
      name === 'prctl' &&
      text.startsWith('PR_SET_NAME, "(') &&
      group.kind === 'orphan' &&
      !group.after
    ) {
      const parent = process.group
      const own = this.#group('stage')
      if (this.#sharedBy(parent) > 1) parent.top.kind = 'manager'
      process.group = own
      this.hasManager = true
    }
    if (
      process.group.top.kind !== 'stage' ||
      !/^(?:write|open|openat|sendmsg|writev|mkdir|connect)$/.test(name)
    )
      return
    const [, unit] = /([\w@.:\\-]{1,200}\.service)(?=["\\/])/.exec(text) ?? []
    if (unit !== undefined)
      process.group.top.unit = apart(/^(?:.*\\n)?(.*)$/.exec(unit)?.[1] ?? unit)
  }

  #sharedBy(group: Group): number {
    let count = 0
    for (const process of this.#processes.values())
      if (process.group.top === group.top && ++count > 1) break
    return count
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
    const next = this.#groupOf(program, process, call.text)
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

  /** The group of a process once it runs a program. */
  #groupOf(program: string, process: Process, text: string): Group {
    const group = process.group.top
    if (
      /(?:^|\/)systemd$|^\/sbin\/init$|^\/usr\/sbin\/init$/.test(program) &&
      (group.kind !== 'service' || process.isFirst)
    ) {
      const its = group.kind === 'manager' ? group : this.#group('manager')
      return its
    }
    // The manager has the file of its executor open, and runs that.
    const isByDescriptor =
      /^\/proc\/self\/fd\/\d+$/.test(program) &&
      (group.kind === 'stage' || text.includes('"--deser'))
    if (isByDescriptor || program.endsWith('/systemd-executor')) {
      this.hasManager = true
      if (group.kind === 'orphan') group.kind = 'stage'
      return group.kind === 'stage' ? group : this.#group('stage')
    }
    if (group.kind === 'stage' || group.kind === 'manager') return this.#group('service')
    if (group.kind === 'orphan' && !group.before) {
      // The first that is seen of it: it is begun by that.
      if (process.isFirst && group.facts.calls.size === 0) {
        group.kind = 'service'
        group.program = program
        return group
      }
      const after = this.#group('orphan')
      after.before = group
      group.after = after
      return after
    }
    return group
  }

  #exit(process: Process, status: number | undefined): void {
    process.isAlive = false
    this.#alive--
    const {facts} = process.group.top
    if (process.isFirst) {
      facts.isWaiting = true
      if (status === 0) facts.seen.add('end')
    }
  }

  #mode(line: string): void {
    const [, pid] = /^\[ Process PID=(\d{1,7}) runs in (?!64 bit)/.exec(line) ?? []
    if (pid !== undefined)
      this.#of(Number(pid)).group.top.facts.note(
        'foreign-abi',
        'runs programs of another architecture',
      )
  }

  /**
   * What the services of the log did: those that somebody ran; without a manager in sight, all that
   * is not known to be of another is of one.
   */
  end(): readonly Group[] {
    const tops = [...new Set([...this.#groups].map((group) => group.top))]
    const services = tops.filter(({kind}) => kind === 'service')
    const orphans = tops.filter(({kind}) => kind === 'orphan')
    if (!this.hasManager && orphans.length > 0) {
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

/** The group that an orphan was of before it ran its first program. */
function firstOf(group: Group): Group {
  return group.top.before ?? group.top
}

const fewGroups = 256

const tables = [ofFiles, ofSockets, ofPowers] as const

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
  return name === undefined ? undefined : plain(name)
}
