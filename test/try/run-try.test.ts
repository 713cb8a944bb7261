import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, test} from 'vitest'
import {isIntact} from '../../src/cli/seal.ts'
import {tryLines} from '../../src/cli/try/run-try.ts'
import type {TryPlan} from '../../src/cli/try/run-try.ts'
import {Interrupted} from '../../src/cli/try/service.ts'
import {Systemd} from '../../src/cli/try/systemd.ts'
import {Busy, Failed, putBack, Undos} from '../../src/cli/try/undo.ts'
import {readyUnit} from '../../src/engine/ready-unit.ts'
import {target} from '../../src/facts/targets.ts'
import {parse} from '../../src/syntax/parse.ts'
import {load} from '../../src/unit/load.ts'
import {addedByHand} from '../../src/try/candidates.ts'
import type {Unit} from '../../src/rule/unit.ts'
import {fakeMachine} from './machine.ts'
import type {FakeMachine} from './machine.ts'

const text = '[Service]\nExecStart=/usr/bin/app\n'
const version = target('257')
if (!version) throw new Error('Expected systemd 257')

function unitAt(file: string, ...dropIns: readonly string[]): Unit {
  const options = {rules: [], targets: [version!], manager: 'system'} as const
  const files = [
    {path: file, role: 'fragment' as const, tree: parse(text)},
    ...dropIns.map((its) => ({
      path: `${file}.d/x.conf`,
      role: 'drop-in' as const,
      tree: parse(its),
    })),
  ]
  return readyUnit(
    load(files, {name: 'app.service', type: 'service', target: version!, manager: 'system'}),
    options,
  )
}

const lines = [
  'NoNewPrivileges=yes',
  'PrivateTmp=yes',
  'ProtectHome=yes',
  'ProtectClock=yes',
  'PrivateDevices=yes',
  'LockPersonality=yes',
  'ProtectProc=invisible',
  'ProtectHostname=yes',
]

function job(machine: FakeMachine, more: Partial<TryPlan> = {}): TryPlan {
  const unit = unitAt(path.join(machine.places.lasting, 'app.service'))
  const candidates = lines.flatMap((line) => {
    const made = addedByHand(unit, line)
    return typeof made === 'string' ? [] : [made]
  })
  return {
    unit,
    candidates,
    unitWith: (added) => unitAt('/etc/systemd/system/app.service', added),
    checking: {command: 'true', timeout: 2000, settle: 20, startTimeout: 2000, grace: 50},
    keep: 'dropin',
    most: 100,
    date: '2026-11-28',
    tell: () => undefined,
    warn: () => undefined,
    ...more,
  }
}

/** All files of a machine that are there to stay, and what is in them. */
function files({places}: FakeMachine): Readonly<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const top of Object.values(places)) {
    if (!existsSync(top)) continue
    for (const name of readdirSync(top, {recursive: true, encoding: 'utf8'})) {
      const file = path.join(top, name)
      found[path.relative(path.dirname(top), file)] =
        file.endsWith('.conf') || file.endsWith('.json') ? readFileSync(file, 'utf8') : ''
    }
  }
  return found
}

