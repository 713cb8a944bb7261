# Who packages services in GitLab: what a merge request changes is linted, and shown as code quality.
git init --quiet --initial-branch main .; git config user.name packager; git config user.email packager@example.org
mkdir debian; printf '%s\n' '[Service]' 'ExecStart=/usr/sbin/old' 'Type=smiple' > debian/old.service
git add .; git commit --quiet --message 'old'; base=$(git rev-parse HEAD)
printf '%s\n' '[Service]' 'ExecStart=/usr/sbin/new' 'PrivateTmp=maybe' > debian/new.service
git add .; git commit --quiet --message 'new'
cp "$TOP/docs/ci/gitlab.yml" .gitlab-ci.yml
# What GitLab's runner does with it.
node --input-type=module --eval 'import {readFileSync} from "node:fs"; import {createRequire} from "node:module"; const {parse} = createRequire(process.env.TOP + "/")("yaml"); console.log(parse(readFileSync(".gitlab-ci.yml", "utf8")).unitlint.script.join("\n"))' > job.sh
CI_MERGE_REQUEST_DIFF_BASE_SHA=$base UNITLINT_PATHS=. UNITLINT_OPTIONS= UNITLINT_PACKAGE=file:$PACKAGE bash job.sh || test $? = 1
grep --only-matching '"check_name":"[^"]*"\|"path":"[^"]*"' gl-code-quality-report.json
test -z "$(grep old.service gl-code-quality-report.json)"
