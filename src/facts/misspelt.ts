import {directiveNames, everywhere} from './directives.ts'
import {nearest} from './nearest.ts'
import {quadletNames} from './quadlet.ts'

/**
 * The directive that a name is one letter away from, where it is none itself: of systemd, or of
 * Quadlet with its section before it or without.
 *
 * Names further away may be of versions that nobody knows yet: of the directives that there are,
 * six in a hundred are two letters from another, and two in a hundred are one.
 */
export function misspelt(name: string): string | undefined {
  const key = name.slice(name.indexOf('.') + 1)
  const ofQuadlet = quadletNames()
  if (everywhere(key).length > 0 || ofQuadlet.has(key)) return undefined
  const meant = nearest(key, directiveNames(), 1) ?? nearest(key, ofQuadlet, 1)
  return meant === undefined ? undefined : name.slice(0, name.indexOf('.') + 1) + meant
}
