import {capabilities} from '../../facts/accesses.ts'
import type {AccessId, CapabilityId} from '../../facts/accesses.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import type {Assignment} from '../../unit/unit.ts'
import {denialContext} from '../denial-context.ts'
import {baseName} from '../../values/paths.ts'
import {activities} from './activities.ts'
import {addressNeeds, portNeeds} from './addresses.ts'
import {commands} from './commands.ts'
import {environment} from './environment.ts'
import type {Invocation} from './invocations.ts'
import {needsFor} from './need.ts'
import type {Need} from './need.ts'

/**
 * What shows that a program of a user has capabilities of its file, by setcap(8): the unit gives
 * them to it, or has it listen on a port that takes them.
 *
 * A program that has them does not start at all where they are not in the bounding set
 * (capabilities(7)).
 */
export function* ofFileRights(unit: LoadedUnit): Generator<Need> {
  const {capabilities: held} = denialContext(unit)
  for (const {assignment, words} of commands(unit)) {
    const [path = '', ...args] = words
    if (baseName(path) === 'setcap') yield* ofSetcap(args, assignment)
  }
  if (held === 'all' || held.has(bind)) return
  for (const {assignment, activity} of activities(unit)) {
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

function* ofSetcap(args: readonly string[], assignment: Assignment): Generator<Need> {
  const given = new Set(
    (
      args
        .join(' ')
        .slice(0, 4096)
        .match(/cap_[a-z_]+/gi) ?? []
    ).map((name) => name.toUpperCase()),
  )
  const known = capabilities.filter((id: CapabilityId) => given.has(id))
  yield* needsFor(
    ['privileges-by-exec', ...known],
    `\`${assignment.key}=\` gives a program capabilities of its file`,
    false,
    assignment,
  )
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
