import path from 'node:path'
import {pathToFileURL} from 'node:url'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {completion} from '../../src/lsp/answers/completion.ts'
import {diagnostics} from '../../src/lsp/answers/diagnostics.ts'
import {Desk} from '../../src/lsp/desk.ts'
import {positionsIn} from '../../src/lsp/places.ts'
import {subject} from '../../src/lsp/subject.ts'
import {queryOf} from '../../src/unit/query.ts'
import {folderWith} from './client.ts'

const files = {
  'a.service':
    '[Unit]\nAfter=b.service\nWants=b.service\n[Service]\nExecStart=/usr/bin/a\n[Install]\nWantedBy=multi-user.target\n',
  'b.service': '[Unit]\nAfter=c.service\n[Service]\nExecStart=/usr/bin/b\nRuntimeDirectory=x\n',
  'c.service': '[Service]\nExecStart=/usr/bin/c\n',
  'c.service.d/more.conf': '[Service]\nEnvironment=A=1\n',
  'c.timer': '[Timer]\nOnCalendar=daily\n',
  's.socket': '[Socket]\nListenStream=/run/s\n',
  's.service': '[Service]\nExecStart=/usr/bin/s\n',
  't@.service': '[Service]\nExecStart=/usr/bin/t %i\n',
}
const names = Object.keys(files)

/** Lines that change what a unit is to others, and lines that do not; an empty text masks. */
const lines = [
  '[Unit]\nAfter=a.service\nWants=a.service\n',
  '[Unit]\nBefore=a.service\n',
  '[Unit]\nRequires=c.service s.socket nothing.service\n',
  '[Unit]\nConflicts=shutdown.target b.service\nAfter=t@1.service\n',
  '[Service]\nRuntimeDirectory=x\nUser=u\nRemoveIPC=no\n',
  '[Service]\nRestart=alway\n',
  '[Service]\nBusName=org.example.A\nType=dbus\n',
  '[Service]\nSockets=s.socket\nRemainAfterExit=yes\n',
  '[Timer]\nUnit=b.service\n',
  '[Socket]\nAccept=yes\n',
  '[Install]\nAlso=c.timer\nWantedBy=a.service\n',
  '[Serv',
]
const edit = fc.record({
  name: fc.constantFrom(...names),
  text: fc.option(fc.constantFrom(...lines)),
  isWhole: fc.boolean(),
})

function deskAt(folder: string): Desk {
  const desk = new Desk({cwd: folder, now: () => 0, note: () => undefined})
  desk.look([folder])
  return desk
}

describe('a folder in which one types', () => {
  it('has the answers of one that is looked at anew, after each edit', async () => {
    using folder = folderWith(files)
    const uri = (name: string): string => pathToFileURL(path.join(folder.path, name)).href
    const said = async (desk: Desk): Promise<unknown> => {
      const all: unknown[] = []
      for (const its of desk.documents)
        all.push([
          its.uri,
          diagnostics(await desk.spaceOf(its.path), its, {ruleUrl: () => undefined}),
        ])
      return all
    }
    await fc.assert(
      fc.asyncProperty(fc.array(edit, {minLength: 1, maxLength: 6}), async (edits) => {
        const typed = deskAt(folder.path)
        const texts = new Map<string, string>(Object.entries(files))
        for (const [name, text] of texts) typed.open(uri(name), text, 1)
        await said(typed)
        for (const [version, {name, text, isWhole}] of edits.entries()) {
          const before = texts.get(name) ?? ''
          texts.set(name, text === null ? (isWhole ? '' : before) : isWhole ? text : before + text)
          typed.change(uri(name), [{text: texts.get(name) ?? ''}], version + 2)
          const anew = deskAt(folder.path)
          for (const [other, its] of texts) anew.open(uri(other), its, 1)
          expect(await said(typed)).toEqual(await said(anew))
        }
      }),
      {numRuns: 25},
    )
  })

  it('has those of the files again once what was typed is closed', async () => {
    using folder = folderWith(files)
    const uri = (name: string): string => pathToFileURL(path.join(folder.path, name)).href
    const desk = deskAt(folder.path)
    const found = async (): Promise<number> => {
      const its = desk.document(uri('c.service'))
      return its
        ? diagnostics(await desk.spaceOf(its.path), its, {ruleUrl: () => undefined}).filter(
            ({code}) => code === 'no-ordering-cycle',
          ).length
        : -1
    }
    desk.open(uri('c.service'), files['c.service'], 1)
    expect(await found()).toBe(0)
    desk.change(
      uri('c.service'),
      [{text: '[Unit]\nAfter=b.service\nRequires=b.service\n[Service]\nExecStart=/usr/bin/c\n'}],
      2,
    )
    expect(await found()).toBe(1)
    desk.open(uri('b.service'), files['b.service'].replace('After=c.service\n', ''), 1)
    expect(await found()).toBe(0)
    desk.close(uri('b.service'))
    expect(await found()).toBe(1)
  })
})

