import type {UnitTree} from '../syntax/tree.ts'
import {partsIn} from '../unit/excess.ts'
import type {LoadedUnit} from '../unit/load.ts'

/**
 * How much work it is to hold one more fix against a unit, in lines that are looked at once more.
 * Lines that assign nothing are copied, words of lists are read and told of, those of commands only
 * read.
 */
export function workOf({lines, files}: LoadedUnit): number {
  let work = files.reduce((sum, {tree}) => sum + linesIn(tree), 0) / 4
  for (const {directive} of lines)
    work += 3 / 4 + partsIn(directive.value) / (directive.key.startsWith('Exec') ? 24 : 3)
  return Math.ceil(work)
}

function linesIn({children}: UnitTree): number {
  return children.reduce(
    (sum, child) => sum + (child.type === 'section' ? child.children.length + 1 : 1),
    0,
  )
}
