import {
  add,
  defineRule,
  fixBy,
  lines,
  replaceWord,
  sandboxing,
  services,
  values,
} from 'unitlint/rule'
import type {Change, Fix, Unit} from 'unitlint/rule'

/** Where it is missing, nothing is started. */
const checking = [
  ...['ConditionPathExists', 'ConditionPathIsDirectory', 'ConditionPathIsReadWrite'],
  ...['AssertPathExists', 'AssertPathIsDirectory'],
]

export default defineRule({
  id: 'no-late-path',
  summary: 'Disallow paths that have to be there before `ExecStartPre=` makes them',
  why: 'systemd sets all of this up for each command, the first of `ExecStartPre=` included: where the path is missing, as on a new machine or after a boot, that fails before it can make it.',
  unless: 'Something else makes the path before: a package, `tmpfiles.d`, another unit.',
  directives: [...sandboxing.neededKeys, 'ExecStartPre'],
  on: {...services, ...lines('ExecStartPre', 'StandardOutput', 'StandardError')},
  fixesHangOn: [],
  messages: {
    opened:
      'Unexpected `{key}={text}`, it is opened before `{by}=` makes the folder, expected `tmpfiles.d` to make it',
    late: 'Unexpected `{key}={text}`, it has to be there before `ExecStartPre=` can make it, expected {expected}',
  },
  *check(unit) {
    if (unit.isPartial || unit.manager === 'user') return
    if (unit.value('RootDirectory') || unit.value('RootImage')) return
    const made = sandboxing.madeBefore(unit)
    const own = sandboxing.ownDirectories(unit)
    const checks = checking.flatMap(unit.values).map(({value}) => value.replace(/^\|/, ''))
    for (const wanted of sandboxing.neededPaths(unit)) {
      const {key, text, path, at, isOutput} = wanted
      if (checks.includes(path)) continue
      const its = own.find(({path: folder = '/'}) =>
        isOutput ? sandboxing.isBelow(path, folder) : sandboxing.isBelow(folder, path),
      )
      if (isOutput && its) yield {message: 'opened', data: {key, text, by: its.key}, at}
      if (its) continue
      const makers = made.filter((maker) => makes(maker, wanted.path))
      const [maker] = makers
      if (!maker || (wanted.isConfining && makers.every(({isUnconfined}) => isUnconfined))) continue
      const ways = waysOf(wanted, maker, unit)
      const file = '`tmpfiles.d` to make the folder'
      const other = isOutput ? file : '`tmpfiles.d` or a `StateDirectory=` to make it'
      const expected = ways?.expected ?? other
      yield {message: 'late', data: {key, text, expected}, at, fix: ways?.fix}
    }
  },
  examples: {
    bad: [
      '[Service]\nExecStartPre=/bin/mkdir -p /var/lib/example\nExecStart=/usr/bin/example\nReadWritePaths=/var/lib/example\n',
      '[Service]\nExecStartPre=/bin/sh -c "echo PORT=80 > /run/example.env"\nEnvironmentFile=/run/example.env\nExecStart=/usr/bin/example\n',
    ],
    good: [
      '[Service]\nStateDirectory=example\nExecStart=/usr/bin/example\nReadWritePaths=/var/lib/example\n',
      '[Service]\nExecStartPre=/bin/sh -c "echo PORT=80 > /run/example.env"\nEnvironmentFile=-/run/example.env\nExecStart=/usr/bin/example\n',
    ],
  },
})

/**
 * Whether a command makes a path. What is below `/run` is not there after a boot, so that its
 * folders are made with it.
 */
function makes(maker: sandboxing.MadePath, path: string): boolean {
  if (maker.path === path) return true
  return maker.hasParents && path.startsWith('/run/') && sandboxing.isBelow(maker.path, path)
}

/**
 * What makes it right: a directory that systemd makes, or `-` where the command can make the path
 * then.
 */
function waysOf(
  wanted: sandboxing.NeededPath,
  maker: sandboxing.MadePath,
  unit: Unit,
): {expected: string; fix: Fix} | undefined {
  if (wanted.isOutput) return undefined
  const roots = Object.entries(sandboxing.directoryRoots)
  const [key, root = ''] =
    roots.find(
      ([name, folder]) => name !== 'ConfigurationDirectory' && wanted.path.startsWith(`${folder}/`),
    ) ?? []
  const name = wanted.path.slice(root.length + 1)
  const isWhole = maker.isFolder && maker.hasParents && /^[\w.-]+(?:\/[\w.-]+)*$/.test(name)
  if (key !== undefined && isWhole) {
    const fix = fixBy('unsafe', add('Service', key, name, wanted.line.assignment))
    return {expected: `\`${key}=${name}\``, fix}
  }
  const dash = marked(wanted)
  if (!dash || (!maker.isUnconfined && isKeptFrom(maker.path, unit))) return undefined
  const expected = `\`-${wanted.text}\``
  return {expected, fix: fixBy('unsafe', dash, `Write ${expected}`)}
}

function marked({line: {assignment}, at, text}: sandboxing.NeededPath): Change | undefined {
  const {directive} = assignment
  const start = values.valueOffset(directive, at.span.start)
  return assignment.value.startsWith(text, start) && /^[/%]/.test(text)
    ? replaceWord(assignment, {start, end: start}, '-')
    : undefined
}

/** Whether the sandbox keeps a command from making a path. */
function isKeptFrom(path: string, {settings}: Unit): boolean {
  const {ProtectSystem, ProtectHome} = settings
  const closed = sandboxing.closedBy(ProtectSystem.value)
  const all = ProtectHome.value === 'no' ? closed : [...closed, ...sandboxing.homes]
  return all.some((folder) => sandboxing.isBelow(path, folder))
}
