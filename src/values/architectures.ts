import type {Parsed} from './parsed.ts'
import {splitWords} from './words.ts'

/** Architectures that `SystemCallArchitectures=` knows; `loongarch64` came with 256. */
const architectures: readonly string[] = (
  'native x86 x86-64 x32 arm arm64 loongarch64 mips mips64 mips64-n32 mips-le mips64-le mips64-le-n32 ' +
  'parisc parisc64 ppc ppc64 ppc64-le riscv64 s390 s390x'
).split(' ')

/** Whether a word names an architecture. */
export function isArchitecture(word: string, version: number): boolean {
  return architectures.includes(word) && (word !== 'loongarch64' || version >= 256)
}

/** The architectures after one more line; unknown words are skipped, an empty value empties the set (systemd.exec(5), "SystemCallArchitectures="). */
export function applyArchitectures(current: ReadonlySet<string>, value: string, version: number): Parsed<ReadonlySet<string>> {
  if (value === '') return {value: new Set()}
  const words = splitWords(value, 'quotes').words.map((word) => word.text)
  return {value: new Set([...current, ...words.filter((word) => isArchitecture(word, version))])}
}
