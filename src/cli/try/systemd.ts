import {ran} from './command.ts'
import type {Ran} from './command.ts'

/**
 * The service manager of the machine, by its command. What it is asked to start or stop is not
 * waited for.
 */
export class Systemd {
  readonly #env: Readonly<Record<string, string | undefined>>

  constructor(env: Readonly<Record<string, string | undefined>>) {
    this.#env = {
      ...env,
      LC_ALL: 'C.UTF-8',
      SYSTEMD_PAGER: '',
      SYSTEMD_COLORS: '0',
      SYSTEMD_IGNORE_CHROOT: undefined,
    }
  }

  /** Its version as it says it: `257`; undefined where there is none. */
  async version(): Promise<number | undefined> {
    const found = /^systemd (\d+)/.exec((await this.#ask(['--version'])).stdout)?.[1]
    return found === undefined ? undefined : Number(found)
  }

  /** Properties of a unit; those that it does not have are empty. */
  async show(unit: string, names: readonly string[]): Promise<(name: string) => string> {
    const {stdout} = await this.#ask([
      'show',
      ...names.map((name) => `--property=${name}`),
      '--',
      unit,
    ])
    const values = new Map(
      stdout
        .split('\n')
        .map(
          (line) =>
            [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1).trim()] as const,
        ),
    )
    return (name) => values.get(name) ?? ''
  }

  /** Read all units anew; the reason where it cannot. */
  async reload(): Promise<string | undefined> {
    return faultOf(await this.#ask(['daemon-reload'], 90_000))
  }

  /** Ask for a job; the reason where it is refused. */
  async begin(verb: 'start' | 'stop' | 'restart', unit: string): Promise<string | undefined> {
    return faultOf(await this.#ask([verb, '--no-block', '--', unit]))
  }

  /** Have it read its settings anew, and wait for that; the reason where it does not. */
  async reloadUnit(unit: string, limit: number): Promise<string | undefined> {
    return faultOf(await this.#ask(['reload', '--', unit], limit))
  }

  async kill(unit: string): Promise<void> {
    await this.#ask(['kill', '--signal=SIGKILL', '--', unit])
  }

  /** Forget that it failed, and how often it was started. */
  async resetFailed(unit: string): Promise<void> {
    await this.#ask(['reset-failed', '--', unit])
  }

  /** What the log says of a unit since a time, in seconds since 1970, as JSON. */
  async log(unit: string, since: number): Promise<string> {
    const about = [`_SYSTEMD_UNIT=${unit}`, '+', `UNIT=${unit}`]
    const {stdout} = await ran(
      [
        'journalctl',
        '--quiet',
        '--output=json',
        `--since=@${since.toFixed(3)}`,
        '--lines=500',
        ...about,
      ],
      {
        limit: 10_000,
        env: this.#env,
      },
    )
    return stdout
  }

  #ask(words: readonly string[], limit = 30_000): Promise<Ran> {
    return ran(['systemctl', '--no-pager', '--no-ask-password', ...words], {limit, env: this.#env})
  }
}

function faultOf({status, stderr, isLate}: Ran): string | undefined {
  if (status === 0) return undefined
  const [line = ''] = stderr.trim().split('\n')
  return isLate ? 'systemd does not answer' : line === '' ? 'systemctl failed' : line
}
