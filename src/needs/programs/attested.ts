import {accessIds} from '../../facts/accesses.ts'
import type {AccessId} from '../../facts/accesses.ts'
import {attestedIds, attestedRows, attestedSources} from '../data/attested.ts'

const setUp: ReadonlySet<AccessId> = new Set<AccessId>([
  ...([
    'anything',
    'unknown-effect',
    'without-bpf',
    'fixed-user',
    'run-anywhere',
    'temporary-files',
    'pseudo-devices',
  ] as const),
  ...([
    'notify',
    'inet',
    'inet-local',
    'bind-ports',
    'unix-sockets',
    'abstract-sockets',
    'host-network',
    'bound-homes',
  ] as const),
])

/**
 * The accesses that others can vouch for: what a program does by itself. With whom it talks, and
 * where it keeps what, hangs on how it is set up, which other lines of their units may provide for.
 */
export const liftable: ReadonlySet<AccessId> = new Set<AccessId>(
  accessIds.filter((id) => !setUp.has(id)),
)

/** Who runs a program without an access. */
export interface Attestation {
  /** By one that is tried or in production, or by two others; else once. */
  readonly grade: 'attested' | 'once'
  /** Repositories, those that count most first. */
  readonly by: readonly string[]
}

/** What is attested of a program. */
export interface AttestedProgram {
  readonly bears: ReadonlyMap<AccessId, Attestation>
  /** What somebody explicitly leaves to it, and who. */
  readonly needs: ReadonlyMap<AccessId, readonly string[]>
}

/** A source's word for a program. */
interface SourceWord {
  /** `r`: by whoever runs it as root; `u`: as another user. */
  readonly who: string
  readonly repository: string
  readonly tier: string
  /** In base 32, as the table has them: hardly any program of it is asked for in a run. */
  readonly bears: string
  readonly needs: string
}

/**
 * What is attested of a program by its name, run as root or not; undefined where nothing is. What
 * bears it as root bears it as any user.
 */
export function attested(
  name: string,
  asRoot: boolean,
  isLeftOut: (repository: string) => boolean = () => false,
): AttestedProgram | undefined {
  const said = wordsOf(name).filter(
    ({who, repository}) => !(asRoot && who === 'u') && !isLeftOut(repository),
  )
  if (said.length === 0) return undefined
  const words = said.map((word) => ({
    ...word,
    bears: bitsOf(word.bears),
    needs: bitsOf(word.needs),
  }))
  const bears = new Map<AccessId, Attestation>()
  const needs = new Map<AccessId, readonly string[]>()
  for (const [at, id] of ids.entries()) {
    const bit = 1n << BigInt(at)
    const wanting = words.filter((word) => (word.needs & bit) !== 0n && 'ABC'.includes(word.tier))
    if (wanting.length > 0) {
      needs.set(
        id,
        wanting.map(({repository}) => repository),
      )
      continue
    }
    const vouching = words.filter((word) => (word.bears & bit) !== 0n)
    if (vouching.length === 0) continue
    const isGood = vouching.length > 1 || vouching.some(({tier}) => tier === 'A' || tier === 'B')
    bears.set(id, {
      grade: isGood ? 'attested' : 'once',
      by: vouching
        .toSorted((one, other) => (one.tier < other.tier ? -1 : 1))
        .map(({repository}) => repository),
    })
  }
  return {bears, needs}
}

/** In words: who runs a program without something. */
export function attestationWords(program: string, {by, grade}: Attestation): string {
  if (by.every((repository) => repository === boots))
    return `measured: \`${program}\` did its work so in a boot with a client`
  const [first = '', second] = [
    ...new Set(by.filter((repository) => repository !== boots).map(sourceName)),
  ]
  const others = second === undefined ? '' : ` and ${second}`
  return `${grade === 'once' ? 'attested once' : 'attested'}: ${first}${others} ${second === undefined ? 'runs' : 'run'} \`${program}\` so`
}

/** What the project itself has booted. */
const boots = 'unitlint/boots'

/** What people call a source. */
export function sourceName(repository: string): string {
  return names[repository.slice(0, repository.indexOf('/'))] ?? repository
}

const names: Readonly<Record<string, string>> = {
  NixOS: 'NixOS',
  'AOSC-Dev': 'AOSC OS',
  CachyOS: 'CachyOS',
  GrapheneOS: 'GrapheneOS',
  LibreELEC: 'LibreELEC',
  MichaIng: 'DietPi',
  QubesOS: 'Qubes OS',
  Whonix: 'Whonix',
  archlinux: 'Arch Linux',
  archlinuxarm: 'Arch Linux ARM',
  archlinuxcn: 'Arch Linux CN',
  'bottlerocket-os': 'Bottlerocket',
  buildroot: 'Buildroot',
  'chaotic-aur': 'Chaotic-AUR',
  coreos: 'Fedora CoreOS',
  debian: 'Debian',
  flyingcircusio: 'Flying Circus',
  'fort-nix': 'nix-bitcoin',
  freedombox: 'FreedomBox',
  gentoo: 'Gentoo',
  microsoft: 'Azure Linux',
  openbmc: 'OpenBMC',
  openembedded: 'OpenEmbedded',
  raspiblitz: 'RaspiBlitz',
  'sonic-net': 'SONiC',
  systemd: 'systemd',
  vmware: 'Photon OS',
  wikimedia: 'Wikimedia',
}

// The generator writes ids of accesses only.
const ids = attestedIds.split(' ') as AccessId[]

/** The words for a program, of those who run it as root first. */
function wordsOf(program: string): readonly SourceWord[] {
  const words: SourceWord[] = []
  for (
    let start = startOf(program) ?? attestedRows.length;
    start < attestedRows.length;
    start = endOfLine(start) + 1
  ) {
    const [name, who = '', source = '', bears = '', needs = ''] = attestedRows
      .slice(start, endOfLine(start))
      .split(' ')
    if (name !== program) break
    const [repository = '', tier = ''] =
      attestedSources.split('|')[Number(source)]?.split(' ') ?? []
    words.push({who, repository, tier, bears, needs})
  }
  return words
}

/**
 * Where the lines of a program begin in the table, which is sorted; undefined where there are none.
 * Hardly any line is ever asked for: the text is searched as it is.
 */
function startOf(program: string): number | undefined {
  const wanted = `${program} `
  // Lines begin behind the first line end.
  let [low, high] = [1, attestedRows.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const line = attestedRows.lastIndexOf('\n', middle - 1) + 1
    if (attestedRows.slice(line, attestedRows.indexOf(' ', line) + 1) < wanted)
      low = endOfLine(line) + 1
    else high = line
  }
  return attestedRows.startsWith(wanted, low) ? low : undefined
}

function endOfLine(start: number): number {
  const end = attestedRows.indexOf('\n', start)
  return end === -1 ? attestedRows.length : end
}

function bitsOf(text: string): bigint {
  let bits = 0n
  for (const digit of text) bits = bits * 32n + BigInt(Number.parseInt(digit, 32))
  return bits
}
