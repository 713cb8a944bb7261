# zsh zsh.zsh DIR LINE: complete a line in an interactive zsh, and print what is offered.
zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z "PROMPT= RPROMPT=; fpath=($1 \$fpath); autoload -Uz compinit; compinit -u -D; LISTMAX=1000; zstyle ':completion:*' list-grouped no; unsetopt menucomplete automenu; setopt autolist nolistbeep; stty -echo; print RE''ADY"
zpty -r z out '*READY*' 
zpty -w -n z "$2"$'\t'
sleep 1
zpty -w -n z $'\t'
sleep 2
while zpty -r -t z line; do print -rn -- $line; done
zpty -d z
