import {readFileSync} from 'node:fs'
import process from 'node:process'
import type {Plugin} from 'vitest/config'
import {BaseSequencer} from 'vitest/node'
import type {TestSpecification} from 'vitest/node'
import type {MutationTrial} from '../src/dev/mutation.ts'
import config from './vitest.config.ts'

const trial = process.env['UNITLINT_TRIAL']
/** Nothing where there is no trial, as for who only looks at this file. */
const {sources}: Pick<MutationTrial, 'sources'> =
  trial === undefined ? {sources: {}} : (JSON.parse(readFileSync(trial, 'utf8')) as MutationTrial) // `src/dev/mutation.ts` writes it.

/** From below to above: a change is noticed first where it was made. */
const folders =
  'syntax facts values files unit security needs machine engine rules explain reporters config cli cases'.split(
    ' ',
  )

class FromBelow extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({moduleId}: TestSpecification): number =>
      folders.findIndex((folder) => moduleId.includes(`/test/${folder}/`))
    return Promise.resolve(
      files.toSorted(
        (one, other) => rank(one) - rank(other) || (one.moduleId < other.moduleId ? -1 : 1),
      ),
    )
  }
}

/** Puts the files with changes in the place of those without. */
const changed: Plugin = {
  name: 'unitlint-mutation',
  enforce: 'pre',
  transform: (code, id) => forgetful(sources[id] ?? code, id),
}

/**
 * What is known from earlier would hide a change, or be of another one: each trial starts with
 * nothing.
 */
function forgetful(code: string, id: string): string {
  if (!/\/(?:src|rules)\//.test(id)) return code
  if (id.endsWith('/unit/query.ts'))
    return code
      .replace(
        'const memory = Memory.of(',
        'const memory = globalThis.unitlintTrial.fresh(Memory.of)(',
      )
      .replace(
        'const answer = known.get(key)',
        'const answer = globalThis.unitlintTrial.fresh(() => known)(known).get(key)',
      )
  return code.replaceAll(
    /^((?:export )?const (\w+) = new Map(?:<.*>)?\(\))$/gm,
    '$1; globalThis.unitlintTrial.maps.push($2)',
  )
}

/** The tests that changes are held against: those that need nothing else and start no command. */
export default {
  ...config,
  plugins: [changed],
  test: {
    ...config.test,
    include: [`test/{${folders.join(',')}}/**/*.test.ts`],
    exclude: [
      'test/**/*{corpus,oracle}*{,/**}',
      'test/engine/budget.test.ts',
      'test/cli/{process,code-cache,new-rule}.test.ts',
    ],
    runner: './test/mutation-runner.ts',
    sequence: {sequencer: FromBelow},
    maxWorkers: 1,
    // Nothing is written where the project is.
    cache: false,
  },
}
