import {access} from '../facts/accesses.ts'
import {shortly} from './quote.ts'
import type {Cause} from './diagnose.ts'

/** Why a line is to blame, in a clause. */
export function why({suspect: {key, value}, symptom, needed, isGuess}: Cause): string {
  const {kind, call, step, signal, error, paths} = symptom
  const [id] = needed
  if (isGuess && id !== undefined)
    return `a guess, as the log says nothing of it: what the service runs ${access(id).title}, which it denies`
  const path = paths.find((one) => !/\/(?:s?bin|libexec)\//.test(one)) ?? paths[0]
  if (kind === 'call')
    return `it denies the system call \`${call ?? ''}\`, with which the kernel stopped the service`
  if (kind === 'notify') return `it lets nobody else tell systemd that the service is ready`
  if (step === 'NAMESPACE')
    return path === undefined
      ? 'a path that it names may be missing'
      : `\`${shortly(path)}\`, which it names, could not be mounted`
  if (kind === 'step')
    return error === 'ENOENT'
      ? 'what the service starts with is hidden from it'
      : 'what the service starts with is closed to it'
  if (signal === 'SYS')
    return `it denies a system call of the service${id === undefined ? '' : `, which ${access(id).title}`}`
  if (signal !== undefined)
    return `it denies what ended the process${id === undefined ? '' : `: the service ${access(id).title}`}`
  if (kind === 'result') return 'what it denies goes unanswered, and the service waits'
  if (path !== undefined && error === 'EROFS') return `\`${shortly(path)}\` is read-only with it`
  if (path !== undefined && error === 'ENOENT') return `\`${shortly(path)}\` is hidden by it`
  if (error === 'EROFS') return 'what the service writes to is read-only with it'
  return id === undefined
    ? `it denies what may be answered so (\`${key}=${shortly(value)}\`)`
    : `what failed ${access(id).title}, which it denies`
}
