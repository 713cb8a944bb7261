import {fileTypes} from '../../facts/unit-types.ts'
import type {Described} from './grammars.ts'
import {argumentsOf, typedOptions} from './words.ts'
import type {Expected, TypedOption} from './words.ts'

/** The completion of all commands for zsh, to be a file `_unitlint` in a folder of `fpath`. */
export function zsh(all: readonly Described[]): string {
  const named = all.filter(({name}) => name !== '')
  return `#compdef unitlint
# Completion of unitlint for zsh. Made by \`npm run generate\`. Do not edit.

_unitlint_units() {
  _files -g '*.(${fileTypes.join('|')}|conf)(-.)'
}

_unitlint_commands() {
  local -a known
  known=(
${named.map(({name, summary}) => `    ${quoted(`${name}:${summary}`)}`).join('\n')}
  )
  _describe -t commands command known
}

_unitlint() {
  local command=$words[2]
  case $command in
${named.map((command) => `    ${command.name})\n      words=("$words[1]" "\${(@)words[3,-1]}")\n      ((CURRENT--))\n${specs(command)}\n      ;;`).join('\n')}
    *)
${all.flatMap((command) => (command.name === '' ? [specs(command)] : [])).join('\n')}
      ;;
  esac
}

_unitlint_first() {
  _alternative 'commands:command:_unitlint_commands' 'units:unit:_unitlint_units'
}

if [[ $funcstack[1] == _unitlint ]]; then _unitlint "$@"; else compdef _unitlint unitlint; fi
`
}

function specs(command: Described): string {
  const lines = typedOptions(command).map((typed) => `        ${quoted(spec(typed))} \\`)
  const rest =
    command.name === ''
      ? `'1: :_unitlint_first' '*: :_unitlint_units'`
      : quoted(`*: :${action(argumentsOf(command))}`)
  return `      _arguments -s \\\n${lines.join('\n')}\n        ${rest}`
}

function spec({text, describe, values}: TypedOption): string {
  const said = describe.replaceAll(/[[\]:\\]/g, '\\$&')
  if (!values) return `*${text}[${said}]`
  return `*${text}${text.startsWith('--') ? '=' : '+'}[${said}]: :${action(values)}`
}

function action({words, files}: Expected): string {
  const known =
    words.length > 0
      ? `(${words.map((word) => word.replaceAll(/[():\\]/g, '\\$&')).join(' ')})`
      : ''
  const its = {none: '', units: '_unitlint_units', all: '_files', folders: '_files -/'}[files]
  if (known === '' || its === '') return known || its || ' '
  return `{_alternative "words:word:${known}" "files:file:${its}"}`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
