import {nearest} from '../facts/nearest.ts'
import {lineFault, type Validator} from './fault.ts'
import {fieldFault, fieldsOf, splittingFault, type Field, type FieldFault} from './fields.ts'
import {meantWord, plainly} from './meant.ts'
import type {Parsed} from './parsed.ts'
import {quote} from './quote.ts'

/** Words that are architectures: `SystemCallArchitectures=` (systemd.exec(5)). */
export const architectureList: Validator = function* (value, {version}) {
  const {unknown, fault} = readArchitectures(value, version)
  for (const field of unknown) {
    const message = `Unexpected ${quote(field.text)}, expected an architecture such as \`native\``
    const meant = meantWord(field.text, (word) => isArchitecture(word, version), meantMachine)
    yield fieldFault(field, message, 'word', meant)
  }
  if (fault) yield splittingFault(fault)
}

/**
 * The architecture that processes see: `Personality=` (systemd.exec(5)). Of those that systemd
 * knows, x86-64 has two.
 */
export const personality: Validator = function* (value, context) {
  if (value === 'x86-64' || value === 'x86') return
  const meant = plainly(value, personality, context, (bare) => meantMachine(bare)[0])
  yield lineFault(value, `Unexpected ${quote(value)}, expected \`x86-64\` or \`x86\``, meant)
}

/**
 * The architectures after one more line; unknown words are skipped, an empty value empties the set.
 * Undefined for a line of which nothing is taken.
 */
export function applyArchitectures(
  current: ReadonlySet<string>,
  value: string,
  version: number,
): Parsed<ReadonlySet<string>> {
  if (value === '') return {value: new Set()}
  const {architectures} = readArchitectures(value, version)
  return architectures.length === 0 ? undefined : {value: new Set([...current, ...architectures])}
}

function readArchitectures(
  value: string,
  version: number,
): {architectures: readonly string[]; unknown: readonly Field[]; fault: FieldFault | undefined} {
  const {fields, fault} = fieldsOf(value, version, {quotes: true})
  const architectures: string[] = []
  const unknown: Field[] = []
  for (const field of fields) {
    if (isArchitecture(field.text, version)) architectures.push(field.text)
    else unknown.push(field)
  }
  return {architectures, unknown, fault}
}

/** Whether a word names an architecture; `loongarch64` came with 256, those of PA-RISC with 249. */
function isArchitecture(word: string, version: number): boolean {
  if (!known.includes(word)) return false
  if (word.startsWith('parisc')) return version >= 249
  return word !== 'loongarch64' || version >= 256
}

const known: readonly string[] = (
  'native x86 x86-64 x32 arm arm64 loongarch64 mips mips64 mips64-n32 mips-le mips64-le mips64-le-n32 ' +
  'parisc parisc64 ppc ppc64 ppc64-le riscv64 s390 s390x'
).split(' ')

/** Names that other programs have for an architecture. */
function meantMachine(bare: string): readonly (string | undefined)[] {
  const name = bare.toLowerCase()
  return [
    architectureAliases.get(name) ?? name,
    /^[a-z]{5,}$/.test(name) ? nearest(name, known) : undefined,
  ]
}

const architectureAliases: ReadonlyMap<string, string> = new Map([
  ['x86_64', 'x86-64'],
  ['amd64', 'x86-64'],
  ['i386', 'x86'],
  ['i686', 'x86'],
  ['aarch64', 'arm64'],
])
