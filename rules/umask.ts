import * as z from 'zod'
import {defineRule, fixBy, isJudged, services, set, writtenIn} from 'unitlint/rule'

/** Masks worth proposing, strictest first. */
const masks = ['0077', '0027', '0022']

const defaults = {atLeast: '0077'}

export default defineRule({
  id: 'umask',
  directives: ['UMask'],
  summary: 'Keep new files from other users',
  why: 'What a service writes, keys and dumps included, is readable by every user with the default mask.',
  unless: 'Other users read the files or sockets that the service makes.',
  defaults,
  options: () =>
    z.strictObject({
      atLeast: z
        .enum(masks)
        .default(defaults.atLeast)
        .describe('The bits that the mask must take away'),
    }),
  on: services,
  fixesHangOn: ['UMask'],
  messages: {
    missing: 'Expected `UMask={expected}`',
    weak: 'Unexpected `UMask={actual}`, expected `{expected}` or stricter',
  },
  *check(unit, {atLeast}) {
    if (!isJudged(unit, 'UMask')) return
    const {value: actual, origin} = unit.settings.UMask
    const wanted = Number.parseInt(atLeast, 8)
    const denied = new Set(unit.denies('UMask', octal(actual)))
    const steps = masks
      .map((mask) => Number.parseInt(mask, 8))
      .filter((mask) => (mask & wanted) === mask && (mask & ~actual) !== 0)
      .map((mask) => octal(mask | actual))
      .filter((mask) => {
        const added = unit.denies('UMask', mask).filter((access) => !denied.has(access))
        return unit.weigh(added).applicability !== 'withheld'
      })
    const [expected] = steps
    const {at} = writtenIn(unit, origin, false)
    if (expected === undefined || !at) return
    const fix = steps.map((mask) => ({
      ...fixBy('safe', set('Service', 'UMask', mask)),
      data: {expected: mask},
    }))
    if (origin.kind === 'written')
      yield {message: 'weak', data: {actual: octal(actual), expected}, at, fix}
    else yield {message: 'missing', data: {expected}, at, fix}
  },
  examples: {
    bad: [
      '[Service]\nExecStart=/usr/bin/example\n',
      '[Service]\nExecStart=/usr/bin/example\nUMask=0022\n',
    ],
    good: ['[Service]\nExecStart=/usr/bin/example\nUMask=0077\n'],
  },
})

function octal(mask: number): string {
  return mask.toString(8).padStart(4, '0')
}
