import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {presets} from '../../configs/index.ts'
import {rules} from '../../rules/index.ts'
import {configs} from '../../src/config/configs.ts'
import type {LintOptions} from '../../src/engine/options.ts'
import {exposurePlan} from '../../src/engine/exposure-plan.ts'
import type {ExposurePlan, PlanStep} from '../../src/engine/exposure-plan.ts'
import {Descent} from '../../src/engine/exposure-steps.ts'
import {judge} from '../../src/engine/judge.ts'
import {voucherOf} from '../../src/engine/proposal.ts'
import {Effort} from '../../src/engine/planning-effort.ts'
import {load} from '../../src/unit/load.ts'
import type {SourceFile} from '../../src/unit/unit.ts'
import {defineRule, set} from '../../src/rule/index.ts'
import type {Rule, Unit} from '../../src/rule/index.ts'
import type {Problem} from '../../src/rule/rule.ts'
import {exposure} from '../../src/security/index.ts'
import {decode, encode} from '../../src/syntax/bytes.ts'
import {parse} from '../../src/syntax/parse.ts'
import {corpus, corpusFolder, subjectOf} from '../corpus/corpus.ts'
import {canScore, oracles, security, type Subject} from '../oracle/systemd.ts'
import {times} from '../times.ts'
import {optionsWith} from './fixing.ts'

const strict: LintOptions = (
  await configs({rules, presets}, {config: false, presets: ['strict']}, '/')('/')
).settings('/a.service')

function planOf(
  text: string,
  {name = 'a.service', version = 252, options = strict} = {},
): ExposurePlan | undefined {
  const context = {
    name,
    type: 'service',
    target: {name: String(version), version},
    manager: 'system',
  } as const
  return exposurePlan([{path: name, role: 'fragment', tree: parse(text)}], context, options)
}

/** The texts that the steps make, in order. */
function textsOf(text: string, steps: readonly PlanStep[]): string[] {
  const texts: string[] = []
  let now = text
  for (const {edits} of steps) {
    for (const {range, text: inserted} of [...edits].toReversed())
      now = now.slice(0, range[0]) + inserted + now.slice(range[1])
    texts.push(now)
  }
  return texts
}

/** Somebody's rule that finds things so. */
function acme(
  id: string,
  check: (unit: Unit) => Iterable<Problem<{readonly wanted: string}>>,
): Rule {
  return defineRule({
    id,
    summary: 'Want something',
    why: 'For the test.',
    messages: {wanted: 'Expected something'},
    check,
    examples: {bad: [], good: []},
  })
}

const unknown = '[Unit]\nDescription=a\n\n[Service]\nExecStart=/usr/bin/unheard-of\n'

