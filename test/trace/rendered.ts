/** One thing that a process did, as strace tells it. */
export type Happening =
  | {readonly pid: number; readonly call: string; readonly text: string; readonly result: string}
  | {readonly pid: number; readonly signal: string}
  | {readonly pid: number; readonly exit: number}

/** How strace was told to write. */
export interface Form {
  readonly column: 'output' | 'bracket'
  readonly time?: 't' | 'tt' | 'ttt' | 'r' | undefined
  readonly takes?: boolean
  readonly isNumbered?: boolean
  /** Every so many calls are cut in two by what another process does. */
  readonly breaks?: number
}

/** The lines of a log. */
export function rendered(
  all: readonly Happening[],
  {column, time, takes = false, isNumbered = false, breaks = 0}: Form,
): string[] {
  const lines: string[] = []
  const put = (pid: number, text: string): void => {
    const at = lines.length
    const stamp = {
      t: '12:34:56 ',
      tt: `12:34:56.${String(at).padStart(6, '0')} `,
      ttt: `1764412345.${String(at).padStart(6, '0')} `,
      r: `     0.${String(at).padStart(6, '0')} `,
    }
    lines.push(
      `${column === 'output' ? `${pid}  ` : `[pid ${String(pid).padStart(5)}] `}${time ? stamp[time] : ''}${isNumbered ? '[ 257] ' : ''}${text}`,
    )
  }
  let count = 0
  let held: (() => void) | undefined
  let holder: number | undefined
  for (const one of all) {
    // Nobody does anything while a call of theirs is not over.
    if (holder === one.pid) held?.()
    const release = holder === one.pid ? undefined : held
    held = undefined
    holder = undefined
    if ('signal' in one)
      put(
        one.pid,
        `--- ${one.signal} {si_signo=${one.signal}, si_code=SI_USER, si_pid=1, si_uid=0} ---`,
      )
    else if ('exit' in one) put(one.pid, `+++ exited with ${one.exit} +++`)
    else {
      const took = takes ? ' <0.000021>' : ''
      const end = `) = ${one.result}${took}`
      const isBroken = breaks > 0 && ++count % breaks === 0 && !release
      if (isBroken) {
        const half = Math.floor(one.text.length / 2)
        const comma = one.text.indexOf(', ', half)
        const cut = comma === -1 ? one.text.length : comma + 2
        put(one.pid, `${one.call}(${one.text.slice(0, cut)} <unfinished ...>`)
        holder = one.pid
        held = () => put(one.pid, `<... ${one.call} resumed>${one.text.slice(cut)}${end}`)
      } else put(one.pid, `${one.call}(${one.text}${end}`)
    }
    release?.()
  }
  held?.()
  return lines
}
