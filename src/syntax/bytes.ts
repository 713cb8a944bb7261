/**
 * Bytes to text without loss: what is not UTF-8 becomes a lone low surrogate (U+DC80 to U+DCFF, one
 * a byte), a byte order mark stays.
 */
export function decode(bytes: Uint8Array): string {
  try {
    return (strict ??= strictDecoder()).decode(bytes)
  } catch {
    return decodeBroken(bytes)
  }
}

/** Node takes a while to make one, and most texts are ASCII. */
let strict: Decoder | undefined

type Decoder = InstanceType<typeof TextDecoder>

function strictDecoder(): Decoder {
  return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true})
}

/** Text to the bytes that `decode` made it from. */
export function encode(text: string): Uint8Array {
  const encoder = new TextEncoder()
  if (!/[\uDC80-\uDCFF]/u.test(text)) return encoder.encode(text)
  const parts = text.split(/([\uDC80-\uDCFF])/u)
  const chunks = parts.map((part, index) =>
    index % 2 === 1 ? Uint8Array.of(part.charCodeAt(0) & 0xff) : encoder.encode(part),
  )
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0))
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}

function decodeBroken(bytes: Uint8Array): string {
  const decoder = strictDecoder()
  const parts: string[] = []
  let from = 0
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes, at)
    if (length > 0) {
      at += length
      continue
    }
    if (at > from) parts.push(decoder.decode(bytes.subarray(from, at)))
    parts.push(String.fromCharCode(0xdc00 + (bytes[at] ?? 0)))
    from = ++at
  }
  parts.push(decoder.decode(bytes.subarray(from)))
  return parts.join('')
}

/**
 * The length of the well-formed UTF-8 sequence at an offset; 0 where there is none (Unicode
 * Standard, table 3-7).
 */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0
  if (lead < 0x80) return 1
  const second = bytes[at + 1] ?? 0
  if (lead >= 0xc2 && lead <= 0xdf) return isTrail(second) ? 2 : 0
  if (lead >= 0xe0 && lead <= 0xef) {
    const low = lead === 0xe0 ? 0xa0 : 0x80
    const high = lead === 0xed ? 0x9f : 0xbf
    return second >= low && second <= high && isTrail(bytes[at + 2]) ? 3 : 0
  }
  if (lead >= 0xf0 && lead <= 0xf4) {
    const low = lead === 0xf0 ? 0x90 : 0x80
    const high = lead === 0xf4 ? 0x8f : 0xbf
    return second >= low && second <= high && isTrail(bytes[at + 2]) && isTrail(bytes[at + 3])
      ? 4
      : 0
  }
  return 0
}

function isTrail(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x80 && byte <= 0xbf
}
