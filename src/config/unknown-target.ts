import {environmentAliases, environments} from '../facts/environments.ts'
import {codenames, newestVersion, oldestVersion, olderReleases, releases} from '../facts/targets.ts'
import {unexpected} from './suggest.ts'

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
  const newest = Object.keys(releases).findLast((release) => release.startsWith(`${name}-`))
  if (name !== '' && newest !== undefined)
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
