import {basename} from 'node:path'
import {load} from '../../src/unit/load.ts'
import type {SourceFile} from '../../src/unit/unit.ts'
import type {UnitType} from '../../src/facts/unit-types.ts'
import {assess} from '../../src/security/index.ts'
import {decode} from '../../src/syntax/bytes.ts'
import {parse} from '../../src/syntax/parse.ts'
import type {Score, Subject} from '../oracle/systemd.ts'

/** What we say about a subject, in systemd's form; undefined for one that does not load. */
export function score(
  {name, text, dropins}: Subject,
  version: number,
  manager: 'system' | 'user' = 'system',
): Map<string, string> | undefined {
  const file = (
    path: string,
    content: string | Uint8Array,
    role: SourceFile['role'],
  ): SourceFile => ({
    path,
    role,
    tree: parse(typeof content === 'string' ? content : decode(content)),
  })
  const amending = [...(dropins ?? [])].toSorted(([one], [other]) =>
    basename(one) < basename(other) ? -1 : 1,
  )
  const files = [
    file(name, text, 'fragment'),
    ...amending.map(([path, content]) => file(path, content, 'drop-in')),
  ]
  // The callers make up names, or take those of real units.
  const type = name.slice(name.lastIndexOf('.') + 1) as UnitType
  const assessment = assess(
    load(files, {name, type, target: {name: String(version), version}, manager}),
  )
  if (assessment.refused) return undefined
  const rows = assessment.rows.map(
    ({name: row, jsonField, set, exposure}) =>
      [row, facts({json_field: jsonField, set, exposure})] as const,
  )
  return new Map([['total', String(assessment.total)], ...rows])
}

/** What systemd says, in the same form. */
export function systemdScore(said: Score | undefined): Map<string, string> | undefined {
  return (
    said &&
    new Map([
      ['total', String(said.total)],
      ...said.rows.map((row) => [row.name, facts(row)] as const),
    ])
  )
}

/** How two scores differ, one line for each row that does. */
export function differences(
  ours: Map<string, string> | undefined,
  theirs: Map<string, string> | undefined,
): string[] {
  if (!ours || !theirs)
    return ours || theirs
      ? [`ours ${ours ? 'loads' : 'is refused'}, theirs ${theirs ? 'loads' : 'is refused'}`]
      : []
  const rows = new Set([...ours.keys(), ...theirs.keys()])
  return [...rows]
    .filter((row) => ours.get(row) !== theirs.get(row))
    .map((row) => `${row}: ours ${ours.get(row)}, theirs ${theirs.get(row)}`)
}

function facts({
  json_field,
  set,
  exposure,
}: {
  json_field: string
  set: boolean | null
  exposure: string | null
}): string {
  return `${json_field} ${set} ${exposure}`
}
