#!/bin/sh
# Neovim, without a screen, with `unitlint lsp` as its language server: bash test/editors/neovim.sh, after `npm run build`. Status 2 where there is no Neovim.
set -eu
command -v nvim > /dev/null || { echo 'No nvim: apt-get install neovim' >&2; exit 2; }
top=$(cd "$(dirname "$0")/../.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
printf '[Service]\nExecStart=/usr/bin/web\nRestart=alway\n' > "$folder/web.service"
export UNITLINT_FOLDER="$folder" UNITLINT_CLI="${UNITLINT_CLI:-$top/dist/cli.js}" HOME="$folder" XDG_CONFIG_HOME="$folder" XDG_STATE_HOME="$folder" XDG_DATA_HOME="$folder"
exec_lua="luafile $top/test/editors/neovim.lua"
timeout 120 nvim --headless -u NONE -n -c "$exec_lua" < /dev/null
