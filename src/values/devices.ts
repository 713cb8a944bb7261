import {isBelow, parseAbsolutePath} from './paths.ts'
import {expandSpecifiers, type Named} from './specifiers.ts'
import {skipBlank, wordAt} from './words.ts'

/** A device, or a class of devices such as `char-rtc`, and what may be done to it: letters of `rwm`, in this order. */
export interface DeviceEntry {
  readonly device: string
  readonly access: string
}

/** The entry that a line adds; it goes to the front of the list (systemd.resource-control(5), "DeviceAllow="). Undefined for a bad line. */
export function parseDeviceEntry(value: string, unit: Named): DeviceEntry | undefined {
  const {word, fault} = wordAt(value, skipBlank(value, 0), 'quotes')
  if (fault !== undefined) return undefined
  const device = parseDevice(word.text, unit)
  const letters = value.slice(skipBlank(value, word.end))
  if (device === undefined || !/^[rwm]*$/.test(letters)) return undefined
  return {device, access: letters === '' ? 'rwm' : ['r', 'w', 'm'].filter((letter) => letters.includes(letter)).join('')}
}

function parseDevice(text: string, unit: Named): string | undefined {
  const expanded = expandSpecifiers(text, unit)
  if (expanded === undefined || /^(?:block|char)-/.test(expanded)) return expanded
  const path = parseAbsolutePath(expanded, unit.target.version)
  return path !== undefined && deviceFolders.some((folder) => isBelow(path, folder)) ? path : undefined
}

const deviceFolders = ['/dev', '/run/systemd/inaccessible']
