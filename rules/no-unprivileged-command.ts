import {
  add,
  defineRule,
  fixBy,
  lines,
  partOf,
  remove,
  rewrite,
  services,
  shell,
} from 'unitlint/rule'
import type {Assignment, Fix, Unit} from 'unitlint/rule'

export default defineRule({
  id: 'no-unprivileged-command',
  summary: 'Disallow commands that only root can run in services of other users',
  why: '`ExecStartPre=` runs as `User=` too: what needs root fails, and the service does not start.',
  unless: 'The folder is there already, or the user may write where it shall be.',
  directives: ['ExecStartPre', 'User', 'DynamicUser'],
  on: {...services, ...lines('ExecStartPre')},
  fixesHangOn: [],
  messages: {
    forbidden:
      'Unexpected `{program}` in `{key}=`, it runs as {user}, who may not do that, expected the prefix `+`',
    folder:
      'Unexpected `{program} {path}` in `{key}=`, it runs as {user}, who may make nothing there, expected `RuntimeDirectory=`',
  },
  *check(unit) {
    const user = userOf(unit)
    if (user === undefined || unit.isPartial || unit.manager === 'user') return
    for (const command of shell.writtenCommands(unit)) {
      const {assignment, prefixes, words} = command
      const {key, value} = assignment
      if (key !== 'ExecStartPre' || /[-+!|]/.test(prefixes)) continue
      if (words.some(({text}) => /%|\{\{/.test(text))) continue
      const [first, ...rest] = words
      const program = first.text.replace(/^.*\//, '')
      const args = rest.map(({text}) => text)
      const at = partOf(assignment, first)
      const fix = fixBy('suggestion', rewrite(assignment, `+${value}`), 'Run it as root')
      if (ofRoot.has(program) || (program === 'chown' && isForeign(args, unit)))
        yield {message: 'forbidden', data: {program, key, user}, at, fix}
      else if (program === 'mkdir' || (program === 'install' && args.includes('-d'))) {
        const path = args.find((arg) => /^\/(?:var\/)?run\/[^/]+$/.test(arg))
        if (path !== undefined && !unit.value('RuntimeDirectory')) {
          const its = ofRuntime(assignment, args, path) ?? fix
          yield {message: 'folder', data: {program, path, key, user}, at, fix: its}
        }
      }
    }
  },
  examples: {
    bad: [
      '[Service]\nUser=example\nExecStartPre=/bin/mkdir -p /run/example\nExecStart=/usr/bin/example\n',
      '[Service]\nUser=example\nExecStartPre=/sbin/modprobe example\nExecStart=/usr/bin/example\n',
    ],
    good: [
      '[Service]\nUser=example\nRuntimeDirectory=example\nExecStart=/usr/bin/example\n',
      '[Service]\nUser=example\nExecStartPre=+/sbin/modprobe example\nExecStart=/usr/bin/example\n',
    ],
  },
})

/** The fix where a command makes one folder and does nothing else. */
function ofRuntime(assignment: Assignment, args: readonly string[], path: string): Fix | undefined {
  if (args.some((arg) => arg !== '-p' && arg !== path)) return undefined
  const name = path.slice(path.lastIndexOf('/') + 1)
  const changes = [remove(assignment), add('Service', 'RuntimeDirectory', name)]
  return fixBy('suggestion', changes, `Use \`RuntimeDirectory=${name}\``)
}

/** Programs that do nothing for others than root, by what they change. */
const ofRoot: ReadonlySet<string> = new Set([
  'useradd',
  'groupadd',
  'usermod',
  'modprobe',
  'insmod',
  'rmmod',
  'iptables',
  'ip6tables',
  'nft',
  'setcap',
  'swapon',
])

/**
 * Who runs commands that have no prefix; undefined for root, and for those that are given some of
 * its rights.
 */
function userOf(unit: Unit): string | undefined {
  if (unit.value('AmbientCapabilities') || unit.value('PermissionsStartOnly')?.boolean)
    return undefined
  const user = unit.value('User')?.value
  if (user !== undefined) return /^(?:root|0)$|[%{]/.test(user) ? undefined : `\`${user}\``
  return unit.value('DynamicUser')?.boolean ? 'a user of its own' : undefined
}

/** Whether `chown` is to give files to another than who runs it, which only root may. */
function isForeign(args: readonly string[], unit: Unit): boolean {
  const owner = args.find((arg) => !arg.startsWith('-'))?.split(/[:.]/)[0] ?? ''
  const own = [unit.value('User')?.value, unit.name.replace(/[@.].*/s, '')]
  return owner !== '' && !/[$]/.test(owner) && !own.includes(owner) && !/^\d+$/.test(owner)
}
