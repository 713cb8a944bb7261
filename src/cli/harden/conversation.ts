import type {Descent, Step} from '../../engine/exposure-steps.ts'
import {isDayToCome} from '../../harden/suppressed.ts'
import {keep, keepRest, skip} from '../../harden/walk.ts'
import type {Walk} from '../../harden/walk.ts'
import {printable} from '../../reporters/printable.ts'
import {answersHelp, stepLines, weakerLines} from './text.ts'
import type {Person} from './person.ts'
import type {Showing} from './text.ts'

/** What a walk goes through. */
export interface Country {
  readonly descent: Descent
  /** How many steps there are if all are taken. */
  readonly steps: number
  /** Whether a comment may be put in a file. */
  readonly isChangeable: (path: string) => boolean
  /** Today, in ISO 8601. */
  readonly today: string
}

/** What somebody decided of a step; `quit` also where they are gone. */
type Decision = Walk | 'back' | 'quit'

/**
 * Walk the plan of a unit with somebody who decides of each step, and at the end of all of them.
 *
 * `end` shows what would be written and asks. Undefined: nothing is to be written.
 */
export async function converse(
  start: Walk,
  country: Country,
  person: Person,
  showing: Showing,
  end: (walk: Walk) => Promise<'write' | 'back' | 'quit'>,
): Promise<Walk | undefined> {
  const before: Walk[] = []
  let now = start
  for (;;) {
    const decided = await (now.step
      ? decide({...now, step: now.step}, country, person, showing)
      : end(now))
    if (decided === 'quit') return undefined
    if (decided === 'write') return now
    if (decided !== 'back') {
      before.push(now)
      now = decided
      continue
    }
    const last = before.pop()
    if (last) now = last
    else await person.say('This is the first step')
    // What is left without a step to go back to is over.
    if (!last && !now.step) return undefined
  }
}

async function decide(
  walk: Walk & {readonly step: Step},
  country: Country,
  person: Person,
  showing: Showing,
): Promise<Decision> {
  const {descent, steps} = country
  const {step} = walk
  const about = {descent, rule: descent.ruleOf(step.located.ruleId), of: steps}
  for (const line of stepLines(walk, about, showing)) await person.say(line)
  for (;;) {
    const answer = await person.ask('keep, skip, weaker, back, all the rest, quit [k/s/w/b/a/q/?]')
    if (answer === undefined) return 'quit'
    switch (answerOf(answer)) {
      case 'keep':
        return keep(descent, walk)
      case 'back':
        return 'back'
      case 'quit':
        return 'quit'
      case 'all':
        return rest(walk, country)
      case 'skip': {
        const why = await askedReason(person, country)
        if (why === 'quit') return 'quit'
        return skip(descent, walk, why, country.isChangeable)
      }
      case 'weaker': {
        const weaker = await weakerOf(walk, country, person, showing)
        if (weaker === 'quit') return 'quit'
        if (weaker) return keep(descent, walk, weaker)
        break
      }
      default:
        for (const line of answersHelp) await person.say(line)
    }
  }
}

/** All that is left of the kind of the step; what is unsafe behind safe ones is left alone. */
function rest(walk: Walk & {readonly step: Step}, {descent}: Country): Walk {
  return {...keepRest(descent, walk, walk.step.applicability), step: undefined}
}

/**
 * What an answer means: the first letter of a word counts, and what other programs would take for
 * it.
 */
function answerOf(
  answer: string,
): 'keep' | 'skip' | 'weaker' | 'back' | 'all' | 'quit' | undefined {
  switch (answer.slice(0, 1).toLowerCase()) {
    case 'k':
    case 'y':
      return 'keep'
    case 's':
    case 'n':
      return 'skip'
    case 'w':
      return 'weaker'
    case 'b':
      return 'back'
    case 'a':
      return 'all'
    case 'q':
      return 'quit'
    default:
      return undefined
  }
}

/** Why a step is left alone, if that is told, and until when. */
async function askedReason(
  person: Person,
  {today}: Country,
): Promise<{readonly reason: string; readonly until: string | undefined} | undefined | 'quit'> {
  const reason = await person.ask(
    'Why? It becomes a comment in the unit; empty: left alone this time only',
  )
  if (reason === undefined) return 'quit'
  if (printable(reason).trim() === '') return undefined
  for (;;) {
    const until = await person.ask('Until which day, as 2027-03-01? Empty: for good')
    if (until === undefined) return 'quit'
    if (until === '') return {reason, until: undefined}
    if (isDayToCome(until, today)) return {reason, until}
    await person.say(`Unexpected \`${printable(until)}\`, expected a day from ${today} on`)
  }
}

/** Another value in the place of the one that a step sets; undefined: none after all. */
async function weakerOf(
  walk: Walk & {readonly step: Step},
  {descent}: Country,
  person: Person,
  showing: Showing,
): Promise<Step | undefined | 'quit'> {
  const {standing, step} = walk
  const steps = descent.weaker(standing, step)
  for (const line of steps.length === 0
    ? ['No weaker value is known that helps']
    : weakerLines(standing, steps, showing))
    await person.say(line)
  for (;;) {
    const answer = await person.ask(
      `${steps.length === 0 ? 'A' : 'Which number, or a'} value of your own? Empty: none`,
    )
    if (answer === undefined) return 'quit'
    if (answer === '') return undefined
    const known = /^\d{1,2}$/.test(answer) ? steps[Number(answer) - 1] : undefined
    const own = known ?? descent.withValue(standing, step, answer.replace(/^[A-Za-z]+=/, ''))
    if (own) return own
    await person.say(
      `Unexpected \`${printable(answer)}\`: not a value that systemd takes, or one that breaks the service`,
    )
  }
}
