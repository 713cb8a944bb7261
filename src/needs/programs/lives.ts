import {rowsByName} from './lists.ts'
import {namesOf} from './programs.ts'
import {lives} from './tables/lives.ts'
import type {Options, ProgramsOfLife} from './tables/lives.ts'

/** How a program lives when it is started so. */
export interface Life {
  readonly life: 'stays' | 'forks'
  /** The option that decides it; undefined where it does so without any. */
  readonly option: string | undefined
  /** What it starts is no process of the service. */
  readonly isElsewhere: boolean
  /** What goes to the background is several processes. */
  readonly isSeveral: boolean
  /** It is a runtime, of which the program that it runs may make another thing. */
  readonly isRuntime: boolean
}

/**
 * Whether a program that is started by that path with these arguments stays in front or goes to the
 * background; undefined where that is not known.
 */
export function lifeOf(path: string, args: readonly string[]): Life | undefined {
  const row = rowOf(path)
  if (!row) return undefined
  const {
    life,
    stays,
    forks,
    config,
    other,
    isElsewhere = false,
    isSeveral = false,
    isRuntime = false,
  } = row
  const found = (options: Options | undefined): string | undefined => optionIn(options, args, row)
  const made = (its: 'stays' | 'forks', option?: string): Life => ({
    life: its,
    option,
    isElsewhere,
    isSeveral,
    isRuntime,
  })
  if (found(other) !== undefined) return undefined
  const front = found(stays) ?? denied(forks, args)
  if (front !== undefined) return made('stays', front)
  const back = found(forks)
  if (back !== undefined) return made('forks', back)
  if (
    life === undefined ||
    args.some(isUnclear) ||
    found(config) !== undefined ||
    denied(stays, args) !== undefined
  )
    return undefined
  return made(life)
}

/** Whether a program is known never to tell systemd anything. */
export function isSilent(path: string): boolean {
  return rowOf(path)?.isSilent ?? false
}

/** Whether a program starts another one and waits for it, instead of becoming it. */
export function isStarter(path: string): boolean {
  return rowOf(path)?.isStarter ?? false
}

function rowOf(path: string): ProgramsOfLife | undefined {
  if (initScript.test(path)) return initScripts
  // What is there is named after the program that it looks after: `/etc/cron.daily/lighttpd`.
  if (path.startsWith('/etc/')) return undefined
  const names = namesOf(path)
  return [...names.flatMap(named), ...alike(names)].find((row) => row.path?.test(path) ?? true)
}

/**
 * The scripts of another init system have ended when what they start is there, be it a daemon or
 * none.
 */
const initScript = /^\/etc\/(?:rc\.d\/)?init\.d\/./
const initScripts: ProgramsOfLife = {
  programs: '',
  forks: 'start',
  isElsewhere: true,
  source: 'Linux Standard Base, Init Script Actions',
}

const {named, alike} = rowsByName(lives)

/** Whether an argument may stand for others: a variable, or what a template leaves open. */
function isUnclear(arg: string): boolean {
  return /\$|@\w+@|\{\{|__[A-Z]|<%|%[A-Z_]+%/.test(arg)
}

/** The option of a list that is among the arguments, as it is written there. */
function optionIn(
  options: Options | undefined,
  args: readonly string[],
  {letters}: ProgramsOfLife,
): string | undefined {
  if (options === undefined) return undefined
  if (typeof options !== 'string') {
    const [all] = options.exec(` ${args.join(' ').slice(0, longest)} `) ?? []
    return all === undefined
      ? undefined
      : (all
          .trim()
          .split(' ')
          .findLast((word) => word !== '') ?? '')
  }
  for (const option of options.split('|')) {
    const [first = '', second] = option.split(' ')
    const at = args.findIndex(
      (arg, index) =>
        isOption(arg, first, letters) && (second === undefined || args[index + 1] === second),
    )
    if (at !== -1) return second === undefined ? args[at] : option
  }
  return undefined
}

/** How much of the arguments is looked at as one text. */
const longest = 1024

function isOption(arg: string, option: string, letters: string | undefined): boolean {
  if (arg === option) return true
  if (!option.startsWith('-')) return false
  if (arg.startsWith(`${option}=`)) return !off.test(arg.slice(option.length + 1))
  if (letters === undefined || option.length !== 2 || !/^-[A-Za-z0-9]+$/.test(arg)) return false
  const at = arg.indexOf(option.slice(1))
  return at > 0 && [...arg.slice(1, at)].every((letter) => letters.includes(letter))
}

/** An option that is there with a value that turns it off, such as `--daemon=no`. */
function denied(options: Options | undefined, args: readonly string[]): string | undefined {
  if (typeof options !== 'string') return undefined
  return args.find((arg) =>
    options
      .split('|')
      .some(
        (option) =>
          option.startsWith('-') &&
          arg.startsWith(`${option}=`) &&
          off.test(arg.slice(option.length + 1)),
      ),
  )
}

const off = /^(?:no|false|0|off)$/i
