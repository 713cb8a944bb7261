/** A program or library in machine code, as its dynamic linker sees it (elf(5)). */
export interface Binary {
  /** Whether it is linked when it starts; else nothing is known of what it calls. */
  readonly isDynamic: boolean
  /** What it takes from libraries: the names of undefined symbols, without versions. */
  readonly imports: readonly string[]
  /** The libraries that it names (`DT_NEEDED`). */
  readonly libraries: readonly string[]
  /** Where it looks for them before anywhere else (`DT_RPATH`, `DT_RUNPATH`). */
  readonly searched: readonly string[]
  /**
   * All that it takes was read, and its sections tell of no runtime that calls the kernel by
   * itself, as Go's does.
   */
  readonly isExact: boolean
  /**
   * A dynamic linker is to start it: what places itself, as a static program may, calls the kernel
   * by itself, and libraries are not started.
   */
  readonly isStarted: boolean
  /** It has memory made that is writable and executable when it is loaded. */
  readonly asksForCode: boolean
  /** What it is made for: libraries of another kind are none of its own. */
  readonly machine: string
}

/** Some bytes of a file: fewer, or none, where it ends. */
export type Bytes = (start: number, length: number) => Uint8Array

/**
 * Read what a program takes from libraries; undefined for what is no ELF file.
 *
 * 32-bit and 64-bit, of both byte orders, with or without section headers. Takes a bounded part of
 * the file, whatever it says of itself.
 */
export function readElf(bytes: Bytes): Binary | undefined {
  const header = bytes(0, 64)
  const [one, two, three, four, size, order] = header
  const isElf = one === 0x7f && two === 0x45 && three === 0x4c && four === 0x46
  if (!isElf || (size !== 1 && size !== 2) || (order !== 1 && order !== 2)) return undefined
  const file: File = {is64: size === 2, isLittle: order === 1, bytes}
  const view = new BytesView(header, file)
  const segments = segmentsOf(view, file)
  const dynamic = dynamicOf(segments, file)
  const whole = {
    asksForCode: asksForCode(segments, dynamic),
    machine: `${size} ${order} ${view.short(18)}`,
  }
  if (!dynamic) return {...alone, ...whole}
  const strings = stringsOf(dynamic, segments, file)
  const {names, isWhole} = importsOf(dynamic, segments, strings, file)
  const texts = (tag: number): string[] => dynamic.all(tag).map((offset) => strings.at(offset))
  return {
    isDynamic: true,
    imports: names,
    libraries: texts(tags.needed).filter((name) => name !== ''),
    searched: [...texts(tags.rpath), ...texts(tags.runpath)]
      .flatMap((path) => path.split(':'))
      .filter((path) => path !== ''),
    isExact: isWhole && dynamic.isWhole && callsByLibraries(view, file),
    isStarted: segments.some(({type}) => type === segmentTypes.interpreter),
    ...whole,
  }
}

/** What takes nothing from libraries. */
const alone = {
  isDynamic: false,
  imports: [],
  libraries: [],
  searched: [],
  isExact: false,
  isStarted: false,
} as const

/** A library that says nothing of its stack has all of that made executable. */
function asksForCode(segments: readonly ElfSegment[], dynamic: Dynamic | undefined): boolean {
  const stack = segments.find(({type}) => type === segmentTypes.stack)
  return (
    !stack ||
    (stack.flags & 1) !== 0 ||
    dynamic?.has(tags.textRelocations) === true ||
    ((dynamic?.first(tags.flags) ?? 0) & 4) !== 0
  )
}

const segmentTypes = {load: 1, dynamic: 2, interpreter: 3, stack: 0x6474_e551}
const tags = {
  end: 0,
  needed: 1,
  hash: 4,
  strings: 5,
  symbols: 6,
  stringSize: 10,
  rpath: 15,
  textRelocations: 22,
  runpath: 29,
  flags: 30,
  gnuHash: 0x6fff_fef5,
}

/** Larger tables are not read to their end: no program that people run has any. */
const most = {
  segments: 128,
  dynamic: 2048,
  symbols: 65_536,
  strings: 4 * 1024 * 1024,
  sections: 512,
  name: 255,
}

interface File {
  readonly is64: boolean
  readonly isLittle: boolean
  readonly bytes: Bytes
}

