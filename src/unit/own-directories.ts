import type {LoadedUnit} from './load.ts'
import {directories, directoryName} from './mount-needs.ts'
import {isTemplate} from './references.ts'
import {valuesOf, type PlacedText, type Value} from './value.ts'

/** The directives that have systemd make directories for a unit. */
export type OwnDirectoryKey = (typeof directories)[number][0]

/** A directory that systemd makes for a unit. */
export interface OwnDirectory extends Pick<PlacedText, 'written' | 'at'> {
  readonly key: OwnDirectoryKey
  readonly line: Value
  /** Undefined where it hangs on an instance. */
  readonly path: string | undefined
}

/**
 * The directories that systemd makes for a unit of the system (systemd.exec(5),
 * "RuntimeDirectory="); of one directive alone where it is named.
 */
export function ownDirectories(unit: LoadedUnit, only?: OwnDirectoryKey): readonly OwnDirectory[] {
  if (unit.manager !== 'system') return []
  return directories.flatMap(([key]) =>
    only !== undefined && only !== key
      ? []
      : valuesOf(unit, key).flatMap((line) =>
          line.words.map(({text, written: word, at}) => {
            const nameIn = (its: string): string =>
              directoryName(its, unit.target.version).replace(/\/+$/, '')
            const written = nameIn(word)
            const isKnown =
              !nameIn(text).includes('%') && !(isTemplate(unit.name) && ofInstance.test(written))
            return {
              key,
              line,
              written,
              at,
              path: isKnown ? `${directoryRoots[key]}/${nameIn(text)}` : undefined,
            }
          }),
        ),
  )
}

/**
 * Specifiers that stand for what instances of a template differ in (systemd.unit(5), "specifiers").
 */
const ofInstance = /%[fiInN]/

/** The folders that systemd makes directories in for units of the system, by directive. */
export const directoryRoots: Readonly<Record<OwnDirectoryKey, string>> = {
  RuntimeDirectory: '/run',
  StateDirectory: '/var/lib',
  CacheDirectory: '/var/cache',
  LogsDirectory: '/var/log',
  ConfigurationDirectory: '/etc',
}
