import {defineRule, everyUnit, fixBy, partOf, remove, replaceWord, values} from 'unitlint/rule'
import type {Assignment, Change} from 'unitlint/rule'

export default defineRule({
  id: 'no-overridden-value',
  summary: 'Disallow values that a later line of the same file overrides',
  why: 'Who reads or edits the first line believes that it counts.',
  unless: 'A comment above the later line says that it is one to override.',
  on: everyUnit,
  messages: {
    replaced: 'Unexpected `{key}=`, overridden by `{by}=` in line {line}',
    reset: 'Unexpected `{key}=`, taken back by the empty `{by}=` in line {line}',
    variable: 'Unexpected `{name}` in `{key}=`, set again in line {line}',
  },
  *check(unit) {
    for (const {assignment, by, why, variable, isIdle} of values.overridden(unit)) {
      const {key} = assignment
      if (isMeant(assignment, by)) continue
      const {line} = by.directive.position.start
      const {name = '', word, isAlone} = variable ?? {}
      const change = word && !isAlone ? withoutWord(assignment, word) : removal(assignment)
      const title = word ? `Remove \`${name}\`` : 'Remove it'
      const fix = change && fixBy(isIdle ? 'safe' : 'suggestion', change, title)
      const at = word ? partOf(assignment, word) : assignment
      if (why === 'variable') yield {message: why, data: {key, name, line}, at, fix}
      // A unit that lacks what was taken back does not load, which is told where it was.
      else
        yield {
          message: why,
          data: {key, by: by.key, line},
          at: assignment,
          fix,
          unlessTold: why === 'reset' ? [by] : [],
        }
    }
  },
  examples: {
    bad: [
      '[Service]\nExecStart=/usr/bin/example\nRestart=on-failure\nRestart=always\n',
      '[Service]\nExecStart=/usr/bin/example\nEnvironment=MODE=fast LANG=C\nEnvironment=MODE=slow\n',
      '[Service]\nExecStart=/usr/bin/example\nReadWritePaths=/srv/example\nReadWritePaths=\n',
    ],
    good: [
      '[Service]\nExecStart=/usr/bin/example\nExecStartPre=/usr/bin/first\nExecStartPre=/usr/bin/second\nRestart=always\n',
    ],
  },
})

/** Whether a comment tells that the later line is there to say otherwise. */
function isMeant(assignment: Assignment, by: Assignment): boolean {
  return (
    assignment.value !== by.value &&
    /\b(?:adjust|overrid|relax|loosen|lift|undo|re-?enabl)/i.test(values.remarkAbove(by))
  )
}

/** Taking the line out; undefined where comments would go with it. */
function removal(assignment: Assignment): Change | undefined {
  return assignment.directive.comments.length > 0 ? undefined : remove(assignment)
}

/**
 * Taking a word out, with the white space before it, or behind it for the first one; undefined
 * where the value spans lines.
 */
function withoutWord(
  assignment: Assignment,
  {start, end}: {readonly start: number; readonly end: number},
): Change | undefined {
  const {directive, value} = assignment
  if (directive.pieces) return undefined
  const before = values.stripped(value.slice(0, start)).length
  const behind = end + (value.slice(end).length - values.stripped(value.slice(end)).length)
  return replaceWord(assignment, before === 0 ? {start: 0, end: behind} : {start: before, end}, '')
}
