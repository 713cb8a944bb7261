import {fileTypes} from '../../facts/unit-types.ts'
import type {Described} from './grammars.ts'
import {argumentsOf, typedOptions} from './words.ts'
import type {Expected} from './words.ts'

/** The completion of all commands for bash: a function, and that it is for `unitlint`. */
export function bash(all: readonly Described[]): string {
  const named = all.filter(({name}) => name !== '')
  const lists = new Map<string, string>()
  const list = (words: readonly string[]): string => {
    const text = words.join(' ')
    const known = lists.get(text) ?? `_unitlint_words_${lists.size}`
    lists.set(text, known)
    return known
  }
  const cases = all.flatMap((command) => commandCases(command, list))
  const begin = named.map(({name}) => name)
  return `# Completion of unitlint for bash. Made by \`npm run generate\`. Do not edit.

_unitlint_files() { # units, all or folders
  local file IFS=$'\\n'
  compopt -o filenames 2> /dev/null
  for file in $(compgen -f -- "$cur"); do
    if [[ -d $file || ($1 == all || $1 == units && $file =~ \\.(${fileTypes.join('|')})$|\\.d/[^/]*\\.conf$) && $1 != folders ]]; then COMPREPLY+=("$file"); fi
  done
}

_unitlint() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} command=
  # bash takes --preset=strict for three words.
  if [[ $cur == = ]]; then cur=; elif [[ $prev == = ]]; then prev=\${COMP_WORDS[COMP_CWORD - 2]}; fi
  if ((COMP_CWORD > 1)); then
    case \${COMP_WORDS[1]} in ${begin.join(' | ')}) command=\${COMP_WORDS[1]} ;; esac
  fi
  COMPREPLY=()
  case $command:$prev in
${cases.join('\n')}
  esac
  case $cur:$command in
${all.map(({name, ...rest}) => `    -*:${name}) COMPREPLY=($(compgen -W "$${list(typedOptions({name, ...rest}).map(({text}) => text))}" -- "$cur")) ;;`).join('\n')}
${all.map((command) => `    *:${command.name}) ${reply(argumentsOf(command), list)} ;;`).join('\n')}
  esac
  if ((COMP_CWORD == 1)) && [[ $cur != -* ]]; then COMPREPLY+=($(compgen -W '${begin.join(' ')}' -- "$cur")); fi
}

${[...lists].map(([text, name]) => `${name}='${text}'`).join('\n')}
complete -F _unitlint unitlint
`
}

function commandCases(command: Described, list: (words: readonly string[]) => string): string[] {
  return typedOptions(command).flatMap(({text, values}) =>
    values ? [`    ${command.name}:${text}) ${reply(values, list)}; return ;;`] : [],
  )
}

function reply({words, files}: Expected, list: (words: readonly string[]) => string): string {
  const parts = [
    ...(words.length > 0 ? [`COMPREPLY=($(compgen -W "$${list(words)}" -- "$cur"))`] : []),
    ...(files === 'none' ? [] : [`_unitlint_files ${files}`]),
  ]
  return parts.length > 0 ? parts.join('; ') : ':'
}
