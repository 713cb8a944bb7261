import {usageError} from '../config/usage-error.ts'
import type {FileSearch} from '../files/find.ts'
import {isUnitName} from '../values/units.ts'
import type {Arguments, Option} from './grammar.ts'

/** The option that decides where units are looked for. */
export const rootOption = {
  root: {
    type: 'string',
    describe:
      'Take the units of the machine whose files are below this folder: all of them, or those named',
  },
} as const satisfies Readonly<Record<string, Option>>

/** The options that decide how units are searched. */
export const searchOptions = {
  gitignore: {
    type: 'boolean',
    describe:
      'Pass over what a .gitignore names in folders and globs; --no-gitignore: lint it, too',
  },
  'error-on-unmatched-pattern': {
    type: 'boolean',
    describe: 'With --no-error-on-unmatched-pattern, a glob or path without units is no fault',
  },
} as const satisfies Readonly<Record<string, Option>>

/** How units are searched. */
export function searchOf(given: Arguments): FileSearch {
  return {
    isUnmatchedFine: given.on('error-on-unmatched-pattern') === false,
    takesIgnored: given.on('gitignore') === false,
  }
}

/** The option that decides what templates stand for. */
export const instanceOption = {
  instance: {type: 'string', describe: 'Take templates for their instance of this name'},
} as const satisfies Readonly<Record<string, Option>>

/**
 * The instance that templates are taken for, if one is named. Throws a usage error for what no
 * instance can be called.
 */
export function instanceNamed(given: Arguments): string | undefined {
  const name = given.value('instance')
  if (name === undefined || name === false) return undefined
  if (!isUnitName(`a@${name}.service`) || name === '')
    throw usageError(
      '--instance',
      `Unexpected \`${name}\`, expected the name of an instance, escaped as systemd does`,
    )
  return name
}

/**
 * The root of a machine's files that is named, if one is. Throws a usage error for an empty name,
 * as of a variable that is not set.
 */
export function rootOf(given: Arguments): string | undefined {
  const root = given.value('root')
  if (root === '') throw usageError('--root', 'Expected the name of a folder')
  return root === false ? undefined : root
}

/**
 * The files that a command is about: those named, else all there are below the root or in the
 * current folder.
 */
export function filesOf(given: Arguments): readonly string[] {
  return given.positionals.length > 0 || rootOf(given) !== undefined ? given.positionals : ['.']
}
