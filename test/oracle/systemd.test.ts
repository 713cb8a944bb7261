import {describe, expect, test} from 'vitest'
import {corpus, corpusFolder, subjectOf} from '../corpus/corpus.ts'
import {aboutTheFile, canScore, dropinSubject, oracles, security, verify} from './systemd.ts'
import type {Complaint, Subject, Verdict} from './systemd.ts'

const good: Subject = {name: 'good.service', text: '[Service]\nExecStart=/bin/sh\n'}
const typo: Subject = {name: 'typo.service', text: '[Service]\nExecStart=/bin/sh\nPrivatTmp=yes\n'}
const empty: Subject = {name: 'nothing.service', text: '[Service]\nType=simple\n'}
const template: Subject = {
  name: 'template@.service',
  text: '[Service]\nExecStart=/bin/sh\n\nUMask=9\n',
}
const instance: Subject = {name: 'made@x.service', text: '[Service]\nUMask=9\nExecStart=/bin/sh\n'}
const colon: Subject = {name: 'vnc@:5.service', text: '[Service]\nExecStart=/bin/sh\nUMask=9\n'}
const escaped: Subject = {
  name: String.raw`dev-a\x2db.service`,
  text: '[Service]\nExecStart=/bin/sh\nUMask=9\n',
}
/** systemd 247 aborts on it. */
const aborting: Subject = {name: 'bus.service', text: '[Service]\nType=dbus\nExecStart=/bin/sh\n'}
/** The message about the user names no file. */
const nameless: Subject = {
  name: 'lax.service',
  text: '[Service]\nUser={{ user }}\nExecStart=/bin/sh\n',
}

const found = oracles()

describe.skipIf(found.length === 0).each(found)('systemd $name', (oracle) => {
  test('says which file and line it complains of', async () => {
    const dropin = dropinSubject('amended.service.d', 'override.conf', '[Service]\n\nUMask=9\n')
    if (!dropin) throw new Error('Expected a subject')
    const verdicts = await verify(oracle, [
      good,
      typo,
      empty,
      template,
      instance,
      colon,
      escaped,
      dropin,
    ])
    expect(places(verdicts.get(good))).toEqual([])
    expect(places(verdicts.get(typo))).toEqual(['typo.service:3'])
    expect(places(verdicts.get(template))).toEqual(['template@.service:4'])
    expect(places(verdicts.get(instance))).toEqual(['made@x.service:2'])
    expect(places(verdicts.get(colon))).toEqual(['vnc@:5.service:3'])
    expect(places(verdicts.get(escaped))).toEqual([String.raw`dev-a\x2db.service:3`])
    expect(places(verdicts.get(dropin))).toEqual(['amended.service.d/override.conf:3'])
    expect(verdicts.get(empty)).toMatchObject({loads: false})
    expect(verdicts.get(empty)?.complaints.filter(aboutTheFile)).not.toEqual([])
    for (const subject of [good, typo, template, instance, colon, escaped, dropin])
      expect(verdicts.get(subject)?.loads, subject.name).toBe(true)
  })

  test.each([
    'a b.service',
    'ä.service',
    'none',
    'foo.conf',
    '@.service',
    '.service',
    'a%b.service',
    'line\nbreak.service',
    'a/b.service',
    '..',
    '',
    `${'x'.repeat(300)}.service`,
  ])('does not load a unit with the name %j, and loads its neighbours', async (name) => {
    const odd = {...good, name}
    const verdicts = await verify(oracle, [good, odd, typo])
    expect(verdicts.get(odd)?.loads).toBe(false)
    expect(verdicts.get(good)?.loads).toBe(true)
    expect(places(verdicts.get(typo))).toEqual(['typo.service:3'])
  })

  test('loses no answer to a unit that it aborts on, nor to a message without a name', async () => {
    const many = Array.from({length: 9}, (_, index) => ({
      name: `${'abcdefghi'[index]}-unit.service`,
      text: `[Service]\nExecStart=/bin/sh\n${'\n'.repeat(index)}UMask=9\n`,
    }))
    const verdicts = await verify(oracle, [
      ...many.slice(0, 4),
      aborting,
      ...many.slice(4, 7),
      nameless,
      ...many.slice(7),
    ])
    expect(many.map((subject) => places(verdicts.get(subject)))).toEqual(
      many.map(({name}, index) => [`${name}:${index + 3}`]),
    )
    expect(verdicts.get(aborting)?.loads).toBe(false)
    expect(verdicts.get(aborting)?.complaints).not.toEqual([])
    expect(verdicts.get(nameless)?.loads).toBe(true)
  })

  test('does not see one subject when it is asked about another', async () => {
    const socket = {name: 'served.socket', text: '[Socket]\nListenStream=/run/any\n'}
    const service = {name: 'served.service', text: '[Service]\nExecStart=/bin/sh\n'}
    const wanting = {
      name: 'wanting.service',
      text: '[Unit]\nRequires=good.service\n[Service]\nExecStart=/bin/sh\n',
    }
    const subjects = [good, socket, service, wanting]
    const together = await verify(oracle, subjects)
    for (const subject of subjects)
      expect(together.get(subject)?.complaints.length, subject.name).toBe(
        (await verify(oracle, [subject])).get(subject)?.complaints.length,
      )
    expect(
      together.get(socket)?.complaints.some(({text}) => text.includes('served.service not loaded')),
    ).toBe(true)
  })

  test.skipIf(!canScore(oracle))('scores what it loads', async () => {
    const hardened = {
      name: 'hard.service',
      text: '[Service]\nExecStart=/bin/sh\nPrivateTmp=yes\nUser=backup\n',
    }
    const scores = await security(oracle, [
      good,
      empty,
      hardened,
      template,
      colon,
      {...good, name: 'a b.service'},
    ])
    expect([...scores.values()].map((score) => score !== undefined)).toEqual([
      true,
      false,
      true,
      true,
      true,
      false,
    ])
    const score = scores.get(hardened)
    expect(scores.get(good)?.total).toBeGreaterThan(score?.total ?? Infinity)
    expect(score?.rows.find((row) => row.json_field === 'PrivateTmp')).toMatchObject({set: true})
    for (const row of score?.rows ?? []) {
      expect([true, false, null]).toContain(row.set)
      expect(typeof row.name).toBe('string')
      expect(typeof row.description).toBe('string')
      expect(row.exposure === null || /^\d+\.\d$/.test(row.exposure)).toBe(true)
    }
  })

  test('judges the units of a user too', async () => {
    const verdicts = await verify(oracle, [good, typo], {user: true})
    expect(verdicts.get(good)?.loads).toBe(true)
    expect(places(verdicts.get(typo))).toEqual(['typo.service:3'])
  })

  test.skipIf(corpusFolder() === undefined)(
    'says of real units the same together as alone',
    async () => {
      const subjects = realSubjects(200)
      const together = await verify(oracle, subjects)
      const scores = canScore(oracle) ? await security(oracle, subjects) : undefined
      for (const subject of subjects) {
        expect(essence(together.get(subject)), subject.name).toEqual(
          essence((await verify(oracle, [subject])).get(subject)),
        )
        if (scores)
          expect(scores.get(subject), subject.name).toEqual(
            (await security(oracle, [subject])).get(subject),
          )
      }
    },
  )

  test.skipIf(corpusFolder() === undefined || !canScore(oracle))(
    'scores a real unit if and only if it loads',
    async () => {
      const subjects = realSubjects(24)
      const [verdicts, scores] = [await verify(oracle, subjects), await security(oracle, subjects)]
      expect(
        subjects.filter(
          (subject) => verdicts.get(subject)?.loads !== (scores.get(subject) !== undefined),
        ),
      ).toEqual([])
      expect(
        subjects.some((subject) => !scores.has(subject) || scores.get(subject) === undefined),
      ).toBe(true)
    },
  )
})

