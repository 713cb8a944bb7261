import {capabilities} from '../../facts/accesses.ts'
import type {AccessId, CapabilityId} from '../../facts/accesses.ts'
import {upTo} from '../../syntax/text.ts'

/**
 * What capsh(1) needs to become what its arguments say: to take a list of capabilities fails where
 * one of them is gone. `anything` for arguments that nobody can tell.
 */
export function capshNeeds(args: readonly string[]): readonly AccessId[] {
  const found = new Set<AccessId>()
  for (const arg of own(args)) {
    const [, option = '', value = ''] = /^--([a-z]+)(?:=(.*))?$/.exec(arg) ?? []
    const needed = ofOption(option, value)
    if (!needed) return ['anything']
    for (const id of needed) found.add(id)
  }
  return [...found]
}

/** The commands that it starts: bash(1) with what stands behind `--`, itself again behind `==`. */
export function startedByCapsh(args: readonly string[]): ReadonlyArray<readonly string[]> {
  const at = own(args).length
  const end = args[at]
  if (end === undefined) return []
  return [[end === '==' || end === '=+' ? 'capsh' : '/bin/bash', ...args.slice(at + 1)]]
}

function own(args: readonly string[]): readonly string[] {
  const end = args.findIndex((arg) => /^(?:--|-\+|==|=\+)$/.test(arg))
  return end === -1 ? args : args.slice(0, end)
}

function ofOption(option: string, value: string): readonly AccessId[] | undefined {
  switch (option) {
    case 'caps':
    case 'inh':
    case 'addamb':
      return listed(value)
    case 'drop':
    case 'delamb':
    case 'noamb':
    case 'secbits':
    case 'keep':
      return ['CAP_SETPCAP']
    case 'user':
    case 'uid':
    case 'gid':
    case 'groups':
      return ['CAP_SETUID', 'CAP_SETGID', '@setuid']
    case 'chroot':
      return ['CAP_SYS_CHROOT', '@mount']
    case 'print':
    case 'decode':
    case 'supports':
    case 'strict':
      return []
    default:
      return undefined
  }
}

/** The capabilities that a text of cap_from_text(3) names; undefined where it means all. */
function listed(text: string): readonly AccessId[] | undefined {
  const clauses = text.split(/\s+/)
  if (
    !clauses.every((clause) =>
      /^\w+(?:,\w+)*(?:[=+-][eip]*)+$|^cap_\w+(?:,cap_\w+)*$/i.test(clause),
    )
  )
    return undefined
  const names: readonly string[] = clauses.flatMap((clause) =>
    upTo(clause.toUpperCase(), /[=+-]/).split(','),
  )
  const known = names.filter(isCapability)
  return known.length === names.length ? [...known, 'CAP_SETPCAP'] : undefined
}

function isCapability(name: string): name is CapabilityId {
  return (capabilities as readonly string[]).includes(name)
}
