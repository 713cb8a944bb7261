import {existsSync} from 'node:fs'
import process from 'node:process'
import {usageError} from '../../config/usage-error.ts'
import type {Io} from '../io.ts'
import {Systemd} from './systemd.ts'
import type {MachineFolders} from './undo.ts'

/** Where all is on a machine that systemd runs. */
export const machineFolders: MachineFolders = {
  transient: '/run/systemd/system',
  lasting: '/etc/systemd/system',
  own: '/run/unitlint',
}

/**
 * The manager of this machine, with its version. Rejects with a usage error where there is none
 * that we may tell what to do.
 */
export async function managerHere({
  env,
}: Io): Promise<{readonly systemd: Systemd; readonly version: number}> {
  if (process.getuid?.() !== 0)
    throw usageError(
      'unitlint',
      'Expected to be root, as services are started again: `sudo unitlint try`, or `--canary` to try by hand',
    )
  const systemd = new Systemd(env)
  const version = existsSync(machineFolders.transient) ? await systemd.version() : undefined
  if (version === undefined)
    throw usageError(
      'unitlint',
      'Expected a machine that systemd runs; `--canary` prints what to try on one',
    )
  return {systemd, version}
}

/** The name of a unit that somebody means: of a service unless it says otherwise. */
export function unitNamed(name: string): string {
  return /\.\w+$/.test(name) ? name : `${name}.service`
}
