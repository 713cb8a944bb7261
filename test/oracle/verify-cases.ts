import {decode} from '../../src/syntax/bytes.ts'
import {parse} from '../../src/syntax/parse.ts'
import {reading} from '../../src/unit/read/reading.ts'
import {load} from '../../src/unit/load.ts'
import type {SourceFile} from '../../src/unit/unit.ts'
import {askAbout, smallest, textOf, type Answer} from './cases-ask.ts'
import type {Case} from './cases.ts'
import type {Oracle} from './systemd.ts'

/** A case of which unitlint says something else than systemd. */
export interface Disagreement {
  readonly case: Case
  readonly systemd: Answer
  readonly unitlint: Answer
}

/**
 * Compare what systemd and unitlint say about cases: whether there is a complaint about the line,
 * and whether reading ends there.
 */
export async function disagreements(
  oracle: Oracle,
  cases: readonly Case[],
  {user = false}: {user?: boolean} = {},
): Promise<Disagreement[]> {
  const answers = await askAbout(oracle, cases, {user})
  const found: Disagreement[] = []
  for (const one of cases) {
    const systemd = answers.get(one)
    if (!systemd) throw new Error('Expected an answer for every case')
    const unitlint = answerOf(one, oracle.version, user)
    if (systemd.texts.length > 0 !== unitlint.texts.length > 0 || systemd.ends !== unitlint.ends)
      found.push({case: one, systemd, unitlint})
  }
  return found
}

/** What unitlint says about a case. */
function answerOf(one: Case, version: number, user: boolean): Answer {
  const name = one.unitName
  const files: SourceFile[] = [
    {path: name, role: 'fragment', tree: treeOf(smallest[one.unitType] ?? '')},
    {path: `${name}.d/0.conf`, role: 'drop-in', tree: parse(asWritten(textOf([one])))},
  ]
  const unit = load(files, {
    name,
    type: one.unitType,
    target: {name: String(version), version},
    manager: user ? 'user' : 'system',
  })
  const all = reading(unit).complaints.filter(
    ({silent, file}) => !silent && file.role === 'drop-in',
  )
  const placed = all.filter(({line}) => line !== undefined && line < 4)
  return {
    texts: placed.map(({kind, message}) => message ?? kind),
    ends: !all.some(({line}) => line === 5),
  }
}

/** What systemd is given to read: half of a character is written as U+FFFD. */
function asWritten(text: string): string {
  return decode(Buffer.from(text))
}

const trees = new Map<string, SourceFile['tree']>()

function treeOf(text: string): SourceFile['tree'] {
  let tree = trees.get(text)
  if (!tree) trees.set(text, (tree = parse(text)))
  return tree
}
