import {unified} from 'unified'
import {VFile} from 'vfile'
import {describe, expect, test} from 'vitest'
import {rules} from '../../rules/index.ts'
import privateTmp from '../../rules/private-tmp.ts'
import {judge} from '../../src/engine/judge.ts'
import {toPlugin, unitlint, unitParse, unitStringify} from '../../src/engine/unified/plugins.ts'
import {defaultTarget} from '../../src/facts/targets.ts'

const text = '[Service]\nExecStart=/usr/bin/x\n'
const file = (value: string | Uint8Array = text): VFile => new VFile({path: 'a.service', value})

describe('unified', () => {
  test('reads and writes units as they are, whatever bytes are in them', async () => {
    const pipe = unified().use(unitParse).use(unitStringify)
    expect(String(await pipe.process(file()))).toBe(text)
    expect(String(await pipe.process('[Unit]\n\n# c\n'))).toBe('[Unit]\n\n# c\n')
    const bytes = await pipe.process(file(Uint8Array.of(0x23, 0xff, 0x0a)))
    expect(String(bytes)).toBe('#\uDCFF\n')
  })

  test('lints, and with `fix` hands on what is fixed', async () => {
    const active = {
      rule: rules.find(({id}) => id === 'private-tmp')!,
      severity: 2,
      options: privateTmp.options.parse({}),
    } as const
    const options = {rules: [active], targets: [defaultTarget], manager: 'system'} as const
    const pipe = unified().use(unitParse).use(unitStringify)
    const linted = await pipe().use(unitlint, options).process(file())
    expect([String(linted), linted.messages.map(({reason}) => reason)]).toEqual([
      text,
      ['Expected `PrivateTmp=yes`'],
    ])
    const fixed = await pipe()
      .use(unitlint, {...options, fix: 'safe'})
      .process(file())
    expect([String(fixed), fixed.messages]).toEqual([`${text}\nPrivateTmp=yes\n`, []])
    expect(fixed.data.unitlint?.applied).toEqual(['private-tmp'])
  })

  test('takes a single rule, with its severity and its options', async () => {
    const pipe = unified().use(unitParse).use(unitStringify)
    const told = async (pipeline: {process: (file: VFile) => Promise<VFile>}): Promise<unknown> => {
      const {messages} = await pipeline.process(file())
      return messages.map(({reason, severity, fatal, source, name}) => ({
        reason,
        severity,
        fatal,
        source,
        name,
      }))
    }
    const message = {
      reason: 'Expected `PrivateTmp=yes`',
      severity: 1,
      fatal: false,
      source: 'unitlint',
      name: 'a.service:1:1',
    }
    expect(await told(pipe().use(toPlugin(privateTmp)))).toEqual([message])
    expect(await told(pipe().use(toPlugin(privateTmp), {severity: 2}))).toEqual([
      {...message, severity: 2},
    ])
  })
})

test('what fails is told, and nothing of the unit with it', () => {
  const failing = {
    name: 'a.service',
    type: 'service',
    role: 'fragment',
    get names(): never {
      throw new Error('gone')
    },
  } as const
  const {files, faults} = judge(
    {files: [{path: 'a.service', text}], identity: failing},
    {rules: [], targets: [], manager: 'system'},
  )
  expect(files).toEqual([{path: 'a.service', text, findings: []}])
  expect(faults.map(({message}) => message)).toEqual([
    'Not linted, which is a fault of unitlint: gone. The other files are; `ignores` in a config leaves this one out',
  ])
})
