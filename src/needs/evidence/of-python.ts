import type {AccessId} from '../../facts/accesses.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import {valuesOf} from '../../unit/value.ts'
import {environment} from './environment.ts'
import type {Invocation} from './invocations.ts'

/**
 * What a script of Python does without whose modules are all in sight or come with Python: what
 * Python itself does for psutil and cffi alone, and with `os.chown()`.
 *
 * CPython compiles no code while it runs; others do, which environments may have.
 */
export function lacksOfPython({path, seen}: Invocation): ReadonlySet<AccessId> {
  const reach = seen?.shown?.reach
  if (reach === undefined) return none
  const isOfSystem = /^\/(?:usr\/)?bin\/python3[0-9.]*$/.test(path)
  return new Set([
    ...(['other-processes', 'host-pids'] as const),
    ...(isOfSystem ? (['write-exec-memory'] as const) : []),
    ...(reach.mayGiveAway ? [] : (['@chown'] as const)),
  ])
}

const none: ReadonlySet<AccessId> = new Set()

/**
 * Whether a variable of the unit has the dynamic linker or Python load more, or from elsewhere
 * (ld.so(8), python(1)).
 */
export function mayLoadElse(unit: LoadedUnit): boolean {
  const passed = valuesOf(unit, 'PassEnvironment').flatMap(({value}) => value.split(/\s+/))
  return [...environment(unit).keys(), ...passed].some(hasLoadElse)
}

/** Whether the name of a variable, or what begins with it, is that of one that does. */
export function hasLoadElse(text: string): boolean {
  return (
    text.startsWith('LD_') ||
    /^PYTHON(?:PATH|HOME|USERBASE|STARTUP|BREAKPOINT|PLATLIBDIR|_JIT)\b/.test(text)
  )
}
