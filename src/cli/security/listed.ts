import {readyUnit} from '../../engine/ready-unit.ts'
import type {ListedUnit} from '../../reporters/security-table.ts'
import type {LoadedUnit} from '../../unit/load.ts'
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

/**
 * In the words of systemctl(1): a link of one of the units that `[Install]` names pulls it in, or
 * could.
 */
function enabled({names, assignments}: LoadedUnit, {sight}: UnitSources): string {
  const installs = ['WantedBy', 'RequiredBy', 'UpheldBy', 'Alias', 'Also'].flatMap((key) =>
    assignments('Install', key),
  )
  const by = installs.flatMap(({key, value}) =>
    key.endsWith('By') ? value.split(/\s+/).filter((name) => name !== '') : [],
  )
  if (by.some((name) => sight.find(name).pulls.some((pull) => names.includes(pull.name))))
    return 'enabled'
  return installs.length > 0 ? 'disabled' : 'static'
}

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
