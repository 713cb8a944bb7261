import {add, defineRule, move, rewrite, services, set} from 'unitlint/rule'
import type {Change, Fix, Unit, Value} from 'unitlint/rule'

const naming = ['BindPaths', 'BindReadOnlyPaths', 'ReadWritePaths', 'ReadOnlyPaths', 'ExecPaths'] as const
/** What hides, beside them. */
const about = [...naming, 'InaccessiblePaths', 'NoExecPaths', 'ProtectHome', 'PrivateTmp']
const occasions = {lines: [...naming, 'NoExecPaths', 'PrivateTmp', 'DynamicUser']}

export default defineRule({
  id: 'no-hidden-path',
  directives: about,
  summary: 'Disallow paths for the service that its own options hide',
  why: 'What hides a directory hides all that is mounted or allowed below it: the service does not find its files, or does not start.',
  on: {...services, ...occasions},
  fixesHangOn: about,
  messages: {
    hidden: 'Unexpected `{key}={path}`, which `{by}` hides',
    barred: 'Unexpected `NoExecPaths={by}` without `ExecPaths=` for `{path}`, which cannot be run',
  },
  *check(unit) {
    if (unit.type !== 'service' || !unit.isReadable || unit.isPartial || unit.manager === 'user') return
    // There `+` decides what a path is one of.
    if (unit.value('RootDirectory') || unit.value('RootImage')) return
    const bound = [...pathsOf(unit, 'BindPaths'), ...pathsOf(unit, 'BindReadOnlyPaths')]
    for (const named of naming.flatMap((key) => pathsOf(unit, key))) {
      const hiding = hidingOf(named, bound, unit)
      if (hiding) yield {message: 'hidden', data: {key: named.key, path: named.path, by: hiding.by}, at: named.at, fix: fixesOf(hiding)}
    }
    yield* temporary(unit, bound)
    const [program] = unit.values('ExecStart').flatMap(programOf)
    const barrier = program && pathsOf(unit, 'NoExecPaths').find(({path}) => path === '/' || isBelow(program.path, path))
    const isLet = program && pathsOf(unit, 'ExecPaths').some(({path}) => path === '/' || path === program.path || isBelow(program.path, path))
    if (!program || !barrier || isLet) return
    const written = `${program.path} -/usr/lib -/usr/lib64 -/lib -/lib64`
    const fix = {title: `Add \`ExecPaths=${written}\``, applicability: 'unsafe' as const, changes: [add('Service', 'ExecPaths', written)]}
    yield {message: 'barred', data: {by: barrier.path, path: program.path}, at: barrier.at, fix}
  },
  examples: {
    bad: [
      '[Service]\nExecStart=/usr/bin/example\nProtectHome=yes\nBindPaths=/home/example\n',
      '[Service]\nExecStart=/usr/bin/example\nInaccessiblePaths=/srv\nBindReadOnlyPaths=/srv/example\n',
      '[Service]\nExecStart=/tmp/example\nPrivateTmp=yes\n',
      '[Service]\nExecStart=/usr/bin/example\nNoExecPaths=/\n',
    ],
    good: [
      '[Service]\nExecStart=/usr/bin/example\nProtectHome=tmpfs\nBindPaths=/home/example\n',
      '[Service]\nExecStart=/usr/bin/example\nTemporaryFileSystem=/srv:ro\nBindReadOnlyPaths=/srv/example\n',
      '[Service]\nExecStart=/usr/bin/example\nNoExecPaths=/\nExecPaths=/usr/bin/example /usr/lib\n',
    ],
  },
})

/** A path that a line names, as the service would see it. */
interface Named {
  readonly key: string
  readonly path: string
  /** With a `-`: it may be missing. */
  readonly mark: string
  readonly line: Value
  readonly at: Value['words'][number]['at']
}

function pathsOf(unit: Unit, key: string): readonly Named[] {
  return unit.values(key).flatMap((line) =>
    line.words.flatMap(({text, at}) => {
      const plain = text.replace(/^[-+]{1,2}/, '')
      const [source = '', inside = source] = plain.split(':')
      const path = inside.replace(/(?<=.)\/+$/, '')
      return path.startsWith('/') ? [{key, path, mark: text.startsWith('-') ? '-' : '', line, at}] : []
    }),
  )
}

