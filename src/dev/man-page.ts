import type {Described} from '../cli/completion/grammars.ts'
import type {Option} from '../cli/grammar.ts'
import {wrap} from '../reporters/wrap.ts'
import {version} from '../cli/version.ts'

/** The manual page unitlint(1), of what `--help` tells (man(7)). */
export function manPage(all: readonly Described[]): string {
  const [lint, ...others] = all
  const lines = [
    '.\\" Made by `npm run generate`. Do not edit.',
    `.TH UNITLINT 1 2026-11-29 "unitlint ${version}" "User Commands"`,
    '.SH NAME',
    'unitlint \\- lint, harden and fix systemd unit files',
    '.SH SYNOPSIS',
    ...all.flatMap(({name, usage}, index) =>
      [
        ...(index === 0 ? [] : ['.br']),
        `.B unitlint${name === '' ? '' : ` ${text(name)}`}`,
        text(usage),
      ].filter(Boolean),
    ),
    '.SH DESCRIPTION',
    text(
      'Lints systemd unit files as one or several versions of systemd read them, with their drop-ins, tells what is wrong and where, and fixes it where it is told to. It needs no systemd, no root and no bus.',
    ),
    '.PP',
    text(
      'Without a command it lints files, folders and globs, or all units below the current folder; globs are expanded by unitlint itself, so quote them.',
    ),
    '.SH OPTIONS',
    ...(lint ? optionLines(lint) : []),
    '.SH COMMANDS',
    ...others.flatMap((command) => [
      `.SS unitlint ${text(command.name)} ${text(command.usage)}`.trimEnd(),
      sentence(command.summary),
      ...optionLines(command),
    ]),
    '.SH EXIT STATUS',
    ...term('0', 'Nothing is found.'),
    ...term('1', 'Problems are found.'),
    ...term('2', 'The command, a config or a rule is at fault, or a file cannot be read.'),
    '.SH FILES',
    ...term(
      'unitlint.config.js',
      'The config of the folder and those below it; .ts, .mjs and .json as well.',
    ),
    '.SH ENVIRONMENT',
    ...term(
      'UNITLINT_TIME_LIMIT',
      'How many seconds a config may take, and a rule on a unit; else 10.',
    ),
    ...term(
      'NO_COLOR, FORCE_COLOR',
      'Use no colours, or use them everywhere; --color and --no-color count more.',
    ),
    '.SH EXAMPLES',
    ...term('unitlint --fix nginx.service', 'Fix what can be fixed safely.'),
    ...term(
      "unitlint --preset hardened -f sarif -o units.sarif '**/*.service'",
      'Report for code scanning what would harden services.',
    ),
    ...term(
      'unitlint --root / --fix-to dropin --fix nginx.service',
      'Harden an installed service by a drop-in.',
    ),
    '.SH SEE ALSO',
    '.BR systemd.unit (5),',
    '.BR systemd.exec (5),',
    '.BR systemd\\-analyze (1)',
  ]
  return `${lines.join('\n')}\n`
}

function optionLines({grammar}: Described): readonly string[] {
  return Object.entries(grammar.options).flatMap(
    ([name, {alias, type, describe}]: [string, Option]) => {
      const names = [...(alias === undefined ? [] : [`-${alias}`]), `--${name}`]
        .map((one) => `\\fB${text(one)}\\fR`)
        .join(', ')
      return ['.TP', type === 'string' ? `${names} \\fIVALUE\\fR` : names, sentence(describe)]
    },
  )
}

function term(name: string, said: string): readonly string[] {
  return ['.TP', `.B ${text(name)}`, text(said)]
}

function sentence(said: string): string {
  return text(`${said.charAt(0).toUpperCase()}${said.slice(1)}${/[.:]$/.test(said) ? '' : '.'}`)
}

/** Text as roff takes it for what it is, in lines as short as it wants them. */
function text(plain: string): string {
  const escaped = [...replacements].reduce(
    (rest, [character, name]) => rest.replaceAll(character, name),
    plain.replaceAll('\\', '\\e'),
  )
  const ascii = escaped.replaceAll(
    /[\u0080-\uFFFF]/g,
    (one) => `\\[u${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`,
  )
  return wrap(ascii, 78)
    .map((line) => line.replace(/^\./, '\\&.'))
    .join('\n')
}

const replacements = new Map([
  ['-', '\\-'],
  ['`', '\\(ga'],
  ["'", '\\(aq'],
  ['"', '\\(dq'],
  ['^', '\\(ha'],
  ['~', '\\(ti'],
])
