"""A game's server in tmux, a user's: a command typed into it by another."""
import time

from client import USER, fresh, run

packages = 'tmux'
control = 'PrivateTmp=yes'
files = {
    '/etc/systemd/system/tmux-game.service': f"""[Unit]
Description=Game
After=network.target

[Service]
Type=forking
User={USER}
WorkingDirectory=/opt/game
ExecStart=/usr/bin/tmux new-session -d -s game '/opt/game/run'
ExecStop=/usr/bin/tmux send-keys -t game 'stop' Enter
ExecStop=/bin/sleep 1
KillMode=none

[Install]
WantedBy=multi-user.target
""",
    '/opt/game/run': '#!/bin/bash\nwhile read -r word; do case $word in stop) exit ;; *) date > "saves-$word" ;; esac; done\n',
}


def prepare():
    run('chown', '-R', f'{USER}:{USER}', '/opt/game')


def ask():
    run('runuser', '-u', USER, '--', 'tmux', 'send-keys', '-t', 'game', 'x', 'Enter', check=True, cwd='/')
    time.sleep(0.5)
    fresh('/opt/game/saves-x')
