import type {LoadedUnit} from '../../unit/load.ts'
import {valueOf} from '../../unit/value.ts'
import {isAmong} from '../programs/lists.ts'
import {activities} from './activities.ts'
import {commands} from './commands.ts'
import {isBeforeScript, isShell} from './invocations.ts'
import type {Invocation} from './invocations.ts'

/**
 * Whether a service ends, is inactive then, and takes no file or folder away: all that it runs is
 * known, and only looks, tells, copies or makes. One with conditions may not run at all, and what
 * unitlint does not know may do anything.
 */
export function leavesFiles(service: LoadedUnit): boolean {
  if (
    valueOf(service, 'RemainAfterExit')?.boolean ||
    service.lines.some(({key}) => conditional.test(key))
  )
    return false
  const all = activities(service)
  return (
    all.length > 0 &&
    all.length === commands(service).length &&
    all.every(({activity}) => activity.invocations.every(leaves))
  )
}

const conditional = /^(?:Condition|Assert|ExecCondition$|OnSuccess$)/

function leaves({program, args, script}: Invocation): boolean {
  if (isShell(program))
    return script === undefined && args.some((arg) => isBeforeScript(program, arg))
  // It may stop the very path that would start it again.
  if (program === 'systemctl') return !args.some((arg) => arg.endsWith('.path'))
  if (program === 'rsync')
    return !args.some((arg) => arg.startsWith('--remove') || arg.startsWith('--del'))
  return isAmong(program, leaving)
}

const leaving =
  '[ awk basename busctl cat chgrp chmod chown cksum cp curl cut date dbus-send df diff dirname du echo env exit export expr false file grep gawk getent head hostname id install jq ln logger logname ls md5sum mkdir mountpoint nice nl notify-send printf readlink realpath restorecon sed seq set setfacl sha1sum sha256sum sort stat strings sync sysctl tee test touch tr true udevadm uname uniq wall wc wget which whoami xxd'
