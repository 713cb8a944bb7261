import {describe, expect, test} from 'vitest'
import {corpus, corpusFolder, sampled, subjectOf} from '../corpus/corpus.ts'
import {canScore, oracles, security, type Oracle, type Subject} from '../oracle/systemd.ts'
import {differences, score, systemdScore} from './compare.ts'
import {generate} from './generate.ts'

const scoring = oracles().filter(canScore)
const count = Number(process.env['UNITLINT_GENERATED'] ?? 200)
const seed = Number(process.env['UNITLINT_SEED'] ?? 1)

describe.skipIf(scoring.length === 0)(
  "every row and the total are systemd's (needs UNITLINT_ORACLE)",
  () => {
    for (const oracle of scoring) {
      test(`${oracle.name}: ${count} generated units`, {timeout: 600_000}, async () => {
        const subjects = Array.from({length: count}, (_, index) => generate(seed, index))
        expect(await compare(oracle, subjects)).toEqual([])
      })

      test(`${oracle.name}: generated units of a user's manager`, {timeout: 600_000}, async () => {
        const subjects = Array.from({length: Math.ceil(count / 10)}, (_, index) =>
          generate(seed + 1, index),
        ).filter((subject) => !dependsOnCaller(subject))
        expect(await compare(oracle, subjects, 'user')).toEqual([])
      })

      test.skipIf(corpusFolder() === undefined)(
        `${oracle.name}: units of the corpus (needs UNITLINT_CORPUS)`,
        {timeout: 600_000},
        async () => {
          const files = sampled(corpus('units').filter((file) => file.kind !== 'drop-in'))
          const subjects = files
            .map((file) => subjectOf(file))
            .filter(
              (subject): subject is Subject => subject !== undefined && !dependsOnMachine(subject),
            )
          const services = subjects.filter(({name}) => name.endsWith('.service'))
          expect(await compare(oracle, services)).toEqual([])
          // What the other types lack is not looked for, so only those that load are compared.
          const others = subjects.filter(({name}) => !name.endsWith('.service'))
          expect(
            (await compare(oracle, others)).filter((found) => !found.includes(notLoaded)),
          ).toEqual([])
        },
      )
    }
  },
)

const notLoaded = 'ours loads, theirs is refused'

/** What differs, with the unit that it differs for. */
async function compare(
  oracle: Oracle,
  subjects: readonly Subject[],
  manager: 'system' | 'user' = 'system',
): Promise<string[]> {
  const answers = await security(oracle, subjects, {user: manager === 'user'})
  let loaded = 0
  const found = subjects.flatMap((subject) => {
    const theirs = systemdScore(answers.get(subject))
    if (theirs) loaded++
    const lines = differences(score(subject, oracle.version, manager), theirs)
    return lines.length > 0 ? [`${subject.name}\n${lines.join('\n')}\n${textOf(subject)}`] : []
  })
  if (process.env['UNITLINT_TELL'])
    console.log(
      `${oracle.name} ${manager}: ${subjects.length} units, ${loaded} load, ${found.length} differ`,
    )
  return found
}

/** Whether the unit asks who runs the manager, which in a test may be root. */
function dependsOnCaller(subject: Subject): boolean {
  return /%[uU]/.test(textOf(subject))
}

/** Whether 262 looks at the control groups of this machine before it loads the unit. */
function dependsOnMachine(subject: Subject): boolean {
  return /^ManagedOOM\w+=kill/m.test(textOf(subject))
}

function textOf({text, dropins}: Subject): string {
  const decoded = typeof text === 'string' ? text : new TextDecoder().decode(text)
  return [
    decoded,
    ...[...(dropins ?? [])].map(([path, content]) => `--- ${path}\n${String(content)}`),
  ]
    .join('\n')
    .slice(0, 3000)
}
