import {fileTypes} from '../../facts/unit-types.ts'
import type {Described} from './grammars.ts'
import {argumentsOf, typedOptions} from './words.ts'
import type {Expected, TypedOption} from './words.ts'

/** The completion of all commands for fish. */
export function fish(all: readonly Described[]): string {
  const named = all.filter(({name}) => name !== '')
  return `# Completion of unitlint for fish. Made by \`npm run generate\`. Do not edit.

function __unitlint_command
    set -l words (commandline -opc)
    if set -q words[2]; and contains -- $words[2] ${named.map(({name}) => name).join(' ')}
        echo $words[2]
    end
end

function __unitlint_is
    test "$argv[1]" = (__unitlint_command | string collect -a)
end

function __unitlint_units
    for file in (__fish_complete_path (commandline -ct))
        set -l name (string split -f 1 \\t -- $file)
        if string match -qr '/$|\\.(${fileTypes.join('|')})$|\\.d/[^/]*\\.conf$' -- $name
            echo $name
        end
    end
end

complete -c unitlint -f
${named.map(({name, summary}) => `complete -c unitlint -n 'test (count (commandline -opc)) -eq 1' -a ${name} -d ${quoted(summary)}`).join('\n')}
${all.flatMap((command) => [...typedOptions(command).map((typed) => option(command.name, typed)), argument(command)]).join('\n')}
`
}

function option(command: string, {text, describe, values}: TypedOption): string {
  const name = text.startsWith('--') ? `-l ${text.slice(2)}` : `-s ${text.slice(1)}`
  return `complete -c unitlint -n '__unitlint_is "${command}"' ${name} -d ${quoted(describe)}${values ? ` -x${candidates(values)}` : ''}`
}

function argument(command: Described): string {
  const its = candidates(argumentsOf(command))
  return its === '' ? '' : `complete -c unitlint -n '__unitlint_is "${command.name}"'${its}`
}

function candidates({words, files}: Expected): string {
  const its = {
    none: '',
    units: '(__unitlint_units)',
    all: '(__fish_complete_path (commandline -ct))',
    folders: '(__fish_complete_directories)',
  }[files]
  const all = [...words, ...(its === '' ? [] : [its])].join(' ')
  return all === '' ? '' : ` -a ${quoted(all)}`
}

function quoted(text: string): string {
  return `'${text.replaceAll(/[\\']/g, '\\$&')}'`
}
