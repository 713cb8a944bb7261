import {describe, expect, test} from 'vitest'
import type {AccessId} from '../../src/facts/accesses.ts'
import type {TracedService} from '../../src/needs/evidence/traced.ts'
import {ofTrace} from '../../src/needs/evidence/of-trace.ts'
import {judge, needs} from '../../src/needs/needs.ts'
import {traceIn} from '../../src/needs/evidence/trace-profile.ts'
import {service} from '../unit/unit.ts'

const seen: TracedService = {
  program: '/usr/bin/unheard-of',
  programs: ['/usr/bin/unheard-of'],
  logs: ['a.log'],
  runs: 1,
  seen: ['start', 'accept'],
  calls: ['read', 'write', 'epoll_wait'],
  refused: [],
  did: {},
  tried: {},
  places: {},
  asRoot: [],
  unclear: [],
}

function applicability(denied: readonly AccessId[], traced: Partial<TracedService>, text: string): string {
  const unit = service(`[Service]\n${text}\n`)
  return judge(denied, needs(unit, undefined, false, {services: [{...seen, ...traced}]})).applicability
}

const root = 'ExecStart=/usr/bin/unheard-of'
const own = `User=app\n${root}`

describe('what a trace closes', () => {
  test.each<[AccessId, Partial<TracedService>, string, string]>([
    ['write-exec-memory', {}, own, 'safe'],
    ['write-exec-memory', {seen: ['start']}, own, 'safe'],
    ['write-exec-memory', {seen: ['accept']}, own.replaceAll('/usr/bin/unheard-of', '/opt/unheard-of'), 'unsafe'],
    ['write-exec-memory', {did: {'write-exec-memory': ['makes memory executable']}}, own, 'withheld'],
    ['inet', {}, own, 'safe'],
    ['inet', {seen: ['start']}, own, 'unsafe'],
    ['inet', {unclear: ['rings']}, own, 'unsafe'],
    ['inet', {unclear: ['cut']}, own, 'unsafe'],
    ['inet', {seen: ['start', 'end']}, `Type=oneshot\n${own}`, 'safe'],
    ['home-read', {places: {read: ['/home/*']}}, own, 'withheld'],
    ['write-anywhere', {}, own, 'safe'],
    ['write-anywhere', {unclear: ['writes']}, own, 'unsafe'],
    ['write-anywhere', {places: {write: ['/srv/a']}}, own, 'withheld'],
    ['write-anywhere', {places: {write: ['/srv/a']}}, `${own}\nReadWritePaths=/srv/a`, 'safe'],
    ['shared-tmp', {places: {write: ['/tmp']}}, own, 'safe'],
    ['host-users', {}, own, 'safe'],
    ['host-users', {}, root, 'unsafe'],
    ['CAP_DAC_OVERRIDE', {}, root, 'safe'],
    ['CAP_DAC_OVERRIDE', {asRoot: ['/etc/unheard-of']}, root, 'unsafe'],
    ['CAP_SETUID', {}, root, 'safe'],
    ['CAP_SETUID', {seen: ['start']}, root, 'unsafe'],
    ['@resources', {calls: ['setpriority']}, own, 'withheld'],
    ['@setuid', {calls: ['setresuid']}, own, 'withheld'],
    ['unlisted-system-calls', {calls: ['chroot']}, own, 'withheld'],
    ['unix-sockets', {}, own, 'unsafe'],
    ['fixed-user', {}, root, 'unsafe'],
  ])('%s: %j of %j is %s', (access, service, text, expected) => expect(applicability([access], service, text)).toBe(expected))

  test('is not opened again by another log that was cut', () => {
    const unit = service(`[Service]\n${own}\n`)
    const cut: TracedService = {...seen, unclear: ['cut']}
    expect(ofTrace(unit, {services: [cut]})).toMatchObject({hasWork: false, unseen: expect.arrayContaining(['the end of the log']) as string[]})
    expect(ofTrace(unit, {services: [cut, seen]})).toMatchObject({hasWork: true, source: 'traced: a.log, 2 runs'})
    expect(ofTrace(unit, {services: [{...cut, did: {inet: ['x']}}, seen]})?.lacks.has('inet')).toBe(false)
  })

  test('is nothing of others', () => {
    const unit = service(`[Service]\n${own}\n`)
    expect(ofTrace(unit, {services: [{...seen, programs: ['/usr/bin/other']}]})).toBeUndefined()
    expect(ofTrace(unit, {services: [{...seen, unit: 'other.service'}]})).toBeUndefined()
    expect(ofTrace(unit, {services: [{...seen, program: '', programs: []}]})?.hasStart).toBe(true)
  })

  test('gives way to what is measured of a program, not to what its kind does', () => {
    const node = {programs: ['/usr/bin/node'], program: '/usr/bin/node'}
    expect(applicability(['write-exec-memory'], node, 'User=app\nExecStart=/usr/bin/node /srv/a.js')).toBe('withheld')
    const daemon = {programs: ['/usr/sbin/mosquitto'], program: '/usr/sbin/mosquitto'}
    const text = 'ExecStart=/usr/sbin/mosquitto'
    expect(applicability(['CAP_SETUID'], {...daemon, seen: ['start']}, text)).toBe('withheld')
    expect(applicability(['CAP_SETUID'], daemon, text)).toBe('safe')
    expect(applicability(['CAP_SETUID'], {...daemon, did: {CAP_SETUID: ['becomes another user']}}, text)).toBe('withheld')
  })

  test('is said, and what is not in it', () => {
    const unit = service(`[Service]\n${own}\n`)
    expect(ofTrace(unit, {services: [{...seen, seen: ['start']}]})).toMatchObject({
      source: 'traced: a.log, 1 run',
      unseen: ['no accept', 'no stop', 'no connect', 'no reload'],
    })
  })
})

describe('a profile', () => {
  test.each<[unknown, string]>([
    [{}, 'Expected a summary of `unitlint trace --summary`: an object with `"form": "unitlint-trace"`'],
    [{form: 'unitlint-trace', version: 9}, 'Unexpected version of a summary, expected 1'],
    [{form: 'unitlint-trace', version: 1}, 'Expected `services`'],
    [{form: 'unitlint-trace', version: 1, services: [{...seen, calls: 3}]}, 'Unexpected `services[0]`, expected what `unitlint trace --summary` writes'],
  ])('%j is refused', (value, told) => expect(traceIn(value)).toBe(told))

  test('passes over accesses that are not known', () => {
    const read = traceIn({form: 'unitlint-trace', version: 1, services: [{...seen, did: {inet: ['x'], teleports: ['y']}}]})
    expect(read).toMatchObject({services: [{did: {inet: ['x']}}]})
  })
})
