import fc from 'fast-check'
import {defaultTarget} from '../../facts/targets.ts'
import {decode, encode} from '../../syntax/bytes.ts'
import {parse} from '../../syntax/parse.ts'
import {plain} from '../../syntax/plain.ts'
import {linesOf, stringify} from '../../syntax/stringify.ts'
import {effectiveUnit} from '../../unit/effective.ts'
import {load} from '../../unit/load.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import {verdict} from '../../unit/verdict.ts'
import {judged, someRules} from './properties.ts'
import {fuzzTarget, hold, anyOf} from './target.ts'

const ascii = [...'[]=\\#;\n\r\0 \t:%"\'~-/@ABab01'].map((character) => character.charCodeAt(0))
const chunks = [
  '[Service]\n',
  'ExecStart=/bin/a',
  'PrivateTmp=no\n',
  '[Unit]',
  'A=\\\n',
  '\uFEFF',
  '\r\n',
  '# c\n',
]

/** Bytes, most of which mean something in a unit. */
const bytes = fc
  .array(
    fc.oneof(
      {weight: 6, arbitrary: anyOf(ascii).map((byte) => [byte])},
      {weight: 2, arbitrary: anyOf(chunks).map((text) => [...new TextEncoder().encode(text)])},
      {weight: 1, arbitrary: fc.array(fc.nat(255), {maxLength: 4})},
    ),
    {maxLength: 24},
  )
  .map((parts) => Uint8Array.from(parts.flat()))

/**
 * Any bytes at all: nothing is lost on the way through text and tree, and there is always something
 * to say.
 */
export const bytesTarget = fuzzTarget<Uint8Array>({
  arbitrary: bytes,
  seeds: ['', '[Service]\r\0', 'A=b\\\n\uDC80', '[', '\uFEFF[Unit]\nA=\\', '=\\\n;\\\n=\n[]'].map(
    encode,
  ),
  check(input) {
    const text = decode(input)
    hold(same(encode(text), input), () => 'text to bytes is not what it was')
    const tree = parse(text)
    hold(
      stringify(tree) === text && stringify(plain(tree)) === text,
      () => 'a tree to text is not what it was',
    )
    hold(
      [...linesOf(tree)].map(({raw}) => raw).join('') === text,
      () => 'the lines are not the file',
    )
    const unit = loaded(text)
    verdict(unit)
    effectiveUnit(unit, {defaults: true})
    judged({files: [{path: 'a.service', text}]}, someRules(input.length))
  },
  grow(input, times) {
    const text = decode(input).repeat(times)
    const unit = loaded(text)
    for (const line of linesOf(unit.files[0]?.tree ?? parse('')))
      hold(line.raw !== '', () => 'a line without a text')
    verdict(unit)
  },
})

function same(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index])
}

function loaded(text: string): LoadedUnit {
  const files = [{path: 'a.service', role: 'fragment' as const, tree: parse(text)}]
  return load(files, {name: 'a.service', type: 'service', target: defaultTarget, manager: 'system'})
}
