import {defineRule, fixBy, isValid, replaceWord, services} from 'unitlint/rule'

/** Directories that every system has. */
const standard =
  /^\/(?:(?:bin|boot|dev|etc|home|lib|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|usr\/(?:bin|include|lib|local|sbin|share)|var|var\/(?:cache|lib|log|spool|tmp|mail|opt))\/?)?$/

const about = ['ReadWritePaths', 'ReadOnlyPaths', 'InaccessiblePaths', 'ExecPaths', 'NoExecPaths']

export default defineRule({
  id: 'read-write-paths',
  directives: about,
  summary: 'Mark paths that may be missing with `-`',
  why: 'Without the `-`, one missing path keeps the service from starting: status 226, and a log line that names no cause.',
  unless:
    'The path is made before the service starts, and starting without it would be worse than not starting.',
  on: {...services, lines: about},
  messages: {
    fatal: 'Unexpected `{path}` without `-` in `{directive}=`',
  },
  *check(unit) {
    if (unit.type !== 'service' || !unit.isReadable) return
    // Without it the service would not start anyway.
    const programs = new Set(
      unit.values('ExecStart').map(({value}) => value.replace(/^[-@:+!|]+/, '').split(/\s/, 1)[0]),
    )
    for (const directive of about) {
      // A target that does not know the directive ignores it, and starts the service.
      if (!isValid(unit, 'Service', directive, '/')) continue
      for (const {key, words, assignment} of unit.values(directive)) {
        for (const {text, at} of words) {
          if (!text.startsWith('/') && !text.startsWith('+/')) continue
          const path = text.replace(/^\+/, '')
          const {file, span} = at
          const written = file.tree.text.slice(span.start, span.end)
          if (standard.test(path) || programs.has(path) || written.includes('%')) continue
          const start = span.start - assignment.directive.valueSpan.start
          const isPlain = written === text && !assignment.directive.pieces
          const isRead = directive === 'ReadWritePaths' || directive === 'ReadOnlyPaths'
          const change = replaceWord(assignment, {start, end: start}, '-')
          const fix = fixBy(isRead ? 'safe' : 'unsafe', change, `Write \`-${text}\``)
          yield {message: 'fatal', data: {path, directive: key}, at, fix: isPlain ? fix : undefined}
        }
      }
    }
  },
  examples: {
    bad: [
      '[Service]\nExecStart=/usr/bin/example\nProtectSystem=strict\nReadWritePaths=/srv/example\n',
    ],
    good: [
      '[Service]\nExecStart=/usr/bin/example\nNoExecPaths=/\nExecPaths=/usr/bin/example /usr/lib /lib\n',
      '[Service]\nExecStart=/usr/bin/example\nProtectSystem=strict\nReadWritePaths=-/srv/example /var/lib\n',
    ],
  },
})