/** Numbers at places of some bytes; 0 behind their end. */
class BytesView {
  readonly length: number
  readonly #view: DataView
  readonly #file: File

  constructor(bytes: Uint8Array, file: File) {
    this.length = bytes.length
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#file = file
  }

  byte(at: number): number {
    return at >= 0 && at < this.length ? this.#view.getUint8(at) : 0
  }

  short(at: number): number {
    return at >= 0 && at + 2 <= this.length ? this.#view.getUint16(at, this.#file.isLittle) : 0
  }

  word(at: number): number {
    return at >= 0 && at + 4 <= this.length ? this.#view.getUint32(at, this.#file.isLittle) : 0
  }

  /** A number as wide as an address; those that no file has places for lose their last digits. */
  wide(at: number): number {
    if (!this.#file.is64) return this.word(at)
    const [low, high] = this.#file.isLittle
      ? [this.word(at), this.word(at + 4)]
      : [this.word(at + 4), this.word(at)]
    return high * 2 ** 32 + low
  }
}

/** A part of the file, read with care for places that no file has. */
function part(start: number, length: number, file: File): BytesView {
  return new BytesView(
    Number.isSafeInteger(start) && start >= 0 && length > 0
      ? file.bytes(start, length)
      : new Uint8Array(),
    file,
  )
}

interface ElfSegment {
  readonly type: number
  readonly flags: number
  readonly offset: number
  readonly address: number
  readonly size: number
}

function segmentsOf(header: BytesView, file: File): readonly ElfSegment[] {
  const {is64} = file
  const start = header.wide(is64 ? 32 : 28)
  const size = header.short(is64 ? 54 : 42)
  const count = Math.min(header.short(is64 ? 56 : 44), most.segments)
  if (size !== (is64 ? 56 : 32)) return []
  const table = part(start, size * count, file)
  return Array.from({length: Math.min(count, Math.floor(table.length / size))}, (_, index) => {
    const at = index * size
    return is64
      ? {
          type: table.word(at),
          flags: table.word(at + 4),
          offset: table.wide(at + 8),
          address: table.wide(at + 16),
          size: table.wide(at + 32),
        }
      : {
          type: table.word(at),
          flags: table.word(at + 24),
          offset: table.wide(at + 4),
          address: table.wide(at + 8),
          size: table.wide(at + 16),
        }
  })
}

/** Where in the file an address is. */
function placeOf(address: number, segments: readonly ElfSegment[]): number | undefined {
  const found = segments.find(
    (one) =>
      one.type === segmentTypes.load && address >= one.address && address < one.address + one.size,
  )
  return found ? found.offset + (address - found.address) : undefined
}

/** The entries of the dynamic section. */
class Dynamic {
  readonly isWhole: boolean
  readonly #entries: ReadonlyArray<readonly [tag: number, value: number]>

  constructor(entries: ReadonlyArray<readonly [tag: number, value: number]>, isWhole: boolean) {
    this.#entries = entries
    this.isWhole = isWhole
  }

  all(tag: number): number[] {
    return this.#entries.filter(([its]) => its === tag).map(([, value]) => value)
  }

  first(tag: number): number | undefined {
    return this.#entries.find(([its]) => its === tag)?.[1]
  }

