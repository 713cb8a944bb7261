import type {SandboxingRow} from './row.ts'
import {ofControlGroups} from './control-groups.ts'
import {ofOwnViews} from './private.ts'
import {ofPaths} from './paths.ts'
import {ofPrivileges} from './privileges.ts'
import {ofProcesses} from './processes.ts'
import {ofFiles} from './protect-files.ts'
import {ofSystem} from './protect-system.ts'
import {ofRoots} from './roots.ts'
import {ofUsers} from './users.ts'

/** All directives that say what processes may do and see, one row each. */
export const rows = {
  ...ofUsers,
  ...ofOwnViews,
  ...ofSystem,
  ...ofFiles,
  ...ofRoots,
  ...ofPaths,
  ...ofProcesses,
  ...ofPrivileges,
  ...ofControlGroups,
} as const

type Rows = typeof rows

/** The name of a directive that has a row. */
export type SandboxingKey = keyof Rows

/** The name of a directive whose value is one word. */
export type WordDirective = KeyThatHolds<'word'>

/** The name of a directive that is a setting, and holds something else than a word. */
export type UnorderedSettingKey = Exclude<SandboxingKey, WordDirective | KeyThatHolds<'nothing'>>

/** The words that a directive takes. */
export type WordOf<Key extends WordDirective> = WordsOf<Rows[Key]['levels'][number]['words']>

/** The name of a directive whose word has a row of its own in `systemd-analyze security`. */
export type ExposedDirective = {
  [Key in WordDirective]: Rows[Key]['exposure'] extends 'none' ? never : Key
}[WordDirective]

/** What a setting of a directive holds. */
export type HeldBy<Key extends UnorderedSettingKey> = Rows[Key]['holds']

type KeyThatHolds<Held extends string> = {
  [Key in SandboxingKey]: Rows[Key]['holds'] extends Held ? Key : never
}[SandboxingKey]

// Distributes over the levels, so that each gives its own words.
type WordsOf<Words> = Words extends unknown ? keyof Words & string : never

/** The row of a directive; undefined where there is none, and nothing may be taken for granted. */
export function rowOf(directive: string): SandboxingRow | undefined {
  return byName.get(directive)
}

/** Whether the value of a directive is one word, of which some protect more than others. */
export function isWordDirective(directive: string): directive is WordDirective {
  return rowOf(directive)?.holds === 'word'
}

const byName: ReadonlyMap<string, SandboxingRow> = new Map(Object.entries<SandboxingRow>(rows))
