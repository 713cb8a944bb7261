import {newestVersion} from '../../src/facts/targets.ts'
import {parseBoolean} from '../../src/values/boolean.ts'
import {isCallOrGroup} from '../../src/values/call-groups.ts'
import type {Random} from './cases-random.ts'
import type {ValueFacts} from '../../src/facts/directives.ts'

/** Lines of one directive as they stand in a unit. */
export interface Written {
  readonly facts: ValueFacts
  readonly section: string
  /** As it stands in the header. */
  readonly header: string
  readonly key: string
  /** What stands between key and value. */
  readonly sign: string
  /** Of one line each. */
  readonly values: readonly string[]
  readonly lineEnd: string
  /** Other sections that the unit has. */
  readonly others: readonly string[]
}

/** A mistake that people make in lines; undefined where nobody can make it. */
export type Corruption = (good: Written, next: Random) => Written | undefined

/** All of them by name; those of one line or word are made in one at random. */
export const corruptions: Readonly<Record<string, Corruption>> = {
  'upper case': inValue((text) => text.toUpperCase()),
  'lower case': inValue((text) => text.toLowerCase()),
  'capital first': inValue((text) =>
    text
      .toLowerCase()
      .replaceAll(/[a-z]+/g, (word) => word.slice(0, 1).toUpperCase() + word.slice(1)),
  ),
  'one word in other case': inWord((word, next) =>
    next.chance(0.5) ? word.toUpperCase() : word.toLowerCase(),
  ),
  '# comment': inValue((text) => `${text} # needed by the boss`),
  '; comment': inValue((text) => `${text} ; needed by the boss`),
  'comment behind a tab': inValue((text) => `${text}\t# needed by the boss`),
  '// comment': inValue((text) => `${text} // needed by the boss`),
  'quotes around it': inValue((text, next) => (next.chance(0.5) ? `"${text}"` : `'${text}'`)),
  'an open quote': inValue((text, next) => (next.chance(0.5) ? `"${text}` : `${text}"`)),
  'quotes around a word': inWord((word) => `"${word}"`),
  'a comma or semicolon at the end': inValue((text, next) => text + next.pick([',', ';'])),
  'commas between words': ofList((text, next) => text.replaceAll(/ +/g, next.pick([',', ', ']))),
  'hyphen and underscore': inValue((text) =>
    text.replaceAll(/(?<=[a-z0-9])[-_](?=[a-z0-9])/gi, (found) => (found === '-' ? '_' : '-')),
  ),
  'no hyphen': inValue((text) => text.replaceAll(/(?<=[a-z])-(?=[a-z])/g, '')),
  'enabled, disabled': inValue((text, next) => {
    const state = parseBoolean(text)
    return state === undefined
      ? undefined
      : next.pick(state ? ['enabled', 'Enable', 'ENABLED'] : ['disabled', 'Disable', 'DISABLED'])
  }),
  'misspelt boolean': inValue((text, next) => {
    const state = parseBoolean(text)
    return state === undefined
      ? undefined
      : next.pick(state ? ['ture', 'yess', 'ye'] : ['flase', 'fasle', 'nope'])
  }),
  'units of time': inValue((text, next, {type}) => {
    if (!type.startsWith('timespan') || !/^[0-9]+ ?(?:s|m|min|h|d|ms)?$/.test(text))
      return undefined
    const unit = /[a-z]*$/.exec(text)?.[0] ?? ''
    const number = text.slice(0, text.length - unit.length)
    const other = next.pick(
      {
        s: ['S', ' Sec', 'secs', ' Seconds', ' SECONDS'],
        m: ['mins', ' Min', ' Minutes'],
        min: ['mins', ' Min', 'MIN'],
        h: ['H', 'hrs', ' Hours'],
        d: ['D', ' Days'],
        ms: ['MS', 'msecs', ' milliseconds'],
      }[unit] ?? [' Sec', 'S'],
    )
    return number.trimEnd() + other
  }),
  'units of size': inValue((text, next, {type}) => {
    if (!/size/.test(type) || !/^[0-9]+[KMGT]$/.test(text)) return undefined
    const letter = text.slice(-1)
    return (
      text.slice(0, -1) +
      next.pick([
        letter.toLowerCase(),
        `${letter}B`,
        `${letter}iB`,
        `${letter.toLowerCase()}b`,
        ` ${letter}B`,
        `${letter.toLowerCase()}ib`,
      ])
    )
  }),
  percent: inValue((text, next) =>
    /^[0-9]+%$/.test(text)
      ? next.pick([text.replace('%', ' %'), text.replace('%', '')])
      : undefined,
  ),
  'no limit': inValue((text, next) =>
    text === 'infinity'
      ? next.pick(['unlimited', 'Infinity', 'INFINITY', 'inf', 'infinite'])
      : undefined,
  ),
  'prefix left out': inWord((word) =>
    /^(?:CAP|AF)_/.test(word)
      ? word.replace(/^[A-Z]+_/, '')
      : word.startsWith('@') && !isCallOrGroup(word.slice(1), newestVersion)
        ? word.slice(1)
        : word.endsWith('.service')
          ? word.slice(0, -8)
          : undefined,
  ),
  'prefix left out, lower case': inWord((word) =>
    /^(?:CAP_|AF_|SIG)/.test(word) ? word.replace(/^CAP_|^AF_|^SIG/, '').toLowerCase() : undefined,
  ),
  SIG_: inWord((word) => (/^SIG[A-Z]/.test(word) ? word.replace('SIG', 'SIG_') : undefined)),
  'names of clone(2)': inWord((word, next, {type}) => {
    if (!type.includes('namespace')) return undefined
    const inKernel = new Map([
      ['cgroup', 'CGROUP'],
      ['ipc', 'IPC'],
      ['net', 'NET'],
      ['mnt', 'NS'],
      ['pid', 'PID'],
      ['user', 'USER'],
      ['uts', 'UTS'],
      ['time', 'TIME'],
    ]).get(word)
    return (
      inKernel && (next.chance(0.8) ? `CLONE_NEW${inKernel}` : `clone_new${inKernel.toLowerCase()}`)
    )
  }),
  'names of machines': inWord((word, next, {type}) => {
    if (type !== 'architecture-list' && type !== 'personality') return undefined
    return word === 'x86-64'
      ? next.pick(['x86_64', 'amd64', 'X86-64'])
      : word === 'x86'
        ? next.pick(['i386', 'i686'])
        : word === 'arm64'
          ? 'aarch64'
          : undefined
  }),
  'octal as in scripts': inValue((text, next, {type}) =>
    type === 'mode' && /^0?[0-7]{3}$/.test(text)
      ? next.pick(['0o', '\\', 'o']) + text.slice(-3)
      : undefined,
  ),
  '~ within the list': (good, next) => {
    const [first = '', second] = good.values
    if (second === undefined) return undefined
    const words = second.slice(1).split(' ')
    return {...good, values: [`${first} ~${words.join(next.chance(0.5) ? ' ~' : ' ')}`]}
  },
  'T in a date': inValue((text, _, {type}) =>
    type === 'calendar' && /^[0-9-]{10} /.test(text) ? text.replace(' ', 'T') : undefined,
  ),
  'equals twice': (good) => ({...good, sign: '=='}),
  'colon for equals': (good, next) => ({...good, sign: next.pick([': ', ':'])}),
  'blank for equals': (good) => ({...good, sign: ' '}),
  'space around equals': (good, next) => ({...good, sign: next.pick([' = ', '= ', ' =', '\t=\t'])}),
  'key in lower case': inKey((key) => key.toLowerCase()),
  'key in upper case': inKey((key) => key.toUpperCase()),
  'key in other case': inKey((key) => key.slice(0, 1).toLowerCase() + key.slice(1)),
  'key with hyphens': inKey((key, next) =>
    key.replaceAll(/(?<=[a-z])(?=[A-Z])/g, next.pick(['-', '_'])),
  ),
  'key misspelt': inKey((key, next) => misspelt(key, next)),
  'key in another section': (good, next) => {
    const section = good.others.length > 0 ? next.pick(good.others) : undefined
    return section === undefined ? undefined : {...good, section, header: section}
  },
  'section in other case': (good, next) => ({
    ...good,
    header: next.pick([good.header.toLowerCase(), good.header.toUpperCase()]),
  }),
  'section misspelt': (good, next) => ({
    ...good,
    header: next.chance(0.3) ? `${good.header}s` : misspelt(good.header, next),
  }),
  'over several lines': (good, next) => {
    const word = next.pick([
      'one word in other case',
      'prefix left out, lower case',
      'names of clone(2)',
    ])
    const bad = corruptions[word]?.(good, next)
    const [first = ''] = bad?.values ?? []
    const blanks = [...first.matchAll(/(?<! ) (?! )/g)].map(({index}) => index)
    if (!bad || blanks.length === 0 || good.facts.words === undefined) return undefined
    const at = next.pick(blanks)
    return {
      ...bad,
      values: [
        `${first.slice(0, at)} \\${good.lineEnd}${next.chance(0.3) ? `# between${good.lineEnd}` : ''}    ${first.slice(at + 1)}`,
        ...bad.values.slice(1),
      ],
    }
  },
}

