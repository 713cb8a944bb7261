import fc from 'fast-check'
import {expect} from 'vitest'

/** Characters that no output may hold as they are, from the first to the last of each range. */
const ranges: ReadonlyArray<readonly [first: number, last: number]> = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x180e, 0x180e],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xd800, 0xd800],
  [0xdbff, 0xdc00],
  [0xdc80, 0xdcff],
  [0xdfff, 0xdfff],
  [0xfeff, 0xfeff],
  [0xfff9, 0xfffb],
  [0xe0000, 0xe007f],
]

/** All of them, each alone. */
export const hostileCharacters: readonly string[] = ranges.flatMap(([first, last]) =>
  Array.from({length: last - first + 1}, (_, index) => String.fromCodePoint(first + index)),
)

/** Beginnings that a runner of CI obeys, or that a command takes for an option. */
export const hostileStarts: readonly string[] = [
  '::error::pwn',
  '::stop-commands::pwn',
  ' ::warning::pwn',
  '\t::add-mask::pwn',
  '\u00A0\u3000::error::pwn',
  '##[error]pwn',
  '###[set-env name=A]pwn',
  '##vso[task.setvariable variable=a]b',
  '-pwn',
  '--fix',
]

/** Text of such characters and beginnings, and of harmless ones. */
export const hostileText: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('', ...hostileStarts),
    fc.array(
      fc.oneof(
        fc.constantFrom(...hostileCharacters),
        fc.constantFrom(...hostileStarts, ' ', 'a', '\n::error::pwn', '\r::error::pwn'),
      ),
      {maxLength: 8},
    ),
  )
  .map(([start, parts]) => start + parts.join(''))

/** The same as part of the name of a file. */
export const hostileName: fc.Arbitrary<string> = hostileText
  .map((text) => text.replaceAll(/[/\0\p{Cs}]/gu, '_'))
  .map((text) => Buffer.from(text).subarray(0, 180).toString().replaceAll('\uFFFD', '_'))

/**
 * Throws where an output holds a character of those but those allowed, or a line that a runner
 * obeys and that is not among those expected.
 */
export function expectInert(
  output: string,
  {lines = () => false, allowed = '\n'}: {lines?: (line: string) => boolean; allowed?: string} = {},
): void {
  const found = hostileCharacters.filter(
    (one) => !/\p{Cs}/u.test(one) && !allowed.includes(one) && output.includes(one),
  )
  expect(found.map((one) => one.codePointAt(0)?.toString(16))).toEqual([])
  // What is written as UTF-8 has these in the place of halves of surrogate pairs.
  expect(output).not.toMatch(/[\p{Cs}\uFFFD]/u)
  expect(
    output
      .split('\n')
      .filter((line) => (/^\s*::/.test(line) && !lines(line)) || /##[a-z]*\[/i.test(line)),
  ).toEqual([])
}
