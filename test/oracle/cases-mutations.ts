import type {Random} from './cases-random.ts'

/** A value with one to three small changes; `other` gives values to join it with. */
export function mutated(value: string, next: Random, other: () => string): string {
  let text = value
  for (
    let count = next.weighted([
      [6, 1],
      [3, 2],
      [1, 3],
    ]);
    count > 0;
    count--
  )
    text = next.pick(mutations)(text, next, other)
  return text.slice(0, 3000)
}

type Mutation = (text: string, next: Random, other: () => string) => string

const inserted = [
  ...[
    ' ',
    '\t',
    '"',
    "'",
    '\\',
    '%',
    ',',
    '~',
    '-',
    '!',
    '|',
    ':',
    ';',
    '#',
    '=',
    '/',
    '.',
    '..',
    '@',
    '+',
    '*',
    '?',
    '[',
    ']',
    '{',
    '}',
    '$',
    '&',
    '_',
    '(',
    ')',
    '<',
    '>',
    '^',
  ],
  ...[
    '0',
    '1',
    '9',
    'a',
    'Z',
    'é',
    '\u00a0',
    '\u2028',
    'µ',
    '‰',
    '💩',
    '\x01',
    '\x7f',
    '\x0b',
    '\x0c',
    '\ufeff',
  ],
]

const specifiers =
  '%n %N %p %i %I %j %f %h %u %U %H %m %b %v %t %S %C %L %E %T %V %s %g %l %q %a %A %B %M %o %w %W %d %D %y %Y %z %Z %k %1 %0 %% % %- %/ %c %r %R %P %J %é'.split(
    ' ',
  )
const escapes = [
  '\\x20',
  '\\x41',
  '\\x2d',
  '\\xzz',
  '\\n',
  '\\t',
  '\\s',
  '\\q',
  '\\u00e9',
  '\\U0001f4a9',
  '\\101',
  '\\000',
  '\\x00',
  '\\"',
  "\\'",
  '\\\\',
  '\\:',
  '\\;',
  '\\ ',
  '\\ud800',
  '\\9',
  '\\477',
]

const mutations: readonly Mutation[] = [
  (text) => text.toUpperCase(),
  (text) => text.toLowerCase(),
  (text) => text.slice(0, 1).toUpperCase() + text.slice(1),
  (text, next) => insert(text, next, next.pick(inserted)),
  (text, next) => insert(text, next, next.pick(inserted)),
  (text, next) => insert(text, next, next.pick(specifiers)),
  (text, next) => insert(text, next, next.pick(escapes)),
  (text, next) => insert(text, next, next.pick([' ', '  ', ' ', ','])),
  (text, next) => cut(text, next),
  (text, next) => cut(text, next),
  (text, next) => text.slice(0, next.between(0, text.length)),
  (text, next) => text.slice(next.between(0, text.length)),
  (text, next) =>
    next.pick([
      '-',
      '+',
      '!',
      '~',
      '|',
      ':',
      '@',
      '|!',
      '!!',
      '-+',
      '+-',
      '--',
      ' ',
      '%',
      '=',
      '*',
      '"',
      "'",
      '\\',
      '/',
      '//',
      '.',
      './',
      '0',
      '0x',
      '00',
      '+0',
    ]) + text,
  (text, next) =>
    text +
    next.pick([
      '-',
      '+',
      '!',
      '~',
      ':',
      '@',
      ' ',
      '%',
      '=',
      '*',
      '"',
      "'",
      '\\',
      '/',
      '//',
      '.',
      '/.',
      '/..',
      '0',
      ',',
      ';',
      ' ;',
      's',
      'K',
      'k',
      'KB',
      '%',
      '.5',
      ':x',
      ' x',
      ' -x',
      ' ~x',
      '@.service',
      '.service',
    ]),
  (text, next) => text + next.pick([' # comment', ' ; comment', '#comment', ' // c', ' #', ';']),
  (text) => `"${text}"`,
  (text) => `'${text}'`,
  (text) => `"${text}`,
  (text, next, other) =>
    text +
    next.pick([
      ' ',
      ' ',
      '  ',
      '\t',
      ',',
      ', ',
      ':',
      '/',
      '=',
      '-',
      ';',
      ' ; ',
      '|',
      ' ~',
      ' -',
      '',
    ]) +
    other(),
  (text, next) => repeatedDigit(text, next),
  (text) => text.replaceAll(' ', ','),
  (text) => text.replaceAll(' ', ', '),
  (text) => text.replaceAll(':', ' '),
  (text, next) =>
    next.chance(0.2) ? text.repeat(next.between(2, 60)).slice(0, 2000) : text + text,
  (text, next) => next.pick(specifiers) + text,
  (text, next) => text + next.pick(specifiers),
  (text, next) =>
    text
      .split(/\s+/)
      .map((word) => (next.chance(0.5) ? `${next.pick(['~', '-', '!', '+', '"'])}${word}` : word))
      .join(' '),
]

function insert(text: string, next: Random, what: string): string {
  const at = next.between(0, text.length)
  return text.slice(0, at) + what + text.slice(at)
}

function cut(text: string, next: Random): string {
  if (text === '') return text
  const at = next.between(0, text.length - 1)
  return text.slice(0, at) + text.slice(at + 1)
}

/** The same with its digits changed. */
function repeatedDigit(text: string, next: Random): string {
  return text.replaceAll(/[0-9]+/g, (digits) =>
    next.pick([
      '0',
      '1',
      '-1',
      digits + '0',
      digits.repeat(8),
      '4294967295',
      '4294967296',
      '18446744073709551615',
      '18446744073709551616',
      '65535',
      '65536',
      '9223372036854775808',
      '007',
      '1.5',
      '0x10',
      '1e3',
    ]),
  )
}
