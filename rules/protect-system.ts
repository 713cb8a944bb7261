import {add, fixBy, requireAtLeast, sandboxing, set} from 'unitlint/rule'
import type {Fix, Unit} from 'unitlint/rule'

export default requireAtLeast({
  id: 'protect-system',
  directive: 'ProtectSystem',
  value: 'strict',
  why: 'A service that can write to `/usr`, `/boot`, and `/etc` can make itself permanent.',
  unless: 'The service installs software or edits the configuration of the system.',
  besides: {
    fix: withPlaces,
    hangsOn: [
      'ReadWritePaths',
      'BindPaths',
      'StateDirectory',
      'CacheDirectory',
      'LogsDirectory',
      'RuntimeDirectory',
      'PrivateTmp',
    ],
  },
})

/**
 * A value with the places to write to that evidence names; undefined where it needs what has no
 * place.
 */
function withPlaces(unit: Unit, value: string): Fix | undefined {
  if (value !== 'strict' || unit.isPartial) return undefined
  const isInSight = sandboxing.writesAreInSight(unit.evidence)
  // What was traced at its work has shown where it writes.
  const isTold = isInSight || unit.needs.traced?.tellsWrites === true
  const places = new Set<string>()
  for (const {path, assignment} of unit.weigh(unit.denies('ProtectSystem', value)).because) {
    // What stands before it may make it another path.
    const isWhole = path !== undefined && !assignment?.value.includes(`}${path}`)
    const place = isWhole ? placeFor(path, isInSight) : undefined
    if (place === undefined) return undefined
    places.add(place)
  }
  const paths = [...places]
    .filter((place) => ![...places].some((other) => place.startsWith(`${other}/`)))
    .toSorted()
    .map((place) => `-${place}`)
    .join(' ')
  return fixBy(
    isTold ? undefined : 'unsafe',
    [set('Service', 'ProtectSystem', value), add('Service', 'ReadWritePaths', paths)],
    `Set \`ProtectSystem=strict\` and \`ReadWritePaths=${paths}\``,
  )
}

/**
 * What has to be writable for a path to be: itself, or the folder in which a tool makes, replaces
 * and removes it.
 *
 * Undefined for what would leave next to nothing protected, and for what nobody can write down.
 */
function placeFor(path: string, isOfTool: boolean): string | undefined {
  const plain = path.replace(/\/+$/, '').replace(/\/?\*+$/, '')
  const place = isOfTool ? plain.slice(0, plain.lastIndexOf('/')) : plain
  return /^\/[\w./@+:-]+$/.test(place) && !place.includes('/..') && !wide.test(place)
    ? place
    : undefined
}

const wide =
  /^\/(?:|bin|boot|data|dev|etc|home|lib\w*|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr(?:\/.*)?|var|var\/(?:cache|lib|log|spool|tmp|run))$/
