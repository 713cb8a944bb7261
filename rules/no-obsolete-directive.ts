import {defineRule, everyUnit, fixBy, history, replaceWord, sectionsOf} from 'unitlint/rule'

export default defineRule({
  id: 'no-obsolete-directive',
  summary: 'Disallow old names of directives, which systemd takes without a word',
  why: 'The manuals no longer tell what they do, and a later systemd may drop them.',
  unless: 'The unit is also for systemds that do not know the new name.',
  on: everyUnit,
  messages: {
    renamed: 'Unexpected `{key}` in `[{section}]`, expected `{newer}`',
    moved: 'Unexpected `{key}` in `[{section}]`, expected `{newer}` in `[{home}]`',
    replaced: 'Unexpected `{key}` in `[{section}]`, {instead}',
    value: '{words} in `{key}=`',
  },
  *check(unit) {
    const told = new Set<unknown>()
    for (const at of unit.verdict.complaints) {
      const {kind, directive, section = '', file, span, effect, silent, message: words, meant} = at
      if (directive && (effect === 'line' || kind === 'deprecated-directive')) told.add(directive)
      if (!silent || !directive || kind !== 'deprecated-value' || words === undefined) continue
      const {key, value, valueSpan, pieces} = directive
      const assignment = {section, key, value, directive, file}
      const word = {start: span.start - valueSpan.start, end: span.end - valueSpan.start}
      const change = meant !== undefined && !pieces && replaceWord(assignment, word, meant)
      yield {
        message: 'value',
        data: {words, key},
        at,
        fix: change ? fixBy('safe', change) : undefined,
      }
    }
    for (const section of sectionsOf(unit)) {
      for (const assignment of unit.all(section)) {
        const {key, file, directive} = assignment
        if (told.has(directive)) continue
        const at = {file, span: directive.keySpan}
        const found = history.successor(assignment, unit)
        const instead = !found && silentlyObsolete.has(key) ? history.advice(key) : undefined
        if (instead !== undefined) yield {message: 'replaced', data: {key, section, instead}, at}
        if (!found) continue
        const {section: home, value = assignment.value} = found
        const newer = value === assignment.value ? found.key : `${found.key}=${value}`
        const fix = history.replaceDirective(unit, assignment, found)
        if (home === section) yield {message: 'renamed', data: {key, section, newer}, at, fix}
        else yield {message: 'moved', data: {key, section, newer, home}, at, fix}
      }
    }
  },
  examples: {
    bad: [
      '[Unit]\nDescription=Example\n[Service]\nExecStart=/usr/bin/example\nStartLimitInterval=5min\n',
      '[Service]\nExecStart=/usr/bin/example\nReadWriteDirectories=/srv/example\n',
    ],
    good: [
      '[Unit]\nDescription=Example\nStartLimitIntervalSec=5min\n[Service]\nExecStart=/usr/bin/example\nReadWritePaths=/srv/example\n',
    ],
  },
})

/** Directives of which nothing but their disappearance from the manuals tells. */
const silentlyObsolete: ReadonlySet<string> = new Set(['PermissionsStartOnly'])
