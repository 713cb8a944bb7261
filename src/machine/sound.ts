import {directiveNames, everywhere} from '../facts/directives.ts'
import type {Target} from '../facts/targets.ts'
import {plainLines} from '../syntax/plain-lines.ts'
import {query} from '../unit/query.ts'
import {plainBusName} from './glance.ts'

/**
 * Whether a look at the text of a service of the system shows that systemd does not refuse it for
 * what it lacks, or has that does not go together (see `verdict`); false where that takes more. It
 * runs plain commands, and has no line that something else might not go with.
 */
export function isPlainlySound(text: string, target: Target): boolean {
  // Older ones refuse paths that are too long as well.
  if (target.dialect || target.version < 249) return false
  const lines = plainLines(text, tellingOf(others))
  if (!lines) return false
  let commands = 0
  const once = new Map<string, string>()
  for (const {section, key, value} of lines) {
    if (section !== 'Service' && !key.endsWith('JobMode')) return false
    if (key === 'ExecStart') {
      commands++
      if (!plainCommand.test(value)) return false
    } else if (!plain.get(key)?.test(value) || once.has(key)) return false
    once.set(key, value)
  }
  const type = once.get('Type')
  if (type === 'dbus' && !once.has('BusName')) return false
  return type === 'oneshot'
    ? commands > 0 && !endless.has(once.get('Restart') ?? 'no')
    : commands === 1
}

/** What does not go together with `Type=oneshot`. */
const endless: ReadonlySet<string> = new Set(['always', 'on-success'])

/**
 * A path or name of a program, and words, which may be in quotes, and have specifiers that every
 * systemd knows.
 */
const plainCommand =
  /^-?(?:\+|!!?)?(?:[A-Za-z0-9_][A-Za-z0-9_.+-]*|(?:\/[A-Za-z0-9_][A-Za-z0-9_.+-]*)+)(?:[ \t](?:(?:[^ \t"'\\%;]|%[nNpihHtSCEu%])*|"(?:[^"\\%]|%[nNpihHtSCEu%])*"(?=[ \t]|$)|'(?:[^'\\%]|%[nNpihHtSCEu%])*'(?=[ \t]|$)))*$/

/** All that units may be started with, but for `isolate`, which takes one alone. */
const plainJobMode =
  /^(?:fail|replace|replace-irreversibly|flush|ignore-dependencies|ignore-requirements)$/

/** Lines that a service may have once, and their plain values. */
const plain: ReadonlyMap<string, RegExp> = new Map([
  ['OnFailureJobMode', plainJobMode],
  ['OnSuccessJobMode', plainJobMode],
  ['Type', /^(?:simple|exec|forking|oneshot|notify|idle|dbus)$/],
  ['BusName', plainBusName],
  ['Restart', /^(?:no|always|on-success|on-failure|on-abnormal|on-abort|on-watchdog)$/],
  ['WorkingDirectory', /^-?(?:\/(?!proc|sys|dev)[A-Za-z0-9_][A-Za-z0-9_.-]*)+\/?$/],
])

/** Lines that decide about it with others. */
const others = [
  'ExitType',
  'PAMName',
  'PrivatePIDs',
  'PrivateUsers',
  'RestartForceExitStatus',
  'UserNamespacePath',
]

/** All lines that a look has to see, also under names that they have had. */
const tellingOf = query((these: typeof others): ReadonlyMap<string, ReadonlySet<string>> => {
  const meant = new Set([...plain.keys(), ...these, 'ExecStart'])
  const isOld = (key: string): boolean =>
    everywhere(key).some((facts) => 'aliasOf' in facts && meant.has(String(facts.aliasOf)))
  const keys = new Set([...meant, ...directiveNames().filter(isOld)])
  return new Map(['Unit', 'Service', 'Install'].map((section) => [section, keys]))
})
