import {parseAbsolutePath} from './paths.ts'
import {expandSpecifiers, type Named} from './specifiers.ts'
import {splitWords} from './words.ts'

/** How many images a `MountImages=` line adds; words without a source and a destination are skipped (systemd.exec(5), "MountImages="). */
export function countImages(value: string, unit: Named): number {
  return splitWords(value, 'quotes').words.filter(({text}) => {
    const [source, destination] = text.replace(/^-/, '').split(':')
    return isPath(source, unit) && isPath(destination, unit)
  }).length
}

function isPath(text: string | undefined, unit: Named): boolean {
  const path = expandSpecifiers(text ?? '', unit)
  return path !== undefined && parseAbsolutePath(path, unit.target.version) !== undefined
}
