import {hasFlag, numberOf} from './arguments.ts'
import {apart} from './facts.ts'
import type {TraceEvent} from './line.ts'
import {Group, newProcess} from './process.ts'
import type {Process} from './process.ts'

/**
 * A log of this many processes at once is no log of services; those that are over are forgotten.
 */
const mostProcesses = 200_000

const fewGroups = 256

/** The processes of a log: whom a line is about, whose child each is, and who belong together. */
export class Processes {
  /** Whether systemd itself is among them. */
  hasManager = false
  readonly #processes = new Map<number, Process>()
  readonly #groups = new Set<Group>()
  /** Whom lines without a number are about: the only one, or the file's own. */
  #unnamed: Process | undefined
  /** The file is about one process alone. */
  #isApart = false
  #alive = 0
  /** Who is making a process just now: the call has begun and is not over. */
  readonly #makers = new Set<Process>()
  /** With more of them, what is over is put together. */
  #mostGroups = fewGroups

  /** Those that belong together, as far as that is known by now. */
  get groups(): readonly Group[] {
    return [...new Set(Array.from(this.#groups, (group) => group.top))]
  }

  /** Begin with a file that is about one process alone. */
  begin(pid: number | undefined): void {
    this.#isApart = pid !== undefined
    this.#unnamed = pid === undefined ? undefined : (this.#processes.get(pid) ?? this.of(pid))
    if (this.#unnamed) this.#unnamed.isAlive = true
  }

  /** A process has begun a call that makes another. */
  beginMaking(process: Process): void {
    this.#makers.add(process)
  }

  /** What a process has begun is over. */
  endMaking(process: Process): void {
    this.#makers.delete(process)
  }

  /** A process has ended. */
  end(process: Process): void {
    process.isAlive = false
    this.#alive--
  }

  /**
   * The process of a number; one that is new may be the one that had no number until there were
   * two.
   */
  named(pid: number, event: TraceEvent): Process {
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
    return this.of(pid)
  }

  /** The process of a line without a number: the only one that is left. */
  sole(): Process {
    if (this.#unnamed && (this.#isApart || (this.#unnamed.isAlive && this.#alive <= 1)))
      return this.#unnamed
    if (this.#alive === 1)
      for (const process of this.#processes.values())
        if (process.isAlive) return (this.#unnamed = process)
    return (this.#unnamed ??= this.of(0))
  }

  /** A process is there, of which no more is said yet. */
  announce(pid: number): void {
    const known = this.#processes.get(pid)
    if (known?.isAlive !== true) this.of(pid)
  }

  /** A new process: a child of the one that is just making one, if there is one such. */
  of(pid: number): Process {
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

  /** A thread ran a program, and goes on by the number of its process. */
  supersede(process: Process, by: number): void {
    const thread = this.#processes.get(by)
    if (!thread || thread === process) return
    process.pending = thread.pending
    process.isAlive = true
    thread.isAlive = false
    this.#alive--
  }

  /** A call that makes a process has told its number. */
  fork(parent: Process, text: string, result: string): void {
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

  /** Of numbers, those of processes that belong to the same. */
  fellowOf(process: Process): (pid: number) => Process | undefined {
    return (pid) => {
      const other = this.#processes.get(pid)
      return other && other.group.top === process.group.top ? other : undefined
    }
  }

  /** What the manager does in a child is not the service's; it tells whose child it is. */
  prepare(process: Process, name: string, text: string): void {
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

  /** The group of a process once it runs a program. */
  groupOf(program: string, process: Process, text: string): Group {
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

  #sharedBy(group: Group): number {
    let count = 0
    for (const process of this.#processes.values())
      if (process.group.top === group.top && ++count > 1) break
    return count
  }
}

/** The group that an orphan was of before it ran its first program. */
function firstOf(group: Group): Group {
  return group.top.before ?? group.top
}
