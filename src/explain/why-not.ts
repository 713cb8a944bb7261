import {access} from '../facts/accesses.ts'
import {losesSetUser} from '../needs/denials.ts'
import {denialContext} from '../needs/denial-context.ts'
import {figureOf, isRare} from '../needs/rarity.ts'
import type {AccessId} from '../facts/accesses.ts'
import {directive as factsOf} from '../facts/directives.ts'
import {rowOf} from '../facts/sandboxing/rows.ts'
import {strictness} from '../facts/strictness.ts'
import type {Need} from '../needs/needs.ts'
import type {Unit} from '../rule/unit.ts'
import type {Assignment} from '../unit/unit.ts'
import {wordsForEnvironments} from '../unit/environment.ts'

/** What one value of a directive would deny to a service, and what speaks for and against that. */
export interface Answer {
  readonly title: string
  readonly reasons: readonly ReasonsOfKind[]
}

/** What is denied, of one kind. */
export interface ReasonsOfKind {
  readonly title: string
  readonly items: readonly Reason[]
}

/** What is denied, and the line of the unit that shows that it is needed. */
export interface Reason {
  readonly text: string
  readonly at?: {readonly path: string; readonly line: number}
}

/** Which profile evidence chose for a unit, and why; undefined where no choice was left to it. */
export function chosenProfile({choice}: Unit): string | undefined {
  if (!choice) return undefined
  return `Profile by evidence: ${choice.kind ?? 'none, nothing is closed'}, as ${choice.because}`
}

/**
 * Why a fix would give a directive a value, or would not: without a value, the values that one
 * would think of.
 */
export function whyNot(unit: Unit, key: string, value?: string): Answer[] {
  const {version} = unit.target
  if (!factsOf('Service', key, version)) {
    return [{title: `${key}= is not known to systemd ${version} in [Service]`, reasons: []}]
  }
  const values = value === undefined ? valuesOf(key, version) : [value]
  return values.map((one) => answer(unit, key, one))
}

/**
 * The values to think of when none is named, strictest first; one that is empty where nothing is
 * known of any.
 */
function valuesOf(key: string, version: number): readonly string[] {
  const row = rowOf(key)
  if (row && row.holds !== 'word' && row.samples.length > 0) return row.samples.toReversed()
  const stricter = strictness(key, version).slice(1).toReversed()
  return stricter.length === 0 ? [''] : stricter.map(([value = '']) => value)
}

const verdicts = {
  safe: 'safe, `--fix` may set it',
  unsafe: 'unsafe, `--fix --unsafe-fixes` may set it',
  withheld: 'withheld, no fix sets it',
} as const

function answer(unit: Unit, key: string, value: string): Answer {
  const denied = unit.denies(key, value)
  const title = `${key}=${value}, systemd ${unit.target.name}`
  if (denied[0] === 'unknown-effect')
    return {title: `${key}=: not known what it denies`, reasons: []}
  const here = wordsForEnvironments(unit, key, value)
  const {applicability, because} = unit.weigh(denied)
  const needed = new Set(because.map((need) => need.access))
  const others = denied.filter((id) => !needed.has(id) && !isOnlyGained(id, denied, unit))
  return {
    title:
      denied.length === 0 && here.length === 0
        ? `${title}: denies nothing`
        : `${title}: ${verdicts[here.length > 0 ? 'withheld' : applicability]}`,
    reasons: [
      {title: 'Does not work where the service runs', items: here.map((text) => ({text}))},
      {title: 'Denies more where `User=root` is written', items: trapOfRoot(unit, key, denied)},
      {
        title:
          applicability === 'withheld'
            ? 'Denies what the service needs'
            : 'Nothing can be known of the service',
        items: shown(because),
      },
      ...reasonsOfUnneeded(unit, others, applicability === 'safe'),
    ].filter(({items}) => items.length > 0),
  }
}

/** Of accesses that nothing shows a need of, what makes it safe to deny them, or leaves it open. */
function reasonsOfUnneeded(
  unit: Unit,
  denied: readonly AccessId[],
  isSafe: boolean,
): readonly ReasonsOfKind[] {
  const {population, isClosed, borne: known} = unit.needs
  const {isUnread, isByFolderAlone, ...read} = population
  const isNotRead = isUnread === true || isByFolderAlone === true
  const isTraced = (id: AccessId): boolean => known.get(id)?.grade === 'traced'
  const vouched = (ids: readonly AccessId[]): readonly Reason[] =>
    ids.map((id) => ({text: `${access(id).title}: ${known.get(id)?.words() ?? ''}`}))
  const seldom = denied.filter((id) => isRare(id, population))
  const common = denied.filter((id) => !seldom.includes(id))
  const borne = isSafe && !isClosed ? common : []
  const left = common.filter((id) => !borne.includes(id))
  const unread = left.filter((id) => isNotRead && isRare(id, read))
  const unasked = isClosed
    ? 'Denies what the profile says that it does not need'
    : 'Denies what nothing shows that it needs'
  return [
    {
      title: 'Denies what others who run the program do without',
      items: vouched(borne.filter((id) => !isTraced(id))),
    },
    {title: 'Denies what it was not seen to do', items: vouched(borne.filter(isTraced))},
    {title: `${unasked}, and hardly any service does`, items: figures(seldom, unit)},
    {
      title: `${unasked}; but its program is not in sight, and too many that people wrote for themselves do`,
      items: titles(unread),
    },
    {
      title: `${unasked}, though many services do`,
      items: titles(left.filter((id) => !unread.includes(id))),
    },
  ]
}

