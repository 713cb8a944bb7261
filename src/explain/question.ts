/** What was asked about. */
export interface Question {
  readonly section: string | undefined
  readonly key: string
  readonly value: string | undefined
}

/**
 * The directive that a text asks about: `Restart`, `Restart=`, `Restart=always`, `Service.Restart`
 * or `[Service] Restart`.
 */
export function question(text: string): Question {
  const equals = text.indexOf('=')
  const [subject, value] =
    equals === -1 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1).trim()]
  const {
    bracketed,
    dotted,
    key = subject,
  } = /^(?:\[(?<bracketed>[^\]]*)\]|(?<dotted>[^.]*)\.)(?<key>.*)$/s.exec(subject.trimStart())
    ?.groups ?? {}
  return {section: bracketed ?? dotted, key: key.trim(), value: value === '' ? undefined : value}
}
