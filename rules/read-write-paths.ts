import {defineRule, isValid, splitWords, valueSpan} from 'unitlint/rule'

/** Directories that every system has. */
const standard =
  /^\/(?:(?:bin|boot|dev|etc|home|lib|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|usr\/(?:bin|include|lib|local|sbin|share)|var|var\/(?:cache|lib|log|spool|tmp|mail|opt))\/?)?$/

export default defineRule({
  id: 'read-write-paths',
  directives: ['ReadWritePaths', 'ReadOnlyPaths', 'InaccessiblePaths', 'ExecPaths', 'NoExecPaths'],
  summary: 'Mark paths that may be missing with `-`',
  why: 'Without the `-`, one missing path keeps the service from starting: status 226, and a log line that names no cause.',
  unless: 'The path is made before the service starts, and starting without it would be worse than not starting.',
  messages: {
    fatal: 'Unexpected `{path}` without `-` in `{directive}=`',
  },
  *check(unit) {
    if (unit.type !== 'service' || !unit.isReadable) return
    // Without it the service would not start anyway.
    const programs = new Set(unit.assignments('Service', 'ExecStart').map(({value}) => value.replace(/^[-@:+!|]+/, '').split(/\s/, 1)[0]))
    for (const directive of ['ReadWritePaths', 'ReadOnlyPaths', 'InaccessiblePaths', 'ExecPaths', 'NoExecPaths']) {
      // A target that does not know the directive ignores it, and starts the service.
      if (!isValid(unit, 'Service', directive, '/')) continue
      const all = unit.assignments('Service', directive)
      for (const assignment of all.slice(all.findLastIndex(({value}) => value === '') + 1)) {
        const {words} = splitWords(assignment.value, 'quotes')
        for (const {text, start, end} of words) {
          if (!text.startsWith('/') && !text.startsWith('+/')) continue
          const path = text.replace(/^\+/, '')
          if (standard.test(path) || programs.has(path) || path.includes('%')) continue
          const span = valueSpan(assignment.directive, start, end)
          const isPlain = assignment.value.slice(start, end) === text && !assignment.directive.pieces
          const edit = isPlain ? {file: assignment.file, range: [span.start, span.start] as const, text: '-'} : undefined
          yield {
            message: 'fatal',
            data: {path, directive},
            at: {file: assignment.file, span},
            fix: edit && {
              title: `Write \`-${text}\``,
              applicability: directive === 'ReadWritePaths' || directive === 'ReadOnlyPaths' ? 'safe' : 'unsafe',
              edits: [edit],
            },
          }
        }
      }
    }
  },
  examples: {
    bad: ['[Service]\nExecStart=/usr/bin/example\nProtectSystem=strict\nReadWritePaths=/srv/example\n'],
    good: [
      '[Service]\nExecStart=/usr/bin/example\nNoExecPaths=/\nExecPaths=/usr/bin/example /usr/lib /lib\n',
      '[Service]\nExecStart=/usr/bin/example\nProtectSystem=strict\nReadWritePaths=-/srv/example /var/lib\n',
    ],
  },
})
