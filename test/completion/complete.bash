# bash complete.bash FILE WORD...: complete the last word as bash does with bash-completion's loader, and print what is offered, a line each.
[ ! -f /usr/share/bash-completion/bash_completion ] || source /usr/share/bash-completion/bash_completion
source "$1"
shift
# As complete -F says, which is how bash finds it.
[[ $(complete -p unitlint) =~ -F\ ([_a-z]+)\ unitlint ]] || exit 1
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE} COMPREPLY=()
"${BASH_REMATCH[1]}" unitlint "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
printf '%s\n' "${COMPREPLY[@]}"
