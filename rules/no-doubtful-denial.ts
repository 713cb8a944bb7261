import {access, defineRule, sandboxing, services} from 'unitlint/rule'

export default defineRule({
  id: 'no-doubtful-denial',
  summary: 'Tell of options that take away what the program may need',
  why: 'What programs of its kind do shows up late: in a job that is seldom run, or a feature that is off until somebody turns it on.',
  unless:
    'The service was tried with the option: nobody can see from here what it uses of its program.',
  on: services,
  fixesHangOn: [],
  messages: {
    doubtful: 'Unexpected `{directive}={value}`, perhaps: {because} ({title})',
  },
  *check(unit) {
    if (unit.isPartial) return
    const {borne} = unit.needs
    // Other rules tell of these.
    const known = new Set(
      unit.needs
        .filter(({certain, isEssential}) => certain || isEssential)
        .map(({access: id}) => id),
    )
    const isLikely = ({
      certain,
      isPossible,
      isUnseen,
      access: id,
    }: (typeof unit.needs)[number]): boolean =>
      !certain && !isPossible && !isUnseen && !borne.has(id) && !known.has(id)
    for (const {at, directive, need} of sandboxing.atOdds(unit, isLikely)) {
      const {title} = access(need.access)
      yield {
        message: 'doubtful',
        data: {directive, value: at.value, because: need.because, title},
        at,
      }
    }
  },
  examples: {
    bad: ['[Service]\nExecStart=/usr/sbin/php-fpm\nNoNewPrivileges=yes\n'],
    good: ['[Service]\nExecStart=/usr/sbin/php-fpm\nProtectClock=yes\n'],
  },
})
