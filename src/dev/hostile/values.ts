import {fileSections} from '../../facts/data/directives.ts'
import {directiveNames, everywhere} from '../../facts/directives.ts'
import type {HostileCase} from './case.ts'

/**
 * Each directive of each section that a unit file may have, with values and lines of it that no
 * unit has.
 */
export function valueCases(): readonly HostileCase[] {
  return directiveNames().flatMap((key) => {
    const sections = new Set(everywhere(key).flatMap((facts) => facts.sections))
    const places = [...sections].flatMap((section) => placeOf(section) ?? []).slice(0, 1)
    const words = everywhere(key).flatMap(({values = []}) => values.map(({value}) => value))
    return places.flatMap(({section, type}) =>
      Object.entries(patterns(words)).map(([pattern, linesOf]): HostileCase => ({
        name: `${section}.${key} ${pattern}`,
        files: (bytes) => ({[`a.${type}`]: unitWith(section, type, linesOf(`${key}=`, bytes))}),
      })),
    )
  })
}

/** Services are the richest; else the first type of unit that has the section. */
function placeOf(section: string): {section: string; type: string} | undefined {
  if (fileSections.service?.includes(section)) return {section, type: 'service'}
  const type = Object.keys(fileSections).find((candidate) =>
    fileSections[candidate]?.includes(section),
  )
  return type === undefined ? undefined : {section, type}
}

function unitWith(section: string, type: string, lines: string): string {
  const own = `${type.charAt(0).toUpperCase()}${type.slice(1)}`
  const head = own === 'Service' ? 'ExecStart=/usr/bin/a\n' : ''
  if (section === own) return `[Unit]\nDescription=a\n\n[${own}]\n${head}${lines}`
  return section === 'Unit'
    ? `[Unit]\n${lines}\n[${own}]\n${head}`
    : `[${own}]\n${head}\n[${section}]\n${lines}`
}

type Lines = (assigns: string, bytes: number) => string

/** Values and lines by what they are made of; `words` are those that the directive takes. */
function patterns(words: readonly string[]): Readonly<Record<string, Lines>> {
  const own = words.length > 0 ? words : ['yes']
  return {
    ...Object.fromEntries(
      repeated.map((unit) => [
        `repeated ${JSON.stringify(unit)}`,
        value((bytes) => repeat(unit, bytes)),
      ]),
    ),
    ...Object.fromEntries(
      scripts.map((unit) => [
        `script of ${JSON.stringify(unit)}`,
        value((bytes) => `/bin/sh -c '${repeat(unit, bytes)}'`),
      ]),
    ),
    'own words': value((bytes) => numbered((index) => `${own[index % own.length]} `, bytes)),
    'own words, taken away': value(
      (bytes) => `~${numbered((index) => `${own[index % own.length]} `, bytes)}`,
    ),
    'distinct words': value((bytes) => numbered((index) => `w${index} `, bytes)),
    'distinct units': value((bytes) => numbered((index) => `w${index}.service `, bytes)),
    'distinct paths': value((bytes) => numbered((index) => `/w${index} `, bytes)),
    'distinct assignments': value((bytes) => numbered((index) => `W${index}=v `, bytes)),
    'distinct numbers': value((bytes) => numbered((index) => `${index * 2} `, bytes)),
    'distinct ranges': value((bytes) =>
      numbered((index) => `${index * 3}-${index * 3 + 1},`, bytes),
    ),
    'distinct addresses': value((bytes) =>
      numbered((index) => `10.${(index >> 8) & 255}.${index & 255}.0/24 `, bytes),
    ),
    'one quote and words': value((bytes) => `"${repeat('a ', bytes)}`),
    'one quote at the end': value((bytes) => `${repeat('a ', bytes)}"`),
    'white space inside': value((bytes) => `a${repeat(' ', bytes)}b`),
    'continued words': value((bytes) => repeat('a \\\n', bytes)),
    'continued bad words': value((bytes) => repeat('!%! \\\n', bytes)),
    'continued paths': value((bytes) => repeat('/a \\\n  ', bytes)),
    'continued with comments': value((bytes) => repeat('a \\\n# c\n', bytes)),
    'continued with nothing': value((bytes) => repeat('\\\n', bytes)),
    'same lines': (assigns, bytes) => repeat(`${assigns}${own[0]}\n`, bytes),
    'bad lines': (assigns, bytes) => repeat(`${assigns}!%!\n`, bytes),
    'distinct lines': (assigns, bytes) => numbered((index) => `${assigns}w${index}\n`, bytes),
    'distinct paths, a line each': (assigns, bytes) =>
      numbered((index) => `${assigns}/w${index}\n`, bytes),
    'distinct assignments, a line each': (assigns, bytes) =>
      numbered((index) => `${assigns}W${index}=v\n`, bytes),
    'distinct units, a line each': (assigns, bytes) =>
      numbered((index) => `${assigns}w${index}.service\n`, bytes),
    'own lines': (assigns, bytes) =>
      numbered((index) => `${assigns}${own[index % own.length]}\n`, bytes),
    resets: (assigns, bytes) => repeat(`${assigns}\n`, bytes),
    'lines and resets': (assigns, bytes) => repeat(`${assigns}${own[0]}\n${assigns}\n`, bytes),
    'lines, then a reset': (assigns, bytes) =>
      `${numbered((index) => `${assigns}/w${index}\n`, bytes)}${assigns}\n`,
  }
}

