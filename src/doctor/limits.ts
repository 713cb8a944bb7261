import {parseSize} from '../values/sizes.ts'

/** Less of it hardly any program bears, whatever it does. */
const least: Readonly<Record<string, bigint>> = {
  LimitAS: 64n << 20n,
  LimitDATA: 8n << 20n,
  LimitSTACK: 128n << 10n,
  LimitFSIZE: 4096n,
  LimitNOFILE: 16n,
  LimitNPROC: 2n,
}

/**
 * Whether a limit is so small that hardly any program bears it: what fails by it may say anything.
 */
export function isTooSmall(key: string, value: string, version: number): boolean {
  const bound = least[key]
  const [soft = ''] = value.split(':')
  const limit = bound === undefined ? undefined : parseSize(soft, 1024, version)
  return bound !== undefined && limit !== undefined && limit <= bound
}
