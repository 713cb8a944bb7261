import * as z from 'zod'
import {add, defineRule, fixBy, isJudged, lines, services} from 'unitlint/rule'
import type {Unit} from 'unitlint/rule'

const defaults = {fragileOnly: false}

export default defineRule({
  id: 'system-call-error-number',
  directives: ['SystemCallErrorNumber'],
  summary: 'Let denied system calls fail instead of killing the service',
  why: 'A program or library that tries a new system call, and could do without it, dies at the next upgrade.',
  unless: 'Death at a denied call is what you want, and somebody watches for it.',
  defaults,
  options: () =>
    z.strictObject({
      fragileOnly: z
        .boolean()
        .default(defaults.fragileOnly)
        .describe(
          'Only where the list is short of what most services call, or denies what programs and runtimes try and do without',
        ),
    }),
  on: {...services, ...lines('SystemCallFilter')},
  fixesHangOn: ['SystemCallFilter', 'SystemCallErrorNumber'],
  messages: {
    missing: 'Expected `SystemCallErrorNumber=EPERM` beside `SystemCallFilter=`',
    single:
      'Expected `SystemCallErrorNumber=EPERM`, and groups such as `@system-service`, beside single calls in `SystemCallFilter=`',
  },
  *check(unit, {fragileOnly}) {
    if (!isJudged(unit, 'SystemCallFilter') || unit.isPartial) return
    const {value: filter, origin} = unit.settings.SystemCallFilter
    const at = origin.kind === 'written' ? origin.assignments[0] : undefined
    if (!filter || !at || unit.written('SystemCallErrorNumber').length > 0) return
    if (!filter.allow && [...filter.calls.values()].every((error) => error !== undefined)) return
    if (fragileOnly && (!isFragile(unit) || isTried(unit))) return
    const change = add('Service', 'SystemCallErrorNumber', 'EPERM')
    const fix = fixBy('safe', change, 'Set `SystemCallErrorNumber=EPERM`')
    yield {message: isOfSingleCalls(unit) ? 'single' : 'missing', at, fix}
  },
  examples: {
    bad: ['[Service]\nExecStart=/usr/bin/example\nSystemCallFilter=@system-service\n'],
    good: [
      '[Service]\nExecStart=/usr/bin/example\nSystemCallFilter=@system-service\nSystemCallErrorNumber=EPERM\n',
      '[Service]\nExecStart=/usr/bin/example\nSystemCallFilter=~@swap:EPERM\n',
    ],
  },
})

/**
 * Whether a list allows calls one by one, which change from one release of the C library to the
 * next.
 */
function isOfSingleCalls(unit: Unit): boolean {
  if (!unit.settings.SystemCallFilter.value?.allow) return false
  const lines = unit.values('SystemCallFilter').filter(({isInverted}) => !isInverted)
  const words = lines.flatMap((line) => line.words)
  return words.length > 0 && !words.some(({text}) => text.startsWith('@'))
}

/** Whether whoever made the machine has tried it with its libraries: a unit of a package. */
function isTried(unit: Unit): boolean {
  const main = unit.files.filter(({role}) => role === 'fragment')
  return unit.machine.isComplete && main.some(({path}) => ofPackage.test(path))
}

const ofPackage = /(?:^|[/\\])lib[/\\]systemd[/\\]/

/**
 * Whether the next release of a library may call what is denied: the list allows without the group
 * that is meant for services, or denies what is called by the way.
 */
function isFragile(unit: Unit): boolean {
  const words = unit
    .values('SystemCallFilter')
    .flatMap((line) =>
      line.words.map(({text}) => ({name: text.replace(/^~/, ''), isDenied: line.isInverted})),
    )
  const isGeneral = words.some(({name, isDenied}) => !isDenied && name === '@system-service')
  const isAllowing = unit.settings.SystemCallFilter.value?.allow ?? false
  return (
    (isAllowing && !isGeneral) ||
    words.some(({name, isDenied}) => isDenied && calledByTheWay.has(name))
  )
}

/**
 * Groups whose calls runtimes and libraries try, and do without where they fail: pinned threads,
 * priorities, locked memory, owners of files.
 */
const calledByTheWay: ReadonlySet<string> = new Set(['@memlock', '@privileged', '@resources'])
