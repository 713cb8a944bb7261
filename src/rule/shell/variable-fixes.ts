import {add, replaceWord} from '../change.ts'
import {fixBy} from '../fix-by.ts'
import type {Fix} from '../rule.ts'
import type {Unit} from '../unit.ts'
import {isValid} from '../validity.ts'
import type {writtenCommands} from './commands.ts'

/** The program behind `/usr/bin/env`, which gets variables replaced. */
export function throughEnv(
  unit: Unit,
  {assignment, words, prefixes}: ReturnType<typeof writtenCommands>[number],
): Fix | undefined {
  const [program] = words
  const {section, key, value} = assignment
  if (!program.isBare || prefixes.includes('@') || prefixes.includes(':')) return undefined
  const text = `/usr/bin/env ${program.text.replaceAll(/\$([A-Za-z_]\w*)/g, '${$1}')}`
  if (!isValid(unit, section, key, value.slice(0, program.start) + text + value.slice(program.end)))
    return undefined
  return fixBy('unsafe', replaceWord(assignment, program, text), 'Let `/usr/bin/env` start it')
}

/**
 * Changes that give a variable the default that it has in `${NAME:-DEFAULT}`; undefined where that
 * is no plain text.
 */
export function withDefault(
  unit: Unit,
  assignment: Parameters<typeof replaceWord>[0],
  span: Parameters<typeof replaceWord>[1],
  written: string,
): Fix | undefined {
  const [, name = '', otherwise] = /^\$\{(\w+):-([\w./:@+-]+)\}$/.exec(written) ?? []
  if (otherwise === undefined || assignment.section !== 'Service') return undefined
  const isKnown = unit
    .values('Environment')
    .some(({words}) => words.some(({text}) => text.startsWith(`${name}=`)))
  const line = isKnown ? [] : [add('Service', 'Environment', `${name}=${otherwise}`)]
  const changes = [replaceWord(assignment, span, `\${${name}}`), ...line]
  return fixBy('unsafe', changes, `Set \`${name}\` with \`Environment=\``)
}
