import {basename} from 'node:path'
import {describe, expect, test} from 'vitest'
import {VFile} from 'vfile'
import {presets} from '../../configs/index.ts'
import {rules} from '../../rules/index.ts'
import {lint, textOf} from '../../src/engine/unified/lint.ts'
import type {LintOptions} from '../../src/engine/options.ts'
import {target} from '../../src/facts/targets.ts'
import {decode, encode} from '../../src/syntax/bytes.ts'
import {differences, systemdScore} from '../security/compare.ts'
import {aboutTheFile, canScore, oracles, security, verify} from '../oracle/systemd.ts'
import type {Oracle, Subject} from '../oracle/systemd.ts'
import {corpus, corpusFolder, sampled} from './corpus.ts'

const services = sampled(
  corpus('units').filter(({type, kind}) => type === 'service' && kind === 'unit'),
  160,
)

const dropIn = '50-unitlint.conf'
const runs = [
  ['strict', 'safe'],
  ['strict', 'unsafe'],
] as const

interface Fixed {
  readonly name: string
  readonly text: string
  /** The drop-in. */
  readonly own: string
  /** The notes of findings that are left. */
  readonly left: readonly string[]
}

function fixed(name: string, text: string, options: LintOptions, own: string | undefined): Fixed {
  const main = new VFile({path: name, value: text})
  const into = new VFile({path: `${name}.d/${dropIn}`, value: own ?? ''})
  if (own === undefined) lint(main, options)
  else lint(main, {...options, into: into.path}, {dropIns: [into]})
  const {messages} = main
  for (const message of messages) expect(message.fatal, `${name}: ${message.reason}`).toBe(false)
  return {
    name,
    text: textOf(main),
    own: textOf(into),
    left: messages.flatMap(({note}) => (note?.startsWith('Not fixed') ? [note] : [])),
  }
}

describe.skipIf(corpusFolder() === undefined)(
  `${services.length} real services, fixed in a drop-in`,
  () => {
    const asked = oracles().filter(canScore)
    test
      .skipIf(asked.length === 0)
      .each(
        asked.flatMap((oracle) =>
          runs.map(([preset, fix]) => [oracle.name, preset, fix, oracle] as const),
        ),
      )(
      'are to systemd %s as if fixed in place: %s, %s',
      async (_name, preset, fix, oracle) => {
        const options = optionsFor(preset, fix, oracle)
        const compared: Array<{inPlace: Subject; amended: Subject; left: readonly string[]}> = []
        for (const file of services) {
          const name = basename(file.path)
          const text = decode(file.bytes())
          const once = fixed(name, text, options, '')
          expect(once.text, `${name}: the unit itself`).toBe(text)
          expect(fixed(name, text, options, once.own).own, `${name} again`).toBe(once.own)
          if (once.own === '') continue
          // A template is judged by an instance.
          const instance = name.replace('@.', '@i.')
          compared.push({
            inPlace: {name: instance, text: encode(fixed(name, text, options, undefined).text)},
            amended: {
              name: instance,
              text: encode(text),
              dropins: new Map([[`${name}.d/${dropIn}`, encode(once.own)]]),
            },
            left: once.left,
          })
        }
        const subjects = compared.flatMap(({inPlace, amended}) => [inPlace, amended])
        const [scores, verdicts] = [
          await security(oracle, subjects),
          await verify(oracle, subjects),
        ]
        let equal = 0
        for (const {inPlace, amended, left} of compared) {
          const complaints = verdicts
            .get(amended)
            ?.complaints.filter(
              (complaint) => aboutTheFile(complaint) && complaint.file?.endsWith(dropIn),
            )
          expect(complaints, amended.name).toEqual([])
          if (left.some((note) => !note.includes('the line itself stays'))) continue
          expect(
            differences(systemdScore(scores.get(amended)), systemdScore(scores.get(inPlace))),
            amended.name,
          ).toEqual([])
          if (scores.get(amended)) equal++
        }
        expect(equal).toBeGreaterThan(services.length / 2)
      },
      600_000,
    )
  },
)

function optionsFor(preset: string, fix: LintOptions['fix'], {version}: Oracle): LintOptions {
  const config = presets[preset]
  const its = target(String(version))
  if (!config || !its) throw new Error(`Expected a preset and a target: ${preset}, ${version}`)
  const active = rules.filter(
    ({id}) => config.rules && Object.hasOwn(config.rules, id) && config.rules[id] !== 'off',
  )
  return {
    rules: active.map((rule) => ({rule, severity: 2, options: rule.options.parse({})})),
    targets: [its],
    manager: 'system',
    fix,
  }
}
