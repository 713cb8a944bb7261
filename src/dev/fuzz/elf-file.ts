/** What a made ELF file is to say. */
export interface Elf {
  readonly is64?: boolean
  readonly isLittle?: boolean
  readonly imports?: readonly string[]
  readonly defined?: readonly string[]
  /** Imports that others find in it too, as where it compares addresses of functions. */
  readonly lent?: readonly string[]
  readonly libraries?: readonly string[]
  readonly runpath?: string
  /** Names of sections; absent: no section headers. */
  readonly sections?: readonly string[]
  readonly hash?: 'gnu' | 'sysv'
  readonly isExecutableStack?: boolean
  /** It says nothing of its stack. */
  readonly hasNoStack?: boolean
  readonly hasTextRelocations?: boolean
  /** Its texts are said to be so many bytes longer than the file has them. */
  readonly missing?: number
  /** It has no texts. */
  readonly hasNoTexts?: boolean
  /** The address that its first byte is loaded at. */
  readonly base?: number
  readonly isStatic?: boolean
  /** No dynamic linker is to start it. */
  readonly startsItself?: boolean
}

/** An ELF file with just the tables that a dynamic linker reads. */
export function elf(given: Elf = {}): Uint8Array {
  const laid = layout(given)
  const out = new FileBytes(given)
  putHeader(out, laid)
  putSegments(out, laid, given)
  putSymbols(out, laid)
  putHash(out, laid, given)
  out.putAll(laid.text)
  for (const [tag, value] of laid.dynamic) {
    out.wide(tag)
    out.wide(value)
  }
  if (given.sections) putSections(out, laid, given.sections)
  return Uint8Array.from(out.bytes)
}

/** Bytes of a file of 32 or 64 bits, whose numbers begin with their small end or with their big. */
class FileBytes {
  readonly bytes: number[] = []
  readonly is64: boolean
  readonly isLittle: boolean

  constructor({is64 = true, isLittle = true}: Elf) {
    this.is64 = is64
    this.isLittle = isLittle
  }

  put(value: number, size: number): void {
    const digits = Array.from({length: size}, (_, index) => Math.floor(value / 256 ** index) % 256)
    this.putAll(this.isLittle ? digits : digits.toReversed())
  }

  /** An address, or what is as wide. */
  wide(value: number): void {
    this.put(value, this.is64 ? 8 : 4)
  }

  putAll(bytes: readonly number[]): void {
    for (const byte of bytes) this.bytes.push(byte)
  }
}

/** What stands where in the file. */
interface Layout {
  readonly sizes: {readonly header: number; readonly segment: number; readonly section: number}
  readonly segmentCount: number
  readonly sectionCount: number
  /** Where the name of each stands in the texts, and in which section it is; 0 for imports. */
  readonly symbols: ReadonlyArray<readonly [name: number, section: number]>
  /** How many symbols others find, which are the last. */
  readonly hashed: number
  readonly text: readonly number[]
  readonly dynamic: ReadonlyArray<readonly [tag: number, value: number]>
  readonly dynamicAt: number
  readonly dynamicSize: number
  /** The names of sections. */
  readonly names: readonly number[]
  readonly namesAt: number
}

function layout(given: Elf): Layout {
  const {is64 = true, isStatic = false, hash = 'gnu', base = 0, missing = 0, sections} = given
  const {imports = [], defined = [], lent = [], libraries = [], runpath} = given
  const texts = new Texts()
  const symbols = [
    ...imports.map((name) => [texts.offsetOf(name), 0] as const),
    ...defined.map((name) => [texts.offsetOf(name), 1] as const),
    ...lent.map((name) => [texts.offsetOf(name), 0] as const),
  ]
  const hashed = defined.length + lent.length
  const needed = libraries.map((name) => [1, texts.offsetOf(name)] as const)
  const path = runpath === undefined ? [] : [[29, texts.offsetOf(runpath)] as const]
  const text = bytesOf(texts.all)
  const sizes = is64
    ? {header: 64, segment: 56, section: 64}
    : {header: 52, segment: 32, section: 40}
  const segmentCount = isStatic ? 1 : 4
  const symbolsAt = sizes.header + sizes.segment * segmentCount
  const hashAt = symbolsAt + (is64 ? 24 : 16) * (symbols.length + 1)
  const hashSize = hash === 'gnu' ? 16 + (is64 ? 8 : 4) + 4 + 4 * hashed : 8
  const stringsAt = hashAt + hashSize
  const dynamicAt = stringsAt + text.length
  const dynamic: Layout['dynamic'] = [
    ...needed,
    ...path,
    [hash === 'gnu' ? 0x6fff_fef5 : 4, base + hashAt],
    [5, base + stringsAt],
    [6, base + symbolsAt],
    [10, given.hasNoTexts ? 0 : text.length + missing],
    ...(given.hasTextRelocations ? [[22, 0] as const] : []),
    [0, 0],
  ]
  const dynamicSize = dynamic.length * (is64 ? 16 : 8)
  const names = sections ? bytesOf(['', ...sections, '.shstrtab']) : []
  return {
    ...{sizes, segmentCount, sectionCount: sections ? sections.length + 2 : 0, symbols, hashed},
    ...{text, dynamic, dynamicAt, dynamicSize, names, namesAt: dynamicAt + dynamicSize},
  }
}

