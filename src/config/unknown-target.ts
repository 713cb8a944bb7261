import {environmentAliases, environments} from '../facts/environments.ts'
import {codenames, newestVersion, oldestVersion, olderReleases, releases} from '../facts/targets.ts'
import {unexpected} from '../rule/suggest.ts'

/**
 * What to say of a name that is no target: of a release that is too old, of a distribution, or of a
 * slip.
 */
export function unknownTarget(name: string): string {
  const older = Object.hasOwn(olderReleases, name) ? olderReleases[name] : undefined
  if (older !== undefined)
    return `Unexpected target \`${name}\`, its systemd ${older} is older than ${oldestVersion}`
  if (/^\d/.test(name))
    return `Unexpected target \`${name}\`, expected a version from ${oldestVersion} to ${newestVersion}`
  const distribution = name.replace(/-[\d.]*$/, '')
  const its = Object.keys(releases).filter((release) => release.startsWith(`${distribution}-`))
  const newest = its.at(-1)
  // Another number is no slip, unless its digits are the same: `ubuntu-2404`, `ubuntu-24.4`.
  const isSlip = its.some((release) => digitsOf(release) === digitsOf(name))
  if (distribution !== '' && newest !== undefined && !isSlip)
    return `Unexpected target \`${name}\`, expected a release such as \`${newest}\``
  // Numbers of other releases are near to everything.
  const old = Object.keys(olderReleases).filter((release) => !/\d/.test(release))
  const said = unexpected('target', name, [
    ...Object.keys(releases),
    ...Object.keys(codenames),
    ...Object.keys(environments),
    ...Object.keys(environmentAliases),
    ...old,
  ])
  return said.endsWith('?') ? said : `${said}, see \`unitlint targets\``
}

/** The digits of a name but zeros, which people add and leave out. */
function digitsOf(name: string): string {
  return name.replaceAll(/[\D0]/g, '')
}
