import {add, defineRule, fixBy, move, rewrite, sandboxing, services, set} from 'unitlint/rule'
import type {Change, Fix, Unit, Value} from 'unitlint/rule'

const {isBelow} = sandboxing

const binding = ['BindPaths', 'BindReadOnlyPaths'] as const
const naming = [...binding, 'ReadWritePaths', 'ReadOnlyPaths', 'ExecPaths'] as const
/** What hides, beside them. */
const about = [
  ...naming,
  'InaccessiblePaths',
  'NoExecPaths',
  'ProtectHome',
  'PrivateTmp',
  'TemporaryFileSystem',
]
const occasions = {
  lines: [
    ...naming,
    'NoExecPaths',
    'InaccessiblePaths',
    'TemporaryFileSystem',
    'PrivateTmp',
    'DynamicUser',
  ],
}

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
    if (unit.type !== 'service' || !unit.isReadable || unit.isPartial || unit.manager === 'user')
      return
    // There `+` decides what a path is one of.
    if (unit.value('RootDirectory') || unit.value('RootImage')) return
    const bound = binding.flatMap((key) => pathsOf(unit, key))
    const inaccessible = pathsOf(unit, 'InaccessiblePaths')
    for (const named of naming.flatMap((key) => pathsOf(unit, key))) {
      const hiding = hidingOf(named, {bound, inaccessible}, unit)
      if (hiding)
        yield {
          message: 'hidden',
          data: {key: named.key, path: named.written, by: hiding.by},
          at: named.at,
          fix: hiding.ways,
        }
    }
    const [program] = programsOf(unit)
    for (const named of usedFirst(unit).filter(({path}) => !isThere(path, bound))) {
      const hiding = hiddenAtStart(named, inaccessible, unit)
      if (hiding)
        yield {
          message: 'hidden',
          data: {key: named.key, path: named.written, by: hiding.by},
          at: named.at,
          fix: hiding.ways,
        }
    }
    const barrier =
      program && pathsOf(unit, 'NoExecPaths').find(({path}) => isInside(program.path, path))
    if (!barrier || pathsOf(unit, 'ExecPaths').some(({path}) => isBelow(program.path, path))) return
    const written = `${program.path} -/usr/lib -/usr/lib64 -/lib -/lib64`
    const fix = fixBy('unsafe', add('Service', 'ExecPaths', written))
    yield {
      message: 'barred',
      data: {by: barrier.written, path: program.written},
      at: barrier.at,
      fix: canBeWritten(program) ? fix : undefined,
    }
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

/** A path that a line names, as the service would see it. */
interface Named {
  readonly key: string
  readonly path: string
  /** The same as it is written. */
  readonly written: string
  /** With a `-`: it may be missing. */
  readonly mark: string
  readonly line: Value
  readonly at: Value['words'][number]['at']
}

function pathsOf(unit: Unit, key: string): readonly Named[] {
  return unit.values(key).flatMap((line) =>
    line.paths.map(({inside, written, marks, at}) => ({
      key,
      path: inside,
      written: written.includes('%') ? written.slice(marks.length) : inside,
      mark: marks.includes('-') ? '-' : '',
      line,
      at,
    })),
  )
}

/** The first program, where it runs in the sandbox, and the script that it is there for. */
function programsOf(unit: Unit): readonly Named[] {
  const [line] = unit.values('ExecStart')
  const [first, ...rest] = line?.words ?? []
  const [, marks = '', path = ''] = /^([-@:+!|]*)(.*)$/s.exec(first?.text ?? '') ?? []
  if (!line || !first || !path.startsWith('/') || marks.includes('+')) return []
  const script = sandboxing.scriptRunBy([path, ...rest.map(({text}) => text)])
  const word = rest.find(({text}) => text === script)
  const named = {key: 'ExecStart', mark: '', line}
  return [
    {...named, path, written: first.written.slice(marks.length), at: first.at},
    ...(word && script?.startsWith('/')
      ? [{...named, path: script, written: word.written, at: word.at}]
      : []),
  ]
}

/** Whether a path is below a folder, and not the folder itself. */
function isInside(path: string, folder: string): boolean {
  return path !== folder && isBelow(path, folder)
}

/** Whether something is mounted at a path, above it or below. */
function isThere(path: string, bound: readonly Named[]): boolean {
  return bound.some((other) => isBelow(path, other.path) || isBelow(other.path, path))
}