/** Texts one behind the other, each once. */
class Texts {
  readonly all = ['']

  offsetOf(text: string): number {
    const before = this.all.indexOf(text)
    const others = before === -1 ? this.all.slice() : this.all.slice(0, before)
    if (before === -1) this.all.push(text)
    return others.reduce((sum, one) => sum + one.length + 1, 0)
  }
}

/** Texts, each with a zero behind it. */
function bytesOf(texts: readonly string[]): number[] {
  return [...`${texts.join('\0')}\0`].map((character) => character.charCodeAt(0))
}

function putHeader(
  out: FileBytes,
  {sizes, segmentCount, sectionCount, names, namesAt}: Layout,
): void {
  out.putAll([0x7f, 0x45, 0x4c, 0x46, out.is64 ? 2 : 1, out.isLittle ? 1 : 2, 1])
  out.putAll([0, 0, 0, 0, 0, 0, 0, 0, 0])
  out.put(3, 2)
  out.put(out.is64 ? 62 : 3, 2)
  out.put(1, 4)
  out.wide(0)
  out.wide(sizes.header)
  out.wide(sectionCount > 0 ? namesAt + names.length : 0)
  out.put(0, 4)
  const last = Math.max(sectionCount - 1, 0)
  for (const value of [
    sizes.header,
    sizes.segment,
    segmentCount,
    sizes.section,
    sectionCount,
    last,
  ])
    out.put(value, 2)
}

/** What is loaded, the dynamic table, what starts the file, and its stack. */
function putSegments(out: FileBytes, {dynamicAt, dynamicSize, namesAt}: Layout, given: Elf): void {
  const {base = 0, missing = 0} = given
  const segment = (type: number, flags: number, at: number, size: number): void => {
    out.put(type, 4)
    if (out.is64) out.put(flags, 4)
    for (const value of [at, base + at, base + at, size, size]) out.wide(value)
    if (!out.is64) out.put(flags, 4)
    out.wide(8)
  }
  segment(1, 5, 0, namesAt + missing)
  if (given.isStatic) return
  segment(2, 6, dynamicAt, dynamicSize)
  segment(given.startsItself ? 4 : 3, 4, 0, 0)
  segment(given.hasNoStack ? 4 : 0x6474_e551, given.isExecutableStack ? 7 : 6, 0, 0)
}

function putSymbols(out: FileBytes, {symbols}: Layout): void {
  for (const [name, section] of [[0, 0] as const, ...symbols]) {
    out.put(name, 4)
    if (!out.is64) out.putAll([0, 0, 0, 0, 0, 0, 0, 0])
    out.putAll([18, 0])
    out.put(section, 2)
    if (!out.is64) continue
    out.wide(0)
    out.wide(0)
  }
}

function putHash(
  out: FileBytes,
  {symbols, hashed}: Layout,
  {hash = 'gnu', imports = []}: Elf,
): void {
  if (hash !== 'gnu') {
    out.put(1, 4)
    out.put(symbols.length + 1, 4)
    return
  }
  const first = imports.length + 1
  for (const value of [1, first, 1, 0]) out.put(value, 4)
  out.wide(0)
  out.put(hashed === 0 ? 0 : first, 4)
  for (let index = 1; index <= hashed; index++) out.put(index === hashed ? 1 : 0, 4)
}

/** The names of sections, and their headers, which say nothing but these. */
function putSections(out: FileBytes, {names, namesAt}: Layout, sections: readonly string[]): void {
  out.putAll(names)
  let nameAt = 1
  for (const name of ['', ...sections, '.shstrtab']) {
    const isOfNames = name === '.shstrtab'
    out.put(name === '' ? 0 : nameAt, 4)
    if (name !== '') nameAt += name.length + 1
    out.put(isOfNames ? 3 : 0, 4)
    out.wide(0)
    out.wide(0)
    out.wide(isOfNames ? namesAt : 0)
    out.wide(isOfNames ? names.length : 0)
    out.put(0, 4)
    out.put(0, 4)
    out.wide(0)
    out.wide(0)
  }
}
