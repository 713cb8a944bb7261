import {existsSync, readFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {VFile} from 'vfile'
import {describe, expect, it} from 'vitest'
import {rules} from '../../rules/index.ts'
import {lint} from '../../src/engine/unified/lint.ts'
import {unitsOfRoot} from '../../src/files/root-units.ts'
import {sights} from '../../src/files/sights.ts'
import {activation} from '../../src/machine/activation.ts'
import {cycles} from '../../src/machine/cycles.ts'
import {relativesAmong} from '../machine/relatives.ts'
import {dependenciesAmong} from '../../src/machine/among.ts'
import {load, managerOf, unitOf} from '../../src/unit/load.ts'
import type {LoadedUnit, Pull} from '../../src/unit/load.ts'
import {target} from '../../src/facts/targets.ts'
import {templateOf} from '../../src/unit/references.ts'
import {parse} from '../../src/syntax/parse.ts'
import {random} from './cases-random.ts'
import {families, tangles} from './dependencies-cases.ts'
import {dump} from './dumps.ts'
import type {Dump, Folder} from './dumps.ts'
import {oracles, verify} from './systemd.ts'

/**
 * How many folders of units to try on each systemd and manager; `UNITLINT_FAMILIES=500` for a
 * thorough run.
 */
const count = Number(process.env['UNITLINT_FAMILIES'] ?? 6)
/** Another one gives other folders. */
const seed = Number(process.env['UNITLINT_SEED'] ?? 1)

const found = oracles()
const cases = found.flatMap((oracle) =>
  (['system', 'user'] as const).map((manager) => [oracle.name, manager, oracle] as const),
)

describe.skipIf(found.length === 0)('dependencies of units', () => {
  it.each(cases)(
    'are those of systemd %s, %s manager',
    {timeout: 3_600_000},
    (_name, manager, oracle) => {
      const next = random(seed * 7919 + oracle.version)
      const wrong: string[] = []
      let compared = 0
      for (let index = 0; index < count; index++) {
        const folder = families(next, 60)
        const said = dump(oracle, folder, undefined, {user: manager === 'user'}).dependencies
        // What does not load has no dependencies, and others have none on it.
        const ours = new Map(
          [...family(folder, oracle.version, manager)].filter(([name]) => said.has(name)),
        )
        for (const unit of ours.values()) {
          const theirs = said.get(unit.name)
          if (!theirs) continue
          const expected = [...theirs]
            .filter((line) => isJudged(line, unit, oracle.version, said))
            .toSorted()
          const actual = dependenciesAmong(
            unit,
            relativesAmong([], (name) => findIn(ours, name, folder)),
          )
            .map(({kind, name}) => `${kind}: ${name}`)
            .filter((line) => isJudged(line, unit, oracle.version, said))
          compared += expected.length
          const both = new Set([...expected, ...actual])
          for (const line of both) {
            const [here, there] = [actual.includes(line), expected.includes(line)]
            if (here !== there)
              wrong.push(
                `${unit.name} ${here ? 'only ours' : 'only theirs'}: ${line}\n${folder.texts.get(unit.files[0]?.path ?? '') ?? ''}`,
              )
          }
        }
      }
      console.log(`systemd ${oracle.name} ${manager}: ${compared} dependencies compared`)
      expect(compared).toBeGreaterThan(count * 100)
      expect(wrong.slice(0, 5), `${wrong.length} differences`).toEqual([])
    },
  )
})

describe.skipIf(found.length === 0)('ordering cycles', () => {
  it.each(found)('are those that systemd $name finds', {timeout: 3_600_000}, (oracle) => {
    const next = random(seed * 6577 + oracle.version)
    const groups = 25
    const [missed, invented] = [[] as string[], [] as string[]]
    let cyclic = 0
    for (let index = 0; index < count; index++) {
      const folder = tangles(next, groups)
      const roots = [...folder.texts.keys()].filter((name) => /^g\d+u0\./.test(name))
      const {inCycles} = dump(oracle, folder, roots)
      const theirs = new Set([...inCycles].map(groupOf))
      const ours = family(folder, oracle.version, 'system')
      const units = relativesAmong([...ours.values()], (name) => ours.get(name))
      for (const root of roots) {
        const isFound = cycles(units, {roots: [root]}).length > 0
        const isTheirs = theirs.has(groupOf(root))
        if (isTheirs) cyclic++
        if (isFound !== isTheirs)
          (isFound ? invented : missed).push(
            [...folder.texts].filter(([name]) => groupOf(name) === groupOf(root)).join('\n'),
          )
      }
    }
    console.log(`systemd ${oracle.name}: ${count * groups} groups of units, ${cyclic} with a cycle`)
    expect(cyclic).toBeGreaterThan(count)
    expect({missed: missed.slice(0, 2), invented: invented.slice(0, 2)}).toEqual({
      missed: [],
      invented: [],
    })
  })
})

describe.skipIf(found.length === 0)('sockets', () => {
  it.each(found)(
    'start the service that systemd $name asks for',
    {timeout: 600_000},
    async (oracle) => {
      const next = random(seed * 31 + oracle.version)
      const lines = [
        'Accept=yes',
        'Accept=no',
        'Accept=perhaps',
        'ListenDatagram=81',
        'ListenStream=',
        'ListenStream=82',
        'Service=x.service',
        'Service=y@z.service',
        'Service=bad',
      ]
      const subjects = Array.from({length: 20 * count}, (_, index) => ({
        name: `s${index}${next.pick(['', '@', '@in', '-part'])}.socket`,
        text: `[Socket]\nListenStream=80\n${Array.from({length: next.between(0, 3)}, () => `${next.pick(lines)}\n`).join('')}`,
      }))
      const verdicts = await verify(oracle, subjects)
      let compared = 0
      for (const subject of subjects) {
        const texts = verdicts.get(subject)?.complaints.map(({text}) => text) ?? []
        const missing = texts.flatMap(
          (text) => /: service (\S+) not loaded/.exec(text)?.[1] ?? [],
        )[0]
        if (missing === undefined) continue
        compared++
        const [unit] = family(
          {texts: new Map([[subject.name, subject.text]])},
          oracle.version,
          'system',
        ).values()
        const its = unit && activation(unit)
        expect(its?.isTemplate ? templateOf(missing) : missing, subject.name + subject.text).toBe(
          its?.name,
        )
        expect(its?.isTemplate, subject.text).toBe(missing.endsWith('@internal.service'))
      }
      expect(compared).toBeGreaterThan(5 * count)
    },
  )
})

const withUnits = found.filter(({command}) =>
  existsSync(join(dirname(command), 'root/usr/lib/systemd/system')),
)

describe.skipIf(withUnits.length === 0)('the units of systemd itself', () => {
  it.each(withUnits)('have neither cycles nor mistakes in $name', ({command, version}) => {
    const view = {cwd: '/', root: join(dirname(command), 'root'), version}
    const {files} = unitsOfRoot(view.root, view)
    const see = sights(files, view)
    const its = target(String(version))
    if (!its) throw new Error(`Unexpected version ${version}`)
    const messages = files.flatMap((path) => {
      if (unitOf(path)?.role !== 'fragment') return []
      const file = new VFile({path, value: readFileSync(path, 'utf8')})
      const active = rules
        .filter(({id}) => ofFamilies.has(id))
        .map((rule) => ({rule, severity: 2 as const, options: rule.options.parse({})}))
      lint(file, {rules: active, targets: [its], manager: managerOf(path)}, {sight: see(path)})
      return file.messages.map((message) => `${path}: ${message.ruleId} ${message.reason}`)
    })
    expect(files.length).toBeGreaterThan(100)
    expect(messages).toEqual([])
  })
})

/** Those of the rules about several units that say what is a mistake for sure. */
const ofFamilies: ReadonlySet<string> = new Set([
  ...[
    'no-ordering-cycle',
    'no-accept-mismatch',
    'no-missing-activated-unit',
    'no-wrong-install-target',
    'no-invalid-install',
    'no-lone-namespace',
  ],
  ...[
    'no-eager-activation',
    'no-shared-bus-name',
    'no-unordered-requirement',
    'no-private-tmp-socket',
    'no-shared-ipc-removal',
  ],
])

it.skipIf(found.length > 0)(
  'needs a systemd-analyze on this machine, or in the folder UNITLINT_ORACLE',
  (context) => context.skip(),
)

/**
 * Whether it is a matter of the units alone: offline systemd has no default output before 257, no
 * swap in a container, and more devices and targets.
 */
function isJudged(
  line: string,
  unit: LoadedUnit,
  version: number,
  said: Dump['dependencies'],
): boolean {
  if (
    unit.type === 'target' &&
    line.startsWith('After: ') &&
    isByChance(line.slice('After: '.length), unit.name, said)
  )
    return false
  if (line === 'After: systemd-journald.socket' && version < 257) return false
  if (unit.type === 'swap' && /: (?:swap|umount)\.target$/.test(line)) return false
  return !line.startsWith('TriggeredBy: ') && !(line.startsWith('InSlice: ') && version < 249)
}

/**
 * Whether a target comes after another unit only if one of them is loaded first, or if the machine
 * has that unit.
 */
function isByChance(name: string, target: string, said: Dump['dependencies']): boolean {
  if (
    /^(?:dev-absent\.device|basic\.target|sysinit\.target)$/.test(name) ||
    said.get(target)?.has(`PartOf: ${name}`)
  )
    return true
  return (
    name.endsWith('.target') &&
    ['Requires', 'Requisite', 'Wants', 'BindsTo', 'Upholds', 'PartOf'].some((kind) =>
      said.get(name)?.has(`${kind}: ${target}`),
    )
  )
}

function groupOf(name: string): string {
  return name.slice(0, name.indexOf('u'))
}

function family(
  {texts, links = []}: Folder,
  version: number,
  manager: 'system' | 'user',
): ReadonlyMap<string, LoadedUnit> {
  const its = target(String(version))
  if (!its) throw new Error(`Unexpected version ${version}`)
  return new Map(
    [...texts].map(([name, text]) => {
      const identity = unitOf(name)
      if (!identity) throw new Error(`Unexpected name ${name}`)
      const pulls = links.flatMap((link): Pull[] => {
        const [folder = '', pulled = ''] = link.split('/')
        const [, owner, kind] = /^(.*)\.(wants|requires|upholds)$/.exec(folder) ?? []
        // One of the three, as just matched.
        return owner === name ? [{kind: kind as Pull['kind'], name: pulled}] : []
      })
      // systemd loads a template as an instance.
      const asked = name.replace('@.', version >= 257 ? '@test_instance.' : '@i.')
      return [
        asked,
        load([{path: name, role: 'fragment', tree: parse(text)}], {
          ...identity,
          name: asked,
          pulls,
          target: its,
          manager,
        }),
      ]
    }),
  )
}

function findIn(
  units: ReadonlyMap<string, LoadedUnit>,
  name: string,
  {texts}: Folder,
): LoadedUnit | undefined {
  const template = name.replace(/@.*\./, '@.')
  return (
    units.get(name) ??
    [...units.values()].find(({files}) => texts.has(template) && files[0]?.path === template)
  )
}
