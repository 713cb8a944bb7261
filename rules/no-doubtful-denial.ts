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
    doubtful: 'Unexpected `{directive}={value}`, perhaps: {why}',
  },
  *check(unit) {
    if (unit.isPartial) return
    // Other rules tell of these.
    const told = unit.needs.filter(({certain, isEssential}) => certain || isEssential)
    const known = new Set([...unit.needs.borne.keys(), ...told.map((need) => need.access)])
    const found = sandboxing.atOdds(
      unit,
      // What only words or a comment suggest withholds what we would add, and is no doubt of what
      // was written.
      ({certain, isGuess, isPossible, isUnseen, inComment, access: id}) =>
        !certain && !isGuess && !isPossible && !isUnseen && !inComment && !known.has(id),
    )
    for (const {at, directive, need} of found) {
      const {title} = access(need.access)
      // Some reasons are the access itself, in the same words.
      const why = need.because.includes(title) ? need.because : `${need.because} (${title})`
      yield {message: 'doubtful', data: {directive, value: at.value, why}, at}
    }
  },
  examples: {
    bad: ['[Service]\nExecStart=/usr/sbin/php-fpm\nNoNewPrivileges=yes\n'],
    good: ['[Service]\nExecStart=/usr/sbin/php-fpm\nProtectClock=yes\n'],
  },
})
