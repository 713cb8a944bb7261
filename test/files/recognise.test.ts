import {existsSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {describe, expect, it} from 'vitest'
import {findFiles} from '../../src/files/find.ts'
import {readText} from '../../src/files/read.ts'
import {impostor} from '../../src/files/recognise.ts'

const corpus = process.env['UNITLINT_CORPUS'] ?? fileURLToPath(new URL('../../../shared/corpus', import.meta.url))

describe('impostor', () => {
  it.each([
    ['[D-BUS Service]\nName=a.b\nExec=/bin/false\n', 'a D-Bus service file'],
    ['# Licence\n\n  [D-BUS Service]\r\nName=a.b\n', 'a D-Bus service file'],
    ['<?xml version="1.0"?>\n<service-group>\n', 'XML'],
    ['#!/bin/sh\nA=1\n', 'a script'],
    ['\0GIT\0x=1', 'a binary file'],
    ['/usr/lib/systemd/system/a.service', 'text without sections and assignments'],
    ['type _ftp._tcp\nport 21\n', 'text without sections and assignments'],
    ['FROM alpine\nENV PATH=/bin\n', 'text without sections and assignments'],
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
    'ExecStart=/bin/true\n',
    '  After = x\n',
    '[Service\nA=b',
    '# <xml>\n[Unit]\n',
    '\n#!/bin/sh\n[Unit]',
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
    expect(new Set(await kinds('units'))).toEqual(new Set(['undefined']))
    expect(await kinds('not-units')).not.toContain('undefined')
  })
})
