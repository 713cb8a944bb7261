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
  if (!plainInput.test(input) || !plainOutput.test(output ?? 'inherit') || !plainOutput.test(error))
    return undefined
  if (log.test(error)) return true
  return output === undefined || output === 'inherit'
    ? input === 'null' || input === 'data'
    : log.test(output)
}

const plainInput =
  /^(?:null|tty|tty-force|tty-fail|socket|data|file:(?=.{1,250}$)(?:\/[A-Za-z0-9_.][A-Za-z0-9_.-]*)+)$/
const plainOutput =
  /^(?:inherit|null|tty|socket|(?:journal|kmsg|syslog)(?:\+console)?|(?:file|append):(?=.{1,250}$)(?:\/[A-Za-z0-9_][A-Za-z0-9_.-]*)+)$/
const log = /^(?:journal|kmsg|syslog)/