/** Those after which nobody can tell the case of what was written. */
export const losingCase: ReadonlySet<string> = new Set([
  'upper case',
  'lower case',
  'capital first',
  'one word in other case',
  'over several lines',
])

/** The same in a file with other line ends. */
export function withLineEnd(good: Written, lineEnd: string): Written {
  return {...good, lineEnd}
}

type Change = (text: string, next: Random, facts: ValueFacts) => string | undefined

/** A change of one line's value. */
function inValue(change: Change): Corruption {
  return (good, next) => {
    const at = next.between(0, good.values.length - 1)
    const text = good.values[at] ?? ''
    const changed = change(text, next, good.facts)
    return changed === undefined || changed === text || text === ''
      ? undefined
      : {...good, values: good.values.with(at, changed)}
  }
}

/** A change of the value of a list of several words. */
function ofList(change: Change): Corruption {
  return inValue((text, next, facts) => {
    // Behind a path, what stands there is a part of it: systemd takes the line, and nobody can
    // tell.
    const isList =
      facts.words !== undefined &&
      facts.type !== 'device-value' &&
      text.includes(' ') &&
      !text.includes(',')
    return isList ? change(text, next, facts) : undefined
  })
}

/** A change of some words of a value, `~` before the first left alone. */
function inWord(change: Change): Corruption {
  return inValue((text, next, facts) => {
    const [, tilde = '', rest = ''] = /^(~?)(.*)$/s.exec(text) ?? []
    const words = rest.split(' ')
    const only = next.chance(0.5) ? undefined : next.between(0, words.length - 1)
    return (
      tilde +
      words
        .map((word, index) =>
          only === undefined || only === index ? (change(word, next, facts) ?? word) : word,
        )
        .join(' ')
    )
  })
}

function inKey(change: (key: string, next: Random) => string): Corruption {
  return (good, next) => {
    const key = change(good.key, next)
    return key === good.key ? undefined : {...good, key}
  }
}

/** A letter left out, twice, or in the place of its neighbour. */
function misspelt(word: string, next: Random): string {
  if (word.length < 5) return word
  const at = next.between(1, word.length - 2)
  const [one = '', other = ''] = word.slice(at, at + 2)
  return word.slice(0, at) + next.pick([other, one + one + other, other + one]) + word.slice(at + 2)
}
