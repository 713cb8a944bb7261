#!/bin/bash
# bash test/pre-commit.sh: the real pre-commit installs the hook from a fresh clone of this repository, of its branch `built` as well, and npm the package from
# git. Needs pre-commit, npm and its registry; without pre-commit ends with 2.
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
command -v pre-commit > /dev/null || { echo 'test/pre-commit.sh: expected pre-commit' >&2; exit 2; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
export PRE_COMMIT_HOME=$scratch/home

git clone --quiet "$top" clone
(cd clone && ln -s "$top/node_modules" node_modules && npm run --silent built-branch && rm node_modules)
git init --quiet user
cd user
printf '[Service]\nExecStart=/usr/bin/example\nRestrat=always\n' > a.service
git add .
main=$(git -C ../clone rev-parse HEAD)
for branch in built "$main"; do
  git -C ../clone checkout --quiet --detach "$branch"
  status=0
  pre-commit try-repo ../clone unitlint --all-files > ../said || status=$?
  [ $status = 1 ] && grep -q 'did you mean `Restart`?' ../said || { cat ../said; exit 1; }
done
mkdir ../package ../prefix
(cd ../package && npm init --yes > /dev/null && npm install --silent --no-audit --no-fund "git+file://$scratch/clone#built" && npx unitlint --version)
npm install --silent --global --no-audit --no-fund --prefix "$scratch/prefix" "git+file://$scratch/clone#built"
"$scratch/prefix/bin/unitlint" --version
echo 'pre-commit and npm install it from git'
