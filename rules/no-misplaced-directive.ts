import * as z from 'zod'
import {
  complaints,
  defineRule,
  fixBy,
  history,
  isValid,
  move,
  sandboxing,
  values,
} from 'unitlint/rule'
import type {Assignment, Place, Unit} from 'unitlint/rule'

export default defineRule({
  id: 'no-misplaced-directive',
  summary: 'Disallow directives in the wrong section',
  why: 'systemd reads a directive in its own section only; elsewhere it warns in the log and ignores it.',
  defaults: {checkConsequences: true},
  options: () =>
    z.strictObject({
      checkConsequences: z
        .boolean()
        .default(true)
        .describe('Tell of each line of a section whose header is missing, not of the first alone'),
    }),
  on: complaints('unknown-directive'),
  messages: {
    misplaced: 'Unexpected `{key}` in `[{section}]`, expected in `[{home}]`',
    headless:
      'Unexpected `{key}` and {others} of `[{home}]` in `[{section}]`, expected the header `[{home}]` above',
  },
  *check(unit, {checkConsequences}) {
    const all = misplaced(unit)
    const told = new Set<Misplaced>()
    for (const one of all) {
      if (told.has(one)) continue
      const {assignment, home, place} = one
      const {key, section, file} = assignment
      const isHeadless = !checkConsequences && !hasSection(file.tree, home)
      const its = isHeadless
        ? all.filter((other) => other.home === home && other.assignment.file === file)
        : [one]
      for (const other of its) told.add(other)
      const fix = its.every(({isMovable}) => isMovable)
        ? fixBy(
            its.reduce((least, {certainty}) => weaker(least, certainty), one.certainty),
            its.map(({assignment: line}) => move(line, home)),
          )
        : undefined
      const problem = {at: place, fix, unlessTold: isHeadless ? headerOf(unit, one) : []}
      const others = its.length === 2 ? 'one more line' : `${its.length - 1} more lines`
      if (its.length === 1) yield {message: 'misplaced', data: {key, section, home}, ...problem}
      else yield {message: 'headless', data: {key, section, home, others}, ...problem}
    }
  },
  examples: {
    bad: [
      '[Unit]\nPrivateTmp=yes\n[Service]\nExecStart=/usr/bin/example\n',
      '[Service]\nExecStart=/usr/bin/example\nAfter=network.target\n[Unit]\nDescription=Example\n',
    ],
    good: ['[Unit]\nAfter=network.target\n[Service]\nExecStart=/usr/bin/example\n'],
  },
})

/** A line in the wrong section, with the right one. */
interface Misplaced {
  readonly assignment: Assignment
  readonly place: Place
  readonly home: string
  readonly isMovable: boolean
  readonly certainty: Applicability
}

function misplaced(unit: Unit): readonly Misplaced[] {
  return unit.complaints('unknown-directive').flatMap(({directive, section = '', file, span}) => {
    if (!directive) return []
    const {key, value} = directive
    const found = history.unknownDirective(key, section, unit.type, unit.target.version)
    if (found.why !== 'misplaced') return []
    const {section: home} = found
    // Where the directive is set in its place already, nobody can say which of the two was meant.
    const isMovable = !directive.pieces && unit.assignments(home, key).length === 0
    const {applicability} = sandboxing.weighLine(unit, home, key, value)
    const isTaken = isValid(unit, home, key, value) && values.isWhole(value)
    const certainty = isTaken && applicability !== 'withheld' ? applicability : 'suggestion'
    const assignment = {section, key, value, directive, file}
    return [{assignment, place: {file, span}, home, isMovable, certainty}]
  })
}

function hasSection({children}: Assignment['file']['tree'], name: string): boolean {
  return children.some((child) => child.type === 'section' && child.name === name)
}

/** The line that was meant to be the header of a section, such as `Service]`. */
function headerOf(unit: Unit, {assignment, home}: Misplaced): readonly Place[] {
  const {file} = assignment
  return unit.complaints('junk-line').filter(({file: its, span: {start, end}}) => {
    const line = its.tree.text.slice(start, Math.min(end, start + 100))
    return its === file && line.replaceAll(/[^A-Za-z]/g, '') === home
  })
}

const byCertainty = ['safe', 'unsafe', 'suggestion'] as const

type Applicability = (typeof byCertainty)[number]

function weaker(one: Applicability, other: Applicability): Applicability {
  return byCertainty.indexOf(one) > byCertainty.indexOf(other) ? one : other
}
