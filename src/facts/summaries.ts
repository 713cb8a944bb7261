import {conditions} from './data/summaries/conditions.ts'
import {mountSummaries} from './data/summaries/mounts.ts'
import {obsoleteSummaries} from './data/summaries/obsolete.ts'
import {processSummaries} from './data/summaries/processes.ts'
import {resourceSummaries} from './data/summaries/resources.ts'
import {serviceSummaries} from './data/summaries/service.ts'
import {socketSummaries} from './data/summaries/socket.ts'
import {triggerSummaries} from './data/summaries/triggers.ts'
import {unitSummaries} from './data/summaries/unit.ts'
import {entries} from './directives.ts'
import {oldestVersion} from './targets.ts'
import type {ValueFacts} from './directives.ts'
import {rowOf} from './sandboxing/rows.ts'

/**
 * What a directive does, in one or two sentences with code in backticks.
 *
 * Undefined for one that no systemd since the oldest known here has had in the section. Load this
 * module when it is needed: it is long.
 */
export function summaryOf(section: string, key: string): string | undefined {
  const facts = entries(section, key).find(
    ({unknownSince = Infinity}) => unknownSince > oldestVersion,
  )
  return (
    facts &&
    (summaries.get(`${section}.${key}`) ?? ofKey(key) ?? ofCondition(key) ?? ofAlias(facts))
  )
}

/** Of directives without a row: by key, or by `Section.Key` where sections differ. */
const summaries: ReadonlyMap<string, string> = new Map(
  [
    unitSummaries,
    serviceSummaries,
    socketSummaries,
    triggerSummaries,
    mountSummaries,
    processSummaries,
    resourceSummaries,
    obsoleteSummaries,
  ].flatMap((theme) => Object.entries(theme)),
)

function ofKey(key: string): string | undefined {
  return rowOf(key)?.summary ?? summaries.get(key)
}

function ofCondition(key: string): string | undefined {
  const [, kind, name = ''] = /^(Condition|Assert)(.+)$/.exec(key) ?? []
  if (!Object.hasOwn(conditions, name)) return undefined
  return kind === 'Condition'
    ? `Skips the unit, without failure, unless ${conditions[name]}.`
    : `Fails the start of the unit unless ${conditions[name]}.`
}

/** The table has the fields of `ValueFacts`. */
function ofAlias({aliasOf}: ValueFacts): string | undefined {
  return aliasOf === undefined ? undefined : ofKey(aliasOf.replace(/^.*\./, ''))
}