it('tells of a circle as it is now, though units are to each other what they were', async () => {
  const unit = (other: string): string =>
    `[Unit]\nAfter=${other}\nWants=${other}\n[Service]\nExecStart=/usr/bin/x\n`
  using folder = folderWith({'a.service': unit('b.service'), 'b.service': unit('a.service')})
  const uri = (name: string): string => pathToFileURL(path.join(folder.path, name)).href
  const desk = deskAt(folder.path)
  /** The lines of the circle in one unit, with the text of the other. */
  const told = async (name: string, other: string, text: string): Promise<readonly number[]> => {
    desk.open(uri(other), text, 1)
    const its = desk.document(uri(name))
    if (!its) throw new Error('Expected the document to be open')
    return diagnostics(await desk.spaceOf(its.path), its, {ruleUrl: () => undefined}).flatMap(
      ({code, range}) => (code === 'no-ordering-cycle' ? [range.start.line] : []),
    )
  }
  desk.open(uri('a.service'), unit('b.service'), 1)
  desk.open(uri('b.service'), unit('a.service'), 1)
  expect(await told('b.service', 'a.service', unit('b.service'))).toEqual([1])
  // systemd refuses two programs; the unit that is asked lies where it was.
  const refused = `${unit('b.service')}ExecStart=/usr/bin/y\n`
  expect(await told('b.service', 'a.service', refused)).toEqual([])
  expect(await told('b.service', 'a.service', unit('b.service'))).toEqual([1])
  // The line that closes it is another one.
  expect(await told('b.service', 'b.service', `# More\n\n${unit('a.service')}`)).toEqual([3])
  expect(await told('b.service', 'b.service', unit('a.service'))).toEqual([1])
})

it('of more units than anybody looks at those are offered that have what is typed', async () => {
  const many = Object.fromEntries(
    Array.from({length: 900}, (_, index) => [`unit-${index}.service`, '[Service]\nExecStart=/a\n']),
  )
  using folder = folderWith(many)
  const uri = pathToFileURL(path.join(folder.path, 'unit-0.service')).href
  const desk = deskAt(folder.path)
  const offered = async (value: string): Promise<[boolean, number, string | undefined]> => {
    const text = `[Unit]\nAfter=${value}`
    desk.open(uri, text, 1)
    const its = desk.document(uri)
    if (!its) throw new Error('Expected the document to be open')
    const {isIncomplete, items} = completion(
      subject(await desk.spaceOf(its.path), its),
      text.length,
    )
    return [isIncomplete, items.length, items.map(({label}) => label).toSorted()[0]]
  }
  expect(await offered('')).toEqual([true, 800, 'unit-1.service'])
  expect(await offered('UNIT-89')).toEqual([true, 11, 'unit-89.service'])
  expect(await offered('unit-1.service multi-u')).toEqual([true, 1, 'multi-user.target'])
})

describe('places', () => {
  it('and offsets lead to each other, however characters are counted', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'é', '\u{1F600}', '\n', '\r', '\r\n', '\uD800'),
      maxLength: 30,
    })
    fc.assert(
      fc.property(
        text,
        fc.constantFrom('utf-8' as const, 'utf-16' as const, 'utf-32' as const),
        (its, encoding) => {
          const {offsetAt, positionAt, lineSpan, lineAt} = positionsIn(its, encoding)
          expect(
            Array.from({length: lineAt(its.length) + 1}, (_, line) => lineSpan(line)).map(
              ({start, end}) => its.slice(start, end),
            ),
          ).toEqual(its.split(/\r\n|\n|\r/))
          for (let offset = 0; offset <= its.length; offset++) {
            const back = offsetAt(positionAt(offset))
            const isWithin = /[\uDC00-\uDFFF]/.test(its[offset] ?? '') && encoding !== 'utf-16'
            if (!isWithin && its[offset - 1] !== '\r') expect(back).toBe(offset)
          }
        },
      ),
    )
  })
})

describe('a question about a part of a thing', () => {
  it('is answered once for all that have the very same part', () => {
    let asked = 0
    const ask = queryOf(
      ({part}: {readonly part: object; readonly more: number}) => part,
      ({more}, key: string) => {
        asked++
        return `${more}${key}`
      },
    )
    const part = {}
    expect([
      ask({part, more: 1}, 'a'),
      ask({part, more: 2}, 'a'),
      ask({part, more: 3}, 'b'),
      ask({part: {}, more: 4}, 'a'),
    ]).toEqual(['1a', '1a', '3b', '4a'])
    expect(asked).toBe(3)
  })
})
