import {meantAmong} from './enums.ts'
import type {Validator} from './fault.ts'
import {expand, specifierFault} from './expansion.ts'
import {fieldAt, fieldFault, splittingFault} from './fields.ts'
import {quote} from './quote.ts'

/** Words that are file systems or groups of them: `RestrictFileSystems=` (systemd.exec(5)). */
export const filesystemList: Validator = function* (value, {version}) {
  for (let at: number | undefined = value.startsWith('~') ? 1 : 0; at !== undefined;) {
    const field = fieldAt(value, at, version, {quotes: true})
    if (!field) return
    if ('fault' in field) {
      yield splittingFault(field)
      return
    }
    if (field.text.startsWith('@') && !groups.includes(field.text))
      yield fieldFault(
        field,
        `Unexpected group ${quote(field.text)}, expected one such as \`@basic-api\``,
        'word',
        meantAmong(field.text, groups),
      )
    at = field.next
  }
}

/** `user.NAME=VALUE`: `XAttrListen=` (systemd.socket(5)). */
export const xattr: Validator = function* (value, context) {
  const equals = value.indexOf('=')
  const name = {start: 0, end: equals}
  if (equals === -1) {
    yield fieldFault(
      {start: 0, end: value.length},
      `Unexpected ${quote(value)}, expected \`user.NAME=VALUE\``,
      'line',
    )
    return
  }
  const expanded = expand(value.slice(0, equals), context, 'full')
  if (expanded === undefined) yield specifierFault(value, name, context, 'line')
  else if (!expanded.startsWith('user.'))
    yield fieldFault(
      name,
      `Unexpected ${quote(value.slice(0, equals))}, expected a name that begins with \`user.\``,
      'line',
    )
  else if (expand(value.slice(equals + 1), context, 'full') === undefined)
    yield specifierFault(value, {start: equals + 1, end: value.length}, context, 'line')
}

/** `systemd-analyze filesystems`; they are the same in all versions that know them. */
const groups: readonly string[] =
  '@anonymous @application @auxiliary-api @basic-api @common-block @historical-block @known @network @privileged-api @security @temporary'.split(
    ' ',
  )
