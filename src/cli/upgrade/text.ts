import type {Target} from '../../facts/targets.ts'
import {short} from '../../needs/evidence/need.ts'
import {pastable, printable} from '../../reporters/printable.ts'
import {relativePath} from '../../reporters/relative-path.ts'
import {formatExposure} from '../../security/index.ts'
import type {Difference, Upgrade} from '../../upgrade/differences.ts'

/** A unit for which something changes. */
export interface UpgradedUnit extends Upgrade {
  /** Of its main file. */
  readonly path: string
}

/** Whether something else changes than the exposure, and words for the same. */
export function isOfNote({differences}: Upgrade): boolean {
  return differences.some(({kind}) => kind !== 'exposure' && kind !== 'name')
}

/** What changes for a unit, in lines: line by line, then the exposure with its rows. */
export function shownUnit(
  {path, differences, exposure: {from, to}}: UpgradedUnit,
  cwd: string,
): readonly string[] {
  const rows = differences.filter(({kind}) => kind === 'exposure')
  const lines = differences.filter(({kind}) => kind !== 'exposure')
  const exposure =
    from === to
      ? `exposure ${tenths(from)}, as before`
      : `exposure ${tenths(from)} becomes ${tenths(to)}`
  return [
    pastable(relativePath(path, cwd).path),
    ...lines.map((one) => `  ${lineOf(one, path, cwd)}`),
    ...(from !== to || rows.length > 0 ? [`  ${exposure}`] : []),
    ...rows.map(({message}) => `    ${printable(message)}`),
  ]
}

function lineOf(
  {at, directive, value, message, isLoss}: Difference,
  path: string,
  cwd: string,
): string {
  const file = at && at.path !== path ? `${pastable(relativePath(at.path, cwd).path)}:` : ''
  const what =
    directive === undefined
      ? ''
      : value === undefined
        ? `${directive}, which is implied: `
        : `${directive}=${short(value)}: `
  return `${at ? `${file}${at.line}: ` : ''}${printable(what + message)}${isLoss ? ' (lost)' : ''}`
}

function tenths(exposure: number | undefined): string {
  return exposure === undefined ? 'none' : formatExposure(exposure)
}

/** How many of all units change, what of it was not shown, and which could not change. */
export function closing(
  all: readonly UpgradedUnit[],
  {count, refused}: {readonly count: number; readonly refused: number},
  {from, to, isWhole}: {readonly from: Target; readonly to: Target; readonly isWhole: boolean},
): readonly string[] {
  const units = `${count} ${count === 1 ? 'unit' : 'units'}, systemd ${nameOf(from)} to ${nameOf(to)}`
  const noted = all.filter(isOfNote)
  const lost = noted.filter(({differences}) => differences.some(({isLoss}) => isLoss)).length
  const others = all.length - noted.length
  const hidden =
    others > 0 && !isWhole
      ? [
          `${others} more ${others === 1 ? 'changes' : 'change'} in exposure, or in words for the same, alone; --all lists them`,
        ]
      : []
  const left =
    refused > 0
      ? [`${refused} ${refused === 1 ? 'is' : 'are'} loaded by neither, \`unitlint\` tells why`]
      : []
  const more = [...hidden, ...left]
  if (noted.length === 0) return [`${units}: nothing of note changes`, ...more]
  return [
    `${units}: something changes for ${noted.length}${lost === 0 ? ', nothing is lost' : `, ${lost} of them ${lost === 1 ? 'loses' : 'lose'} something`}`,
    ...more,
  ]
}

function nameOf({name, version}: Target): string {
  return name === String(version) ? name : `${version} (${printable(name)})`
}
