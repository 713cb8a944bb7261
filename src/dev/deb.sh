#!/bin/bash
# bash src/dev/deb.sh: make a package for Debian and its like of build/unitlint, with the manual page and completions: build/unitlint_VERSION_amd64.deb.
set -euo pipefail
cd "$(dirname "$0")/../.."
version=$(node --print 'require("./package.json").version')
author=$(node --print 'require("./package.json").author')
date=$(git log -1 --format=%cD 2> /dev/null || date -R)
export SOURCE_DATE_EPOCH=$(date -d "$date" +%s)
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
chmod 755 "$root"
put() { install -D -m "$1" "$2" "$root/$3"; }

put 755 build/unitlint usr/bin/unitlint
put 644 docs/unitlint.1 usr/share/man/man1/unitlint.1
put 644 docs/completions/unitlint.bash usr/share/bash-completion/completions/unitlint
put 644 docs/completions/_unitlint usr/share/zsh/vendor-completions/_unitlint
put 644 docs/completions/unitlint.fish usr/share/fish/vendor_completions.d/unitlint.fish
put 644 dist/facts.json usr/share/unitlint/facts.json
put 644 dist/facts-schema.json usr/share/unitlint/facts-schema.json
put 644 dist/licenses.txt usr/share/doc/unitlint/licenses.txt
doc=$root/usr/share/doc/unitlint
{
  echo 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/'
  echo 'Upstream-Name: unitlint'
  echo 'Comment: The executable has Node.js in it; its licence and those of what it is made of are in its own distribution.'
  echo ' The licences of the packages in it are in licenses.txt beside this file.'
  echo
  echo 'Files: *'
  sed -n "s/^Copyright (c) /Copyright: /p" LICENSE
  echo 'License: MIT'
  sed -n '/^Permission/,$p' LICENSE | sed 's/^$/./; s/^/ /'
} > "$doc/copyright"
printf 'unitlint (%s) unstable; urgency=medium\n\n  * See CHANGELOG.md of unitlint %s.\n\n -- %s <unitlint@packages.invalid>  %s\n' "$version" "$version" "$author" "$date" > "$doc/changelog"
mkdir -p "$root/usr/share/lintian/overrides"
# Node brings its libraries with it, which is what it is one file for.
printf 'unitlint: embedded-library\nunitlint: hardening-no-pie\nunitlint: unstripped-binary-or-object\n' > "$root/usr/share/lintian/overrides/unitlint"
gzip -9n "$doc/changelog" "$root/usr/share/man/man1/unitlint.1"

# PREFIX: the newest version of these symbols that the executable asks for.
newest() { readelf --version-info --wide "$root/usr/bin/unitlint" | grep -oE "\b$1[0-9.]+" | sed "s/$1//" | sort -Vu | tail -1; }
mkdir "$root/DEBIAN"
cat > "$root/DEBIAN/control" << CONTROL
Package: unitlint
Version: $version
Architecture: $(dpkg --print-architecture)
Maintainer: $author <unitlint@packages.invalid>
Installed-Size: $(du -sk --exclude=DEBIAN "$root" | cut -f1)
Depends: libc6 (>= $(newest GLIBC_)), libgcc-s1 | libgcc1, libstdc++6 (>= 5)
Suggests: systemd
Section: admin
Priority: optional
Description: lint, harden and fix systemd unit files
 Tells what systemd does not take of unit files, what versions of it take
 otherwise, and what would harden services; fixes it where it is told to, and
 leaves out what a service is known to need.
 .
 It needs no systemd, no root and no Node.js.
CONTROL
(cd "$root" && find usr -type f -print0 | sort -z | xargs -0 md5sum > DEBIAN/md5sums)
find "$root" -type d -exec chmod 755 {} +
find "$root" -newermt "$date" -exec touch --no-dereference --date="$date" {} +
dpkg-deb --root-owner-group -Zxz -z1 --build "$root" build > /dev/null
ls build/*.deb
