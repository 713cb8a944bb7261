# A platform team: a rule and a standard of their own in a package, a gate in CI, what is there today let be.
npm init --yes > npm.log; npm install --silent --save-dev "$PACKAGE"
npx unitlint new-rule require-memory-max --js
printf '%s\n' "import {rules} from './rules/index.mjs'" 'export default {rules}' > plugin.mjs
printf '%s\n' '{"extends": ["recommended"], "targets": ["debian-12", "debian-13"], // what we run' ' "plugins": {"own": "./plugin.mjs"}, "rules": {"own/require-memory-max": "error"},}' > unitlint.config.json
mkdir units; printf '%s\n' '[Service]' 'ExecStart=/usr/bin/old' > units/old.service
npx unitlint units || test $? = 1
npx unitlint units --baseline known.json --update-baseline
npx unitlint units --baseline known.json
printf '%s\n' '[Service]' 'ExecStart=/usr/bin/new' > units/new.service
if npx unitlint units --baseline known.json; then exit 1; else test $? = 1; fi
npx unitlint print-config units/new.service | grep --after-context 1 'own/require-memory-max'
