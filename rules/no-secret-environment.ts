import {defineRule, lines, partOf, values} from 'unitlint/rule'

const secretName =
  /(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIALS?)(?:$|_(?!FILE|PATH|DIR|URL|URI|COMMAND|CMD|NAME|ID|TTL|TIMEOUT|LENGTH|HEADER|EXPIR))/i
/** In each of them, in capitals. */
const words = ['PASS', 'SECRET', 'TOKEN', 'KEY', 'CREDENTIAL']
/** Words that stand for a secret, name where it is, or say that there is none. */
const placeholder =
  /^(?:|[<$@{%[].*|.*[>}]|x+(?:[:._-]x+)*|\*+|(?:your|change|replace|insert|todo|example|dummy|placeholder)(?:\b|_).*|(?:my|none|null|true|false|yes|no)\b.*|changeme.*|[/.~].*|[0-9]{1,5}|.*(?:_here|-here))$/i

export default defineRule({
  id: 'no-secret-environment',
  directives: ['Environment'],
  summary: 'Keep secrets out of `Environment=`',
  why: 'Every user can read it with `systemctl show`, and every child process inherits it.',
  unless: 'The value is no secret, whatever its name.',
  on: lines('Environment'),
  messages: {
    secret:
      'Unexpected secret `{name}` in `Environment=`, expected `LoadCredential=` or `EnvironmentFile=`',
  },
  *check(unit) {
    if (!unit.isReadable) return
    // Who can read the file reads what later lines override, too.
    for (const line of unit.written('Environment')) {
      for (const {text, start, end} of values.splitWords(line.value, 'escapes').words) {
        const equals = text.indexOf('=')
        if (equals < 1) continue
        const name = text.slice(0, equals)
        if (!words.some((word) => name.toUpperCase().includes(word))) continue
        if (!secretName.test(name) || placeholder.test(text.slice(equals + 1))) continue
        yield {message: 'secret', data: {name}, at: partOf(line, {start, end})}
      }
    }
  },
  examples: {
    bad: ['[Service]\nExecStart=/usr/bin/example\nEnvironment=DB_PASSWORD=hunter2-and-more\n'],
    good: [
      '[Service]\nExecStart=/usr/bin/example\nEnvironment=DB_PASSWORD_FILE=/etc/example/password\nLoadCredential=token:/etc/example/token\n',
    ],
  },
})