describe('what is tried', () => {
  test('finds the line that breaks the service, and keeps the others', async () => {
    const machine = fakeMachine({breaking: ['ProtectHome=yes']})
    const {found, file} = await tryLines(job(machine), machine.means())
    expect(found.culprits.map(({line: {key}}) => key)).toEqual(['ProtectHome'])
    expect(machine.active()).toBe('active')
    expect(path.relative(machine.folder, file ?? '')).toBe('etc/app.service.d/50-unitlint.conf')
    const text = files(machine)['etc/app.service.d/50-unitlint.conf'] ?? ''
    expect(isIntact(text)).toBe(true)
    expect({
      ...files(machine),
      'etc/app.service.d/50-unitlint.conf': text.replace(/^(.*\[)[0-9a-f]{12}/, '$1SEAL'),
    }).toEqual({
      'etc/app.service.d': '',
      'etc/app.service.d/50-unitlint.conf': `# Written by unitlint 0.1.0 on 2026-11-28; \`unitlint --undo\`, or removing this file, undoes it all. [SEAL]
[Service]
# left out: ProtectHome=yes: it did not start (success) (try, 2026-11-28)
LockPersonality=yes
NoNewPrivileges=yes
PrivateDevices=yes
PrivateTmp=yes
ProtectClock=yes
ProtectHostname=yes
ProtectProc=invisible
`,
    })
  })

  test.each([
    ['of ours, which then is still so', (text: string) => text, true],
    [
      'that somebody has changed, which then is still theirs',
      (text: string) => text.replace('PrivateTmp=yes', 'PrivateTmp=no'),
      false,
    ],
    ["that is somebody's own", () => '[Service]\nUMask=0077\n', undefined],
  ])('is added to a drop-in %s', async (_, change, is) => {
    const machine = fakeMachine()
    const [first, ...rest] = job(machine).candidates
    const {file = ''} = await tryLines(job(machine, {candidates: rest}), machine.means())
    const before = change(readFileSync(file, 'utf8'))
    writeFileSync(file, before)
    await tryLines(
      job(machine, {candidates: first ? [first] : [], date: '2026-11-29'}),
      machine.means(),
    )
    const [opening = '', ...lines] = readFileSync(file, 'utf8').split('\n')
    const [old, ...others] = before.split('\n')
    expect(isIntact([opening, ...lines].join('\n'))).toBe(is)
    expect([opening === old, opening.includes(' on 2026-11-29; ')]).toEqual(
      is === true ? [false, true] : [true, false],
    )
    expect(lines).toEqual([...others, '[Service]', 'NoNewPrivileges=yes', ''])
  })

  test('finds each by what the check says, asked again where it fails', async () => {
    const machine = fakeMachine()
    const command =
      'if cat "$FAKE"/run/*.d/*.conf "$FAKE"/etc/*.d/*.conf 2>/dev/null | grep -qx ProtectProc=invisible; then exit 1; fi; [ -e "$FAKE"/asked ] || { touch "$FAKE"/asked; exit 1; }'
    const {found} = await tryLines(
      job(machine, {checking: {command, timeout: 2000, settle: 20, startTimeout: 2000, grace: 50}}),
      machine.means(),
    )
    expect(found.culprits.map(({line: {key}}) => key)).toEqual(['ProtectProc'])
    expect(found.kept).toHaveLength(7)
  }, 60_000)

  test('takes a line with which it does not stop for one that breaks it', async () => {
    const machine = fakeMachine({hanging: ['ProtectClock=yes']})
    const {found, reasons} = await tryLines(
      job(machine, {candidates: job(machine).candidates.slice(2, 4)}),
      machine.means(),
    )
    expect(found.culprits.map(({line}) => [line.key, reasons.get(line)])).toEqual([
      ['ProtectClock', 'it does not stop with it'],
    ])
  }, 60_000)

  test('ends with what works when there are no more starts', async () => {
    const machine = fakeMachine({breaking: ['ProtectHome=yes']})
    const {found, starts} = await tryLines(job(machine, {most: 3}), machine.means())
    expect(found.unknown.length).toBeGreaterThan(0)
    expect(starts).toBeLessThanOrEqual(4)
    expect(files(machine)['etc/app.service.d/50-unitlint.conf'] ?? '').toMatch(
      /not tried, no starts were left|^$/,
    )
  })

  test('does not touch the service where there is nothing to try', async () => {
    const machine = fakeMachine()
    const {starts} = await tryLines(job(machine, {candidates: []}), machine.means())
    expect([starts, machine.told()]).toEqual([0, []])
  })

  test('leaves nothing where nothing is to be kept, and a service that was not started as it was', async () => {
    const machine = fakeMachine({active: false})
    const {found, file} = await tryLines(job(machine, {keep: 'none'}), machine.means())
    expect([found.kept.length, file]).toEqual([8, undefined])
    expect(machine.active()).toBe('inactive')
    expect(files(machine)).toEqual({})
  })

  test("is written into a unit of the administrator's where that is asked for", async () => {
    const machine = fakeMachine({breaking: ['ProtectHome=yes']})
    const file = path.join(machine.places.lasting, 'app.service')
    writeFileSync(file, text)
    await tryLines(job(machine, {keep: 'inline'}), machine.means())
    expect(readFileSync(file, 'utf8')).toBe(`${text}
# left out: ProtectHome=yes: it did not start (success) (try, 2026-11-28)
LockPersonality=yes
NoNewPrivileges=yes
PrivateDevices=yes
PrivateTmp=yes
ProtectClock=yes
ProtectHostname=yes
ProtectProc=invisible
`)
  })
})

describe('a machine is as it was', () => {
  test('where the service does not work as it is', async () => {
    const machine = fakeMachine()
    const checking = {command: 'false', timeout: 500, settle: 20, startTimeout: 500, grace: 50}
    await expect(tryLines(job(machine, {checking}), machine.means())).rejects.toThrow(
      new Failed('Does not work as it is: the check ends with status 1'),
    )
    expect(files(machine)).toEqual({})
    expect(machine.active()).toBe('active')
  })

  test('where a check hangs', async () => {
    const machine = fakeMachine()
    const checking = {
      command: 'sleep 1000 & sleep 1000',
      timeout: 200,
      settle: 20,
      startTimeout: 500,
      grace: 50,
    }
    await expect(tryLines(job(machine, {checking}), machine.means())).rejects.toThrow(Failed)
    expect(files(machine)).toEqual({})
  })

  test.each([1, 2, 3, 4, 5, 6])('after a signal at start %i', async (at) => {
    const machine = fakeMachine({breaking: ['ProtectHome=yes']})
    const controller = new AbortController()
    let told = 0
    const tell = (): void => {
      if (++told === at) controller.abort()
    }
    await expect(tryLines(job(machine, {tell}), machine.means(controller.signal))).rejects.toThrow(
      Interrupted,
    )
    expect(files(machine)).toEqual({})
    expect(machine.active()).toBe('active')
    expect(machine.told().at(-1)).toBe('restart --no-block -- app.service')
  })

  test('where what was found does not work any more when it is to stay', async () => {
    const machine = fakeMachine()
    mkdirSync(path.join(machine.places.lasting, 'app.service.d'))
    const old = path.join(machine.places.lasting, 'app.service.d', '50-unitlint.conf')
    writeFileSync(old, '[Service]\nUMask=0077\n')
    const command = '! grep -q LockPersonality "$FAKE"/etc/app.service.d/50-unitlint.conf'
    const checking = {command, timeout: 500, settle: 20, startTimeout: 500, grace: 50}
    await expect(tryLines(job(machine, {checking}), machine.means())).rejects.toThrow(
      /Does not work with what was found/,
    )
    expect(readFileSync(old, 'utf8')).toBe('[Service]\nUMask=0077\n')
    expect(Object.keys(files(machine))).toEqual([
      'etc/app.service.d',
      'etc/app.service.d/50-unitlint.conf',
    ])
  })

  test('after a run that was killed, when the next one sees what it left', async () => {
    const machine = fakeMachine()
    const undos = new Undos(machine.places)
    const folder = path.join(machine.places.transient, 'app.service.d')
    const left = undos.begin({
      unit: 'app.service',
      dropIn: path.join(folder, '50-unitlint.try.conf'),
      folders: [folder],
      wasActive: true,
      others: [],
      kept: null,
    })
    mkdirSync(folder)
    writeFileSync(left.dropIn, '[Service]\nProtectHome=yes\n')
    expect(() => undos.left('app.service')).toThrow(Busy)
    expect(() => undos.begin(left)).toThrow(Busy)
    undos.change({...left, born: '1'})
    const dead = undos.left('app.service')
    expect(dead && (await putBack(dead, new Systemd(machine.env)))).toEqual([])
    undos.end('app.service')
    expect(files(machine)).toEqual({})
    expect(machine.active()).toBe('active')
  })

  test('where notes are not what they should be, nothing is touched', () => {
    const machine = fakeMachine()
    mkdirSync(machine.places.own)
    writeFileSync(path.join(machine.places.own, 'app.service.json'), '{"unit": 1}')
    expect(() => new Undos(machine.places).left('app.service')).toThrow(/Unexpected text/)
  })
})
