import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import type {VFile} from 'vfile'
import {formats, report} from '../../src/reporters/index.ts'
import {printable, printableJson} from '../../src/reporters/printable.ts'
import {encode} from '../../src/syntax/bytes.ts'
import {acme, described} from '../cli/acme.ts'
import {cli} from '../cli/cli.ts'
import {makeFolder} from '../files/folder.ts'
import {bareService, context, linted} from '../reporters/files.ts'
import {times} from '../times.ts'
import {
  expectInert,
  hostileCharacters,
  hostileName,
  hostileStarts,
  hostileText,
} from './characters.ts'

const ofGithub = {lines: (line: string): boolean => /^::(?:error|warning|notice) file=/.test(line)}

/** A file that says a text in every place that a report has. */
function saying(text: string): VFile {
  const fix = {title: text, applicability: 'safe' as const, edits: [{range: [0, 0] as const, text}]}
  const cause = Object.assign(new Error(text), {stack: `${text}\n${text}`})
  return linted(
    text,
    `${bareService}# ${text}\n`,
    [
      {text, at: [0, 6], ruleId: text, note: text, url: text, fix},
      {text, fatal: true, cause, ruleId: text},
      {text: `${'word '.repeat(30)}${text}`, at: [0, 6]},
      ...['A', 'B', 'C', 'D'].map((key) => ({
        text: `Expected \`${key}=${text}\``,
        at: [7, 9] as const,
        fix,
      })),
    ],
    {exposure: {target: text, before: 90, after: 10}, applied: [text]},
  )
}

