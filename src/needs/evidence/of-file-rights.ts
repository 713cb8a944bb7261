import {capabilities} from '../../facts/accesses.ts'
import type {AccessId, CapabilityId} from '../../facts/accesses.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import {denialContext} from '../denial-context.ts'
import {baseName} from '../../values/paths.ts'
import {activities} from './activities.ts'
import {addressNeeds, portNeeds} from './addresses.ts'
import {commands} from './commands.ts'
import {commentsIn} from './comments.ts'
import {environment} from './environment.ts'
import type {Invocation} from './invocations.ts'
import {needsFor, short} from './need.ts'
import type {Need} from './need.ts'

/**
 * What shows that a program of a user has capabilities of its file, by setcap(8): the unit gives
 * them to it, or it listens on a port that takes them, by what the unit or a script in sight says.
 *
 * A program that has them does not start at all where they are not in the bounding set
 * (capabilities(7)).
 */
export function* ofFileRights(unit: LoadedUnit): Generator<Need> {
  const {capabilities: held} = denialContext(unit)
  for (const {assignment, words} of commands(unit)) {
    const [path = '', ...args] = words
    if (baseName(path) !== 'setcap') continue
    const because = `\`${assignment.key}=\` gives a program capabilities of its file`
    yield* needsFor(rightsIn(args.join(' ')), because, false, assignment)
  }
  yield* ofComments(unit)
  if (held === 'all' || held.has(bind)) return
  for (const {assignment, activity} of activities(unit)) {
    const seen = activity.invocations.flatMap((one) => one.seen?.shown?.signs ?? [])
    const low = seen.find(({needs}) => needs.includes(bind))
    if (low)
      yield* needsFor(
        ['privileges-by-exec', bind],
        `${low.because}, which takes \`${bind}\`: what runs it may have that of its file`,
        false,
        assignment,
      )
    if (activity.invocations.some(listensLow))
      yield* needsFor(
        ['privileges-by-exec', bind],
        `\`${assignment.key}=\` names a port that takes \`${bind}\`, which it may have of its file`,
        false,
        assignment,
      )
  }
  for (const {name, value, assignment} of environment(unit).values()) {
    if (/(?:^|_)PORT$/.test(name) && /^[0-9]{2,3}$/.test(value))
      yield* needsFor(
        ['privileges-by-exec', bind],
        `\`${name}\` names a port that takes \`${bind}\`, which it may have of its file`,
        false,
        assignment,
      )
  }
}

const bind = 'CAP_NET_BIND_SERVICE' satisfies AccessId

/**
 * What a comment tells of, as `setcap` is run once: by hand, or by a line that is commented out since
 * then.
 */
function* ofComments(unit: LoadedUnit): Generator<Need> {
  for (const {tree} of unit.files) {
    for (const text of commentsIn(tree)) {
      if (!/\bsetcap\b.*\bcap_[a-z]/i.test(text)) continue
      const because = `a comment of the unit gives a program capabilities of its file: \`${short(text.trim())}\``
      for (const access of rightsIn(text)) yield {access, because, certain: false, inComment: true}
    }
  }
}

/** What capabilities that a text names, as arguments of setcap(8), show. */
function rightsIn(text: string): readonly AccessId[] {
  const names = text.slice(0, 4096).match(/cap_[a-z_]+/gi) ?? []
  const given = new Set(names.map((name) => name.toUpperCase()))
  return ['privileges-by-exec', ...capabilities.filter((id: CapabilityId) => given.has(id))]
}

function listensLow({args}: Invocation): boolean {
  return args.some((arg, index) => {
    const equals = arg.startsWith('-') ? arg.indexOf('=') : -1
    const option = equals === -1 ? (args[index - 1] ?? '') : arg.slice(0, equals)
    return (
      addressNeeds(arg).includes(bind) || portNeeds(option, arg.slice(equals + 1)).includes(bind)
    )
  })
}
