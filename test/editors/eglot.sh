#!/bin/sh
# Emacs, without a screen, with `unitlint lsp` as the language server of eglot: sh test/editors/eglot.sh, after `npm run build`. Status 2 where there is no Emacs with eglot.
set -eu
command -v emacs > /dev/null || { echo 'No emacs: apt-get install emacs-nox elpa-eglot' >&2; exit 2; }
[ -d /usr/share/emacs/site-lisp/elpa ] || { echo 'No eglot: apt-get install elpa-eglot' >&2; exit 2; }
top=$(cd "$(dirname "$0")/../.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/.emacs.d"
printf '[Service]\nExecStart=/usr/bin/web\nRestart=alway\n' > "$folder/web.service"
export UNITLINT_FOLDER="$folder" UNITLINT_CLI="${UNITLINT_CLI:-$top/dist/cli.js}" HOME="$folder"
timeout 120 emacs --batch -Q -l "$top/test/editors/eglot.el" < /dev/null