  has(tag: number): boolean {
    return this.first(tag) !== undefined
  }
}

function dynamicOf(segments: readonly ElfSegment[], file: File): Dynamic | undefined {
  const segment = segments.find(({type}) => type === segmentTypes.dynamic)
  if (!segment) return undefined
  const width = file.is64 ? 8 : 4
  const table = part(segment.offset, Math.min(segment.size, most.dynamic * width * 2), file)
  const entries: Array<readonly [number, number]> = []
  for (let at = 0; at + 2 * width <= table.length; at += 2 * width) {
    const tag = table.wide(at)
    if (tag === tags.end) return new Dynamic(entries, true)
    entries.push([tag, table.wide(at + width)])
  }
  return new Dynamic(entries, false)
}

interface Strings {
  readonly isWhole: boolean
  at(offset: number): string
}

function stringsOf(dynamic: Dynamic, segments: readonly ElfSegment[], {bytes}: File): Strings {
  const place = placeOf(dynamic.first(tags.strings) ?? -1, segments)
  const size = dynamic.first(tags.stringSize) ?? 0
  const all =
    place !== undefined && Number.isSafeInteger(place) && size > 0
      ? bytes(place, Math.min(size, most.strings))
      : new Uint8Array()
  // Names are ASCII; a character a byte keeps their places.
  const text = new TextDecoder('latin1').decode(all)
  return {
    isWhole: all.length > 0 && all.length === size,
    at(offset) {
      const found = text.slice(offset, offset + most.name + 1)
      const end = found.indexOf('\0')
      return found.slice(0, Math.max(0, end))
    },
  }
}

/** The symbols that are not defined. */
function importsOf(
  dynamic: Dynamic,
  segments: readonly ElfSegment[],
  strings: Strings,
  file: File,
): {readonly names: readonly string[]; readonly isWhole: boolean} {
  const {is64} = file
  const place = placeOf(dynamic.first(tags.symbols) ?? -1, segments)
  const count = symbolCount(dynamic, segments, file)
  if (place === undefined || count === undefined) return {names: [], isWhole: false}
  const size = is64 ? 24 : 16
  const table = part(place, Math.min(count, most.symbols) * size, file)
  const names = new Set<string>()
  for (let at = size; at + size <= table.length; at += size) {
    if (table.short(at + (is64 ? 6 : 14)) !== 0) continue
    const name = strings.at(table.word(at))
    if (name !== '') names.add(name)
  }
  return {names: [...names], isWhole: strings.isWhole && table.length === count * size}
}

/**
 * How many symbols there are, by the table that their names are found with: nothing else says it.
 */
function symbolCount(
  dynamic: Dynamic,
  segments: readonly ElfSegment[],
  file: File,
): number | undefined {
  const gnu = placeOf(dynamic.first(tags.gnuHash) ?? -1, segments)
  if (gnu !== undefined) return gnuCount(gnu, file)
  const hash = placeOf(dynamic.first(tags.hash) ?? -1, segments)
  return hash === undefined ? undefined : part(hash, 8, file).word(4)
}

/**
 * Behind the last symbol with a bucket of its own comes the rest of its chain, of which the last
 * has the lowest bit.
 */
function gnuCount(offset: number, file: File): number | undefined {
  const header = part(offset, 16, file)
  const [bucketCount, first, bloom] = [header.word(0), header.word(4), header.word(8)]
  if (header.length < 16 || bucketCount > most.symbols || bloom > most.symbols) return undefined
  const start = offset + 16 + bloom * (file.is64 ? 8 : 4)
  const buckets = part(start, bucketCount * 4, file)
  let last = 0
  for (let at = 0; at + 4 <= buckets.length; at += 4) last = Math.max(last, buckets.word(at))
  // Of so many only the first are read, which are those that are not defined.
  if (last < first || last > most.symbols) return Math.max(first, last)
  const chains = part(start + (bucketCount + last - first) * 4, most.symbols * 4, file)
  for (let at = 0; at + 4 <= chains.length; at += 4, last++)
    if (chains.word(at) & 1) return last + 1
  return undefined
}

/**
 * Whether sections are there to tell of it, and none is of a runtime that calls the kernel without
 * a library.
 */
function callsByLibraries(header: BytesView, file: File): boolean {
  const {is64} = file
  const start = header.wide(is64 ? 40 : 32)
  const size = header.short(is64 ? 58 : 46)
  const count = header.short(is64 ? 60 : 48)
  const named = header.short(is64 ? 62 : 50)
  if (size !== (is64 ? 64 : 40) || count > most.sections || named >= count) return false
  const table = part(start, size * count, file)
  if (table.length < size * count) return false
  const offsetOf = (index: number): number => table.wide(index * size + (is64 ? 24 : 16))
  const sizeOf = (index: number): number => table.wide(index * size + (is64 ? 32 : 20))
  const names = part(offsetOf(named), Math.min(sizeOf(named), 65_536), file)
  const nameOf = (index: number): string => {
    let text = ''
    for (let at = table.word(index * size); text.length < most.name && names.byte(at) !== 0; at++)
      text += String.fromCharCode(names.byte(at))
    return text
  }
  const all = Array.from({length: count}, (_, index) => nameOf(index))
  return all.includes('.dynsym') && !all.some((name) => /^\.(?:note\.)?go(?:\.|pclntab)/.test(name))
}
