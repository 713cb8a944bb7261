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
  const {
    is64 = true,
    isLittle = true,
    imports = [],
    defined = [],
    lent = [],
    libraries = [],
    runpath,
    sections,
    hash = 'gnu',
    missing = 0,
    base = 0,
    isStatic = false,
  } = given
  const bytes: number[] = []
  const put = (value: number, size: number): void => {
    const digits = Array.from({length: size}, (_, index) => Math.floor(value / 256 ** index) % 256)
    for (const digit of isLittle ? digits : digits.toReversed()) bytes.push(digit)
  }
  const wide = (value: number): void => put(value, is64 ? 8 : 4)
  const headerSize = is64 ? 64 : 52
  const segmentSize = is64 ? 56 : 32
  const segmentCount = isStatic ? 1 : 4
  const strings = ['']
  const offsetOf = (text: string): number => {
    const before = strings.indexOf(text)
    if (before !== -1) return strings.slice(0, before).reduce((sum, one) => sum + one.length + 1, 0)
    strings.push(text)
    return strings.slice(0, -1).reduce((sum, one) => sum + one.length + 1, 0)
  }
  const symbols = [
    ...imports.map((name) => [offsetOf(name), 0] as const),
    ...defined.map((name) => [offsetOf(name), 1] as const),
    ...lent.map((name) => [offsetOf(name), 0] as const),
  ]
  const hashed = defined.length + lent.length
  const needed = libraries.map(offsetOf)
  const path = runpath === undefined ? undefined : offsetOf(runpath)
  const text = [...`${strings.join('\0')}\0`].map((character) => character.charCodeAt(0))

  const symbolSize = is64 ? 24 : 16
  const symbolsAt = headerSize + segmentSize * segmentCount
  const hashAt = symbolsAt + symbolSize * (symbols.length + 1)
  const hashSize = hash === 'gnu' ? 16 + (is64 ? 8 : 4) + 4 + 4 * hashed : 8
  const stringsAt = hashAt + hashSize
  const dynamicAt = stringsAt + text.length
  const dynamic: Array<readonly [number, number]> = [
    ...needed.map((offset) => [1, offset] as const),
    ...(path === undefined ? [] : [[29, path] as const]),
    [hash === 'gnu' ? 0x6fff_fef5 : 4, base + hashAt],
    [5, base + stringsAt],
    [6, base + symbolsAt],
    [10, given.hasNoTexts ? 0 : text.length + missing],
    ...(given.hasTextRelocations ? [[22, 0] as const] : []),
    [0, 0],
  ]
  const dynamicSize = dynamic.length * (is64 ? 16 : 8)
  const namesAt = dynamicAt + dynamicSize
  const names = [...`\0${(sections ?? []).join('\0')}\0.shstrtab\0`].map((character) =>
    character.charCodeAt(0),
  )
  const sectionsAt = sections ? namesAt + names.length : 0
  const sectionCount = sections ? sections.length + 2 : 0

  bytes.push(0x7f, 0x45, 0x4c, 0x46, is64 ? 2 : 1, isLittle ? 1 : 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0)
  put(3, 2)
  put(is64 ? 62 : 3, 2)
  put(1, 4)
  wide(0)
  wide(headerSize)
  wide(sectionsAt)
  put(0, 4)
  for (const value of [
    headerSize,
    segmentSize,
    segmentCount,
    is64 ? 64 : 40,
    sectionCount,
    sections ? sectionCount - 1 : 0,
  ])
    put(value, 2)
  const segment = (type: number, flags: number, at: number, size: number): void => {
    put(type, 4)
    if (is64) put(flags, 4)
    wide(at)
    wide(base + at)
    wide(base + at)
    wide(size)
    wide(size)
    if (!is64) put(flags, 4)
    wide(8)
  }
  segment(1, 5, 0, namesAt + missing)
  if (!isStatic) {
    segment(2, 6, dynamicAt, dynamicSize)
    segment(given.startsItself ? 4 : 3, 4, 0, 0)
    segment(given.hasNoStack ? 4 : 0x6474_e551, given.isExecutableStack ? 7 : 6, 0, 0)
  }
  for (const [name, section] of [[0, 0] as const, ...symbols]) {
    put(name, 4)
    if (is64) {
      bytes.push(18, 0)
      put(section, 2)
      wide(0)
      wide(0)
    } else {
      wide(0)
      wide(0)
      bytes.push(18, 0)
      put(section, 2)
    }
  }
  if (hash === 'gnu') {
    const first = imports.length + 1
    for (const value of [1, first, 1, 0]) put(value, 4)
    wide(0)
    put(hashed === 0 ? 0 : first, 4)
    for (let index = 1; index <= hashed; index++) put(index === hashed ? 1 : 0, 4)
  } else {
    put(1, 4)
    put(symbols.length + 1, 4)
  }
  for (const byte of text) bytes.push(byte)
  for (const [tag, value] of dynamic) {
    wide(tag)
    wide(value)
  }
  if (!sections) return Uint8Array.from(bytes)
  for (const byte of names) bytes.push(byte)
  let nameAt = 1
  for (const name of ['', ...sections, '.shstrtab']) {
    put(name === '' ? 0 : nameAt, 4)
    if (name !== '') nameAt += name.length + 1
    put(name === '.shstrtab' ? 3 : 0, 4)
    wide(0)
    wide(0)
    wide(name === '.shstrtab' ? namesAt : 0)
    wide(name === '.shstrtab' ? names.length : 0)
    put(0, 4)
    put(0, 4)
    wide(0)
    wide(0)
  }
  return Uint8Array.from(bytes)
}
