import {Bench} from 'tinybench'
import {VFile} from 'vfile'
import {presets} from '../../../configs/index.ts'
import {rules} from '../../../rules/index.ts'
import {lint} from '../../engine/unified/lint.ts'
import {defaultTarget} from '../../facts/targets.ts'
import {parse} from '../../syntax/parse.ts'
import {rounded} from './measure.ts'
import {usual} from './subjects.ts'

/** Microseconds for one unit in a process that is warm, as ratios to cutting it into lines. */
export async function warmPart(): Promise<Record<string, object>> {
  const bench = new Bench({time: 500})
    .add('split', () => usual.split('\n').map((line) => line.split('=')))
    .add('parse, nodes included', () => parse(usual).children)
    .add('lint: recommended', linting('recommended'))
    .add('lint: strict', linting('strict'))
    .add('fix: strict', linting('strict', 'safe'))
  await bench.run()
  const times = bench.tasks.map(({name, result}) => ({
    name,
    time: 'latency' in result ? result.latency.p50 * 1000 : Number.NaN,
  }))
  const floor = times[0]?.time ?? Number.NaN
  return Object.fromEntries(
    times.map(({name, time}) => [name, {'median us': rounded(time), ratio: rounded(time / floor)}]),
  )
}

function linting(preset: string, fix?: 'safe'): () => void {
  const settings = presets[preset]?.rules ?? {}
  const on = rules.filter(({id}) => Object.hasOwn(settings, id))
  const active = on.map((rule) => ({rule, severity: 2 as const, options: rule.defaults}))
  const options = {rules: active, targets: [defaultTarget], manager: 'system', fix} as const
  return () => lint(new VFile({path: 'example.service', value: usual}), options)
}
