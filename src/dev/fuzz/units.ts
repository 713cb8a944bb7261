import fc from 'fast-check'
import {everything, fixedSoundly, judged, someRules, targetAt} from './properties.ts'
import {fuzzTarget, anyOf} from './target.ts'
import {fuzzedTypes, unitText} from './words.ts'

/** A unit, and how it is judged. */
interface UnitInput {
  readonly path: string
  readonly text: string
  readonly target: number
  readonly fix: 'safe' | 'unsafe'
  readonly rules: number
}

const anyUnit = anyOf(fuzzedTypes).chain(([type, section]) =>
  fc.record({
    path: fc.constantFrom(`a.${type}`, `a.${type}`, `a@b.${type}`, `a@.${type}`),
    text: unitText(section),
    target: fc.nat(15),
    fix: fc.constantFrom('safe' as const, 'unsafe' as const),
    rules: fc.nat(1000),
  }),
)

/**
 * Units of directives and values that there are, and some that there are not: judged, and fixed
 * soundly.
 */
export const unitsTarget = fuzzTarget<UnitInput>({
  arbitrary: anyUnit,
  seeds: [
    {
      path: 'a.service',
      text: '[Service]\nExecStart=/usr/bin/x\nType=forking\nType=fork\nPrivateTmp=no\n',
      target: 10,
      fix: 'unsafe',
      rules: 0,
    },
    {path: 'a.service', text: '[Service]\nDynamicUser=', target: 0, fix: 'unsafe', rules: 0},
    {
      path: 'a.service',
      text: '[Service]\nExecStart=/usr/sbin/nginx\n[Service]\n[\nAllowedCPUs=',
      target: 0,
      fix: 'unsafe',
      rules: 0,
    },
    {
      path: 'a.service',
      text: '[Service]\nExecStart=/usr/bin/x\n[Service]\nInaccessibleDirectories=/',
      target: 0,
      fix: 'safe',
      rules: 0,
    },
    {
      path: 'a.service',
      text: '[Service]\nExecStart=/usr/bin/x\nUser=x\nNoNewPrivileges=no\nLockPersonality=yes\n',
      target: 0,
      fix: 'unsafe',
      rules: 0,
    },
  ],
  check({path, text, target, fix, rules}) {
    fixedSoundly({files: [{path, text}]}, {...someRules(rules), targets: [targetAt(target)]}, fix)
  },
  grow({path, text, target}, times) {
    judged(
      {files: [{path, text: `${text}\n`.repeat(times)}]},
      {...everything, targets: [targetAt(target)]},
    )
  },
})
