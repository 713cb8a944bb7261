import {VFile} from 'vfile'
import {afterAll, beforeEach, describe, expect, it, vi} from 'vitest'
import {target} from '../../src/facts/targets.ts'

const calls = new Map<string, number>()

const counted = {
  '../../src/syntax/parse.ts': 'parse',
  '../../src/unit/load.ts': 'load',
  '../../src/unit/read/tangles.ts': 'tangled',
  '../../src/unit/read/complaints.ts': 'complaintsOfLine',
  '../../src/needs/evidence/of-commands.ts': 'ofCommands',
  '../../src/rule/sound.ts': 'soundProblems',
  '../../src/engine/check.ts': 'check',
  '../../src/engine/operations.ts': 'operations',
}

// Modules that other tests have loaded count nothing, so these are loaded anew.
vi.resetModules()
for (const [path, name] of Object.entries(counted)) {
  vi.doMock(path, async (original) => {
    const module: Readonly<Record<string, unknown>> = {...(await original<object>())}
    const work = module[name]
    if (typeof work !== 'function') throw new Error(`Expected a function \`${name}\``)
    const count = (...given: unknown[]): unknown => {
      calls.set(name, (calls.get(name) ?? 0) + 1)
      return Reflect.apply(work, undefined, given)
    }
    return {...module, [name]: count}
  })
}
const {presets} = await import('../../configs/index.ts')
const {rules} = await import('../../rules/index.ts')
const {lint} = await import('../../src/engine/unified/lint.ts')

afterAll(() => {
  for (const path of Object.keys(counted)) vi.doUnmock(path)
  vi.resetModules()
})

/** The rules of a preset, with its options: schemas compile patterns of their own. */
function activeRules(preset: string) {
  const settings = presets[preset]?.rules ?? {}
  return rules
    .filter(({id}) => Object.hasOwn(settings, id))
    .map((rule) => {
      const [, options] = [settings[rule.id]].flat()
      return {rule, severity: 2 as const, options: rule.options.parse(options ?? {})}
    })
}
const active = {recommended: activeRules('recommended'), strict: activeRules('strict')}

/**
 * How often what costs most is done for one unit; a rise wants a reason, and the figure here
 * changed with it.
 */
function work(
  preset: keyof typeof active,
  main: string,
  ...dropIns: readonly string[]
): Record<string, number> {
  const its = target('257')
  const options = {rules: active[preset], targets: its ? [its] : [], manager: 'system'} as const
  const files = dropIns.map(
    (value, index) => new VFile({path: `example.service.d/${index}.conf`, value}),
  )
  const file = new VFile({path: 'example.service', value: main})
  lint(file, options, {dropIns: files})
  expect(file.data.unitlint?.exposure).toBeDefined()
  return {
    parses: calls.get('parse') ?? 0,
    loads: calls.get('load') ?? 0,
    readings: calls.get('tangled') ?? 0,
    'lines judged': calls.get('complaintsOfLine') ?? 0,
    'readings of commands': calls.get('ofCommands') ?? 0,
    checks: calls.get('check') ?? 0,
    'rules asked again': (calls.get('soundProblems') ?? 0) - active[preset].length,
    'fixes worked out': calls.get('operations') ?? 0,
  }
}

const plain = `[Unit]
Description=Example
After=network.target

[Service]
ExecStart=/usr/bin/example --port 80
Restart=on-failure

[Install]
WantedBy=multi-user.target
`

describe('the work on one unit', () => {
  beforeEach(() => calls.clear())

  it.each([
    ['', 22],
    // Of a user's all capabilities go, which waits for nothing else.
    ['User=example\n', 21],
  ])('is bounded where it is only told of, with %j', (line, fixes) => {
    expect(work('recommended', plain.replace('[Service]\n', `[Service]\n${line}`))).toEqual({
      parses: 1,
      loads: 2,
      readings: 2,
      'lines judged': 24,
      'readings of commands': 1,
      checks: 2,
      'rules asked again': 6,
      'fixes worked out': fixes,
    })
  })

  it('compiles few patterns, which takes longer than to use them', () => {
    const patterns = new Set<string>()
    const {exec} = RegExp.prototype
    const counting = vi.spyOn(RegExp.prototype, 'exec').mockImplementation(function count(
      this: RegExp,
      text,
    ) {
      patterns.add(String(this))
      return exec.call(this, text)
    })
    work('recommended', plain)
    counting.mockRestore()
    expect(patterns.size).toBeLessThanOrEqual(70)
  })

  it('is bounded where it is to be hardened', () => {
    expect(work('strict', plain)).toEqual({
      parses: 1,
      loads: 3,
      readings: 3,
      'lines judged': 27,
      'readings of commands': 1,
      checks: 3,
      'rules asked again': 29,
      'fixes worked out': 42,
    })
  })

  it('is bounded with drop-ins', () => {
    expect(
      work(
        'strict',
        plain,
        '[Service]\nUser=example\nProtectSystem=full\n',
        '[Service]\nProtectSystem=strict\nNoNewPrivileges=no\n',
      ),
    ).toEqual({
      parses: 3,
      loads: 3,
      readings: 3,
      'lines judged': 29,
      'readings of commands': 2,
      checks: 3,
      'rules asked again': 11,
      'fixes worked out': 31,
    })
  })
})
