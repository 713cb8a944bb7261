# Who keeps a machine with 300 units: which are exposed, what one of them can bear, as a drop-in that can be taken back.
npm install --silent --global --prefix "$HOME/npm" "$PACKAGE"; PATH=$HOME/npm/bin:$PATH
mkdir --parents image/usr/lib/systemd/system image/etc
set +x; for number in $(seq 300); do printf '[Unit]\nDescription=Job %s\n\n[Service]\nExecStart=/usr/bin/gunicorn --bind 127.0.0.1:8%03d app\nUser=app\n' "$number" "$number" > "image/usr/lib/systemd/system/app-$number.service"; done; set -x
unitlint security --root image --target debian-13 --top 3
unitlint --root image --target debian-13 --preset hardened --fix --fix-to dropin app-7 | tail -n 8
unitlint show --root image app-7.service | grep --before-context 1 ProtectSystem
unitlint security --root image --target debian-13 app-7.service | tail -n 1
unitlint --root image --undo app-7.service
test ! -e image/etc/systemd/system/app-7.service.d/50-unitlint.conf
