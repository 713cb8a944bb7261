import {access} from '../facts/accesses.ts'
import type {AccessId} from '../facts/accesses.ts'
import {saysWhereItWrites} from './evidence/declared.ts'
import {denialContext} from './denials.ts'
import {populationOf} from './evidence/population.ts'
import type {Need} from './evidence/need.ts'
import {ofCommands} from './evidence/of-commands.ts'
import {ofOthers} from './evidence/of-others.ts'
import {ofProduction} from './evidence/of-production.ts'
import type {Borne, Production} from './evidence/of-production.ts'
import {ofPeers} from './evidence/of-peers.ts'
import {ofDirectives} from './evidence/of-directives.ts'
import {ofFileRights} from './evidence/of-file-rights.ts'
import {ofEnvironment} from './evidence/of-environment.ts'
import {ofTried} from './evidence/of-tried.ts'
import type {Trial} from './evidence/of-tried.ts'
import {ofSets} from './evidence/of-sets.ts'
import {ofSight} from './evidence/of-sight.ts'
import {ofTrace} from './evidence/of-trace.ts'
import type {Traced} from './evidence/of-trace.ts'
import {ofUnseen} from './evidence/of-unseen.ts'
import {ofWords} from './evidence/of-words.ts'
import {lacksOfTools} from './evidence/of-tools.ts'
import {lacksOfWrites} from './evidence/of-writes.ts'
import {parts} from './evidence/parts.ts'
import type {Trace} from './evidence/traced.ts'
import {figureOf, isRare, rarityWords, upperBound} from './rarity.ts'
import type {Population} from './rarity.ts'
import {itself} from '../unit/load.ts'
import type {LoadedUnit} from '../unit/load.ts'
import {query} from '../unit/query.ts'

export type {Need} from './evidence/need.ts'

/** All that a service needs; several needs of one access where several things show it. */
export interface Needs extends ReadonlyArray<Need> {
  /** It needs nothing else: a profile says so. */
  readonly isClosed: boolean
  /** What others who run its program do without, and who says so. */
  readonly borne: Production['bears']
  /** Of what kind it is: what nothing shows is judged by how many of these need it. */
  readonly population: Population
  /** What traces show of it, where there are any of it. */
  readonly traced?: Traced | undefined
}

/** What services of a kind need, as a config declares it. */
export interface Profile {
  readonly needs: readonly AccessId[]
  /** What they need besides where they start as root. */
  readonly asRoot?: readonly AccessId[]
  /** What they may need besides where nobody knows all of their programs. */
  readonly ifUnknown?: readonly AccessId[]
  /** They need nothing else, but for what evidence shows. */
  readonly closed: boolean
}

/** Whether accesses may be denied, and the needs that speak against it. */
export interface Judgement {
  readonly applicability: 'safe' | 'unsafe' | 'withheld'
  /** What it needs, the certain ones first; of what is unsafe, why nothing is known. */
  readonly because: readonly Need[]
  /**
   * Who vouches for it, in words: how others run the program, what is read in it, or how few
   * services of its kind need what is denied.
   */
  readonly by?: () => readonly string[]
}

/**
 * What a service needs, by all evidence: its unit, its programs, and a profile.
 *
 * A profile that evidence has chosen knows no better than evidence: guesses stay, and what is
 * attested of the program holds.
 */
export const needs = query(
  (
    unit: LoadedUnit,
    profile?: Profile,
    isChosen: boolean = false,
    trace?: Trace,
    trials?: readonly Trial[],
  ): Needs => withTrials(needsBy(unit, ofProduction(unit), profile, isChosen, trace), unit, trials),
  itself,
)

/**
 * What a service needs where it was tried: what is no more than likely counts for less than what
 * was seen.
 */
function withTrials(all: Needs, unit: LoadedUnit, trials: readonly Trial[] | undefined): Needs {
  if (!trials) return all
  const tried = ofTried(unit, trials)
  const likely = all.filter(
    ({access: its, certain, isOfOthers}) => certain || isOfOthers === true || !tried.bears.has(its),
  )
  const {isClosed, borne, population} = all
  return Object.assign([...tried.needs, ...likely], {
    isClosed,
    population,
    borne: new Map([...borne, ...tried.bears]),
  })
}

