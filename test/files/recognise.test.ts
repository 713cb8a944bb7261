import fc from 'fast-check'
import {existsSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {describe, expect, it} from 'vitest'
import {findFiles} from '../../src/files/find.ts'
import {readText} from '../../src/files/read.ts'
import {impostor, looksLikeQuadlet} from '../../src/files/recognise.ts'
import {parse} from '../../src/syntax/parse.ts'
import {times} from '../times.ts'

const corpus =
  process.env['UNITLINT_CORPUS'] ??
  fileURLToPath(new URL('../../../shared/corpus', import.meta.url))

describe('impostor', () => {
  it.each([
    ['[D-BUS Service]\nName=a.b\nExec=/bin/false\n', 'a D-Bus service file'],
    ['# Licence\n\n  [D-BUS Service]\r\nName=a.b\n', 'a D-Bus service file'],
    ['<?xml version="1.0"?>\n<service-group>\n', 'XML'],
    ['#!/bin/sh\nA=1\n', 'a script'],
    ['\0GIT\0x=1', 'a binary file'],
    ['/usr/lib/systemd/system/a.service', 'text without sections and assignments'],
    ['see [1]\n', 'text without sections and assignments'],
    ['type _ftp._tcp\nport 21\n', 'text without sections and assignments'],
    ['FROM alpine\nENV PATH=/bin\n', 'text without sections and assignments'],
    [
      '[Service]\n{% if proxy %}\nEnvironment=P={{ proxy }}\n{% endif %}\n',
      'an unrendered template',
    ],
    ['# Managed\r\n[Unit]\r\n{{ ansible_managed | comment }}\r\n', 'an unrendered template'],
    ['[Service]\n<% if @x -%>\nUser=x\n<% end -%>\n', 'an unrendered template'],
    ['<%= comment %>\n[Service]\nUser=x\n', 'an unrendered template'],
    ['[Service]\n  {{- range .Lines }}\n{{ . }}\n  {{- end }}\n', 'an unrendered template'],
    ['[Service]\nUser=x\n@SANDBOXING@\n', 'an unrendered template'],
    ['[Service]\n@EXTRA@', 'an unrendered template'],
    ['[Service]\n${EXTRA}\n', 'an unrendered template'],
    ['[@TYPE@]\nUser=x\n', 'an unrendered template'],
    ['[{{ type }}]\nUser=x\n', 'an unrendered template'],
  ])('knows %j', (text, kind) => {
    expect(impostor(text)).toBe(kind)
  })

  it.each([
    '',
    '\n',
    '# nothing yet\n',
    '; nothing\n',
    '[Unit]\n',
    '\uFEFF[Unit]\n',
    ' [Unit]\n\0',
    '[Unit]\n\0',
    'ExecStart=/bin/true\n',
    '  After = x\n',
    '[Service\nA=b',
    '# <xml>\n[Unit]\n',
    '\n#!/bin/sh\n[Unit]',
    '[Service]\nExecStart=@bindir@/x --user {{ user }}\nUser=%USER%\n',
    '[Service]\nExecStart=@/bin/x x\nEnvironment=A=${B} %i\nSystemCallFilter=@clock\n',
    "[Service]\nExecStart=/bin/awk '\\\n{{ print }}' \\\n{%n} \\\n@x@\n",
    "[Service]\nExecStart=/bin/awk '\\\n# {{ x }}\n{{ print }}'\n",
    '[Service]\n# {{ ansible_managed }}\n; @x@\nUser=x\n',
    '[Socket]\nListenStream=@x@\n',
  ])('takes %j for a unit', (text) => {
    expect(impostor(text)).toBe(undefined)
  })

  it.skipIf(!existsSync(corpus))('is right about every real file', async () => {
    const kinds = async (folder: string): Promise<string[]> => {
      const {files} = findFiles([`${corpus}/${folder}`], '/')
      return files.map(({path}) => {
        const read = readText(path)
        return 'text' in read ? `${impostor(read.text)}` : read.fault
      })
    }
    expect(new Set(await kinds('units'))).toEqual(new Set(['undefined', 'an unrendered template']))
    expect(await kinds('not-units')).not.toContain('undefined')
  })

  it('takes nothing for a template that systemd reads without leaving out a line', () => {
    const words = [
      '{{ x }}',
      '{% x %}',
      '<% x %>',
      '@x@',
      '__X__',
      '%X%',
      '${X}',
      '[Unit]',
      '[@x@]',
      'User',
      '=',
      '#',
      ';',
      ' ',
      '\\',
      '\n',
      '\r\n',
      'x',
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words)), (parts) => {
        const text = `[Unit]\n${parts.join('')}`
        const {children} = parse(text)
        const lines = children.flatMap((child) =>
          child.type === 'section' ? child.children : [child],
        )
        const isWhole = lines.every(
          ({type, ...line}) => type !== 'junk' && (!('key' in line) || line.key === 'User'),
        )
        if (isWhole && children.every((child) => child.type !== 'section' || child.name === 'Unit'))
          expect(impostor(text), text).toBeUndefined()
      }),
      {numRuns: times(2000)},
    )
  })
})

describe('looksLikeQuadlet', () => {
  it.each([
    ['[Container]\nImage=x\n', 'container', true],
    ['\uFEFF \t[Container]\n', 'container', true],
    ['[Contaner]\nImage=x\n', 'container', true],
    ['# c\n[Unit]\n', 'container', true],
    ['[Quadlet]\n', 'volume', true],
    ['[Odd]\n[Pod]\n', 'pod', true],
    ['[Container]\n', 'volume', false],
    ['[Exotic]\n', 'pod', false],
    ['=head1 NAME\n', 'pod', false],
    ['', 'image', false],
    ['x [Image]\n', 'image', false],
    ['[Network]\nSubnet=10.0.0.0/8\n', 'network', true],
    ['[Network]\nDHCP=yes\n[Match]\nName=eth0\n', 'network', false],
    ['[Match]\nName=eth0\n', 'network', false],
    ['[Container]\n[Match]\n', 'container', true],
  ] as const)('%j may be a .%s: %s', (text, type, expected) => {
    expect(looksLikeQuadlet(text, type)).toBe(expected)
  })
})