/** Whether a path is a word of any list as it stands, and means the same there. */
function canBeWritten({path, at: {file, span}}: Named): boolean {
  const isAsWritten = file.tree.text.slice(span.start, span.end).endsWith(path)
  return !/[\s"'\\:]/.test(path) && (isAsWritten || !path.includes('%'))
}

/** What hides a path, and the fixes that let it be seen, the strongest protection first. */
interface Hiding {
  readonly by: string
  readonly ways: readonly Fix[]
}

function hidingOf(
  named: Named,
  {bound, inaccessible}: Readonly<Record<'bound' | 'inaccessible', readonly Named[]>>,
  unit: Unit,
): Hiding | undefined {
  const {key, path, mark} = named
  const isBound = binding.some((known) => known === key)
  const binder =
    key === 'ReadWritePaths' || key === 'WorkingDirectory' ? 'BindPaths' : 'BindReadOnlyPaths'
  const bind = isBound ? [] : [add('Service', binder, `${mark}${path}`)]
  const canBeBound = isBound || canBeWritten(named)
  const folder = inaccessible.find((hidden) => isInside(path, hidden.path))
  if (folder) {
    const empty = canBeBound ? emptied(folder) : undefined
    const ways = empty
      ? [
          fixBy(
            'unsafe',
            [...empty, ...bind],
            `Write \`TemporaryFileSystem=${folder.path}:ro\` for it`,
          ),
        ]
      : []
    return {by: `InaccessiblePaths=${folder.written}`, ways}
  }
  if (!homes.some((home) => isInside(path, home))) return undefined
  const protection = unit.settings.ProtectHome.value
  if (protection === 'yes') {
    const strong = fixBy('unsafe', [set('Service', 'ProtectHome', 'tmpfs'), ...bind])
    const weak = fixBy('unsafe', set('Service', 'ProtectHome', 'read-only'))
    return {
      by: 'ProtectHome=yes',
      ways: [...(canBeBound ? [strong] : []), ...(isBound ? [] : [weak])],
    }
  }
  if (protection !== 'tmpfs' || isBound || isThere(path, bound)) return undefined
  return {
    by: 'ProtectHome=tmpfs',
    ways: canBeBound ? [fixBy('unsafe', bind, `Add \`${binder}=${mark}${path}\``)] : [],
  }
}

/** What `ProtectHome=` is about (systemd.exec(5)). */
const homes = ['/home', '/root', '/run/user']

/**
 * An inaccessible folder as an empty one, into which something can be mounted; undefined where its
 * line takes thought.
 */
function emptied(folder: Named): readonly Change[] | undefined {
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

/**
 * What has to be found for a start: the first program with its script, where nothing runs before
 * that may bring it, and the folder that it starts in.
 */
function usedFirst(unit: Unit): readonly Named[] {
  const isFirst =
    unit.values('ExecStartPre').length === 0 && unit.values('ExecCondition').length === 0
  const folder = unit.value('WorkingDirectory')
  const started = folder && {
    key: 'WorkingDirectory',
    path: folder.expanded ?? '',
    written: folder.value,
    mark: '',
    line: folder,
    at: placeOf(folder),
  }
  return [...(isFirst ? programsOf(unit) : []), ...(started?.path.startsWith('/') ? [started] : [])]
}

/** What hides from a service what it starts with. Below the homes, what it needs says so. */
function hiddenAtStart(
  named: Named,
  inaccessible: readonly Named[],
  unit: Unit,
): Hiding | undefined {
  const {path} = named
  const binder = named.key === 'ExecStart' ? 'BindReadOnlyPaths' : 'BindPaths'
  const bind = canBeWritten(named) ? [fixBy('unsafe', add('Service', binder, path))] : []
  if (inaccessible.some((hidden) => isInside(path, hidden.path)))
    return hidingOf(named, {bound: [], inaccessible}, unit)
  const folder = pathsOf(unit, 'TemporaryFileSystem').find((hidden) => isInside(path, hidden.path))
  const isOwn = sandboxing
    .ownDirectories(unit)
    .some((own) => own.path !== undefined && isBelow(path, own.path))
  if (folder && !isOwn)
    return {by: `TemporaryFileSystem=${folder.written.split(':', 1)[0] ?? ''}`, ways: bind}
  if (
    unit.settings.PrivateTmp.value === 'no' ||
    unit.value('JoinsNamespaceOf') ||
    !/^\/(?:var\/)?tmp\/[^/]/.test(path)
  )
    return undefined
  return {
    by: `PrivateTmp=${unit.value('PrivateTmp')?.value ?? unit.settings.PrivateTmp.value}`,
    ways: bind,
  }
}

function placeOf({file, directive: {valueSpan}}: Value): Named['at'] {
  return {file, span: valueSpan}
}
