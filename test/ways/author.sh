# Who writes a first service, and fears that hardening breaks it.
npm init --yes > npm.log; npm install --silent --save-dev "$PACKAGE"
printf '%s\n' '[Unit]' 'Description=Notes' '' '[Service]' 'ExecStart=/usr/bin/node /srv/notes/server.js' 'Resart=always' '' '[Install]' 'WantedBy=multi-user.target' > notes.service
npx unitlint notes.service || test $? = 1
npx unitlint --fix --unsafe-fixes --fix-only no-unknown-directive notes.service
npx unitlint --diff notes.service
npx unitlint --fix notes.service
npx unitlint why-not PrivateNetwork=yes notes.service
npx unitlint security notes.service | tail -n 1
npx unitlint notes.service
grep -x Restart=always notes.service
