import {lonelyDirectives} from '../facts/companions.ts'
import type {Companion, Listener} from '../facts/companions.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {valueOf, valuesIn} from '../unit/value.ts'
import type {Value} from '../unit/value.ts'

/** A line that does nothing, and what it would do something with. */
export interface Lonely {
  readonly at: Value
  readonly needed: string
  /** The directives that it would do something with; none where that is something to listen on. */
  readonly lacks: readonly string[]
}

/** The names of directives that may do nothing without another. */
export const lonelyKeys: readonly string[] = [
  ...new Set(lonelyDirectives.flatMap(({keys}) => keys)),
]

/**
 * The lines of a unit that do nothing without others which are not there; see `lonelyDirectives`.
 */
export function lonely(unit: LoadedUnit): readonly Lonely[] {
  return lonelyDirectives.flatMap(({section, keys, needs, needed}) =>
    keys.flatMap((key) => {
      const at = valueOf(unit, key)
      return at?.section === section && at.boolean !== false && !isThere(needs, unit)
        ? [{at, needed, lacks: directivesOf(needs)}]
        : []
    }),
  )
}

function directivesOf(needs: Companion): readonly string[] {
  if ('lines' in needs) return needs.lines
  return 'key' in needs ? [needs.key] : []
}

function isThere(needs: Companion, unit: LoadedUnit): boolean {
  // What systemd refuses of them was meant, and is another fault.
  if ('lines' in needs)
    return unit.lines.some(({key, value}) => value !== '' && needs.lines.includes(key))
  if ('key' in needs) return (valueOf(unit, needs.key)?.boolean ?? false) === needs.is
  const listeners = valuesIn(unit, 'Socket').filter(({key}) => key.startsWith('Listen'))
  // A socket that listens on nothing is refused, and of what is not known anything may be true.
  return (
    listeners.length === 0 ||
    listeners.some((line) =>
      (kindsOf(line) ?? needs.listens).some((kind) => needs.listens.includes(kind)),
    )
  )
}

/** What a line listens on; undefined where that is not known. */
function kindsOf({key, expanded}: Value): readonly Listener[] | undefined {
  switch (key) {
    case 'ListenFIFO':
      return ['fifo']
    case 'ListenMessageQueue':
      return ['queue']
    case 'ListenSpecial':
      return ['special']
    case 'ListenStream':
    case 'ListenDatagram':
    case 'ListenSequentialPacket':
      if (expanded?.startsWith('/')) return ['path']
      if (expanded === undefined || !address.test(expanded)) return undefined
      if (/^[@v]/.test(expanded)) return []
      return key === 'ListenStream' ? ['tcp'] : key === 'ListenDatagram' ? ['udp'] : ['tcp', 'udp']
    default:
      return key === 'ListenNetlink' || key === 'ListenUSBFunction' ? [] : undefined
  }
}

/**
 * A port, an address with one, a socket without a file, or one to a virtual machine; placeholders
 * of templates are none.
 */
const address =
  /^(?:[0-9]{1,5}|[0-9.]+:[0-9]{1,5}|\[[0-9a-fA-F:.]+\]:[0-9]{1,5}(?:%[\w-]+)?|@[^@]+|vsock:.*)$/