describe('a plan', () => {
  test('takes the safe steps first, of each kind those that gain most', () => {
    const made = planOf(unknown)
    const kinds = made?.steps.map(({applicability}) => applicability) ?? []
    expect(new Set(kinds)).toEqual(new Set(['safe', 'unsafe']))
    expect(kinds).toEqual(kinds.toSorted())
    for (const kind of ['safe', 'unsafe']) {
      const gains =
        made?.steps
          .filter(({applicability}) => applicability === kind)
          .map(({gain}) => gain.toFixed(6)) ?? []
      expect(gains.length).toBeGreaterThan(3)
      expect(gains).toEqual(gains.toSorted((one, other) => Number(other) - Number(one)))
    }
  })

  test('announces what its steps give, and what --fix gives', () => {
    const made = planOf(unknown)
    const texts = textsOf(unknown, made?.steps ?? [])
    const totals = texts.map((text) =>
      exposure(
        load([{path: 'a.service', role: 'fragment', tree: parse(text)}], {
          name: 'a.service',
          type: 'service',
          target: {name: '252', version: 252},
          manager: 'system',
        }),
      ),
    )
    expect(made?.steps.map(({total}) => total)).toEqual(totals)
    expect(made?.before).toBe(96)
    expect(made?.fixed).toBe(
      made?.steps.findLast(({applicability}) => applicability === 'safe')?.total,
    )
    expect(made?.unsafeFixed).toBe(totals.at(-1))
  })

  test('points at the lines of the unit as it is', () => {
    const made = planOf(
      '[Unit]\nDescription=a\n\n[Service]\nLockPersonality=no\nExecStart=/usr/bin/unheard-of\nUMask=0022\n',
    )
    const lineOf = (rule: string): number | undefined =>
      made?.steps.find(({ruleId}) => ruleId === rule)?.at.line
    expect(lineOf('lock-personality')).toBe(5)
    expect(lineOf('umask')).toBe(7)
    expect(lineOf('restrict-realtime')).toBe(4)
    // Somebody decided so.
    expect(made?.steps.find(({ruleId}) => ruleId === 'lock-personality')?.applicability).toBe(
      'unsafe',
    )
  })

  test('points there where the steps before it have moved the line, too', () => {
    const wanting = (directive: string, hangsOn: string, section: string): Rule => ({
      ...acme(directive, function* (unit) {
        const [at] = unit.all(section)
        const changes = [set('Service', directive, 'yes')]
        if (at && unit.value(directive) === undefined)
          yield {message: 'wanted', at, fix: {title: directive, changes}}
      }),
      fixesHangOn: [directive, hangsOn],
    })
    const options = optionsWith([
      wanting('ProtectClock', 'ProtectClock', 'Service'),
      wanting('NoNewPrivileges', 'ProtectClock', 'Install'),
      wanting('PrivateTmp', 'NoNewPrivileges', 'Install'),
    ])
    const unit = '[Service]\nExecStart=/usr/bin/unheard-of\n\n[Install]\nWantedBy=a.target\n'
    expect(planOf(unit, {options})?.steps.map(({title, at}) => [title, at.line])).toEqual([
      ['ProtectClock', 2],
      ['NoNewPrivileges', 5],
      ['PrivateTmp', 5],
    ])
  })

  test('points at what a step mends where its rule finds more', () => {
    const rule = acme('acme', function* (unit) {
      const [first, ...others] = unit.all('Service')
      if (!first || unit.settings.ProtectClock.value === 'yes') return
      const fix = {title: 'Have it', changes: [set('Service', 'ProtectClock', 'yes')]}
      yield {message: 'wanted', at: first, fix}
      for (const at of others) yield {message: 'wanted', at}
    })
    const made = planOf('[Service]\nExecStart=/usr/bin/unheard-of\nNice=1\n', {
      options: optionsWith([rule]),
    })
    expect(made?.steps.map(({title, at}) => [title, at.line])).toEqual([['Have it', 2]])
  })

  test('takes no steps that systemd refuses together, and all others', () => {
    const wanting = (id: string, directive: string, value: string): Rule => ({
      ...acme(id, function* (unit) {
        const [at] = unit.all('Service')
        if (!at || unit.value(directive)?.value === value) return
        const changes = [set('Service', directive, value)]
        yield {message: 'wanted', at, fix: {title: id, applicability: 'unsafe', changes}}
      }),
      directives: [directive],
      fixesHangOn: [directive],
    })
    const titles = (users: string): readonly string[] => {
      const {before, steps} = planOf('[Service]\nExecStart=/usr/bin/unheard-of\n', {
        version: 260,
        options: optionsWith([
          wanting('users', 'PrivateUsers', users),
          wanting('user', 'DynamicUser', 'yes'),
          wanting('clock', 'ProtectClock', 'yes'),
        ]),
      })!
      const gained = steps.reduce((sum, {gain}) => sum + gain, 0)
      expect(Math.abs(before - steps.at(-1)!.total - gained)).toBeLessThan(1)
      return steps.map(({title}) => title)
    }
    expect(titles('yes')).toEqual(['user', 'clock', 'users'])
    expect(titles('managed')).toEqual(['user', 'clock'])
  })

  test('takes what gains most, also by what a step before it has done', () => {
    const wanting = (directive: string, value: string): Rule => ({
      ...acme(directive, function* (unit) {
        const [at] = unit.all('Service')
        const changes = [set('Service', directive, value)]
        const fix = {title: directive, applicability: 'unsafe', changes} as const
        if (at && unit.text(directive) !== value) yield {message: 'wanted', at, fix}
      }),
      directives: [directive],
      fixesHangOn: [directive],
    })
    const options = optionsWith([
      wanting('LockPersonality', 'yes'),
      wanting('SupplementaryGroups', ''),
      wanting('DynamicUser', 'yes'),
    ])
    // Groups do not matter to root.
    const unit = `${unknown}SupplementaryGroups=example\n`
    expect(planOf(unit, {options})?.steps.map(({title}) => title)).toEqual([
      'DynamicUser',
      'SupplementaryGroups',
      'LockPersonality',
    ])
  })

  test('has the places of its edits in each file as the steps before it leave that', () => {
    const texts = new Map([
      ['a.service', '[Service]\nExecStart=/usr/bin/unheard-of\nUMask=0022\nRestrictRealtime=no\n'],
      [
        'a.service.d/b.conf',
        '[Service]\nLockPersonality=no\nProtectClock=no\nProtectHostname=no\n',
      ],
    ])
    const files = [...texts].map(([path, text]) => ({
      path,
      role: path === 'a.service' ? ('fragment' as const) : ('drop-in' as const),
      tree: parse(text),
    }))
    const ids = [
      'umask',
      'restrict-realtime',
      'lock-personality',
      'protect-clock',
      'protect-hostname',
    ]
    const options = optionsWith(rules.filter(({id}) => ids.includes(id)))
    const made = exposurePlan(
      files,
      {name: 'a.service', type: 'service', target: {name: '252', version: 252}, manager: 'system'},
      options,
    )
    for (const {edits} of made?.steps ?? []) {
      for (const {path, range, text} of edits.toReversed()) {
        const now = texts.get(path) ?? ''
        texts.set(path, now.slice(0, range[0]) + text + now.slice(range[1]))
      }
    }
    expect([...texts.values()]).toEqual([
      '[Service]\nExecStart=/usr/bin/unheard-of\nUMask=0077\nRestrictRealtime=yes\n',
      '[Service]\nLockPersonality=yes\nProtectClock=yes\nProtectHostname=yes\n',
    ])
  })

  test('says why points stay open', () => {
    const made = planOf('[Service]\nExecStart=/usr/bin/node /usr/lib/app.js\nUser=nobody\n')
    const open = new Map(made?.open.map((point) => [point.row.name, point]))
    expect(open.get('MemoryDenyWriteExecute=')?.because[0]?.because).toContain('node')
    expect(open.get('User=/DynamicUser=')).toMatchObject({ruleId: 'user', at: {line: 3}})
    // A rule for it there is in `all` alone.
    expect(open.get('RootDirectory=/RootImage=')).toMatchObject({ruleId: undefined, because: []})
    const closed = new Set(made?.open.map(({row}) => row.name))
    expect(closed.has('PrivateTmp=')).toBe(false)
  })

  test('obeys comments that turn rules off', () => {
    const off = unknown.replace('[Service]', '# unitlint-disable lock-personality\n[Service]')
    expect(planOf(unknown)?.steps.some(({ruleId}) => ruleId === 'lock-personality')).toBe(true)
    expect(planOf(off)?.steps.some(({ruleId}) => ruleId === 'lock-personality')).toBe(false)
    expect(planOf(off)?.open.map(({row}) => row.name)).toContain('LockPersonality=')
  })

  test('is none for a unit that systemd would not load', () => {
    expect(planOf('[Service]\nType=oneshot\n')).toBeUndefined()
  })
})

