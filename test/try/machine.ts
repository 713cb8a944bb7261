import {chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import process from 'node:process'
import {Systemd} from '../../src/cli/try/systemd.ts'
import type {Means} from '../../src/cli/try/run-try.ts'
import {Undos} from '../../src/cli/try/undo.ts'
import type {MachineFolders} from '../../src/cli/try/undo.ts'

/**
 * A machine that is not there: a `systemctl` whose one service is broken by lines, with all that it
 * is told.
 */
export interface FakeMachine {
  readonly folder: string
  readonly places: MachineFolders
  readonly env: Readonly<Record<string, string | undefined>>
  readonly means: (signal?: AbortSignal) => Means
  /** What systemctl was told, less what it was asked. */
  readonly told: () => readonly string[]
  readonly active: () => string
}

const systemctl = `#!/bin/sh
# What a service is, in files: active, starts; what breaks it: breaking (lines), hanging (lines).
shift 2
cd "$FAKE" || exit 1
in_force() { cat run/*.d/*.conf etc/*.d/*.conf 2>/dev/null; }
hits() { [ -s "$1" ] && in_force | grep -qxF -f "$1"; }
case $1 in
  show) ;;
  *) echo "$*" >>told ;;
esac
case $1 in
  --version) echo 'systemd 257 (257.9)' ;;
  show)
    echo LoadState=loaded
    echo "ActiveState=$(cat active)"
    echo Result=success
    echo NRestarts=0
    echo "InvocationID=$(cat starts)"
    echo CanReload=no
    ;;
  restart | start)
    echo $(($(cat starts) + 1)) >starts
    if hits breaking; then echo failed >active; else echo active >active; fi
    ;;
  stop) if hits hanging; then echo deactivating >active; else echo inactive >active; fi ;;
  kill) echo failed >active ;;
  reset-failed) [ "$(cat active)" != failed ] || echo inactive >active ;;
esac
exit 0
`

/** Make one whose service is active, or not. */
export function fakeMachine({
  breaking = [],
  hanging = [],
  active = true,
}: {breaking?: string[]; hanging?: string[]; active?: boolean} = {}): FakeMachine {
  const folder = mkdtempSync(path.join(tmpdir(), 'unitlint-try-'))
  const at = (name: string): string => path.join(folder, name)
  const put = (name: string, text: string): void => writeFileSync(at(name), text)
  for (const name of ['bin', 'run', 'etc']) mkdirSync(at(name))
  put('bin/systemctl', systemctl)
  put('bin/journalctl', '#!/bin/sh\nexit 0\n')
  for (const name of ['systemctl', 'journalctl']) chmodSync(at(`bin/${name}`), 0o755)
  put('active', active ? 'active\n' : 'inactive\n')
  put('starts', '0\n')
  put('breaking', breaking.map((line) => `${line}\n`).join(''))
  put('hanging', hanging.map((line) => `${line}\n`).join(''))
  const env = {PATH: `${at('bin')}:${process.env['PATH'] ?? ''}`, FAKE: folder}
  const places: MachineFolders = {transient: at('run'), lasting: at('etc'), own: at('own')}
  return {
    folder,
    places,
    env,
    means: (signal = new AbortController().signal) => ({
      systemd: new Systemd(env),
      undos: new Undos(places),
      places,
      env,
      signal,
      watch: () => () => undefined,
    }),
    told: () => (existsSync(at('told')) ? readFileSync(at('told'), 'utf8').trim().split('\n') : []),
    active: () => readFileSync(at('active'), 'utf8').trim(),
  }
}
