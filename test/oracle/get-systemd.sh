#!/usr/bin/env bash
# get-systemd.sh [--into FOLDER] [SUITE...]
#
# Puts the systemd-analyze of Debian releases into FOLDER/VERSION/ (default: .oracle/ of this repository, where the tests look),
# without touching the apt, dpkg, or systemd of this machine:
#
#   bullseye 247, bookworm 252, bookworm-backports 254, trixie 257, newest: the highest of forky, sid, and experimental
#
# Each FOLDER/VERSION/ holds root/ (systemd and all that it depends on, unpacked), systemd-analyze (runs it with its own loader,
# libraries, and system units), and info (suite and package version; its presence means that the rest is complete).
#
# A version that is there is left alone unless FORCE=1. Needs apt, on amd64; no root. MIRROR and SECURITY_MIRROR override the
# archives that apt uses here; JOBS is how many suites are fetched at once (default 3).
set -euo pipefail

folder=$(dirname "$(readlink -f "$0")")/../../.oracle
suites=()
while [ $# -gt 0 ]; do
  case $1 in
    --into) folder=$2; shift 2 ;;
    -h | --help) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
    -*) echo "get-systemd: unknown option $1" >&2; exit 2 ;;
    *) suites+=("$1"); shift ;;
  esac
done
[ ${#suites[@]} -gt 0 ] || suites=(bullseye bookworm bookworm-backports trixie newest)

archives=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | sort -u)
mirror=${MIRROR:-$(grep -m1 '/debian/*$' <<<"$archives" || true)}
security=${SECURITY_MIRROR:-$(grep -m1 'debian-security/*$' <<<"$archives" || true)}
[ -n "$mirror" ] || { echo 'get-systemd: apt knows no Debian archive here, set MIRROR' >&2; exit 1; }
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

# Libraries that systemd opens when it needs them, so that no package depends on them. Without libseccomp it knows no system call.
# A name that a suite does not know is skipped.
opened=(libseccomp2 libmount1 libblkid1 libacl1 libselinux1 libpcre2-8-0 libkmod2 libapparmor1
  libaudit1 libcrypt1 libpam0g libidn2-0 libgcrypt20 libgpg-error0 liblz4-1 libzstd1 liblzma5)

# Parts of systemd that Debian splits off, for their units.
parts=(udev systemd-resolved systemd-timesyncd systemd-cryptsetup)

mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
work=$folder/.work
mkdir -p "$work"

# The lines of sources.list for a suite.
sources() {
  local options="[arch=amd64 signed-by=$keyring]" suite
  [ -r "$keyring" ] || options='[arch=amd64 trusted=yes]'
  case $1 in
    bookworm-backports) for suite in bookworm bookworm-backports; do echo "deb $options $mirror $suite main"; done ;;
    newest) for suite in forky sid experimental; do echo "deb $options $mirror $suite main"; done ;;
    *) echo "deb $options $mirror $1 main" ;;
  esac
  [ "$1" != bullseye ] || [ -z "$security" ] || echo "deb $options $security bullseye-security main"
}

# The release that systemd itself is taken from, where a suite has several.
preferences() {
  case $1 in
    bookworm-backports) printf 'Package: src:systemd\nPin: release n=bookworm-backports\nPin-Priority: 900\n' ;;
    newest) printf 'Package: src:systemd\nPin: release n=experimental\nPin-Priority: 500\n' ;;
  esac
}

# An apt of its own for a suite, with nothing installed, so that it fetches all that systemd depends on.
private_apt() {
  local own=$work/$1
  mkdir -p "$own"/{lists/partial,cache/archives/partial}
  sources "$1" >"$own/sources.list"
  preferences "$1" >"$own/preferences"
  : >"$own/status"
  cat >"$own/apt.conf" <<CONF
Dir::Etc "$own";
Dir::Etc::main "/dev/null";
Dir::Etc::parts "/dev/null";
Dir::Etc::sourcelist "$own/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "$own/preferences";
Dir::Etc::preferencesparts "/dev/null";
Dir::State "$own";
Dir::State::lists "$own/lists";
Dir::State::status "$own/status";
Dir::Cache "$own/cache";
Dir::Log "$own";
APT::Architecture "amd64";
APT::Architectures { "amd64"; };
APT::Install-Recommends "false";
APT::Sandbox::User "";
APT::Update::Post-Invoke-Success "";
Acquire::Languages "none";
Acquire::Check-Valid-Until "false";
Acquire::Retries "3";
Debug::NoLocking "true";
CONF
  export APT_CONFIG=$own/apt.conf
}

