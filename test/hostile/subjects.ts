import {effectiveUnit} from '../../src/unit/effective.ts'
import {needs} from '../../src/needs/needs.ts'
import {literalPercents} from '../../src/unit/percents.ts'
import {splitWords} from '../../src/values/words.ts'
import {report} from '../../src/reporters/index.ts'
import {wrap} from '../../src/reporters/wrap.ts'
import {service} from '../unit/unit.ts'
import {batches} from '../oracle/batches.ts'
import {context, linted} from '../reporters/files.ts'
import {lintSubjects} from './lint-subjects.ts'

/**
 * Work whose steps are counted: prepared for a size, then done. The first is there to be found out.
 */
export const subjects: Readonly<Record<string, (size: number) => () => unknown>> = {
  square: (size) => {
    const items = Array.from({length: size}, (_, index) => index)
    return () => items.map((_, index) => items.slice(0, index).some((item) => item < 0))
  },
  ...lintSubjects,
  ...splitting({
    words: 'a ',
    'quotes that open and close': '"',
    'back slashes': '\\',
    letters: 'a',
  }),
  ...evidence({
    'deep substitutions': (n) => `ExecStart=/bin/sh -c '${'$('.repeat(n)}'`,
    'open braces': (n) => `ExecStart=/bin/sh -c '${'{ '.repeat(n)}'`,
    backticks: (n) => `ExecStart=/bin/sh -c '${'`\\\\'.repeat(n)}'`,
    'here-documents': (n) => `ExecStart=/bin/sh -c '${'<<a '.repeat(n)}'`,
    'case items': (n) => `ExecStart=/bin/sh -c 'case x in ${'a|'.repeat(n)}'`,
    expansions: (n) => `ExecStart=/bin/sh -c '${'$$$${a:-'.repeat(n)}'`,
    arithmetic: (n) => `ExecStart=/bin/sh -c '${'$((('.repeat(n)}'`,
    'nested shells': (n) => `ExecStart=${'/bin/sh -c '.repeat(n)}`,
    wrappers: (n) => `ExecStart=${'nice '.repeat(n)}`,
    words: (n) => `ExecStart=/bin/x ${'/home/u/x:8080 '.repeat(n)}`,
    slashes: (n) => `ExecStart=/bin/x ${'/'.repeat(n * 10)}`,
    colons: (n) => `ExecStart=/bin/x ${'a:'.repeat(n * 10)}`,
    dots: (n) => `ExecStart=/bin/x ${'a.'.repeat(n * 10)}`,
    digits: (n) => `ExecStart=/bin/${'1.'.repeat(n * 10)}x`,
    variables: (n) =>
      `Environment=${numbered(n, (index) => `A${index}=/home/${index}`)}\nExecStart=/bin/x ${'${A1}'.repeat(n)}`,
    places: (n) =>
      `ReadWritePaths=${numbered(n, (index) => `/srv/${index}`)}\nExecStart=/bin/touch ${'/srv/x '.repeat(n)}`,
    scripts: (n) => `ExecStart=/bin/sh -c '${'$('.repeat(50)}'\n`.repeat(n / 10),
    commands: (n) => 'ExecStart=/usr/bin/python3 /home/x\n'.repeat(n / 10),
    dependencies: (n) => `ExecStart=/bin/x\n[Unit]\nAfter=${'dev-x '.repeat(n)}`,
  }),
  'effective: words of an environment': (size) => {
    const words = numbered(size, (index) => `A${index}=%z`)
    const lines = [words, words.replaceAll('%z', '1'), words.replaceAll('%z', '2'), ''].map(
      (value) => `Environment=${value}\n`,
    )
    const unit = service(`[Service]\nExecStart=/bin/a\n${lines.join('')}`)
    return () => effectiveUnit(unit)
  },
  'wrap: one long word, then many short ones': (size) => {
    const text = `${'x'.repeat(size * 2)} ${'y '.repeat(size)}`
    return () => wrap(text, 40)
  },
  'stylish: files': (size) => {
    const said = Array.from({length: 40}, (_, index) => ({
      text: `Expected \`Key${index}=yes\``,
      at: [0, 9] as const,
    }))
    const files = Array.from({length: size / 40}, (_, index) =>
      linted(`units/${index}.service`, '[Service]\n', said),
    )
    return () => report('stylish', files, context())
  },
  'batches: a long line': (size) => {
    const subject = {name: 'one.service', text: 'a'.repeat(size)}
    return () => batches([subject])
  },
  ...percents([
    'date ',
    '/date +',
    'stat ',
    'find ',
    'git ',
    'printf ',
    '://',
    'core_pattern =',
    '%Y',
    '100%C',
    '\t',
    ' ',
    '"',
    "'+",
  ]),
}

function splitting(
  pieces: Readonly<Record<string, string>>,
): Record<string, (size: number) => () => unknown> {
  return named('splitWords', pieces, (piece) => (size) => {
    const value = piece.repeat(size)
    return () => splitWords(value, 'escapes')
  })
}

function evidence(
  texts: Readonly<Record<string, (size: number) => string>>,
): Record<string, (size: number) => () => unknown> {
  return named('needs', texts, (textOf) => (size) => {
    const unit = service(`[Service]\n${textOf(size)}\n`)
    return () => needs(unit)
  })
}

/** Of a line, which is looked at up to 10,000 characters. */
function percents(pieces: readonly string[]): Record<string, (size: number) => () => unknown> {
  const unit = {name: 'a.service', manager: 'system', target: {name: '257', version: 257}} as const
  return named(
    'literalPercents',
    Object.fromEntries(pieces.map((piece) => [JSON.stringify(piece), piece])),
    (piece) => (size) => {
      const loaded = service(`[Service]\nExecStart=${piece.repeat(size / piece.length)}%s\n`)
      const assignments = loaded.assignments('Service', 'ExecStart')
      return () => assignments.map((assignment) => literalPercents(assignment, unit))
    },
  )
}

function named<Item>(
  name: string,
  items: Readonly<Record<string, Item>>,
  subjectOf: (item: Item) => (size: number) => () => unknown,
): Record<string, (size: number) => () => unknown> {
  return Object.fromEntries(
    Object.entries(items).map(([of, item]) => [`${name}: ${of}`, subjectOf(item)]),
  )
}

function numbered(count: number, word: (index: number) => string): string {
  return Array.from({length: count}, (_, index) => word(index)).join(' ')
}
