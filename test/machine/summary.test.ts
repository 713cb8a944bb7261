import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {dependencyKinds} from '../../src/machine/dependency.ts'
import {glance, telling} from '../../src/machine/glance.ts'
import {machineIn} from '../../src/machine/machine.ts'
import {sightOf} from '../../src/machine/sight.ts'
import {summary} from '../../src/machine/summary.ts'
import type {Summary} from '../../src/machine/summary.ts'
import {directiveNames, everywhere} from '../../src/facts/directives.ts'
import {defaultTarget} from '../../src/facts/targets.ts'
import {unitWith} from '../../src/unit/load.ts'
import {unitNamed} from './relatives.ts'

/** The same whatever is kept where. */
function told({ties, usual, ...rest}: Summary): object {
  return {...rest, ties: [...new Set([...ties, ...usual].map(({kind, name}) => `${kind} ${name}`))]}
}

const names = [
  'a.service',
  'b.socket',
  'multi-user.target',
  'network.target',
  'x@.service',
  'x@y.service',
  'own.service',
  'home.mount',
  '%n',
  'x@%i.service',
  '%H.service',
  'junk',
  '"a.service"',
]
const paths = ['/srv', '/srv/', '/', '/home/a.b', '/a/../b', '~', '-/x', '%h', 'rel', '/a b', '//a']
const booleans = ['yes', 'no', '1', 'off', 'maybe', 'connected', 'disconnected', '']
const outputs = ['null', 'journal', 'inherit', 'tty', 'kmsg', 'syslog', 'journal+console', 'syslog+console', 'socket', 'file:/x', 'data', 'junk', '']
const values: ReadonlyArray<readonly [section: string, keys: readonly string[], values: readonly string[]]> = [
  ['Unit', [...dependencyKinds.keys()], [...names, 'a.service b.socket', 'a.service  network.target junk', '']],
  ['Unit', ['DefaultDependencies'], booleans],
  ['Unit', ['RequiresMountsFor', 'WantsMountsFor'], [...paths, '/srv /home', '']],
  ['Service', ['Type'], ['simple', 'dbus', 'notify', 'notify-reload', 'exec', 'junk', '']],
  ['Service', ['BusName'], ['org.example.One', 'org.example.%i', 'junk', 'org.1', '']],
  ['Service', ['PrivateTmp', 'DynamicUser', 'RemoveIPC'], booleans],
  ['Service', ['User'], ['daemon', 'bad name', '']],
  ['Service', ['WorkingDirectory', 'RootDirectory', 'RootImage'], [...paths, '']],
  [
    'Service',
    ['StateDirectory', 'CacheDirectory', 'LogsDirectory', 'RuntimeDirectory', 'ConfigurationDirectory'],
    ['a', 'a/b', 'a b', '../a', '.a', '%i', 'a:b', ''],
  ],
  ['Service', ['StandardInput', 'StandardOutput', 'StandardError'], outputs],
  ['Service', ['Slice'], ['a.slice', 'a-b.slice', 'system.slice', 'a.service', '-.slice', 'a--b.slice', '%i.slice', '']],
  ['Service', ['Sockets'], ['b.socket', 'a.service', '']],
  ['Service', ['LogNamespace', 'ExecStart', 'Environment', 'Junk'], ['a', '/bin/true', 'A=b', '']],
  ['Install', ['WantedBy', 'RequiredBy', 'UpheldBy', 'Also', 'Alias'], [...names, '']],
]

const line = fc.oneof(...values.map(([section, keys, its]) => fc.tuple(fc.constant(section), fc.constantFrom(...keys), fc.constantFrom(...its))))
const text = fc.array(line, {maxLength: 5}).map((lines) => lines.map(([section, key, value]) => `[${section}]\n${key}=${value}\n`).join(''))
const setting = fc.record({
  name: fc.constantFrom('own.service', 'own.service', 'own@.service', 'own@i.service', 'systemd-remount-fs.service', 'own.socket'),
  version: fc.constantFrom('247', '250', '252', '254', '256', '257', '258', '262'),
  manager: fc.constantFrom('system' as const, 'system' as const, 'system' as const, 'user' as const),
  links: fc.subarray(['wants/a.service', 'requires/x@.service', 'upholds/own.service']),
})