/**
 * Whether an access is a capability that the service does not have: it could only gain it by running
 * programs, which is denied as well.
 */
function isOnlyGained(id: AccessId, denied: readonly AccessId[], unit: Unit): boolean {
  const held: ReadonlySet<AccessId> | 'all' = denialContext(unit).capabilities
  return (
    held !== 'all' &&
    denied.includes('privileges-by-exec') &&
    id.startsWith('CAP_') &&
    !held.has(id)
  )
}

/** What is denied for nothing but that the user is named whom the service has anyway. */
function trapOfRoot(unit: Unit, key: string, denied: readonly AccessId[]): readonly Reason[] {
  const user = unit.value('User')
  if (!user || !denied.includes('CAP_SETUID') || !losesSetUser(key, denialContext(unit))) return []
  const text = `systemd 257 takes \`CAP_SETUID\` from it where \`NoNewPrivileges=yes\` and a filter of system calls are set beside \`User=${user.value}\`, and not without that line, as whom it runs anyway`
  return [{text, at: placeOf(user.assignment)}]
}

/**
 * Needs as reasons: what is a guess not beside what is certain of the same line, and what shows
 * several at once.
 */
function shown(needs: readonly Need[]): Reason[] {
  const isSame = (one: Need, other: Need): boolean =>
    one.access === other.access && one.assignment === other.assignment
  const told = needs.filter(
    (need) => need.certain || !needs.some((other) => other.certain && isSame(need, other)),
  )
  const alike = new Map<string, Need[]>()
  for (const need of told) {
    const {because, certain, assignment} = need
    const {path = '', line = ''} = (assignment && placeOf(assignment)) ?? {}
    const key = `${certain} ${because} ${line} ${path}`
    alike.set(key, [...(alike.get(key) ?? []), need])
  }
  return [...alike.values()].map(reason)
}

/** Needs with the same clause, as one. */
function reason(needs: readonly Need[]): Reason {
  const {because = '', certain, assignment} = needs[0] ?? {}
  const titles = needs.map(({access: id}) => access(id).title)
  const meanings = titles.filter((title) => !because.includes(title))
  const meaning = [...meanings, ...(certain ? [] : ['perhaps'])].join(', ')
  const text = `${because}${meaning === '' ? '' : ` (${meaning})`}`
  return assignment ? {text, at: placeOf(assignment)} : {text}
}

function placeOf({file, directive}: Assignment): {readonly path: string; readonly line: number} {
  return {path: file.path, line: directive.position.start.line}
}

/** What is rare, each with how many services of the kind need it; of many capabilities the most. */
function figures(ids: readonly AccessId[], {needs}: Unit): Reason[] {
  const figureFor = (id: AccessId): string => {
    const {needing, of} = figureOf(id, needs.population)
    return `${needing} of ${of}`
  }
  const shareOf = (id: AccessId): number => {
    const {needing, of} = figureOf(id, needs.population)
    return needing / Math.max(of, 1)
  }
  const ofRoot = ids.filter(isCapability)
  const [most = '', ...less] = ofRoot.toSorted((one, other) => shareOf(other) - shareOf(one))
  const isFolded = most !== '' && less.length > 5
  const folded = isFolded
    ? [`uses any of ${ofRoot.length} capabilities, \`${most}\` the most (${figureFor(most)})`]
    : []
  const rest = isFolded ? ids.filter((id) => !isCapability(id)) : ids
  return inOneLine([...folded, ...rest.map((id) => `${access(id).title} (${figureFor(id)})`)])
}

function titles(ids: readonly AccessId[] = []): Reason[] {
  const ofRoot = ids.filter(isCapability).map((id) => `\`${id}\``)
  return inOneLine([
    ...(ofRoot.length > 0 ? [`uses ${ofRoot.join(', ')}`] : []),
    ...ids.filter((id) => !isCapability(id)).map((id) => access(id).title),
  ])
}

function isCapability(id: AccessId): boolean {
  return id.startsWith('CAP_')
}

function inOneLine(texts: readonly string[]): Reason[] {
  return texts.length === 0 ? [] : [{text: texts.join('; ')}]
}
