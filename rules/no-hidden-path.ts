import {add, defineRule, fixBy, move, rewrite, sandboxing, services, set} from 'unitlint/rule'
import type {Change, Fix, Unit} from 'unitlint/rule'

const {binding} = sandboxing
const naming = [...binding, 'ReadWritePaths', 'ReadOnlyPaths', 'ExecPaths'] as const
/** What hides, beside them. */
const hiding = [
  'InaccessiblePaths',
  'NoExecPaths',
  'ProtectHome',
  'PrivateTmp',
  'TemporaryFileSystem',
]
const about = [...naming, ...hiding]
const occasions = [...about.filter((key) => key !== 'ProtectHome'), 'DynamicUser']

export default defineRule({
  id: 'no-hidden-path',
  directives: about,
  summary: 'Disallow paths for the service that its own options hide',
  why: 'What hides a directory hides all that is mounted or allowed below it: the service does not find its files, or does not start.',
  on: {...services, lines: occasions},
  fixesHangOn: about,
  messages: {
    hidden: 'Unexpected `{key}={path}`, which `{by}` hides',
    barred: 'Unexpected `NoExecPaths={by}` without `ExecPaths=` for `{path}`, which cannot be run',
  },
  *check(unit) {
    if (unit.type !== 'service' || !unit.isReadable) return
    if (unit.isPartial || unit.manager === 'user') return
    // There `+` decides what a path is one of.
    if (unit.value('RootDirectory') || unit.value('RootImage')) return
    const named = naming.flatMap((key) => sandboxing.namedPaths(unit, key))
    const used = sandboxing.usedFirst(unit).filter(({path}) => !sandboxing.isBound(path, unit))
    const listed = named.map((its) => [its, hidingOf(its, unit)] as const)
    const started = used.map((its) => [its, hiddenAtStart(its, unit)] as const)
    for (const [{key, written, at}, hidden] of [...listed, ...started]) {
      if (!hidden) continue
      yield {message: 'hidden', data: {key, path: written, by: hidden.by}, at, fix: hidden.ways}
    }
    const [program] = sandboxing.programsOf(unit)
    const barriers = program ? sandboxing.namedPaths(unit, 'NoExecPaths') : []
    const barrier = barriers.find(({path}) => sandboxing.isInside(program?.path ?? '', path))
    if (!program || !barrier) return
    const allowed = sandboxing.namedPaths(unit, 'ExecPaths')
    if (allowed.some(({path}) => sandboxing.isBelow(program.path, path))) return
    const written = `${program.path} -/usr/lib -/usr/lib64 -/lib -/lib64`
    const allowing = fixBy('unsafe', add('Service', 'ExecPaths', written))
    const fix = canBeWritten(program) ? allowing : undefined
    const data = {by: barrier.written, path: program.written}
    yield {message: 'barred', data, at: barrier.at, fix}
  },
  examples: {
    bad: [
      '[Service]\nExecStart=/usr/bin/example\nProtectHome=yes\nBindPaths=/home/example\n',
      '[Service]\nExecStart=/usr/bin/example\nInaccessiblePaths=/srv\nBindReadOnlyPaths=/srv/example\n',
      '[Service]\nExecStart=/tmp/example\nPrivateTmp=yes\n',
      '[Service]\nExecStart=/usr/bin/example\nWorkingDirectory=/srv/example\nTemporaryFileSystem=/srv\n',
      '[Service]\nExecStart=/usr/bin/example\nNoExecPaths=/\n',
    ],
    good: [
      '[Service]\nExecStart=/usr/bin/example\nProtectHome=tmpfs\nBindPaths=/home/example\n',
      '[Service]\nExecStart=/usr/bin/example\nTemporaryFileSystem=/srv:ro\nBindReadOnlyPaths=/srv/example\n',
      '[Service]\nExecStart=/usr/bin/example\nNoExecPaths=/\nExecPaths=/usr/bin/example /usr/lib\n',
    ],
  },
})

/** What hides a path, and the fixes that let it be seen, the strongest protection first. */
interface Hiding {
  readonly by: string
  readonly ways: readonly Fix[]
}

function hidingOf(named: sandboxing.NamedPath, unit: Unit): Hiding | undefined {
  const {key, path, mark} = named
  const isBound = binding.some((known) => known === key)
  const isWritable = key === 'ReadWritePaths' || key === 'WorkingDirectory'
  const bind = add('Service', isWritable ? 'BindPaths' : 'BindReadOnlyPaths', `${mark}${path}`)
  const bound = isBound ? [] : [bind]
  const canBeBound = isBound || canBeWritten(named)
  const folder = sandboxing.inaccessibleAbove(path, unit)
  if (folder) {
    const empty = canBeBound ? emptied(folder) : undefined
    const title = `Write \`TemporaryFileSystem=${folder.path}:ro\` for it`
    const ways = empty ? [fixBy('unsafe', [...empty, ...bound], title)] : []
    return {by: `InaccessiblePaths=${folder.written}`, ways}
  }
  const by = sandboxing.homeHiddenBy(path, unit)
  if (by === 'yes') {
    const strong = fixBy('unsafe', [set('Service', 'ProtectHome', 'tmpfs'), ...bound])
    const weak = fixBy('unsafe', set('Service', 'ProtectHome', 'read-only'))
    const ways = [...(canBeBound ? [strong] : []), ...(isBound ? [] : [weak])]
    return {by: 'ProtectHome=yes', ways}
  }
  if (by !== 'tmpfs' || isBound) return undefined
  return {by: 'ProtectHome=tmpfs', ways: canBeBound ? [fixBy('unsafe', bind)] : []}
}

/** What hides from a service what it starts with. Below the homes, what it needs says so. */
function hiddenAtStart(named: sandboxing.NamedPath, unit: Unit): Hiding | undefined {
  const {key, path} = named
  if (sandboxing.inaccessibleAbove(path, unit)) return hidingOf(named, unit)
  const by = sandboxing.emptyAbove(path, unit)
  const bind = add('Service', key === 'ExecStart' ? 'BindReadOnlyPaths' : 'BindPaths', path)
  return by === undefined ? by : {by, ways: canBeWritten(named) ? [fixBy('unsafe', bind)] : []}
}

/**
 * An inaccessible folder as an empty one, into which something can be mounted; undefined where its
 * line takes thought.
 */
function emptied(folder: sandboxing.NamedPath): readonly Change[] | undefined {
  const {line, path, at} = folder
  const {assignment} = line
  const {pieces, valueSpan} = assignment.directive
  if (pieces || !canBeWritten(folder)) return undefined
  const before = assignment.value.slice(0, at.span.start - valueSpan.start).trimEnd()
  const behind = assignment.value.slice(at.span.end - valueSpan.start).trimStart()
  const rest = [before, behind].filter((part) => part !== '').join(' ')
  if (rest === '')
    return [move(assignment, 'Service', {key: 'TemporaryFileSystem', value: `${path}:ro`})]
  return [rewrite(assignment, rest), add('Service', 'TemporaryFileSystem', `${path}:ro`)]
}

/** Whether a path is a word of any list as it stands, and means the same there. */
function canBeWritten({path, at: {file, span}}: sandboxing.NamedPath): boolean {
  const isAsWritten = file.tree.text.slice(span.start, span.end).endsWith(path)
  return !/[\s"'\\:]/.test(path) && (isAsWritten || !path.includes('%'))
}
