/**
 * Whether output or errors go to the journal or the kernel's log; undefined where that is not
 * plain.
 */
export function logs(scalars: ReadonlyMap<string, string>): boolean | undefined {
  const [input = 'null', output, error = 'inherit'] = [
    'StandardInput',
    'StandardOutput',
    'StandardError',
  ].map((key) => scalars.get(key))
  if (input === 'null' && output === undefined && error === 'inherit') return true
  if (!plainInputs.has(input) || !plainOutputs.has(output ?? 'inherit') || !plainOutputs.has(error))
    return undefined
  if (isLog(error)) return true
  return output === undefined || output === 'inherit'
    ? input === 'null' || input === 'data'
    : isLog(output)
}

const plainInputs: ReadonlySet<string> = new Set([
  'null',
  'tty',
  'tty-force',
  'tty-fail',
  'socket',
  'data',
])
const plainOutputs: ReadonlySet<string> = new Set([
  'inherit',
  'null',
  'tty',
  'journal',
  'journal+console',
  'syslog',
  'kmsg',
])

function isLog(output: string): boolean {
  return output.startsWith('journal') || output === 'syslog' || output === 'kmsg'
}
