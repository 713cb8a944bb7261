import fc from 'fast-check'
import type {WrittenUnit} from '../../engine/judge.ts'
import {sightOf} from '../../machine/sight.ts'
import {everything, fixedSoundly, judged, someRules, targetAt} from './properties.ts'
import {fuzzTarget, anyOf} from './target.ts'
import {fuzzedTypes, unitText} from './words.ts'

/**
 * Files by their paths, as they lie in one folder; the first is a unit, and the drop-ins are all
 * its own.
 */
interface TreeInput {
  readonly main: string
  readonly text: string
  readonly dropIns: readonly string[]
  readonly others: Readonly<Record<string, string>>
  readonly isComplete: boolean
  readonly isInto: boolean
  readonly targets: readonly number[]
  readonly rules: number
}

const anyKind = anyOf(fuzzedTypes)
const otherName = fc.constantFrom(
  'b.service',
  'b.socket',
  'c.target',
  'a.timer',
  'a.socket',
  'b.service.d/x.conf',
  'service.d/y.conf',
  'b@.service',
)

const anyTree: fc.Arbitrary<TreeInput> = anyKind.chain(([type, section]) =>
  fc.record({
    main: fc.constant(`a.${type}`),
    text: unitText(section),
    dropIns: fc.array(unitText(section), {maxLength: 3}),
    others: fc.dictionary(
      otherName,
      anyKind.chain(([, its]) => unitText(its)),
      {maxKeys: 3, noNullPrototype: true},
    ),
    isComplete: fc.boolean(),
    isInto: fc.boolean(),
    targets: fc.uniqueArray(fc.nat(15), {minLength: 1, maxLength: 2}),
    rules: fc.nat(1000),
  }),
)

function unitOf(
  {main, text, dropIns, others, isComplete}: TreeInput,
  into: readonly string[],
): WrittenUnit {
  const files = dropIns.map((its, index) => ({path: `${main}.d/${index}.conf`, text: its}))
  const sight = sightOf(
    {...others, [main]: text, ...Object.fromEntries(files.map((file) => [file.path, file.text]))},
    isComplete,
  )
  return {files: [{path: main, text}, ...files, ...into.map((path) => ({path, text: ''}))], sight}
}

/**
 * A unit with its drop-ins among others, judged for several targets; fixed where its lines are, or
 * all in a drop-in.
 */
export const treesTarget = fuzzTarget<TreeInput>({
  arbitrary: anyTree,
  seeds: [
    ...[
      'DynamicUser=\nPrivateTmp=yes',
      '[Servce]\nStartupCPUShares=512',
      '[Servce]\nCPUShares= \\\n  512',
      '[Service]\nExecStart=/usr/sbin/nginx',
    ].map((lines, index) => ({
      main: 'a.service',
      text: '[Service]\nExecStart=/usr/bin/x',
      dropIns: [`[Service]\nExecStart=/usr/bin/x\n${lines}`],
      others: {},
      isComplete: false,
      isInto: index === 1 || index === 2,
      targets: [0],
      rules: 0,
    })),
    {
      main: 'a.mount',
      text: '',
      dropIns: ['[Mount]\nPUShares=512'],
      others: {},
      isComplete: false,
      isInto: true,
      targets: [0],
      rules: 0,
    },
    {
      main: 'a.service',
      text: '[Service]\nExecStart=/usr/bin/x\n',
      dropIns: ['[Service]\nPrivateTmp=no\nExecStart=\n'],
      others: {
        'a.socket': '[Socket]\nListenStream=/tmp/a\n',
        'b.service': '[Unit]\nAfter=a.service\nBefore=a.service\n',
      },
      isComplete: true,
      isInto: true,
      targets: [0, 15],
      rules: 0,
    },
  ],
  check(input) {
    const into = input.isInto ? [`${input.main}.d/zz.conf`] : []
    const options = {...someRules(input.rules), into: into[0], targets: input.targets.map(targetAt)}
    for (const fix of ['safe', 'unsafe'] as const) fixedSoundly(unitOf(input, into), options, fix)
  },
  grow(input, times) {
    const dropIns = Array.from(
      {length: times},
      (_, index) => input.dropIns[index % input.dropIns.length] ?? input.text,
    )
    judged(unitOf({...input, dropIns}, []), {
      ...everything,
      targets: [targetAt(input.targets[0] ?? 0)],
    })
  },
})