/** What a service needs, given what production says of its programs. */
export function needsBy(
  unit: LoadedUnit,
  production: Production,
  profile?: Profile,
  isChosen = false,
  trace?: Trace,
): Needs {
  const sighted = ofSight(unit, production.bears)
  const traced = trace && tracedOf(unit, trace)
  const read =
    sighted.lacks.size === 0 ? production.bears : new Map([...production.bears, ...sighted.lacks])
  const borne = traced ? new Map([...read, ...traced.lacks]) : read
  const knowsBetter = profile?.closed === true && !isChosen
  const found = collected(
    [
      ...sourcesOf(unit),
      production.needs,
      sighted.needs,
      traced?.needs ?? [],
      ofProfile(unit, profile, isChosen ? borne : undefined),
    ],
    ({isGuess, isUnseen, isUsual, access: its, assignment}) =>
      (isUsual === true && traced?.outweighs.has(its) === true) ||
      (isGuess === true &&
        (knowsBetter ||
          production.bears.has(its) ||
          (isUnseen === true && assignment !== undefined && production.speaksFor.has(assignment)) ||
          (traced?.hasWork === true && (isUnseen === true || traced.lacks.has(its))))),
  )
  const lacks = new Map([...lacksOfTools(unit, found), ...lacksOfWrites(unit, found)])
  return Object.assign(found, {
    isClosed: profile?.closed ?? false,
    borne: lacks.size === 0 ? borne : new Map([...borne, ...lacks]),
    population: populationOf(unit),
    traced,
  })
}

/** What a trace shows. That of a start alone tells nothing of what a runtime does for clients. */
function tracedOf(unit: LoadedUnit, trace: Trace): Traced | undefined {
  const traced = ofTrace(unit, trace)
  if (!traced || traced.hasWork) return traced
  const possible = new Set(
    evidence(unit).flatMap(({access: id, isPossible}) => (isPossible === true ? [id] : [])),
  )
  return {...traced, lacks: new Map([...traced.lacks].filter(([id]) => !possible.has(id)))}
}

/** What a unit and its programs show, whatever production says. */
export function evidence(unit: LoadedUnit): readonly Need[] {
  return collected(sourcesOf(unit), () => false)
}

function sourcesOf(unit: LoadedUnit): ReadonlyArray<Iterable<Need>> {
  return [
    ofCommands(unit),
    ofDirectives(unit),
    ofSets(unit),
    ofEnvironment(unit),
    ofFileRights(unit),
    ofWords(unit),
    ofOthers(unit),
    ofPeers(unit),
    ofUnseen(unit),
  ]
}

/** Each need once for each reason. */
function collected(
  sources: ReadonlyArray<Iterable<Need>>,
  isKnownBetter: (need: Need) => boolean,
): Need[] {
  const found = new Map<string, Need>()
  for (const source of sources) {
    for (const need of source) {
      if (isKnownBetter(need)) continue
      const key = `${need.access} ${need.because}`
      const before = found.get(key)
      if (!before || (need.certain && !before.certain)) found.set(key, need)
      if (found.size >= most) break
    }
  }
  return [...found.values()]
}

/** No unit that people write shows as much. */
const most = 2000

/**
 * Judge a denial: withheld when the service needs some of it, safe when hardly any service does or
 * a closed profile says that this one does not, or others who run its program vouch for it; unsafe,
 * too, where nothing can be known of the service, or of what it uses of a runtime.
 */
export function judge(denied: readonly AccessId[], needs: Needs): Judgement {
  const needed = accessesOf(needs)
  // What was seen to work needs no guess.
  const isSeen = denied.every((id) => needs.borne.get(id)?.grade === 'tried')
  if (
    denied.some((id) => needed.has(id)) ||
    (denied.length > 0 && !isSeen && needed.has('anything'))
  ) {
    const all = new Set(denied)
    const because = needs.filter(
      (need) => !isOpen(need) && (all.has(need.access) || need.access === 'anything'),
    )
    return {
      applicability: 'withheld',
      because: because.toSorted((a, b) => Number(b.certain) - Number(a.certain)),
    }
  }
  const open = openIn(needs).filter(({access: id, isUnseen, isOfOthers}) => {
    if (isUnseen) return denied.length > 0 && !isSeen
    const borne = needs.borne.get(id)
    return denied.includes(id) && (isOfOthers ? borne?.grade !== 'attested' : !borne)
  })
  if (open.length > 0) return {applicability: 'unsafe', because: open}
  if (needs.isClosed) return denied.includes('unknown-effect') ? unsafe : safe
  const asked = denied.filter((id) => !isRare(id, needs.population))
  if (!asked.every((id) => lifts(id, needs.borne.get(id)))) return unsafe
  return denied.length === 0
    ? safe
    : {applicability: 'safe', because: [], by: () => vouchers(denied, asked, needs)}
}