/** Lines as people write them: where a service lies, what it runs as and where it writes. */
const likely: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(
      '/usr/bin/unheard-of',
      '/usr/libexec/unheard-of',
      '/home/me/app/venv/bin/gunicorn app:app',
      '/srv/app/run',
      '/usr/bin/python3 /opt/app/main.py',
    ),
    fc.subarray([
      ...[
        'User=me',
        'Type=forking',
        'PIDFile=/run/unheard-of/a.pid',
        'PIDFile=/run/a.pid',
        'WorkingDirectory=/home/me/app',
        'WorkingDirectory=/var/lib/app',
      ],
      ...[
        'WorkingDirectory=/srv/app',
        'Environment=PATH=/home/me/bin:/usr/bin',
        'StateDirectory=app',
        'StandardOutput=append:/var/log/app.log',
      ],
      ...[
        'EnvironmentFile=/etc/default/app',
        'PrivateTmp=yes',
        'ProtectSystem=full',
        'ProtectHome=read-only',
        'NoNewPrivileges=yes',
        'Restart=always',
      ],
    ]),
  )
  .map(([command, lines]) => `[Service]\nExecStart=${command}\n${lines.join('\n')}\n`)

describe('the last step', () => {
  test.each([
    [
      '[Service]\nUser=me\nWorkingDirectory=/home/me/app\nExecStart=/home/me/app/venv/bin/gunicorn app:app\n',
      'Set `ProtectHome=read-only`',
    ],
    [
      '[Service]\nExecStart=/usr/libexec/unheard-of\nPIDFile=/run/unheard-of.pid\n',
      'Set `DynamicUser=yes`',
    ],
  ])('may hang on what others write beside hardening: %j', (text, title) => {
    const made = planOf(text)
    expect(made?.steps.map((step) => step.title)).toContain(title)
    expect(made?.steps.at(-1)?.total).toBe(made?.unsafeFixed)
  })

  test('ends where --fix --unsafe-fixes does', () => {
    fc.assert(
      fc.property(likely, (text) => {
        const made = planOf(text)
        expect(made?.steps.at(-1)?.total).toBe(made?.unsafeFixed)
      }),
      {numRuns: times(30)},
    )
  })
})

