import {readdirSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'

/**
 * The systemd-analyze to compare with: the newest of the folder `UNITLINT_ORACLE`, as
 * test/oracle/get-systemd.sh fills it, or the installed one.
 */
export function systemdAnalyze(): string {
  const folder = process.env['UNITLINT_ORACLE']
  if (folder === undefined) return 'systemd-analyze'
  const newest = readdirSync(folder)
    .filter((name) => /^\d{3}$/.test(name))
    .toSorted()
    .at(-1)
  return newest === undefined ? 'systemd-analyze' : path.resolve(folder, newest, 'systemd-analyze')
}

/** Arguments that judge units as unitlint does. */
export const judgements = {
  verify: ['verify', '--man=no', '--recursive-errors=no'],
  security: ['security', '--offline=true', '--no-pager'],
} as const
