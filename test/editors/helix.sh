#!/bin/bash
# Helix in a terminal of its own, with `unitlint lsp` as docs/editors.md sets it up: bash test/editors/helix.sh, after `npm run build`.
# HX names another program than `hx`. Status 2 where there is no Helix or no tmux.
set -eu
hx=${HX:-hx}
command -v "$hx" > /dev/null && command -v tmux > /dev/null || { echo 'No hx or no tmux: apt-get install hx tmux, from Debian 13 on' >&2; exit 2; }
top=$(cd "$(dirname "$0")/../.." && pwd)
folder=$(mktemp -d)
export HOME=$folder TMUX_TMPDIR=$folder TERM=xterm-256color
mux() { tmux -f /dev/null -L helix "$@"; }
trap 'mux kill-server; rm -rf "$folder"' EXIT
mkdir -p "$folder/bin" "$folder/.config/helix"
printf '#!/bin/sh\nexec node "%s" "$@"\n' "${UNITLINT_CLI:-$top/dist/cli.js}" > "$folder/bin/unitlint"
chmod +x "$folder/bin/unitlint"
sed -n '/^## Helix/,/^## /{/^```toml/,/^```/{/^```/d;p}}' "$top/docs/editors.md" > "$folder/.config/helix/languages.toml"
printf '[Service]\n ExecStart=/usr/bin/web\nRestart=alway\n' > "$folder/web.service"

# Waits until a text is on the screen.
shows() {
  for _ in $(seq 100); do
    if mux capture-pane -p | grep -qF -- "$2"; then echo "ok: $1"; return; fi
    sleep 0.2
  done
  echo "not ok: $1" >&2
  mux capture-pane -p >&2
  exit 1
}
# Types keys, each by itself: Escape right before another means Alt.
types() {
  for key; do
    mux send-keys "$key"
    sleep 0.2
  done
}
mux new-session -d -x 150 -y 45 "cd '$folder' && PATH='$folder/bin:$PATH' '$hx' web.service"
shows 'finds what is wrong' 'Expected `NoNewPrivileges=yes`'
types ':' 'goto 3' Enter g l
shows 'tells of a value' '`alway`'
types Space k
shows 'says what a directive does' 'Says after which kinds of end'
types Escape Space a
shows 'offers a fix' 'Write `always`'
types Enter Enter
shows 'fixes' 'Restart=always'
types Escape o 'KillM'
shows 'completes' 'KillMode'
types Escape Escape u ':' 'format' Enter
shows 'formats' '2  ExecStart=/usr/bin/web'