/**
 * Who vouches for what many services need, or for what is denied first; where nobody does, how few
 * of its kind need what most of them do.
 */
function vouchers(
  denied: readonly AccessId[],
  asked: readonly AccessId[],
  {borne, population}: Needs,
): readonly string[] {
  const said = new Set(
    (asked.length > 0 ? asked : denied.slice(0, 1)).flatMap((id) => borne.get(id)?.words() ?? []),
  )
  if (said.size > 0) return [...said]
  const bounds = denied.map((id) => [id, upperBound(figureOf(id, population))] as const)
  const [worst] = bounds.reduce((one, other) => (other[1] > one[1] ? other : one))
  return [rarityWords(worst, population)]
}

/**
 * Whether what others do without may be taken away. One source alone is enough where what was wrong
 * is undone by taking the line out again: of 956 such lines of programs that others run too, none
 * was contradicted.
 */
function lifts(id: AccessId, attestation: Pick<Borne, 'grade'> | undefined): boolean {
  if (!attestation) return false
  return attestation.grade !== 'once' || !lasting.has(id)
}

/** What stays after the line is gone: files as they were made, objects that were removed. */
const lasting: ReadonlySet<AccessId> = new Set<AccessId>([
  'world-readable-files',
  'group-shared-files',
  'group-writable-files',
  'lasting-ipc',
  'shared-tmp',
  'fixed-user',
])

const safe: Judgement = {applicability: 'safe', because: []}
const unsafe: Judgement = {applicability: 'unsafe', because: []}

const accessesOf = query(
  (needs: Needs): ReadonlySet<AccessId> =>
    new Set(needs.flatMap((need) => (isOpen(need) ? [] : [need.access]))),
)
const openIn = query((needs: Needs): readonly Need[] => needs.filter(isOpen))

/** Whether it takes a person to say of something whether it is needed. */
function isOpen({isUnseen, isPossible}: Need): boolean {
  return isUnseen === true || isPossible === true
}

function* ofProfile(
  unit: LoadedUnit,
  profile: Profile | undefined,
  chosenOver: Needs['borne'] | undefined,
): Generator<Need> {
  if (!profile) return
  const hasPlaces = saysWhereItWrites(unit)
  const population = populationOf(unit)
  for (const id of grantedTo(unit, profile)) {
    // Where a unit says where it writes, it needs no other places.
    if (id === 'write-anywhere' && hasPlaces) continue
    // What evidence chose denies no less than evidence alone would.
    if (chosenOver && (isRare(id, population) || lifts(id, chosenOver.get(id)))) continue
    yield {access: id, because: `the profile says that it ${access(id).title}`, certain: false}
  }
  for (const {kind, invocation, assignment} of parts(unit)) {
    for (const id of kind?.needs ?? []) {
      if (!chosenOver || !lifts(id, chosenOver.get(id)))
        yield {
          access: id,
          because: `\`${invocation.program}\` ${access(id).title} where it is told to`,
          certain: false,
          assignment,
        }
    }
  }
}

/**
 * What a profile says that a service needs: it hangs on whom it runs as, and on whether all of its
 * programs are known.
 */
function grantedTo(
  unit: LoadedUnit,
  {needs: always, asRoot = [], ifUnknown = []}: Profile,
): ReadonlySet<AccessId> {
  return new Set([
    ...always,
    ...(denialContext(unit).capabilities === 'all' ? asRoot : []),
    ...(parts(unit).every(({isKnown}) => isKnown) ? [] : ifUnknown),
  ])
}
