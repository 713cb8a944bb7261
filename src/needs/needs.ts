import {populationOf} from './evidence/population.ts'
import type {Need} from './evidence/need.ts'
import {ofCommands} from './evidence/of-commands.ts'
import {ofComments} from './evidence/of-comments.ts'
import {ofOthers} from './evidence/of-others.ts'
import {ofProduction} from './evidence/of-production.ts'
import type {Production} from './evidence/of-production.ts'
import {ofOptOuts} from './evidence/of-opt-outs.ts'
import {ofPeers} from './evidence/of-peers.ts'
import {ofDirectives} from './evidence/of-directives.ts'
import {ofFileRights} from './evidence/of-file-rights.ts'
import {ofManager} from './evidence/of-manager.ts'
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
import type {Trace} from './evidence/traced.ts'
import {ofProfile} from './profile.ts'
import type {Profile} from './profile.ts'
import type {Population} from './populations.ts'
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
          (isUnseen === true && production.speaksFor.has(assignment)) ||
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
    ofComments(unit),
    ofOptOuts(unit),
    ofSets(unit),
    ofEnvironment(unit),
    ofFileRights(unit),
    ofWords(unit),
    ofOthers(unit),
    ofPeers(unit),
    ofUnseen(unit),
    ofManager(unit),
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
