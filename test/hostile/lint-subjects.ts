import {VFile} from 'vfile'
import {rules} from '../../rules/index.ts'
import {lint} from '../../src/engine/unified/lint.ts'
import type {LintOptions} from '../../src/engine/options.ts'
import {target} from '../../src/facts/targets.ts'
import {sightOf} from '../../src/machine/sight.ts'

const targets = ['257'].flatMap((name) => target(name) ?? [])
const active = rules.map((rule) => ({rule, severity: 2 as const, options: rule.options.parse({})}))
const options: LintOptions = {rules: active, targets, manager: 'system', reportUnusedDisables: 2}

const head = '[Service]\nExecStart=/usr/bin/a\n'

/** Values and lines that hold many of the same, which all rules look at. */
const texts: Readonly<Record<string, (size: number) => string>> = {
  'names to come after, on one line': (n) =>
    `[Unit]\nAfter=${numbered(n, (at) => `w${at}.service`)}\nWants=${numbered(n, (at) => `w${at}.service`)}\n${head}`,
  'names to be wanted by, on one line': (n) =>
    `${head}[Install]\nWantedBy=${numbered(n / 8, (at) => `w${at}.target`)}\n`,
  'names to come after, a line each': (n) =>
    `[Unit]\n${lines(n, (at) => `After=w${at}.service`)}${head}`,
  'comments that enable': (n) => head + '# unitlint-enable\nxx\n'.repeat(n / 5),
  'comments that disable': (n) => head + '# unitlint-disable no-ignored-line\nxx\n'.repeat(n / 5),
  'comments that disable and enable': (n) =>
    head + '# unitlint-disable\nxx\n# unitlint-enable\nxx\n'.repeat(n / 10),
  'comments for next lines': (n) =>
    head + '# unitlint-disable-next-line private-tmp\nxx\n'.repeat(n / 5),
  'comments for one next line': (n) =>
    `${head}${'# unitlint-disable-next-line no-ignored-line\n'.repeat(n / 5)}xx\n`,
  'comments with many rules': (n) =>
    `# unitlint-disable ${numbered(n, (at) => `rule-${at}`)}\n${head}`,
  'blanks in a comment': (n) => `${head}#unitlint-disable a${' '.repeat(n * 10)}b\n`,
  'continued relative paths': (n) => `${head}ReadWritePaths=${'a \\\n'.repeat(n / 8)}a\n`,
  'continued words of system calls': (n) => `${head}SystemCallFilter=${'a \\\n'.repeat(n / 8)}a\n`,
  'words of capabilities': (n) => `${head}CapabilityBoundingSet=${'read '.repeat((n * 3) / 4)}\n`,
  'unknown keys': (n) => head + 'Foo=b\n'.repeat(n / 8),
  'distinct unknown keys': (n) => head + lines(n / 8, (at) => `Foo${at}=b`),
  'bad paths': (n) => `${head}ReadWritePaths=${'a ; '.repeat(n / 8)}\n`,
  resets: (n) => head + 'ReadWritePaths=/a\nReadWritePaths=\n'.repeat(n / 10),
  'values that are overridden': (n) => head + 'PrivateTmp=no\n'.repeat(n / 8),
  variables: (n) => head + lines(n / 4, (at) => `Environment=A${at}=${at}`),
  'variables that are set again': (n) => head + lines(n / 8, (at) => `Environment=A=${at}`),
  sections: (n) => head + '[Service]\nPrivateTmp=no\n'.repeat(n / 10),
  'unknown sections': (n) => head + lines(n / 8, (at) => `[S${at}]`),
  devices: (n) => head + lines(n / 4, (at) => `DeviceAllow=/dev/d${at} rw`),
  addresses: (n) => head + lines(n / 4, (at) => `IPAddressAllow=10.0.${at % 256}.0/24`),
}

/** Folders of which each unit has to do with the others: as many names as the size in all. */
const folders: Readonly<Record<string, (size: number) => Record<string, string>>> = {
  'units that name one another': (n) =>
    units(
      Math.sqrt(n),
      (names) => `[Unit]\nAfter=${names.join(' ')}\nRequires=${names.join(' ')}\n${head}`,
    ),
  'units in a chain': (n) =>
    units(
      n / 20,
      (_, at) => `[Unit]\nAfter=u${at + 1}.service\nRequires=u${at + 1}.service\n${head}`,
    ),
  'units after one': (n) => units(n / 20, () => `[Unit]\nAfter=u0.service\n${head}`),
  'timers without a service': (n) =>
    Object.fromEntries(
      Array.from({length: n / 20}, (_, at) => [
        `${letters(at)}.timer`,
        '[Timer]\nOnCalendar=daily\n',
      ]),
    ),
  'sockets with one service each': (n) =>
    Object.fromEntries(
      Array.from({length: n / 20}, (_, at) => [`s${at}.socket`, '[Socket]\nListenStream=/run/s\n']),
    ),
}

/** Work of linting whose steps are counted; see `subjects.ts`. */
export const lintSubjects: Readonly<Record<string, (size: number) => () => unknown>> =
  Object.fromEntries([
    ...Object.entries(texts).map(([name, textOf]) => [
      `lint: ${name}`,
      (size: number) => {
        const text = textOf(size)
        return () => lint(new VFile({path: 'a.service', value: text}), options)
      },
    ]),
    ...Object.entries(folders).map(([name, filesOf]) => [
      `lint: ${name}`,
      (size: number) => {
        const files = filesOf(size)
        return () => {
          const sight = sightOf(files)
          for (const [path, text] of Object.entries(files))
            lint(new VFile({path, value: text}), options, {sight})
        }
      },
    ]),
  ])

function lines(count: number, line: (at: number) => string): string {
  return Array.from({length: count}, (_, at) => `${line(at)}\n`).join('')
}

function numbered(count: number, word: (at: number) => string): string {
  return Array.from({length: count}, (_, at) => word(at)).join(' ')
}

function units(
  count: number,
  textOf: (names: readonly string[], at: number) => string,
): Record<string, string> {
  const names = Array.from({length: Math.floor(count)}, (_, at) => `u${at}.service`)
  return Object.fromEntries(names.map((name, at) => [name, textOf(names, at)]))
}

/** A number in letters. */
function letters(at: number): string {
  return String(at)
    .split('')
    .map((digit) => 'abcdefghij'[Number(digit)])
    .join('')
}
