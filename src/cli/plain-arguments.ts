import type {Arguments, Grammar, Option} from './grammar.ts'

/**
 * Take a command line apart that leaves nothing to doubt: known options, each with what belongs to
 * it, and names.
 *
 * Undefined for all others, also for wrong ones: yargs knows what to make of them, and takes a
 * while to be loaded.
 */
export function parsePlainly(argv: readonly string[], {options}: Grammar): Arguments | undefined {
  const positionals: string[] = []
  const found = new Map<string, Array<string | boolean>>()
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index] ?? ''
    if (!word.startsWith('-') || word === '-') {
      positionals.push(word)
      continue
    }
    const named = optionOf(word, options)
    const next = argv[index + 1]
    const value = named && valueOf(named, next)
    if (value === undefined || !named) return undefined
    if (value === next && named.value === undefined) index++
    found.set(named.name, [...(found.get(named.name) ?? []), value])
  }
  const values = (name: string): ReadonlyArray<string | false> =>
    (found.get(name) ?? []).filter((value) => value !== true)
  return {
    positionals,
    on: (name) =>
      found
        .get(name)
        ?.map((value) => value === true)
        .at(-1),
    values,
    value: (name) => values(name).at(-1),
  }
}

/** An option as it is written. */
interface NamedOption {
  readonly name: string
  readonly option: Option
  /** Behind a `=`. */
  readonly value?: string | undefined
  readonly isNegated: boolean
}

function optionOf(word: string, options: Grammar['options']): NamedOption | undefined {
  const [, long, value] = /^--([a-z][a-z-]*)(?:=(.*))?$/s.exec(word) ?? []
  if (long === undefined) {
    const letter = /^-([a-z])$/.exec(word)?.[1]
    const entry =
      letter === undefined
        ? undefined
        : Object.entries(options).find(([, {alias}]) => alias === letter)
    return entry && {name: entry[0], option: entry[1], isNegated: false}
  }
  const option = Object.hasOwn(options, long) ? options[long] : undefined
  if (option) return {name: long, option, value, isNegated: false}
  const opposite = long.startsWith('no-') ? long.slice(3) : ''
  const negated = Object.hasOwn(options, opposite) ? options[opposite] : undefined
  return negated && {name: opposite, option: negated, value, isNegated: true}
}

/** What an option says, given the word behind it; undefined where that is in doubt. */
function valueOf(
  {option, value, isNegated}: NamedOption,
  next: string | undefined,
): string | boolean | undefined {
  if (isNegated || option.type === 'boolean') {
    const isClear = value === undefined && next !== 'true' && next !== 'false'
    const mayBeNegated = option.type === 'boolean' || option.negatable === true
    return isClear && (!isNegated || mayBeNegated) ? !isNegated : undefined
  }
  const given = value ?? next
  // yargs takes quotes off, and asks for a value where there is an option or nothing.
  return given === undefined || given === '' || /^["'-]/.test(given) ? undefined : given
}
