import {existsSync} from 'node:fs'
import path from 'node:path'
import {shellWord} from '../reporters/shell-word.ts'
import {parseUnitName} from '../values/unit-names.ts'
import type {UnitSources} from './units.ts'

/** A unit that was fixed. */
export type FixedUnit = Pick<UnitSources, 'files' | 'identity' | 'options'>

/** The commands that load, test and undo what was written for units. */
export interface NextCommands {
  readonly load: string
  readonly test: string
  /** Reads what the unit says of itself, and tells the lines that are to blame. */
  readonly doctor: string
  /**
   * Undefined: what was written stands in files that somebody else has written in, who has their
   * own way back.
   */
  readonly undo: string | undefined
  /** Whether systemd reads the files where they are. */
  readonly isInstalled: boolean
}

/** Of more units than these not each is named. */
const most = 5

/** What to do next, on the machine that runs them: all of one manager. */
export function nextCommands(
  units: readonly FixedUnit[],
  {cwd, root}: {readonly cwd: string; readonly root?: string | undefined},
): NextCommands {
  const [first] = units
  const systemctl = first?.options.manager === 'user' ? 'systemctl --user' : 'systemctl'
  const journalctl = first?.options.manager === 'user' ? 'journalctl --user' : 'journalctl'
  const names = [...new Set(units.map(({identity}) => running(identity.name)))]
  const shown = names.length > most ? 'UNIT...' : names.map(shellWord).join(' ')
  const one = names.length === 1 ? shown : 'UNIT'
  const dropIns = units.filter(
    ({options}) => options.into !== undefined && options.notes?.opening !== undefined,
  )
  const asked = dropIns.length > most ? ['.'] : dropIns.map(({files}) => files[0].path)
  const undone =
    root === undefined
      ? asked
      : dropIns.length > most
        ? []
        : dropIns.map(({identity}) => identity.name)
  const where = root === undefined ? '' : ` --root ${shellWord(root)}`
  return {
    load: `${systemctl} daemon-reload && ${systemctl} restart ${shown}`,
    test: `${systemctl} status ${shown}`,
    doctor: `${journalctl} -u ${one} | unitlint doctor ${first && names.length === 1 ? shellWord(root === undefined ? first.files[0].path : first.identity.name) : one}`,
    undo:
      dropIns.length === 0
        ? inGit(units, cwd)
        : [`unitlint --undo${where}`, ...undone.map(shellWord)].join(' '),
    isInstalled: units.every(({files}) =>
      root === undefined
        ? isRead(path.resolve(cwd, files[0].path))
        : path.resolve(cwd, root) === '/',
    ),
  }
}

/** The same in lines for people. */
export function nextLines(commands: NextCommands): string[] {
  const {load, test, doctor, undo, isInstalled} = commands
  return [
    isInstalled ? 'Next:' : 'Next, where it is installed:',
    `  load  ${load}`,
    `  test  ${test}`,
    `        ${doctor}`,
    `  undo  ${undo ?? 'by hand; what `--fix-to dropin` writes, and nobody changes, is undone by one command'}`,
  ]
}

/** The command that has git restore files, where it may have them. */
function inGit(units: readonly FixedUnit[], cwd: string): string | undefined {
  const files = units.map(({files: [main], options}) => options.into ?? main.path)
  const isKept =
    files.length > 0 &&
    files.every((file) =>
      foldersUpFrom(path.resolve(cwd, file)).some((folder) =>
        existsSync(path.join(folder, '.git')),
      ),
    )
  return isKept
    ? `git restore ${files.length > most ? 'FILE...' : files.map(shellWord).join(' ')}`
    : undefined
}

function foldersUpFrom(file: string): readonly string[] {
  const folder = path.dirname(file)
  return folder === file ? [] : [folder, ...foldersUpFrom(folder)]
}

/** What runs of a unit: of a template all instances. */
function running(name: string): string {
  const {prefix, instance, suffix} = parseUnitName(name)
  return instance === '' ? `${prefix}@*.${suffix}` : name
}

/** Whether a file is where systemd looks for units (systemd.unit(5), "unit file load path"). */
function isRead(file: string): boolean {
  return (
    /^\/(?:etc|run|usr\/lib|usr\/local\/lib|lib)\/systemd\/(?:system|user)\/[^/]+$/.test(file) ||
    /\/\.config\/systemd\/user\/[^/]+$/.test(file)
  )
}
