/** Names of units: what they say, and which systemd itself brings or makes. */
export {
  isMadeByItself,
  isProvided,
  isReserved,
  providedNames,
  targetOfStage,
} from '../../machine/provided-units.ts'
export {isTemplate, oneName, readsNames, templateOf} from '../../unit/references.ts'
export {parseUnitName, stemOf} from '../../values/unit-names.ts'
export {isUnitName, withNearestType} from '../../values/units.ts'
export {installName, mayBeInstalledAs, standsForTemplate} from '../installed.ts'
export type {InstallName} from '../installed.ts'
export {isOfSystemAlone, isOfUsersAlone, placeOfName} from '../references.ts'
