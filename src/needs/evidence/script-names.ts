import {reduced} from './own-folder.ts'
import {put, unclear} from './shell.ts'
import type {Script} from './shell.ts'
import {upTo} from '../../syntax/text.ts'

/** What scripts call by names of their own. */
export class ScriptNames {
  readonly #given: ReadonlyMap<string, string>
  readonly #variables = new Map<string, string>()
  readonly #defaults = new Map<string, string>()
  readonly #functions = new Set<string>()

  constructor(given: ReadonlyMap<string, string>) {
    this.#given = given
  }

  /** What a script sets, and what it is started with as `$1` and so on. */
  add(script: Script, args: readonly string[]): void {
    const {variables, defaults, functions} = script
    for (const [name, value] of variables) put(this.#variables, name, value)
    for (const [name, value] of defaults) put(this.#defaults, name, value)
    // Within a function they are its own.
    const areArgs = functions.size === 0 && !script.commands.some(isShifting)
    for (const [index, arg] of args.entries())
      put(this.#variables, `${index + 1}`, areArgs ? arg : unclear)
    for (const name of functions) this.#functions.add(name)
  }

  /** The one value of a variable, whoever gives it; undefined where nobody does. */
  #valueOf(name: string): string | undefined {
    const own = this.#variables.get(name)
    const first = this.#given.get(name) ?? this.#defaults.get(name)
    return own === undefined || first === undefined || own === first ? (own ?? first) : unclear
  }

  /** A word with the values of its variables, where all of them are known. */
  resolved(word: string): string {
    let text = word
    for (
      let depth = 0;
      depth < deepest && text.includes('$') && text.length < longestWord;
      depth++
    ) {
      text = text.replaceAll(
        /\$\{(\w+):?-([^{}]*)\}|\$\{(\w+)\}|\$(\w+)/g,
        (
          all,
          name: string | undefined,
          otherwise: string,
          ...[braced, bare]: readonly string[]
        ) => {
          const value =
            this.#valueOf(name ?? braced ?? bare ?? '') ??
            (name === undefined ? undefined : otherwise)
          return value === undefined || value === unclear ? all : value
        },
      )
    }
    const told = /[`(]/.test(text) ? reduced(text) : text
    return /[$`]/.test(told) || told.trim() === '' ? word : told.trim()
  }

  /** Whether a name is that of a function, or of one of several with the same beginning. */
  isOwn(name: string): boolean {
    const start = upTo(name, '$')
    if (start === name || start === '') return this.#functions.has(name)
    for (const its of this.#functions) if (its.startsWith(start)) return true
    return false
  }
}

/** Whether a command gives a script other arguments (`shift`, `set -- a`). */
function isShifting([name, ...args]: readonly string[]): boolean {
  return name === 'shift' || (name === 'set' && args.some((arg) => !/^[-+][A-Za-z]/.test(arg)))
}

const longestWord = 1024

/** A variable may stand for another one, and so on. */
const deepest = 8
