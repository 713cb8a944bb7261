import {describe, expect, test} from 'vitest'
import {VFile} from 'vfile'
import {presets} from '../../configs/index.ts'
import {rules} from '../../rules/index.ts'
import {lint, textOf} from '../../src/engine/unified/lint.ts'
import type {LintOptions} from '../../src/engine/options.ts'
import type {Profile} from '../../src/needs/profile.ts'
import {unitOf} from '../../src/unit/load.ts'
import {target} from '../../src/facts/targets.ts'
import {decode, encode} from '../../src/syntax/bytes.ts'
import {parse} from '../../src/syntax/parse.ts'
import {stringify} from '../../src/syntax/stringify.ts'
import {aboutTheFile, canScore, oracles, security, verify} from '../oracle/systemd.ts'
import type {Oracle, Verdict} from '../oracle/systemd.ts'
import {corpus, corpusFolder, sampled, subjectOf} from './corpus.ts'
import type {CorpusFile} from './corpus.ts'

const files = sampled([...corpus('units'), ...corpus('templates'), ...corpus('not-units')])

const runs: ReadonlyArray<readonly [preset: string, fix: LintOptions['fix']]> = [
  ['recommended', undefined],
  ['recommended', 'safe'],
  ['strict', undefined],
  ['strict', 'safe'],
  ['strict', 'unsafe'],
  ['backup-job', 'safe'],
]

function optionsFor(preset: string, fix: LintOptions['fix'], version: number): LintOptions {
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
    profile: typeof config.profile === 'object' ? (config.profile satisfies Profile) : undefined,
    fix,
  }
}

/**
 * The path under which a file is linted: templates and others lose what keeps them from being
 * units.
 */
function pathOf(file: CorpusFile): string {
  return unitOf(file.path) ? file.path : `${file.path}.service`
}

function linted(file: CorpusFile, text: string, options: LintOptions): VFile {
  const vfile = new VFile({path: pathOf(file), value: text})
  lint(vfile, options)
  return vfile
}

/** What is said of more than a unit may be, as files of fuzzers are. */
function isTooMuch(reason: string): boolean {
  return reason.startsWith('Not linted: Too much for one unit: ')
}

/** A file, its text, and what became of it. */
interface Linted {
  readonly file: CorpusFile
  readonly before: string
  readonly vfile: VFile
  readonly after: string
}

const known = new Map<string, readonly Linted[]>()

/** All files, linted once for each kind of run. */
function allLinted(preset: string, fix: LintOptions['fix'], version: number): readonly Linted[] {
  const key = `${preset} ${fix} ${version}`
  const options = optionsFor(preset, fix, version)
  const found =
    known.get(key) ??
    files.map((file) => {
      const before = decode(file.bytes())
      const vfile = linted(file, before, options)
      return {file, before, vfile, after: textOf(vfile)}
    })
  known.set(key, found)
  return found
}

describe.skipIf(corpusFolder() === undefined)(`${files.length} real files`, () => {
  test('are read and written without loss', () => {
    expect(files.length).toBeGreaterThan(0)
    for (const file of files) {
      const bytes = Uint8Array.from(file.bytes())
      expect(Buffer.compare(encode(stringify(parse(decode(bytes)))), bytes), file.file).toBe(0)
    }
  })

  test.each(runs)(
    'bear %s, fix %s',
    (preset, fix) => {
      const options = optionsFor(preset, fix, 252)
      let changed = 0
      for (const {file, before, vfile, after} of allLinted(preset, fix, 252)) {
        for (const {fatal, reason} of vfile.messages)
          expect(fatal && !isTooMuch(reason), `${file.file}: ${reason}`).toBe(false)
        if (!fix) expect(after, file.file).toBe(before)
        if (after === before) continue
        changed++
        expect(textOf(linted(file, after, options)), `${file.file} again`).toBe(after)
        const {exposure} = vfile.data.unitlint ?? {}
        if (exposure) expect(exposure.after, file.file).toBeLessThanOrEqual(exposure.before)
      }
      if (preset !== 'recommended' && fix) expect(changed).toBeGreaterThan(files.length / 3)
    },
    300_000,
  )

  const asked = oracles().filter(canScore)
  test
    .skipIf(asked.length === 0)
    .each(
      asked.flatMap((oracle) =>
        runs
          .filter(([, fix]) => fix)
          .map(([preset, fix]) => [oracle.name, preset, fix, oracle] as const),
      ),
    )(
    'systemd %s finds nothing new to complain of after %s, fix %s',
    async (_name, preset, fix, oracle) => {
      const changed = allLinted(preset, fix, oracle.version).flatMap(({file, before, after}) => {
        const [one, other] = [subjectOf(file, encode(before)), subjectOf(file, encode(after))]
        return after === before || !unitOf(file.path) || !one || !other
          ? []
          : [{file, before, after, one, other}]
      })
      const verdicts = await verify(
        oracle,
        changed.flatMap(({one, other}) => [one, other]),
      )
      for (const {file, before, after, one, other} of changed) {
        const [was, is] = [verdicts.get(one), verdicts.get(other)]
        expect(was?.loads === true && is?.loads !== true, file.file).toBe(false)
        // What refuses a unit can end the reading of it: once mended, lines are complained of that
        // were not read before.
        if (was?.loads)
          expect(without(complaining(is, after), complaining(was, before)), file.file).toEqual([])
      }
      await exposureNeverRises(oracle, changed)
    },
    600_000,
  )
})

async function exposureNeverRises(
  oracle: Oracle,
  changed: ReadonlyArray<{
    file: CorpusFile
    one: Parameters<typeof security>[1][number]
    other: Parameters<typeof security>[1][number]
  }>,
): Promise<void> {
  const services = changed.filter(({file}) => file.path.endsWith('.service'))
  const scores = await security(
    oracle,
    services.flatMap(({one, other}) => [one, other]),
  )
  for (const {file, one, other} of services) {
    const [was, is] = [scores.get(one), scores.get(other)]
    if (was) expect(is?.total, file.file).toBeLessThanOrEqual(was.total)
  }
}

/** The text of the lines that systemd complains of; a complaint without a line by its words. */
function complaining(verdict: Verdict | undefined, text: string): string[] {
  const lines = text.split(/\r\n|\n\r|[\n\r\0]/)
  return (verdict?.complaints ?? [])
    .filter(aboutTheFile)
    .map(({line, text: words}) => (line === undefined ? words : (lines[line - 1] ?? '')))
}

/** The lines of one list that another does not have, as often as they are more. */
function without(lines: readonly string[], known: readonly string[]): string[] {
  const left = [...known]
  return lines.filter((line) => {
    const at = left.indexOf(line)
    if (at !== -1) left.splice(at, 1)
    return at === -1
  })
}
