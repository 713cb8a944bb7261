import {defineRule, fixBy, lines, relations, sandboxing, services, set} from 'unitlint/rule'
import type {Unit} from 'unitlint/rule'

const kinds = [
  'RuntimeDirectory',
  'StateDirectory',
  'CacheDirectory',
  'LogsDirectory',
  'ConfigurationDirectory',
] as const

export default defineRule({
  id: 'no-closed-directory',
  summary: 'Disallow `UMask=` that takes from the group what the mode of a directory gives it',
  why: 'The group may enter the directory, yet no file or socket that the service makes in it is open to it: to connect to a socket takes the right to write.',
  unless: 'The service sets the modes of what it makes by itself.',
  directives: [
    'UMask',
    'RuntimeDirectoryMode',
    'StateDirectoryMode',
    'CacheDirectoryMode',
    'LogsDirectoryMode',
  ],
  on: {...services, ...lines('UMask')},
  fixesHangOn: [],
  messages: {
    closed:
      'Unexpected `UMask={actual}` with `{key}={mode}`, nothing that is made there is open to the group, expected `{expected}`',
  },
  *check(unit) {
    const at = unit.value('UMask')
    const mask = unit.settings.UMask.value
    if (!at || unit.isPartial || setsModes(unit)) return
    for (const kind of kinds) {
      const mode = unit.value(`${kind}Mode`)
      const bits = Number.parseInt(mode?.value ?? '', 8)
      const taken = mask & group & bits
      const isOwned = kind === 'RuntimeDirectory' ? unit.value('Group') : hasOwnGroup(unit)
      const isShared = (bits & (writable | setGroup)) !== 0 || ((bits & group) !== 0 && isOwned)
      const isClosed = (mask & group) === group || ((taken & writable) !== 0 && mask !== usual)
      // What all may read is the mode that a directory has anyway; that its group may write there
      // is asked for.
      if ((bits & others) !== 0 && (bits & writable) === 0) continue
      if (!mode || taken === 0 || !isShared || !isClosed || isOfSocket(unit, kind)) continue
      const isWritten = kind === 'RuntimeDirectory' || (bits & writable) !== 0
      const expected = ((mask & ~group) | (isWritten ? 0 : writable)).toString(8).padStart(4, '0')
      const fix = fixBy('unsafe', set('Service', 'UMask', expected))
      const data = {actual: at.value, key: `${kind}Mode`, mode: mode.value, expected}
      yield {message: 'closed', data, at, fix}
      return
    }
  },
  examples: {
    bad: [
      '[Service]\nUser=example\nGroup=example\nExecStart=/usr/bin/example\nRuntimeDirectory=example\nRuntimeDirectoryMode=0750\nUMask=0077\n',
    ],
    good: [
      '[Service]\nUser=example\nGroup=example\nExecStart=/usr/bin/example\nRuntimeDirectory=example\nRuntimeDirectoryMode=0750\nUMask=0007\n',
      '[Service]\nUser=example\nGroup=example\nExecStart=/usr/bin/example\nRuntimeDirectory=example\nRuntimeDirectoryMode=0700\nUMask=0077\n',
    ],
  },
})

const group = 0o070
const writable = 0o020
const others = 0o007
const setGroup = 0o2000
/** The mask of services that say nothing of it. */
const usual = 0o022

/** Whether it runs with the group of others. */
function hasOwnGroup({settings, value}: Unit): boolean {
  const its = value('Group')?.value
  return its !== undefined && its !== settings.User.value
}

/** Whether its commands say something of modes. */
function setsModes(unit: Unit): boolean {
  const commands = ['ExecStartPre', 'ExecStart', 'ExecStartPost'].flatMap(unit.values)
  return commands.some(({value}) => ofModes.test(value))
}

const ofModes = /\b(?:chmod|setfacl|install|umask)\b|[-_a-z](?:mode|perm|permissions?|umask)\b/i

/** Whether what stands in the directory are sockets that systemd makes. */
function isOfSocket(unit: Unit, kind: (typeof kinds)[number]): boolean {
  const folders = sandboxing.ownDirectories(unit, kind).flatMap(({path}) => path ?? [])
  const sockets = unit.machine.activators(unit.name).filter(({type}) => type === 'socket')
  const paths = sockets.flatMap((socket) => relations.listeningPaths(socket))
  return paths.some((path) => folders.some((folder) => sandboxing.isBelow(path, folder)))
}
