import {parseAddress} from '../values/ip-networks.ts'
import type {LoadedUnit} from './load.ts'
import {valueOf, valuesOf} from './value.ts'
import type {Value} from './value.ts'

/** A line of `ListenStream=` whose address another line before it has. */
export interface TakenAddress {
  readonly at: Value
  readonly by: Value
  /** Whatever the machine has set, they cannot both be had. */
  readonly isSure: boolean
}

/**
 * The lines of `ListenStream=` that the kernel refuses, as an address can be listened at once; the
 * socket does not start then (systemd.socket(5); seen under 252 and 257).
 *
 * Others can be had twice: datagrams are shared, and of a path in the file system the last one is
 * left.
 */
export function takenAddresses(socket: LoadedUnit): readonly TakenAddress[] {
  // With the one the kernel lets them share an address; protocols have rules of their own.
  if (valueOf(socket, 'ReusePort')?.boolean === true || valueOf(socket, 'SocketProtocol')) return []
  const families = valueOf(socket, 'BindIPv6Only')?.value
  const heard = new Map<string, Value>()
  return valuesOf(socket, 'ListenStream').flatMap((at): TakenAddress[] => {
    const listener = listenerOf(at)
    if (!listener) return []
    const {same, others} = listener
    const by = heard.get(same) ?? first(heard, listener.within)
    const across = families === 'ipv6-only' ? undefined : first(heard, others)
    for (const key of [same, ...listener.marks]) if (!heard.has(key)) heard.set(key, at)
    if (by) return [{at, by, isSure: true}]
    return across ? [{at, by: across, isSure: families === 'both'}] : []
  })
}

function first(heard: ReadonlyMap<string, Value>, keys: readonly string[]): Value | undefined {
  return keys.map((key) => heard.get(key)).find((value) => value !== undefined)
}

/** What an address has, by keys: `any 6 80` is port 80 of all addresses of IPv6. */
interface Listener {
  readonly same: string
  /** What it is found by. */
  readonly marks: readonly string[]
  /** What has it already where it was found. */
  readonly within: readonly string[]
  /** The same of the other family, which a socket of IPv6 has too, as the kernel has it set. */
  readonly others: readonly string[]
}

/** Undefined for a path, and for what nobody has tried, such as the scope of an address. */
function listenerOf({value, expanded = value}: Value): Listener | undefined {
  if (/^(?:@|vsock)/.test(expanded)) return {same: expanded, marks: [], within: [], others: []}
  const found = /^(?:(?:\[([^\]%]+)\]|([^:/%]+)):)?(\d+)$/.exec(expanded)
  const bytes = parseAddress(found?.[1] ?? found?.[2] ?? '::')
  if (!found || !bytes) return undefined
  const port = Number(found[3])
  const isAny = bytes.every((byte) => byte === 0)
  const family = bytes.length === 4 ? 4 : 6
  const [any, some] = [`any ${family} ${port}`, `some ${family} ${port}`]
  return {
    same: `${bytes.join('.')} ${port}`,
    marks: isAny ? [any, some] : [some],
    within: isAny ? [some] : [any],
    others: family === 4 ? [`any 6 ${port}`] : isAny ? [`some 4 ${port}`] : [],
  }
}