# Unpacks a package without what no program here reads.
unpack() {
  dpkg-deb --fsys-tarfile "$1" | tar -x -C "$2" --no-same-owner --keep-directory-symlink \
    --exclude='./usr/share' --exclude='./usr/sbin' --exclude='./sbin' --exclude='./bin' \
    --exclude='./var' --exclude='./etc' --exclude='*/udev' --exclude='*/gconv' --exclude='*/perl*' \
    --exclude='*/security' --exclude='*/engines-*' --exclude='*/ossl-modules' --exclude='*/catalog'
  find "$2/usr/bin" ! -type d ! -name systemd-analyze -delete
}

# Writes the systemd-analyze that runs the one in root/. It finds its paths when it runs, so that the folder can be moved. Units
# that others name come from the tree unless SYSTEMD_UNIT_PATH says otherwise.
wrap() {
  cat >"$1/systemd-analyze" <<'WRAP'
#!/bin/sh
root=$(cd "$(dirname "$0")" && pwd)/root
lib=$root/usr/lib
manager=system
for word; do [ "$word" != --user ] || manager=user; done
export SYSTEMD_UNIT_PATH="${SYSTEMD_UNIT_PATH-$lib/systemd/$manager}" XDG_RUNTIME_DIR="${XDG_RUNTIME_DIR:-/tmp}"
export SYSTEMD_PAGER= SYSTEMD_COLORS=0 SYSTEMD_LOG_COLOR=0 LC_ALL="${LC_ALL-C.UTF-8}"
exec "$lib/x86_64-linux-gnu/ld-linux-x86-64.so.2" --inhibit-cache \
  --library-path "$lib/x86_64-linux-gnu:$lib/x86_64-linux-gnu/systemd:$lib/systemd" "$root/usr/bin/systemd-analyze" "$@"
WRAP
  chmod +x "$1/systemd-analyze"
}

get() {
  local suite=$1 name deb version there tree=$work/$1/tree wanted=()
  there=$(grep -lsx "suite=$suite" "$folder"/*/info | head -1 || true)
  if [ -n "$there" ] && [ -z "${FORCE:-}" ]; then
    echo "$suite: in $(dirname "$there") already"
    return
  fi
  private_apt "$suite"
  apt-get -qq update
  version=$(apt-cache policy systemd | sed -n 's/^ *Candidate: //p')
  for name in "${opened[@]}" "${parts[@]}"; do
    [ -z "$(apt-cache showpkg "$name" 2>/dev/null)" ] || wanted+=("$name")
  done
  if ! apt-get -qq -y --download-only install systemd "${wanted[@]}" >"$work/$suite/log" 2>&1; then
    tail -5 "$work/$suite/log" >&2
    [ "$suite" = newest ] || return 1
    # sid moves on within hours, and a mirror may have dropped what its index still names.
    echo 'newest: taking forky' >&2
    get forky
    sed -i 's/^suite=forky$/suite=newest/' "$(grep -lx suite=forky "$folder"/*/info)"
    return
  fi
  rm -rf "$tree"
  # /lib is /usr/lib from the start, so that old packages and new ones meet in one place.
  mkdir -p "$tree"/root/usr/{bin,lib,lib64}
  for name in lib lib64; do ln -s "usr/$name" "$tree/root/$name"; done
  for deb in "$work/$suite"/cache/archives/*.deb; do unpack "$deb" "$tree/root"; done
  wrap "$tree"
  "$tree/systemd-analyze" --version >/dev/null
  rm -rf "${folder:?}/${version%%[.~-]*}"
  mv "$tree" "$folder/${version%%[.~-]*}"
  printf 'suite=%s\nversion=%s\n' "$suite" "$version" >"$folder/${version%%[.~-]*}/info"
  rm -rf "${work:?}/$suite"
  echo "$suite: systemd $version in $folder/${version%%[.~-]*}"
}

# Some at a time; the exit status is that of the worst of them.
failed=0 running=0
for suite in "${suites[@]}"; do
  if [ $running -ge "${JOBS:-3}" ]; then
    wait -n || failed=1
    running=$((running - 1))
  fi
  get "$suite" &
  running=$((running + 1))
done
while [ $running -gt 0 ]; do
  wait -n || failed=1
  running=$((running - 1))
done
rmdir "$work" 2>/dev/null || true
exit $failed
