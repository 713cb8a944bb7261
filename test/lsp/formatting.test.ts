import {readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {formatting} from '../../src/lsp/answers/formatting.ts'
import {document} from '../../src/lsp/document.ts'
import type {Document} from '../../src/lsp/document.ts'
import {load} from '../../src/unit/load.ts'
import {effectiveUnit} from '../../src/unit/effective.ts'
import {target} from '../../src/facts/targets.ts'
import {parse} from '../../src/syntax/parse.ts'

const open = (text: string): Document =>
  document({uri: 'file:///a.service', path: '/a.service', version: 1, text}, 'utf-16')

/** A text as a client has it once it has made the edits, the last one first. */
function formatted(text: string, part?: {readonly start: number; readonly end: number}): string {
  const its = open(text)
  const edits = formatting(its, 'service', part ?? {start: 0, end: text.length})
  return edits
    .toReversed()
    .reduce(
      (now, {range: {start, end}, newText}) =>
        now.slice(0, its.places.offsetAt(start)) + newText + now.slice(its.places.offsetAt(end)),
      text,
    )
}

describe('formatting', () => {
  it('takes away white space that systemd passes over, and parts sections by an empty line', () => {
    expect(
      formatted(
        '\n\n [Unit] \nDescription =  A  b \t\n\tAfter= x.service\n[Service]\n\n\n\nExecStart=/usr/bin/a  b\n   # why \nUser=a\n# of the next\n[Install]\n WantedBy=b.target\n  \n\n',
      ),
    ).toBe(
      '[Unit]\nDescription=A  b\nAfter=x.service\n\n[Service]\n\nExecStart=/usr/bin/a  b\n# why\nUser=a\n# of the next\n[Install]\nWantedBy=b.target\n',
    )
  })

  it.each([
    [
      'values over several lines',
      '[Service]\nExecStart=/usr/bin/a \\\n    --b  \\\n  # c \n    --d\n',
    ],
    ['a value that begins in the next line', '[Service]\nExecStart= \\\n    /usr/bin/a\n'],
    ['a backslash that white space follows', '[Service]\nExecStart=/usr/bin/a \\ \nUser=b\n'],
    ['what is no line of a unit', '[Service]\n  junk  \nUser=a\n'],
    ['a value that takes back others', '[Service]\nEnvironment=\n'],
    ['what is never ended', '[Service]\nExecStart=/usr/bin/a \\'],
  ])('leaves %s as they are', (_, text) => expect(formatted(text)).toBe(text))

  it('ends lines as the file does', () => {
    expect(formatted('[Unit]\r\nAfter = a.service\r\n[Service]\r\nUser=a')).toBe(
      '[Unit]\r\nAfter=a.service\r\n\r\n[Service]\r\nUser=a\r\n',
    )
  })

  it('changes no more than it is asked about', () => {
    const text = '[Unit]\nAfter = a\nBefore = b\n'
    const start = text.indexOf('Before')
    expect(formatted(text, {start, end: start + 3})).toBe('[Unit]\nAfter = a\nBefore=b\n')
  })

  it("leaves Quadlet's files to Podman", () => {
    expect(formatting(open('[Container]\nImage = a\n'), 'container', {start: 0, end: 30})).toEqual(
      [],
    )
  })

  it('changes nothing of what a unit says, and nothing when it is done again', () => {
    const folder = path.resolve('docs/examples')
    const texts = readdirSync(folder, {recursive: true, encoding: 'utf8'})
      .filter((name) => name.endsWith('.service'))
      .map((name) => readFileSync(path.join(folder, name), 'utf8'))
    expect(texts.length).toBeGreaterThan(1)
    const parts = [
      '[Unit]',
      '[Service]',
      'User',
      'ExecStart',
      '=',
      ' = ',
      ' ',
      '\t',
      '\\',
      '\n',
      '\n\n',
      '\r\n',
      '\\\n',
      ' \\\n',
      '#',
      ';',
      'a',
      '/b',
      '\u00a0',
      '\0',
      '"',
    ]
    const said = (text: string): unknown => {
      const unit = load([{path: 'a.service', role: 'fragment', tree: parse(text)}], {
        name: 'a.service',
        type: 'service',
        target: target('257')!,
        manager: 'system',
      })
      return effectiveUnit(unit, {defaults: false}).values.map(({section, key, value}) => [
        section,
        key,
        value,
      ])
    }
    for (const text of texts) expect(said(formatted(text))).toEqual(said(text))
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), {maxLength: 40}), (its) => {
        const text = its.join('')
        const once = formatted(text)
        expect(said(once)).toEqual(said(text))
        expect(formatted(once)).toBe(once)
      }),
      {numRuns: 2000},
    )
  })
})