describe('a plan in rounds', () => {
  const context = {
    name: 'a.service',
    type: 'service',
    target: {name: '252', version: 252},
    manager: 'system',
  } as const
  const filesOf = (text: string): SourceFile[] => [
    {path: 'a.service', role: 'fragment', tree: parse(text)},
  ]
  const units = [
    unknown,
    '[Service]\nExecStart=/usr/bin/restic backup /home\nType=oneshot\n',
    '[Service]\nExecStart=/usr/sbin/nginx\nPrivateTmp=no\nProtectClock=no\nUser=www\n',
    '[Service]\nExecStart=/usr/bin/flock /run/a.lock /usr/libexec/a\nCapabilityBoundingSet=CAP_SYS_TIME CAP_CHOWN\n',
    '[Service]\nExecStart=/usr/bin/node /srv/app.js\nStateDirectory=app\nDynamicUser=yes\n',
    '[Service]\nExecStart=/bin/mkdir -p -m 0700 /data/a\nType=oneshot\nUser=root\n',
    '[Service]\nPrivateTmpp=yes\nExecStart=/usr/sbin/chronyd\n# unitlint-disable-next-line protect-home\nProtectHome=no\n',
  ]

  test.each(units)('takes the steps that are best one by one: %j', (text) => {
    const descent = new Descent(filesOf(text), context, strict)
    const told: string[] = []
    let now = descent.start
    for (
      let step = now && descent.best(now, new Effort());
      now && step;
      step = now && descent.best(now, new Effort())
    ) {
      told.push(
        `${step.located.ruleId} ${step.fix.title} ${step.applicability} ${voucherOf(step.fix)} ${(now.score.exact - step.score.exact).toFixed(6)} ${step.score.total}`,
      )
      const after = descent.after(now, step)
      now = 'left' in after ? undefined : after
    }
    const steps = planOf(text)?.steps.map(
      ({ruleId, title, applicability, by, gain, total}) =>
        `${ruleId} ${title} ${applicability} ${by} ${gain.toFixed(6)} ${total}`,
    )
    expect(steps).toEqual(told)
    expect(told.length).toBeGreaterThan(10)
  })

  test('asks each rule a few times, whatever there is to do', () => {
    const asked = new Map<string, number>()
    const counting = strict.rules.map((active) => ({
      ...active,
      rule: {
        ...active.rule,
        check: (...given: Parameters<typeof active.rule.check>) => {
          asked.set(active.rule.id, (asked.get(active.rule.id) ?? 0) + 1)
          return active.rule.check(...given)
        },
      },
    }))
    const all = units.map((text) => {
      asked.clear()
      const steps =
        exposurePlan(filesOf(text), context, {...strict, rules: counting})?.steps.length ?? 0
      return {
        steps,
        calls: [...asked.values()].reduce((sum, calls) => sum + calls, 0) / counting.length,
      }
    })
    expect(Math.min(...all.map(({steps}) => steps))).toBeGreaterThan(10)
    // One after the other would be a call for each step.
    expect(Math.max(...all.map(({calls}) => calls))).toBeLessThan(3)
  })
})

