import {timeZones} from '../facts/data/time-zones.ts'

/** Whether the time zone database installs a zone of this name (systemd.time(7)). */
export function isInstalledZone(name: string): boolean {
  return ` ${timeZones} `.includes(` ${name} `)
}
