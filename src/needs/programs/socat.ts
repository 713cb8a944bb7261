import {upTo} from '../../syntax/text.ts'

/** What socat(1) connects: `TCP-LISTEN:80,fork` has the type `TCP-LISTEN`; a path has none. */
export interface SocatAddress {
  readonly type: string
  /** Its parameters and options, as they are written. */
  readonly rest: string
}

/**
 * The addresses among the arguments of socat: two, of which each may be one to read and one to
 * write.
 */
export function socatAddresses(args: readonly string[]): readonly SocatAddress[] {
  const found: SocatAddress[] = []
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? ''
    if (/^-[bLRrSTtW]$/.test(arg)) at++
    else if (!/^-[^,]/.test(arg)) for (const part of arg.split('!!')) found.push(addressOf(part))
  }
  return found
}

function addressOf(text: string): SocatAddress {
  if (text.startsWith('/') || text.startsWith('./')) return {type: '', rest: text}
  const type = upTo(text, /[:,]/)
  return {type, rest: text.slice(type.length + 1)}
}

/**
 * The commands that socat starts: words for `EXEC:`, a script for a shell behind `SYSTEM:` and
 * `SHELL:`.
 */
export function startedBySocat(args: readonly string[]): ReadonlyArray<readonly string[]> {
  return socatAddresses(args).flatMap(({type, rest}): ReadonlyArray<readonly string[]> => {
    const command = commandIn(rest)
    if (command === '') return []
    if (/^EXEC$/i.test(type)) return [command.split(' ').filter((word) => word !== '')]
    return /^(?:SYSTEM|SHELL)$/i.test(type) ? [['sh', '-c', command]] : []
  })
}

/**
 * The text before the options: quotes and backslashes keep commas in it, and are not part of it.
 */
function commandIn(rest: string): string {
  let command = ''
  let isQuoted = false
  for (let at = 0; at < rest.length; at++) {
    const letter = rest.charAt(at)
    if (letter === '\\') command += rest.charAt(++at)
    else if (letter === '"') isQuoted = !isQuoted
    else if (letter === ',' && !isQuoted) break
    else command += letter
  }
  return command
}