describe('a plan of few rules', () => {
  /** A plan in words: of what is left open the first two points. */
  const told = (text: string, own: string, ids: readonly string[]): object | undefined => {
    const files = [{path: 'a.service', role: 'fragment' as const, tree: parse(text)}]
    const dropIn = {path: 'a.service.d/x.conf', role: 'drop-in' as const, tree: parse(own)}
    const context = {
      name: 'a.service',
      type: 'service',
      target: {name: '252', version: 252},
      manager: 'system',
    } as const
    const made = exposurePlan(own === '' ? files : [...files, dropIn], context, {
      ...strict,
      rules: strict.rules.filter(({rule}) => ids.includes(rule.id)),
    })
    return (
      made && {
        ...made,
        steps: made.steps.map(
          ({ruleId, title, applicability, at, gain, total, edits}) =>
            `${ruleId} ${title} ${applicability} ${at.path}:${at.line} ${gain.toFixed(3)} ${total} ${JSON.stringify(edits)}`,
        ),
        open: made.open
          .slice(0, 2)
          .map(
            ({row, ruleId, at, gain, because}) =>
              `${row.name} ${ruleId ?? '-'} ${at.path}:${at.line} ${gain.toFixed(3)} ${because.map(({access}) => access).join(' ')}`,
          ),
      }
    )
  }

  test.each<[string, string, readonly string[], object | undefined]>([
    [
      '[Service]\nExecStart=/usr/bin/x\n',
      '',
      [],
      {
        before: 96,
        fixed: 96,
        unsafeFixed: 96,
        steps: [],
        open: ['PrivateNetwork= - a.service:1 4.452 ', 'User=/DynamicUser= - a.service:1 3.561 '],
      },
    ],
    [
      '[Service]\nExecStart=/usr/bin/x\n',
      '',
      ['private-tmp'],
      {
        before: 96,
        fixed: 94,
        unsafeFixed: 94,
        steps: [
          'private-tmp Set `PrivateTmp=yes` safe a.service:1 1.781 94 [{"path":"a.service","range":[31,31],"text":"\\nPrivateTmp=yes\\n"}]',
        ],
        open: ['PrivateNetwork= - a.service:1 4.452 ', 'User=/DynamicUser= - a.service:1 3.561 '],
      },
    ],
    [
      '[Service]\nExecStart=/usr/bin/x\n',
      '',
      ['private-tmp', 'lock-personality'],
      {
        before: 96,
        fixed: 94,
        unsafeFixed: 94,
        steps: [
          'private-tmp Set `PrivateTmp=yes` safe a.service:1 1.781 94 [{"path":"a.service","range":[31,31],"text":"\\nPrivateTmp=yes\\n"}]',
          'lock-personality Set `LockPersonality=yes` safe a.service:1 0.178 94 [{"path":"a.service","range":[47,47],"text":"LockPersonality=yes\\n"}]',
        ],
        open: ['PrivateNetwork= - a.service:1 4.452 ', 'User=/DynamicUser= - a.service:1 3.561 '],
      },
    ],
    [
      '[Service]\nExecStart=/usr/bin/x\nPrivateTmp=no\n',
      '',
      ['private-tmp', 'lock-personality'],
      {
        before: 96,
        fixed: 96,
        unsafeFixed: 94,
        steps: [
          'lock-personality Set `LockPersonality=yes` safe a.service:1 0.178 96 [{"path":"a.service","range":[45,45],"text":"LockPersonality=yes\\n"}]',
          'private-tmp Set `PrivateTmp=yes` unsafe a.service:3 1.781 94 [{"path":"a.service","range":[42,44],"text":"yes"}]',
        ],
        open: [
          'PrivateNetwork= - a.service:1 4.452 ',
          'User=/DynamicUser= - a.service:1 3.561 shared-tmp',
        ],
      },
    ],
    [
      '[Service]\nExecStart=/usr/bin/x /tmp/a\n',
      '',
      ['private-tmp'],
      {
        before: 96,
        fixed: 96,
        unsafeFixed: 96,
        steps: [],
        open: [
          'PrivateNetwork= - a.service:1 4.452 ',
          'User=/DynamicUser= - a.service:1 3.561 shared-tmp',
        ],
      },
    ],
    [
      '[Unit]\nDescription=x\n# unitlint-disable lock-personality\n[Service]\nExecStart=/usr/bin/x\n',
      '',
      ['private-tmp', 'lock-personality'],
      {
        before: 96,
        fixed: 94,
        unsafeFixed: 94,
        steps: [
          'private-tmp Set `PrivateTmp=yes` safe a.service:4 1.781 94 [{"path":"a.service","range":[88,88],"text":"PrivateTmp=yes\\n"}]',
        ],
        open: ['PrivateNetwork= - a.service:4 4.452 ', 'User=/DynamicUser= - a.service:4 3.561 '],
      },
    ],
    [
      '[Service]\nExecStart=/usr/bin/x\n',
      '[Service]\nLockPersonality=no\n',
      ['lock-personality'],
      {
        before: 96,
        fixed: 96,
        unsafeFixed: 96,
        steps: [
          'lock-personality Set `LockPersonality=yes` unsafe a.service.d/x.conf:2 0.178 96 [{"path":"a.service.d/x.conf","range":[26,28],"text":"yes"}]',
        ],
        open: ['PrivateNetwork= - a.service:1 4.452 ', 'User=/DynamicUser= - a.service:1 3.561 '],
      },
    ],
    ['[Service]\nType=oneshot\n', '', ['private-tmp'], undefined],
    [
      '[Service]\nExecStart=/usr/bin/x\nUser=nobody\n',
      '',
      ['user', 'private-tmp', 'root-directory', 'no-needed-denial'],
      {
        before: 95,
        fixed: 93,
        unsafeFixed: 93,
        steps: [
          'private-tmp Set `PrivateTmp=yes` safe a.service:1 1.771 93 [{"path":"a.service","range":[43,43],"text":"\\nPrivateTmp=yes\\n"}]',
        ],
        open: [
          'PrivateNetwork= - a.service:1 4.428 ',
          'User=/DynamicUser= user a.service:3 3.188 fixed-user',
        ],
      },
    ],
    ['[Unit]\n', '', ['user'], undefined],
    [
      '[Service]\nExecStart=/usr/bin/node x.js\n',
      '',
      ['memory-deny-write-execute'],
      {
        before: 96,
        fixed: 96,
        unsafeFixed: 96,
        steps: [],
        open: [
          'PrivateNetwork= - a.service:1 4.452 inet',
          'User=/DynamicUser= - a.service:1 3.561 ',
        ],
      },
    ],
  ])('%j with %j by %j', (text, own, ids, expected) => {
    expect(told(text, own, ids)).toEqual(expected)
  })
})

