import {isHardening} from '../facts/hardening.ts'
import type {Rule} from '../rule/rule.ts'
import type {LintResult, Message} from './lint-result.ts'
import {totalWords, unmarked} from './exposure.ts'
import type {ReportContext} from './formatter.ts'
import {withHints} from './hints.ts'

/** The name under which the restrictions that a unit lacks are one finding. */
export const restrictionsId = 'hardening'

/** Restrictions beside those that lines of hardening stand together with. */
const alsoRestricting: ReadonlySet<string> = new Set([
  'User',
  'DynamicUser',
  'NotifyAccess',
  'SupplementaryGroups',
])

/** What stands among them, and is asked for because something does not work as it is. */
const mending: ReadonlySet<string> = new Set(['device-allow', 'system-call-error-number'])

/**
 * Whether a rule asks a service for a restriction: it is called like the directive that it wants.
 */
export function isRestriction({id, directives}: Pick<Rule, 'id' | 'directives'>): boolean {
  const name = id.slice(id.lastIndexOf('/') + 1)
  if (mending.has(name)) return false
  const key = directives.find((directive) => directive.toLowerCase() === name.replaceAll('-', ''))
  return key !== undefined && (isHardening(key) || alsoRestricting.has(key))
}

/** The ids of the rules that ask for restrictions, as far as they have run. */
function restrictionsOf(rules: readonly Rule[]): ReadonlySet<string> {
  return new Set(rules.filter(isRestriction).map(({id}) => id))
}

/**
 * What is told of a file where twenty findings about one unit would hide all others: what restricts
 * it is one, which names the options without their values.
 *
 * It stands where the first of them does, is as severe as the worst, and has its fix where there is
 * but one.
 */
export function withRestrictions(entry: LintResult, context: ReportContext): readonly Message[] {
  const {messages, hint} = withHints(entry, context, unmarked)
  const ids = messages.length > 1 ? restrictionsOf(context.rules) : new Set<string>()
  const members = messages.filter(
    ({ruleId, fatal}) => ruleId !== undefined && !fatal && ids.has(ruleId),
  )
  const folded = new Set(members)
  const [first] = members
  const hinted: readonly Message[] =
    hint === undefined ? [] : [{...nothing, ruleId: restrictionsId, severity: 0, text: hint}]
  if (!first || members.length < 2) return [...messages, ...hinted]
  const one: Message = {
    ...nothing,
    ruleId: restrictionsId,
    severity: members.reduce<Message['severity']>(
      (worst, {severity}) => (severity > worst ? severity : worst),
      0,
    ),
    text: [wanted(members), hint ?? remedy(members, entry)]
      .filter((part) => part !== '')
      .join(' · '),
    place: first.place,
  }
  return messages.flatMap((message) =>
    message === first ? [one] : folded.has(message) ? [] : [message],
  )
}

const nothing = {
  fatal: false,
  place: undefined,
  note: undefined,
  url: undefined,
  fix: undefined,
  cause: undefined,
} as const

function wanted(members: readonly Message[]): string {
  const names = [...new Set(members.map(nameOf))]
  return `Expected ${members.length} more restrictions: ${names.map((name) => `\`${name}\``).join(', ')}`
}

/** The directive that a message asks for, without its value; else the rule. */
function nameOf({text, ruleId = ''}: Message): string {
  return /`([A-Za-z]\w*)=/.exec(text)?.[1] ?? ruleId
}

function remedy(members: readonly Message[], {exposure}: LintResult): string {
  const many = (kind: 'safe' | 'unsafe'): number =>
    members.filter(({fix}) => fix?.applicability === kind).length
  const [safe, unsafe] = [many('safe'), many('unsafe')]
  const total =
    exposure &&
    `${totalWords(exposure.before, unmarked)}${safe > 0 ? `, ${totalWords(exposure.after, unmarked)} after --fix` : ''}`
  const flags = [
    safe > 0 ? `${safe} fixable with --fix` : '',
    unsafe > 0 ? `${unsafe} ${safe > 0 ? 'more ' : ''}with --unsafe-fixes` : '',
  ]
  return [total ?? '', ...flags].filter((part) => part !== '').join(', ')
}