describe('a glance', () => {
  it('tells what the summary of the loaded unit tells, or nothing', () => {
    let glanced = 0
    fc.assert(
      fc.property(text, setting, (its, {name, ...rest}) => {
        const unit = unitNamed(name, its, rest)
        const seen = glance(unit)
        if (!seen) return
        glanced++
        expect(told(seen)).toEqual(told(summary(unit)))
      }),
      {numRuns: 3_000, examples: [['[Unit]\nAfter=a.service\n[Service]\nExecStart=/x\n', {name: 'own.service', version: '257', manager: 'system', links: []}]]},
    )
    expect(glanced).toBeGreaterThan(300)
  })

  it('is not needed for lines that have nothing to do with others', () => {
    fc.assert(
      fc.property(text, setting, (its, {version, links}) => {
        const unit = unitNamed('own.service', its, {version, links})
        const {name, type, target, manager, pulls, files, isReadable} = unit
        expect(summary(unitWith(telling(unit), files, isReadable, {name, type, target, manager, pulls}))).toEqual(summary(unit))
      }),
      {numRuns: 1_000},
    )
  })

  it('knows all old names of the directives that it looks at', () => {
    const looked = new Set(values.flatMap(([, keys]) => keys))
    const old = directiveNames().filter((key) => everywhere(key).some((facts) => looked.has(String((facts as {aliasOf?: string}).aliasOf))))
    expect(old.filter((key) => !dependencyKinds.has(key))).toEqual([])
  })
})

describe('a machine', () => {
  const service = (index: number, more = ''): string =>
    `[Unit]\nDescription=${index}\nAfter=network.target\n${more}[Service]\nExecStart=/bin/true\nUser=daemon\n`
  const count = 300

  /** The machine of some units, and how often each file was read. */
  function counted(texts: Readonly<Record<string, string>>) {
    const sight = sightOf(texts)
    const reads: string[] = []
    const read = (file: string) => {
      reads.push(file)
      return sight.read(file)
    }
    return {machine: machineIn({...sight, read}, defaultTarget, 'system'), reads}
  }

  it('looks at each unit once, and reads with all its lines only what is in a circle or asked for', () => {
    const plain = Object.fromEntries(Array.from({length: count}, (_, index) => [`u${index}.service`, service(index)]))
    const {machine, reads} = counted(plain)
    expect(machine.cycles).toEqual([])
    expect(machine.mentions('network.target')).toHaveLength(count)
    expect(machine.activators('u1.service')).toEqual([])
    expect(reads).toHaveLength(count)
    machine.find('u7.service')
    machine.find('u7.service')
    expect(reads).toHaveLength(count + 1)

    const circle = {...plain, 'one.service': service(-1, 'Wants=two.service\nAfter=two.service\n'), 'two.service': service(-2, 'After=one.service\n')}
    const circled = counted(circle)
    expect(circled.machine.cycles).toHaveLength(1)
    expect(circled.reads.toSorted().filter((name, index, all) => all.indexOf(name) !== index)).toEqual(['one.service', 'two.service'])
  })

  it('does not ask thousands of units whether they are refused that are the same to a circle', () => {
    const pulling = Object.fromEntries(Array.from({length: count}, (_, index) => [`u${index}.service`, service(index, 'Wants=one.service\n')]))
    const circle = {...pulling, 'one.service': service(-1, 'Wants=two.service\nAfter=two.service\n'), 'two.service': service(-2, 'After=one.service\n')}
    const {machine, reads} = counted(circle)
    expect(machine.cycles).toHaveLength(1)
    expect(reads.length).toBeLessThan(count + 10)
  })

  it('forgets units when others have been asked for since', () => {
    const {machine, reads} = counted(Object.fromEntries(Array.from({length: 1_000}, (_, index) => [`u${index}.service`, service(index)])))
    for (let index = 0; index < 1_000; index++) machine.find(`u${index}.service`)
    const before = reads.length
    machine.find('u999.service')
    expect(reads).toHaveLength(before)
    machine.find('u0.service')
    expect(reads).toHaveLength(before + 1)
  })
})
