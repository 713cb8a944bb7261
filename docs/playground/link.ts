/** What a link holds: all that was typed and chosen. */
export interface State {
  readonly files: Readonly<Record<string, string>>
  readonly active: string
  readonly preset: string
  readonly targets: readonly [string, string]
  readonly rule: string
}

/** The most that a link may unfold to. */
const mostBytes = 1_000_000

/** A state as the fragment of a link: JSON, compressed, in letters that links may have. */
export async function toFragment(state: State): Promise<string> {
  const bytes = await through(
    new TextEncoder().encode(JSON.stringify(state)),
    new CompressionStream('deflate-raw'),
    Infinity,
  )
  let text = ''
  for (const byte of bytes) text += String.fromCodePoint(byte)
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** The state in a fragment. Throws in plain words for what is cut, too much, or nothing of ours. */
export async function fromFragment(fragment: string): Promise<State> {
  if (!/^[\w-]*$/.test(fragment)) throw new Error('This link is damaged')
  let text: string
  try {
    const bytes = Uint8Array.from(
      atob(fragment.replaceAll('-', '+').replaceAll('_', '/')),
      (letter) => letter.codePointAt(0) ?? 0,
    )
    text = new TextDecoder('utf-8', {fatal: true}).decode(
      await through(bytes, new DecompressionStream('deflate-raw'), mostBytes),
    )
  } catch (cause) {
    throw cause instanceof TooMuch
      ? new Error('This link holds more than a playground takes', {cause})
      : new Error('This link is damaged', {cause})
  }
  const state = stateOf(text)
  if (!state) throw new Error('This link holds nothing for the playground')
  return state
}

class TooMuch extends Error {}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
  most: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Array<Uint8Array<ArrayBuffer>> = []
  let length = 0
  const reader = new Blob([bytes]).stream().pipeThrough<Uint8Array<ArrayBuffer>>(stream).getReader()
  for (;;) {
    const {done, value} = await reader.read()
    if (done) break
    length += value.length
    if (length > most) {
      await reader.cancel()
      throw new TooMuch()
    }
    parts.push(value)
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer())
}

function stateOf(text: string): State | undefined {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof given !== 'object' || given === null) return undefined
  const {files, active, preset, targets, rule} = given as Record<string, unknown>
  if (typeof files !== 'object' || files === null) return undefined
  // Names that mean something to the language are names of files here.
  const own = new Map(
    Object.entries(files).flatMap(([name, its]) =>
      typeof its === 'string' && name !== '__proto__' ? [[name, its] as const] : [],
    ),
  )
  if (own.size === 0) return undefined
  const [first] = own.keys()
  const word = (value: unknown): string => (typeof value === 'string' ? value : '')
  const [one, other] = Array.isArray(targets) ? (targets as unknown[]) : []
  return {
    files: Object.fromEntries(own),
    active: own.has(word(active)) ? word(active) : (first ?? ''),
    preset: word(preset),
    targets: [word(one), word(other)],
    rule: word(rule),
  }
}
