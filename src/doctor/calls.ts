import {commonCalls, x86Calls} from '../facts/data/call-numbers.ts'

/**
 * The call that an audit record tells of: by the name that audit itself or `ausearch -i` has, or by
 * number and architecture; undefined where it says neither.
 */
export function callOf(record: string): string | undefined {
  const named = /\b(?:SYSCALL|syscall)=([a-z]\w*)/.exec(record)?.[1]
  if (named !== undefined) return named
  const [, number] = /\bsyscall=(\d{1,4})\b/.exec(record) ?? []
  const [, arch = 'c000003e'] = /\barch=([\da-f]{8})\b/.exec(record) ?? []
  const names = tables[arch]
  return number === undefined || names === undefined ? undefined : nameOf(Number(number), names)
}

/** By the numbers that audit has for architectures (linux/audit.h). */
const tables: Readonly<Record<string, string>> = {
  c000003e: x86Calls,
  c00000b7: commonCalls,
  c00000f3: commonCalls,
  c0000102: commonCalls,
}

function nameOf(number: number, names: string): string | undefined {
  let at = 0
  for (const word of names.split(' ')) {
    const [start, name = start] = word.split(':')
    if (name !== start) at = Number(start)
    if (at === number) return name
    at++
  }
  return undefined
}
