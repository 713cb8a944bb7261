import {execFileSync} from 'node:child_process'
import {readdirSync, readFileSync, statSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {readElf} from '../../src/needs/sight/elf.ts'
import type {Binary} from '../../src/needs/sight/elf.ts'
import {elf} from '../../src/dev/fuzz/elf-file.ts'
import type {Elf} from '../../src/dev/fuzz/elf-file.ts'

function read(bytes: Uint8Array): Binary | undefined {
  return readElf((start, length) => bytes.subarray(start, start + length))
}

const kinds = [true, false].flatMap((is64) =>
  [true, false].flatMap((isLittle) =>
    (['gnu', 'sysv'] as const).map((hash) => ({is64, isLittle, hash})),
  ),
)
const plain: Elf = {
  imports: ['chroot', 'malloc'],
  defined: ['main'],
  libraries: ['libc.so.6', 'libcap.so.2'],
  runpath: '$ORIGIN/../lib:/opt/x',
}

describe('what a program imports', () => {
  it.each(kinds)('is read: %j', (kind) => {
    expect(read(elf({...plain, ...kind, sections: ['.dynsym', '.dynamic']}))).toEqual({
      isDynamic: true,
      imports: ['chroot', 'malloc'],
      libraries: ['libc.so.6', 'libcap.so.2'],
      searched: ['$ORIGIN/../lib', '/opt/x'],
      isExact: true,
      isStarted: true,
      asksForCode: false,
      machine: `${kind.is64 ? 2 : 1} ${kind.isLittle ? 1 : 2} ${kind.is64 ? 62 : 3}`,
    })
  })

  it.each<[string, Elf, Partial<Binary>]>([
    ['without section headers', plain, {isDynamic: true, isExact: false}],
    [
      'of Go',
      {...plain, sections: ['.dynsym', '.go.buildinfo']},
      {isDynamic: true, isExact: false},
    ],
    ['that is linked already', {isStatic: true}, {isDynamic: false, imports: [], isExact: false}],
    ['with an executable stack', {...plain, isExecutableStack: true}, {asksForCode: true}],
    ['that says nothing of its stack', {...plain, hasNoStack: true}, {asksForCode: true}],
    ['with a stack of data', plain, {asksForCode: false}],
    [
      'that is changed when it is loaded',
      {...plain, hasTextRelocations: true},
      {asksForCode: true},
    ],
    ['that starts itself', {...plain, startsItself: true}, {isStarted: false}],
    [
      'whose imports others find in it',
      {...plain, lent: ['free', 'signal'], sections: ['.dynsym']},
      {imports: ['chroot', 'malloc', 'free', 'signal'], isExact: true},
    ],
    [
      'with more sections than any has',
      {...plain, sections: ['.dynsym', ...Array.from({length: 511}, () => '.x')]},
      {isExact: false},
    ],
    [
      'with a name that is as long as any is read',
      {...plain, imports: ['a'.repeat(255), 'b'.repeat(256), 'malloc'], sections: ['.dynsym']},
      {imports: ['a'.repeat(255), 'malloc']},
    ],
    [
      'that is loaded at an address',
      {...plain, base: 0x40_0000, sections: ['.dynsym']},
      {imports: ['chroot', 'malloc'], libraries: ['libc.so.6', 'libcap.so.2'], isExact: true},
    ],
    [
      'with several folders',
      {...plain, runpath: 'lib::/opt/x:$ORIGIN'},
      {searched: ['lib', '/opt/x', '$ORIGIN']},
    ],
    [
      'whose texts end behind the file',
      {...plain, missing: 10_000, sections: ['.dynsym']},
      {imports: ['chroot', 'malloc'], isExact: false},
    ],
    [
      'without texts',
      {...plain, hasNoTexts: true, sections: ['.dynsym']},
      {isDynamic: true, imports: [], isExact: false},
    ],
    [
      'that takes nothing',
      {libraries: [], sections: ['.dynsym']},
      {isDynamic: true, imports: [], isExact: true},
    ],
  ])('tells of one %s', (_, given, expected) => {
    expect(read(elf(given))).toMatchObject(expected)
  })

  it.each(kinds)('is all where nothing is defined: %j', (kind) => {
    for (const imports of [['malloc'], ['chroot', 'malloc', 'free', 'signal', 'exit']])
      expect(read(elf({imports, ...kind, sections: ['.dynsym']}))).toMatchObject({
        imports,
        isExact: true,
      })
  })

  it('is nothing for what is no program', () => {
    for (const text of ['', '#!/bin/sh\n', '\u007fELF', '\u007fELF\u0003\u0001'])
      expect(read(new TextEncoder().encode(text))).toBeUndefined()
  })

  it.each(kinds)('is read of a file that is cut anywhere, and never said to be all: %j', (kind) => {
    const whole = elf({...plain, ...kind, sections: ['.dynsym']})
    for (let length = 0; length < whole.length; length++) {
      const found = read(whole.subarray(0, length))
      expect(found?.isExact ?? false).toBe(false)
    }
  })

  it('is bounded, whatever a file says of itself', () => {
    const whole = elf({...plain, sections: ['.dynsym']})
    for (let at = 16; at < whole.length; at++) {
      const changed = Uint8Array.from(whole)
      changed.fill(0xff, at, at + 8)
      let asked = 0
      readElf((start, length) => {
        asked += length
        return changed.subarray(start, start + length)
      })
      expect(asked).toBeLessThan(8 * 1024 * 1024)
    }
  })

  const canAsk = programs().some((file) => readelf(file) !== undefined)
  it.skipIf(!canAsk)('is what readelf tells of the programs here (needs readelf)', () => {
    const told = programs().flatMap((file) => {
      const found = read(readFileSync(file))
      return found?.isDynamic ? [[file, found] as const] : []
    })
    expect(told.length).toBeGreaterThan(0)
    for (const [file, {imports, libraries}] of told) {
      const output = readelf(file) ?? ''
      const undefinedNames = [...output.matchAll(/ UND ([^\s@]+)/g)].map(([, name]) => name)
      expect(new Set(imports), file).toEqual(new Set(undefinedNames))
      expect(libraries, file).toEqual(
        [...output.matchAll(/\(NEEDED\).*\[(.*)\]/g)].map(([, name]) => name),
      )
    }
    expect(told.every(([, {machine}]) => machine !== '')).toBe(true)
  })
})

/** A few programs of this machine, where it has any. */
function programs(): readonly string[] {
  const folder = '/usr/sbin'
  const names = ((): string[] => {
    try {
      return readdirSync(folder)
    } catch {
      return []
    }
  })()
  const files = names
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file, {throwIfNoEntry: false})?.isFile())
  return files.slice(0, 40)
}

function readelf(file: string): string | undefined {
  try {
    return execFileSync('readelf', ['--wide', '--dyn-syms', '--dynamic', file], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 2 ** 28,
    })
  } catch {
    return undefined
  }
}