describe.each(formats)('the format %s', (format) => {
  it('has no hostile character in any place, and no line that a runner obeys', async () => {
    for (const text of [...hostileCharacters, ...hostileStarts]) {
      for (const fixed of [false, true]) {
        const output = await report(
          format,
          [saying(text), saying(`a${text}b`)],
          context({fixed, columns: 40}),
        )
        expect(output).not.toBe('')
        expectInert(output, format === 'github' ? ofGithub : undefined)
      }
    }
  })

  it('nor for any mixture of them', async () => {
    await fc.assert(
      fc.asyncProperty(
        hostileText.filter((text) => text !== ''),
        fc.boolean(),
        fc.integer({min: 40, max: 100}),
        async (text, color, columns) => {
          const output = await report(format, [saying(text)], context({color, columns}))
          expectInert(
            output.replaceAll(/\u001B\[\d+m/g, ''),
            format === 'github' ? ofGithub : undefined,
          )
        },
      ),
    )
  })
})

it('is JSON that says what the names and texts are', async () => {
  await fc.assert(
    fc.asyncProperty(
      hostileText.filter((text) => text !== ''),
      async (text) => {
        const read: unknown = JSON.parse(await report('json', [saying(text)], context()))
        expect(read).toMatchObject([
          {
            filePath: text,
            messages: expect.arrayContaining([
              expect.objectContaining({message: text, ruleId: text, note: text}),
            ]),
          },
        ])
        expect(JSON.parse(printableJson({[text]: [text]}, 2))).toEqual({[text]: [text]})
      },
    ),
  )
})

it('is what people can tell apart', () => {
  expect(printable('\u200B\u00AD\u2060\uFEFF\u{E0041}\uDC80\u009B\u2028')).toBe(
    '\\u{200b}\\xad\\u{2060}\\u{feff}\\u{e0041}\\u{dc80}\\x9b\\u{2028}',
  )
  expect(printable('größe 日本 عربي ❤️')).toBe('größe 日本 عربي ❤️')
})

describe('the command', () => {
  const reports = formats.map((format) => [
    '.',
    '--no-config',
    '--preset',
    'all',
    '--format',
    format,
  ])
  const commands = [
    ...reports,
    ['.', '--no-config', '--preset', 'all', '--report-unused-disables', '--fix-dry-run'],
    ['.', '--no-config', '--max-exposure', '0'],
    ['security', '.'],
    ['security', '.', '--json=pretty'],
    ['security', '.', '--plan'],
    ['security', '.', '--plan', '--json=short'],
  ]
  const onOne = [
    ['--no-config', '--preset', 'all'],
    ['security'],
    ['security', '--plan'],
    ['show', '--all'],
    ['show', '--all', '--json'],
    ['why-not', 'PrivateTmp'],
    ['why-not', 'ReadWritePaths'],
    ['print-config'],
    ['explain'],
    ['rules'],
    ['--stdin-filename'],
  ]

  /** A folder with a unit that has hostile names and texts wherever there can be any. */
  function folderOf(name: string, text: string): string {
    const line = text.replaceAll(/[\r\n\0]/g, ' ').replaceAll(/(?![\uDC80-\uDCFF])\p{Cs}/gu, '_')
    const unit = encode(
      [
        `[Unit]\nDescription=${line}\nAfter=${line}\nRequires=${line}.service`,
        `[${line.replaceAll(/[[\]]/g, '')}]\n${line}=${line}\nX=${line}`,
        `[Service]\nExecStart=/bin/${line} ${line}\nExecStart=/bin/sh -c '${line}'\nUser=${line}\n${line}\n${line}=x\nReadWritePaths=/${line}`,
        `DeviceAllow=/dev/${line} rw\nDevicePolicy=closed\n# unitlint-disable ${line} -- ${line}\n# unitlint-disable-next-line ${line}\nNice=${line}`,
      ].join('\n'),
    )
    const stem = name === '' ? 'a' : name
    return makeFolder({
      [`${stem}.service`]: unit,
      [`${stem}.service.d/${stem}.conf`]: encode(`[Service]\nPrivateTmp=${line}\n${line}`),
      [`below/${stem}/${stem}.service`]: unit,
      [`${stem}.d/a.timer`]: unit,
      [`${stem}/not.service`]: {link: `/nowhere/${stem}`},
      [`${stem}x.service`]: {link: '/dev/full'},
    })
  }

  it('says nothing that a terminal or a runner obeys, of any file below a folder', async () => {
    await fc.assert(
      fc.asyncProperty(
        hostileName,
        hostileText,
        fc.constantFrom(...commands),
        async (name, text, command) => {
          const {stdout, stderr} = await cli(command, {cwd: folderOf(name, text)})
          expectInert(stdout, command.includes('github') ? ofGithub : undefined)
          expectInert(stderr)
        },
      ),
      {numRuns: times(60)},
    )
  })

  it('nor of one that is named', async () => {
    await fc.assert(
      fc.asyncProperty(
        hostileName,
        hostileText,
        fc.constantFrom(...onOne),
        async (name, text, command) => {
          const cwd = folderOf(name, text)
          const named = `${name === '' ? 'a' : name}.service`
          for (const argument of [named, text, `${named}.d`, `${name}/not.service`]) {
            const words =
              command.at(-1) === '--stdin-filename'
                ? [`--stdin-filename=${argument}`]
                : [...command, '--', argument]
            const {stdout, stderr} = await cli(words, {
              cwd,
              stdin: encode(`[Service]\n${text.replaceAll(/(?![\uDC80-\uDCFF])\p{Cs}/gu, '_')}`),
            })
            // A tab is part of many values.
            expectInert(stdout, {allowed: command[0] === 'show' ? '\n\t' : '\n'})
            expectInert(stderr)
          }
        },
      ),
      {numRuns: times(40)},
    )
  })

  it('nor of what configs and plugins are called', async () => {
    const commands = [
      ...reports,
      ['rules'],
      ['rules', '--json'],
      ['print-config', 'a.service'],
      ['explain', 'own/own'],
    ]
    await fc.assert(
      fc.asyncProperty(
        hostileText,
        hostileText,
        fc.boolean(),
        fc.constantFrom(...commands),
        async (name, text, isWrong, command) => {
          const plugin = isWrong ? name.replaceAll(/\p{Cs}/gu, '_') : 'own'
          const words = JSON.stringify(text)
          const cwd = makeFolder({
            ...acme,
            'unitlint.config.json': JSON.stringify({
              plugins: {[plugin]: './named.mjs'},
              rules: {[`${plugin}/${plugin}`]: 'error', ...(isWrong && {[text]: 'warn'})},
            }),
            'named.mjs': `import acme from './acme.mjs'
const [rule] = acme.rules
export default {rules: [{...rule, id: ${JSON.stringify(plugin)}, summary: ${words}, why: ${words}, messages: {found: ${words}}}]}`,
            'a.service': described('TODO'),
          })
          const {stdout, stderr} = await cli(
            command.filter((word) => word !== '--no-config'),
            {cwd, stdin: described('TODO')},
          )
          if (!isWrong && text !== '') expect(stdout).toContain('own/own')
          expectInert(stdout, command.includes('github') ? ofGithub : undefined)
          expectInert(stderr)
        },
      ),
      {numRuns: times(60)},
    )
  })

  it('leads paths to what it finds, whatever they begin with', async () => {
    const cwd = makeFolder({
      '::error::pwn.service': 'Nice=1\n',
      '::warning::x.service': {link: '/dev/full'},
      '-a.service': 'Nice=1\n[Service]\nExecStart=/bin/a\n',
    })
    const {stdout, stderr, status} = await cli(['.', '--no-config', '--format', 'compact'], {cwd})
    expect([status, stderr]).toEqual([2, './::warning::x.service: Not a regular file\n'])
    expect(stdout).toMatch(
      /^(?:\.\/-a\.service:1:\d+: .*\n)+(?:\.\/::error::pwn\.service:1:\d+: .*\n)+$/,
    )
    const paths = new Set(
      stdout.split('\n').flatMap((line) => /^(.*?):\d+:\d+:/.exec(line)?.[1] ?? []),
    )
    const again = await cli([...paths, '--no-config', '--format', 'compact'], {cwd})
    expect(again.stdout).toBe(stdout)
    expect((await cli(['--no-config', '--', '-a.service'], {cwd})).stdout).toMatch(
      /^\.\/-a\.service:1:\d+\n/,
    )
    expect((await cli(['security', '--plan', '--', '-a.service'], {cwd})).stdout).toMatch(
      /^\.\/-a\.service: with /,
    )
    expect((await cli(['--no-config', '::error::gone.service'], {cwd})).stderr).toBe(
      './::error::gone.service: No such file or folder\n',
    )
    expect((await cli(['explain', '::error::gone'], {cwd})).stderr).toMatch(
      /^unitlint: Unexpected rule or directive `/,
    )
  })
})
