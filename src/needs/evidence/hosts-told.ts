import type {LoadedUnit} from '../../unit/load.ts'
import {query} from '../../unit/query.ts'
import {valuesOf} from '../../unit/value.ts'
import {isLoopback} from '../../values/ip-networks.ts'
import {baseName} from '../../values/paths.ts'

/** Another host that a command is told to reach, by a program that does nothing else. */
export const hostTold = query((unit: LoadedUnit): string | undefined => {
  for (const {words} of valuesOf(unit, 'ExecStart')) {
    const [first, ...args] = words.map(({text}) => text)
    const program = baseName(first?.replace(/^[-@:!|]+/, '') ?? '')
    if (!clients.has(program) || args.some((arg) => /proxy|socket/.test(arg))) continue
    for (const arg of args) {
      const host = address.exec(arg)?.[1] ?? remoteOf(program, arg)
      if (host !== undefined && !isLoopback(host)) return host
    }
  }
  return undefined
})

/** An address with its host. */
const address =
  /^(?:https?|ftps?|sftp|ssh|rsync|git):\/\/(?:[^/@]*@)?([A-Za-z0-9][A-Za-z0-9.-]*)(?::\d+)?(?:\/|$)/

/** The host of `[USER@]HOST:PATH` where files are copied, and of `USER@HOST` of `ssh`. */
function remoteOf(program: string, arg: string): string | undefined {
  if (program === 'ssh') return /^[a-z_][\w-]*@([A-Za-z0-9][A-Za-z0-9.-]*)$/.exec(arg)?.[1]
  return program === 'scp' || program === 'rsync'
    ? /^(?:[\w.-]+@)?([A-Za-z0-9][A-Za-z0-9.-]*)::?(?:[\w~/.]|$)/.exec(arg)?.[1]
    : undefined
}

/** Programs that fetch or send, and do nothing else. */
const clients: ReadonlySet<string> = new Set([
  'aria2c',
  'axel',
  'curl',
  'ftp',
  'git',
  'lftp',
  'rsync',
  'scp',
  'sftp',
  'ssh',
  'wget',
  'wget2',
])
