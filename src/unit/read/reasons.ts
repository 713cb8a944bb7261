import type {Complaint} from './complaint.ts'
import type {LoadedUnit} from '../load.ts'
import type {UnitType} from '../../facts/unit-types.ts'
import {unknownDirective} from '../../facts/unknown-directives.ts'

/** What a complaint says of a line, in words for a line that is told of by itself. */
export function reasonOf(
  {kind, message, fault, directive, section = ''}: Complaint,
  {type, target: {version}}: LoadedUnit,
): string {
  if (message !== undefined) return message
  switch (kind) {
    case 'junk-line':
    case 'unreadable':
      return faults[fault ?? 'no-equals']
    case 'unknown-directive':
      return unknownWords(directive?.key ?? '', section, type, version)
    case 'unsupported-directive':
      return `without effect in a ${type}`
    case 'removed-directive':
      return 'removed, without effect'
    case 'repeated':
      return 'only the first one counts'
    default:
      return 'Unexpected empty value'
  }
}

function unknownWords(key: string, section: string, type: UnitType, version: number): string {
  const found = unknownDirective(key, section, type, version)
  switch (found.why) {
    case 'misplaced':
      return `unknown in [${section}], belongs in [${found.section}]`
    case 'newer':
      return `unknown before systemd ${found.since}`
    case 'gone':
      return `unknown since systemd ${found.since}`
    default:
      return found.meant === undefined
        ? 'unknown to systemd'
        : `unknown to systemd, which knows \`${found.meant.key}\`${found.meant.section === section ? '' : ` in [${found.meant.section}]`}`
  }
}

const faults: Readonly<Record<NonNullable<Complaint['fault']>, string>> = {
  'outside-section': 'before the first section',
  'no-equals': 'a line without `=`',
  'no-key': 'a line without a key',
  'open-header': 'a header without `]`, at which reading ends',
  'section-name': 'a header with a character that no section has, at which reading ends',
  'not-utf8': 'bytes that are not UTF-8, at which reading ends',
  'line-too-long': 'a line of more than 1048575 bytes, at which reading ends',
}
