import fc from 'fast-check'
import {defaultTarget} from '../../facts/targets.ts'
import {needs} from '../../needs/needs.ts'
import {configOf} from '../../needs/sight/configs.ts'
import {daemons} from '../../needs/sight/daemons.ts'
import {readElf} from '../../needs/sight/elf.ts'
import {readScript} from '../../needs/sight/languages.ts'
import {parse} from '../../syntax/parse.ts'
import {hostOf} from '../../unit/host.ts'
import {load} from '../../unit/load.ts'
import {elf} from './elf-file.ts'
import {fuzzTarget, hold, anyOf} from './target.ts'

/** A program as it is made, and what is done to its bytes. */
interface Changed {
  readonly is64: boolean
  readonly isLittle: boolean
  readonly hash: 'gnu' | 'sysv'
  readonly hasSections: boolean
  readonly imports: readonly string[]
  readonly changes: ReadonlyArray<readonly [at: number, bytes: readonly number[]]>
  /** Of a hundred, how much is left. */
  readonly left: number
}

const changed: fc.Arbitrary<Changed> = fc.record({
  is64: fc.boolean(),
  isLittle: fc.boolean(),
  hash: fc.constantFrom('gnu', 'sysv'),
  hasSections: fc.boolean(),
  imports: fc.array(fc.constantFrom('chroot', 'mount', 'dlopen', 'x', 'setuid'), {maxLength: 3}),
  changes: fc.array(
    fc.tuple(
      fc.nat(700),
      fc.array(fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), fc.nat(255)), {
        minLength: 1,
        maxLength: 8,
      }),
    ),
    {
      maxLength: 4,
    },
  ),
  left: fc.oneof({weight: 3, arbitrary: fc.constant(100)}, {weight: 1, arbitrary: fc.nat(100)}),
})

/** More than any file that is read asks for: its tables are bounded. */
const mostAsked = 8 * 1024 * 1024

/**
 * Programs of which some bytes are others, or that are cut: nothing is thrown, and no more is read
 * than there is room for.
 */
export const elfTarget = fuzzTarget<Changed>({
  arbitrary: changed,
  seeds: [
    {
      is64: true,
      isLittle: true,
      hash: 'gnu',
      hasSections: true,
      imports: ['chroot'],
      changes: [],
      left: 100,
    },
  ],
  check(input) {
    const bytes = bytesOf(input)
    let asked = 0
    const found = readElf((start, length) => {
      hold(
        Number.isSafeInteger(start) && start >= 0 && length > 0,
        () => `asked for ${length} bytes at ${start}`,
      )
      asked += length
      return bytes.subarray(start, start + length)
    })
    hold(asked <= mostAsked, () => `asked for ${asked} bytes`)
    if (input.changes.length > 0 || input.left < 100) return
    hold(
      found?.imports.join(' ') === [...new Set(input.imports)].join(' '),
      () => `imports are ${found?.imports.join(' ')}`,
    )
    hold(found?.isExact === input.hasSections, () => 'it is not known whether that is all')
  },
  grow(input, times) {
    const imports = Array.from({length: times}, (_, index) => `function_${index}`)
    const bytes = bytesOf({...input, imports})
    readElf((start, length) => bytes.subarray(start, start + length))
  },
})

function bytesOf({is64, isLittle, hash, hasSections, imports, changes, left}: Changed): Uint8Array {
  const bytes = elf({
    is64,
    isLittle,
    hash,
    imports: [...new Set(imports)],
    defined: ['main'],
    libraries: ['libc.so.6'],
    ...(hasSections && {sections: ['.dynsym']}),
  })
  for (const [at, values] of changes)
    for (const [index, value] of values.entries())
      if (at + index < bytes.length) bytes[at + index] = value
  return bytes.subarray(0, Math.ceil((bytes.length * left) / 100))
}

/** A file of a machine, and how it is used. */
interface Used {
  readonly interpreter: string
  readonly daemon: number
  readonly parts: readonly string[]
}

const words = [
  ...[
    '"',
    "'",
    '`',
    '"""',
    "'''",
    '#',
    '//',
    '/*',
    '*/',
    '\\',
    '\n',
    ' ',
    '{',
    '}',
    ';',
    '[',
    ']',
    '(',
    ')',
    ',',
    '=',
    ':',
    '$',
    '*',
    '\0',
    '\uDC80',
  ],
  ...[
    'import os',
    'os.chroot(',
    'subprocess.run(["ip", "link"])',
    'require("dgram")',
    'system("mount /a")',
    '$> = 1',
    'Dir.chroot',
    'eval',
    'exec ',
    'f() {',
  ],
  ...[
    'listen 80',
    'user x',
    'include *',
    'include /etc/*/*.conf',
    'chroot /x',
    '[mysqld]',
    'port=1',
    '!includedir /etc',
    '/dev/x',
    '/home/a',
    'A=b\n',
    '<<E\n',
  ],
]
const interpreters = ['python3', 'node', 'perl', 'ruby', 'sh', 'bash', 'lua']

/**
 * Scripts, configs and files of variables of any kind: nothing is thrown, and a service that uses
 * them has needs.
 */
export const sightTarget = fuzzTarget<Used>({
  arbitrary: fc.record({
    interpreter: anyOf(interpreters),
    daemon: fc.nat(daemons.length - 1),
    parts: fc.array(anyOf(words), {maxLength: 16}),
  }),
  seeds: [{interpreter: 'sh', daemon: 0, parts: ['f() {', '\n', 'eval', '"', '$']}],
  check(input) {
    const text = input.parts.join('')
    lookedAt(text, input)
    const unit =
      '[Service]\nEnvironmentFile=/x.env\nExecStart=/x.run $A ${A}\nExecStartPre=/usr/bin/nginx -c /x.conf\n'
    const files = {
      '/x.env': text,
      '/x.run': `#!/usr/bin/${input.interpreter}\n${text}`,
      '/x.conf': text,
    }
    const its = load([{path: 'a.service', role: 'fragment', tree: parse(unit)}], {
      name: 'a.service',
      type: 'service',
      target: defaultTarget,
      manager: 'system',
      host: hostOf(files),
    })
    hold(needs(its).length > 0, () => 'it needs nothing')
  },
  grow(input, times) {
    lookedAt(input.parts.join('').repeat(times), input)
  },
})

function lookedAt(text: string, {interpreter, daemon}: Used): void {
  readScript(text, '/x', interpreter)
  const {programs = '', files = []} = daemons[daemon] ?? {}
  const [program = ''] = programs.split(/[ *]/)
  configOf(program, [], hostOf({[files[0] ?? '/x']: text}))
}