test.skipIf(found.length > 0)(
  'needs a systemd-analyze on this machine, in .oracle, or in the folder UNITLINT_ORACLE',
  (context) => context.skip(),
)

test.each([
  [true, complaint(3, "typo.service:3: Unknown key 'PrivatTmp' in section [Service], ignoring.")],
  [
    true,
    complaint(
      undefined,
      'a.service: Service has no ExecStart=, ExecStop=, or SuccessAction=. Refusing.',
    ),
  ],
  [
    false,
    complaint(
      undefined,
      'a.service: Command /usr/bin/a is not executable: No such file or directory',
    ),
  ],
  [
    false,
    complaint(
      undefined,
      'a.service: Failed to create a.service/start: Unit sysinit.target not found.',
    ),
  ],
  [
    false,
    complaint(undefined, 'a.socket: service a.service not loaded, socket cannot be started.'),
  ],
] as const)('it is %s that %o is about the file', (expected, one) => {
  expect(aboutTheFile(one)).toBe(expected)
})

test.each([
  ['service.d', 'any.service'],
  ['foo-.service.d', 'foo-any.service'],
  ['foo@.service.d', 'foo@.service'],
  ['foo.timer.d', 'foo.timer'],
])('a drop-in in %s is asked about as part of %s', (folder, name) => {
  expect(dropinSubject(folder, 'a.conf', '')?.name).toBe(name)
})

test.each(['foo.service', 'foo.d', 'foo.bar.d', ''])('%s is no folder of drop-ins', (folder) => {
  expect(dropinSubject(folder, 'a.conf', '')).toBeUndefined()
})

function complaint(line: number | undefined, text: string): Complaint {
  return {file: undefined, line, text}
}

function places(verdict: Verdict | undefined): string[] | undefined {
  return verdict?.complaints.filter(aboutTheFile).map(({file, line}) => `${file}:${line}`)
}

/** What does not depend on the order in which systemd walks its hash tables. */
function essence(verdict: Verdict | undefined): unknown {
  return {
    loads: verdict?.loads,
    complaints: verdict?.complaints
      .filter(aboutTheFile)
      .map(({text}) => text)
      .toSorted(),
  }
}

function realSubjects(step: number): Subject[] {
  const files = corpus('units').filter((file, index) => index % step === 0 && file.class !== 'fuzz')
  return files.map((file) => subjectOf(file)).filter((subject) => subject !== undefined)
}
