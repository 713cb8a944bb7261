import fc from 'fast-check'
import {expect, test} from 'vitest'
import {report} from '../../src/reporters/index.ts'
import {printable} from '../../src/reporters/printable.ts'
import {anyFile} from './arbitraries.ts'
import {bareService, context, execStart, linted, missing} from './files.ts'

test('commands with relative paths', async () => {
  const files = [
    linted('/repository/units/a.service', bareService, [
      missing('PrivateTmp=yes', 'safe'),
      {text: '100%, or: `a\nb`', at: execStart, severity: 2, ruleId: 'x:y,z'},
    ]),
    linted('/etc/b.service', bareService, [
      {text: 'Unexpected section', at: [0, bareService.length], severity: 2, ruleId: 'section'},
    ]),
    linted('50%,a:b.service', '', [{text: 'Cannot read it', fatal: true}]),
    linted('-', bareService, [{text: 'Hm', at: [0, 1]}]),
  ]
  expect(await report('github', files, context())).toBe(
    [
      '::warning file=units/a.service,line=4,col=1,endLine=4,endColumn=10,title=unitlint(private-tmp)::Expected `PrivateTmp=yes`',
      '::error file=units/a.service,line=5,col=1,endLine=5,endColumn=27,title=unitlint(x%3Ay%2Cz)::100%25, or: `a\\x0ab`',
      '::error file=/etc/b.service,line=1,endLine=6,title=unitlint(section)::Unexpected section',
      '::error file=50%25%2Ca%3Ab.service,title=unitlint::Cannot read it',
      '::warning file=<stdin>,line=1,col=1,endLine=1,endColumn=2,title=unitlint::Hm',
    ].join('\n'),
  )
})

test('forward slashes on Windows', async () => {
  const files = [
    linted('C:\\repository\\units\\a.service', bareService, [{text: 'Hm', severity: 2}]),
  ]
  expect(await report('github', files, context({cwd: 'C:\\repository'}))).toBe(
    '::error file=units/a.service,title=unitlint::Hm',
  )
})

test('is read back as it was meant, a command a message', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyFile, {maxLength: 3}), async (files) => {
      const text = await report('github', files, context())
      const commands = text === '' ? [] : text.split(/[\p{Cc}\u2028\u2029]/u).map(runCommand)
      const said = files.flatMap((file) => file.messages)
      expect(commands.map(({message}) => message).toSorted()).toEqual(
        said.map(({reason}) => printable(reason)).toSorted(),
      )
      for (const {command, properties} of commands) {
        expect(['error', 'warning']).toContain(command)
        expect(properties.get('title')).toMatch(/^unitlint/)
        expect([...properties.keys()].join()).toMatch(
          /^file(,line(,col)?,endLine(,endColumn)?)?,title$/,
        )
      }
    }),
  )
})

/** What a runner makes of a line: as documented for workflow commands. */
function runCommand(line: string): {
  command: string
  properties: Map<string, string>
  message: string
} {
  const [, command = '', list = '', message = ''] = /^::([a-z]+) (.*?)::(.*)$/.exec(line) ?? []
  const unescape = (text: string): string =>
    text.replaceAll(/%(0D|0A|3A|2C|25)/g, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    )
  const properties = list.split(',').map((property): [string, string] => {
    const equals = property.indexOf('=')
    return [property.slice(0, equals), unescape(property.slice(equals + 1))]
  })
  return {command, properties: new Map(properties), message: unescape(message)}
}
