import {expandSpecifiers, unknownSpecifier} from '../values/specifiers.ts'
import {parseUnitName} from '../values/unit-names.ts'
import {remarks} from './remarks.ts'
import type {Unit} from './unit.ts'

/**
 * Whether a unit may get another name where it is installed: what installs it says so, or it lies
 * among the sources of packages, where files have names that are easier to write than those with
 * `\x2d`.
 */
export function mayBeInstalledAs(name: string, unit: Unit): boolean {
  return (
    unit.files.some(({path, role}) => role === 'fragment' && sources.test(path)) ||
    unit.machine.isNamedByRecipe(name)
  )
}

/** Where RPM and BitBake have the files of packages. */
const sources = /(?:^|[/\\])(?:SPECS[\w-]*|SOURCES|recipes-[\w-]+)[/\\]/

/**
 * Whether a unit that is no template is the text of one, and gets its `@` where it is installed or
 * copied: what installs it or a comment in it says so, or its own name, or it uses the instance to
 * which `DefaultInstance=` gives a value.
 */
export function standsForTemplate(unit: Unit): boolean {
  if (unit.names.some((name) => name.includes('@'))) return false
  if (/(?:_at|-at|template)\.[a-z]+$/.test(unit.name)) return true
  const {prefix, suffix} = parseUnitName(unit.name)
  if (
    unit.value('DefaultInstance') &&
    unit.lines.some(({section, value}) => section !== 'Install' && instance.test(value))
  )
    return true
  return (
    remarks(unit).some((remark) => remark.includes(`${prefix}@`)) ||
    unit.machine.isNamedByRecipe(`${prefix}@.${suffix}`)
  )
}

const instance = /(?:^|[^%])(?:%%)*%[iI]/

/** A name in `[Install]` as `systemctl enable` takes it. */
export interface InstallName {
  /** Undefined where it is not known. */
  readonly name?: string | undefined
  /** The first specifier that there is none of in `[Install]`. */
  readonly unknown?: string
}

/** What `systemctl enable` makes of a name in `[Install]`, which knows few specifiers. */
export function installName(word: string, unit: Unit): InstallName {
  if (!word.includes('%')) return {name: word}
  const unknown = unknownSpecifier(word, 'name', unit.target.version)
  if (unknown) return {unknown: unknown.text}
  if (instance.test(word) && standsForTemplate(unit)) return {}
  return {name: expandSpecifiers(word, unit, 'name')}
}