const scoring = oracles().filter(canScore)
const count = Number(process.env['UNITLINT_PLANS'] ?? 10)

describe.skipIf(scoring.length === 0 || corpusFolder() === undefined)(
  'plans are true (needs UNITLINT_ORACLE and UNITLINT_CORPUS)',
  () => {
    for (const oracle of scoring) {
      test(
        `${oracle.name}: each step of ${count} real services`,
        {timeout: 3_600_000},
        async () => {
          const planned = someServices().map((subject) => {
            const text = typeof subject.text === 'string' ? subject.text : decode(subject.text)
            return {
              subject,
              text,
              made: planOf(text, {name: subject.name, version: oracle.version}),
            }
          })
          const stepped = planned.flatMap(({subject, text, made}) => {
            if (!made) return []
            const states = [text, ...textsOf(text, made.steps)].map((state): Subject => ({
              ...subject,
              text: encode(state),
            }))
            return [{subject, states, ours: [made.before, ...made.steps.map(({total}) => total)]}]
          })
          const answers = await security(
            oracle,
            stepped.flatMap(({states}) => states),
          )
          const checked = stepped.reduce((sum, {states}) => sum + states.length, 0)
          const found = stepped.flatMap(({subject, states, ours}) => {
            const theirs = states.map((state) => answers.get(state)?.total)
            return ours.join() === theirs.join()
              ? []
              : [`${subject.name}: ours ${ours.join(' ')}, theirs ${theirs.join(' ')}`]
          })
          if (process.env['UNITLINT_TELL'])
            console.log(
              `${oracle.name}: ${stepped.length} plans, ${checked} totals, ${found.length} differ`,
            )
          expect(checked).toBeGreaterThan(count)
          expect(found).toEqual([])
        },
      )
    }
  },
)