/** What stands over and over, without an end between. */
const repeated = [
  ...[
    'a ',
    'a',
    '! ',
    'a ; ',
    '" ',
    '"a" ',
    '\\',
    '\\x41',
    '\\n ',
    "' ",
    '%n',
    '%n ',
    '%',
    '%% ',
    '%I/',
    '%{',
    '${',
    '${A} ',
    '$A',
    '$(',
    '`',
    '$((1+',
    '$$',
  ],
  ...[
    'a,',
    ',',
    'a:',
    ':',
    'a:b ',
    'a:b:c,',
    '/',
    '/a',
    '/a ',
    '/a:/b ',
    '/../a',
    '-/a ',
    '+/a ',
    '-',
    '+',
    '@',
    '!',
    '~',
    '~a ',
    '|',
    '|!',
    '*',
    '?',
    '[',
    '[a',
    '{',
    '{a,',
    '(',
  ],
  ...[
    '1',
    '0',
    '1 ',
    '1-',
    '1-2,',
    '1.',
    '.',
    '1.1.',
    '1h ',
    '1h',
    '1s1',
    'us',
    '*-',
    '*:',
    'Mon..',
    'Mon,',
    '1,',
    '1/2,',
    '..',
    '~1',
    'f:',
    '::',
    'ff:',
    '10.0.0.0/8 ',
    'x:1',
    '0x',
  ],
  ...[
    'é',
    '\u0001',
    '\u007f',
    '😀',
    '\u00a0',
    '\u200b',
    '\t',
    ' \t',
    '#',
    ' # a',
    ';',
    ' ;',
    '=',
    'a=b ',
    'a=',
    'A=b ',
    '"A=b" ',
    "'a=b' ",
    '=a ',
    'a-',
    'a.',
    'a@',
    'a.service ',
    'a@.service ',
  ],
  ...[
    'CAP_CHOWN ',
    'read ',
    '@system-service ',
    'AF_INET ',
    'SIGTERM ',
    'x86-64 ',
    '/dev/sda rw ',
    'any ',
    'ipv4:tcp:1-2 ',
    'char-* ',
    'yes ',
    'a:b=c ',
    'inet:a:b:c ',
    'allow:a ',
    'root=a ',
    'root:ro ',
  ],
  ...[
    'http://a ',
    'file:///a ',
    '/a:',
    'a;b',
    '&&',
    '||',
    '<<',
    '>',
    '>/a ',
    '2>&1 ',
    'YQ==',
    'YQ',
    'ab',
    'A',
    '_',
    '__',
    'a_',
    'sh -c ',
    '/bin/sh -c ',
    'env ',
    'sudo ',
    'nice ',
    'sh -c "',
  ],
]

/** What shells read: given to one by a command. */
const scripts = [
  ...[
    'a;',
    'a\n',
    'a | ',
    'a && ',
    '! ',
    '(',
    '{ ',
    '$(',
    '`',
    '\\`',
    '"$(',
    '"',
    '${a:-',
    '${',
    '$((',
    '((',
    '[[ ',
    '[[ ! ',
    'if a; then ',
    'while a; do ',
    'for a in ',
    'case a in ',
  ],
  ...[
    'case a in b) ',
    'a() { ',
    'function a ',
    '<<A ',
    '<<A\n',
    '<(',
    '>(',
    '> /a ',
    '2>&1 ',
    'a=b ',
    'a=(',
    'a[',
    '$a',
    '$',
    '~',
    '*',
    '{a,',
    '{1..',
    '&',
    ';;',
    '#',
    '\\',
    '%',
    '"%n',
    'cd /a;',
    'exec ',
    'sudo ',
  ],
  ...[
    'eval "',
    'sh -c "',
    'a $(b) ',
    'coproc ',
    'time ',
    'select a in ',
    '@(',
    '!(',
    '+(a|',
    '$[',
    '$"',
    '1+',
    '(1+',
    '1?',
    '-',
    'a=${a',
    '"${a}" ',
  ],
]

/** A value that one line assigns. */
function value(make: (bytes: number) => string): Lines {
  return (assigns, bytes) => `${assigns}${make(bytes)}\n`
}

function repeat(unit: string, bytes: number): string {
  return unit.repeat(Math.max(1, Math.floor(bytes / unit.length)))
}

/** Numbered parts, up to a length. */
function numbered(part: (index: number) => string, bytes: number): string {
  const parts: string[] = []
  for (let [index, length] = [0, 0]; length < bytes; index++) {
    const one = part(index)
    parts.push(one)
    length += one.length
  }
  return parts.join('')
}
