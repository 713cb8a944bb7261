import {readyUnit} from '../../engine/ready-unit.ts'
import {providedNames} from '../../machine/provided-units.ts'
import type {Sight} from '../../machine/sight.ts'
import type {LocatedUnit} from '../../machine/unit-folder.ts'
import type {ListedUnit} from '../../reporters/security-table.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import {query} from '../../unit/query.ts'
import {isTemplate, templateOf} from '../../unit/references.ts'
import {settings} from '../../unit/settings.ts'
import {parseUnitName} from '../../values/unit-names.ts'
import type {UnitSources} from '../units.ts'

/**
 * What a list says of a unit beside its exposure; whether it is enabled shows below a root alone.
 */
export function listed(
  loaded: LoadedUnit,
  sources: UnitSources,
  root: string | undefined,
): Omit<ListedUnit, 'path' | 'total'> {
  const {User: user, DynamicUser: dynamic} = settings(loaded)
  const own = user.value === undefined || user.value === '' ? 'root' : user.value
  return {
    enabled: root === undefined ? undefined : enabled(loaded, sources),
    user: dynamic.value === 'yes' ? 'dynamic' : loaded.manager === 'user' ? 'its own' : own,
    listens: listens(loaded, sources),
  }
}

/** In the words of systemctl(1): what links below the root make of what `[Install]` says. */
function enabled(loaded: LoadedUnit, {sight}: UnitSources): string {
  const {name, names, assignments, files} = loaded
  const made = /(?:^|[/\\])run[/\\]systemd[/\\](generator|transient)/.exec(files[0]?.path ?? '')
  if (made) return made[1] === 'transient' ? 'transient' : 'generated'
  const its = (key: string): string[] =>
    assignments('Install', key).flatMap(({value}) =>
      value.split(/\s+/).filter((word) => word !== ''),
    )
  const by = ['WantedBy', 'RequiredBy', 'UpheldBy'].flatMap(its)
  const pulls = [
    ...pullsIn(sight, providedNames(loaded)),
    ...by.flatMap((puller) => sight.find(puller).pulls),
  ]
  const links = pulls.filter((pull) => names.includes(pull.name)).map(({folder}) => topOf(folder))
  const aliases = its('Alias')
  if (links.includes('etc') || aliases.some((alias) => alias !== name && names.includes(alias)))
    return 'enabled'
  if (links.includes('run')) return 'enabled-runtime'
  if (isTemplate(name) && pulls.some((pull) => templateOf(pull.name) === name)) return 'indirect'
  if (by.length > 0 || aliases.length > 0) return 'disabled'
  return its('Also').length > 0 ? 'indirect' : 'static'
}

/** `etc` or `run` of the folders where administrators, or programs, put links of the moment. */
function topOf(folder: string): string | undefined {
  return /(?:^|[/\\])(etc|run)[/\\]systemd[/\\][^/\\]+$/.exec(folder)?.[1]
}

/** The links by which units that are there, or that systemd brings, pull in others. */
const pullsIn = query((sight: Sight, provided: ReadonlySet<string>): LocatedUnit['pulls'] =>
  [...new Set([...sight.names, ...provided])].flatMap((name) => sight.find(name).pulls),
)

/** By a socket of its name (systemd.socket(5)), or by what is known of its program. */
function listens(loaded: LoadedUnit, {sight, options}: UnitSources): string {
  const {prefix} = parseUnitName(loaded.name)
  if (
    loaded.assignments('Service', 'Sockets').length > 0 ||
    sight.find(`${prefix}.socket`).state === 'found'
  )
    return 'socket'
  return readyUnit(loaded, options).needs.some(({access}) => access === 'bind-ports')
    ? 'network'
    : '-'
}