/** Services spread over the whole corpus. */
function someServices(): Subject[] {
  const files = corpus('units').filter(
    ({type, kind, class: origin}) => type === 'service' && kind === 'unit' && origin === 'real',
  )
  const step = Math.max(files.length / count, 1)
  return Array.from(
    {length: Math.min(count, files.length)},
    (_, index) => files[Math.floor(index * step)],
  ).flatMap((file) => (file && subjectOf(file)) ?? [])
}

test('findings tell what their fixes take off, where that is asked for', () => {
  const path = 'a.service'
  const text = '[Service]\nExecStart=/usr/bin/unheard-of\n'
  const fixesWith = (gains: boolean, name = path) =>
    judge({files: [{path: name, text}]}, {...strict, gains}).files[0]!.findings.flatMap(
      ({ruleId, fix}) => (fix ? [[ruleId, fix.gain] as const] : []),
    )
  const plan = planOf(text)!
  const gains = new Map(fixesWith(true))
  // What one of them leaves another cannot take off again.
  const alone = plan.steps.filter(({gain, ruleId}) => Math.abs(gain - gains.get(ruleId)!) < 1e-9)
  expect(alone.map(({ruleId}) => ruleId)).toEqual(
    expect.arrayContaining(['restrict-namespaces', 'lock-personality', 'protect-hostname']),
  )
  expect(alone.length).toBeGreaterThan(plan.steps.length / 2)
  expect(Math.min(...[...gains.values()].map(Number))).toBeGreaterThanOrEqual(0)
  expect(fixesWith(false).filter(([, gain]) => gain !== undefined)).toEqual([])
  expect(fixesWith(true, 'a.service.d/b.conf').filter(([, gain]) => gain !== undefined)).toEqual([])
})