function programOf(line: Value): ReadonlyArray<{path: string; mark: string; at: Named['at']}> {
  const [first] = line.words
  const [, mark = '', path = ''] = /^([-@:+!|]*)(.*)$/s.exec(first?.text ?? '') ?? []
  return first && path.startsWith('/') ? [{path, mark, at: first.at}] : []
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`)
}

/** What hides a path, and the changes that let it be seen, the strongest protection first. */
interface Hiding {
  readonly by: string
  readonly ways: ReadonlyArray<{title: string; changes: readonly Change[]}>
}

function hidingOf(named: Named, bound: readonly Named[], unit: Unit): Hiding | undefined {
  const {key, path, mark} = named
  const isBound = key === 'BindPaths' || key === 'BindReadOnlyPaths'
  const binding = key === 'ReadWritePaths' ? 'BindPaths' : 'BindReadOnlyPaths'
  const bind = isBound ? [] : [add('Service', binding, `${mark}${path}`)]
  const folder = pathsOf(unit, 'InaccessiblePaths').find((hidden) => isBelow(path, hidden.path))
  if (folder) {
    const changes = [...emptied(folder), ...bind]
    return {by: `InaccessiblePaths=${folder.path}`, ways: [{title: `Write \`TemporaryFileSystem=${folder.path}:ro\` for it`, changes}]}
  }
  if (!homes.some((home) => isBelow(path, home))) return undefined
  const protection = unit.settings.ProtectHome.value
  if (protection === 'yes') {
    const strong = {title: 'Set `ProtectHome=tmpfs`', changes: [set('Service', 'ProtectHome', 'tmpfs'), ...bind]}
    const weak = {title: 'Set `ProtectHome=read-only`', changes: [set('Service', 'ProtectHome', 'read-only')]}
    return {by: 'ProtectHome=yes', ways: isBound ? [strong] : [strong, weak]}
  }
  const isThere = isBound || bound.some((other) => other.path === path || isBelow(path, other.path) || isBelow(other.path, path))
  if (protection !== 'tmpfs' || isThere) return undefined
  return {by: 'ProtectHome=tmpfs', ways: [{title: `Add \`${binding}=${mark}${path}\``, changes: bind}]}
}

/** What `ProtectHome=` is about (systemd.exec(5)). */
const homes = ['/home', '/root', '/run/user']

/** An inaccessible folder as an empty one, into which something can be mounted. */
function emptied({line: {assignment}, path, at}: Named): readonly Change[] {
  const start = at.span.start - assignment.directive.valueSpan.start
  const end = at.span.end - assignment.directive.valueSpan.start
  const rest = `${assignment.value.slice(0, start)}${assignment.value.slice(end)}`.trim().replaceAll(/[ \t]+/g, ' ')
  if (rest === '') return [move(assignment, 'Service', {key: 'TemporaryFileSystem', value: `${path}:ro`})]
  return [rewrite(assignment, rest), add('Service', 'TemporaryFileSystem', `${path}:ro`)]
}

function fixesOf({ways}: Hiding): readonly Fix[] {
  return ways.map(({title, changes}) => ({title, changes, applicability: 'unsafe'}))
}

/** What is to be found in a `/tmp` that is the service's own and empty: its first program, and where it starts. */
function* temporary(
  unit: Unit,
  bound: readonly Named[],
): Generator<{
  message: 'hidden'
  data: {key: string; path: string; by: string}
  at: Named['at']
  fix: Fix
}> {
  const {value} = unit.settings.PrivateTmp
  if (value === 'no' || unit.value('JoinsNamespaceOf')) return
  const isHidden = (path: string): boolean =>
    /^\/(?:var\/)?tmp\/[^/]/.test(path) && !bound.some((other) => other.path === path || isBelow(path, other.path) || isBelow(other.path, path))
  const data = (key: string, path: string): {key: string; path: string; by: string} => ({
    key,
    path,
    by: `PrivateTmp=${unit.value('PrivateTmp')?.value ?? value}`,
  })
  const bind = (key: string, path: string): Fix => ({
    title: `Add \`${key}=${path}\``,
    applicability: 'unsafe',
    changes: [add('Service', key, path)],
  })
  const isFirst = unit.values('ExecStartPre').length === 0 && unit.values('ExecCondition').length === 0
  const [program] = unit.values('ExecStart').flatMap(programOf)
  if (program && isFirst && !program.mark.includes('+') && isHidden(program.path)) {
    yield {message: 'hidden', data: data('ExecStart', program.path), at: program.at, fix: bind('BindReadOnlyPaths', program.path)}
  }
  const folder = unit.value('WorkingDirectory')
  const path = folder?.expanded ?? ''
  if (folder && isHidden(path)) yield {message: 'hidden', data: data('WorkingDirectory', path), at: placeOf(folder), fix: bind('BindPaths', path)}
}

function placeOf({file, directive: {valueSpan}}: Value): Named['at'] {
  return {file, span: valueSpan}
}
