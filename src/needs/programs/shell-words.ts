import {isAmong} from './lists.ts'

/** Programs that take what looks like operators of shells, and which; all where none are named. */
const ofOperators: ReadonlyArray<{readonly programs: string; readonly operators?: string}> = [
  // These compare (man pages of section 1); `systemd-analyze compare-versions`.
  {programs: 'test [', operators: '< >'},
  {programs: 'expr', operators: '< > | &'},
  {programs: 'dpkg systemd-analyze', operators: '< << > >>'},
  // Filters and rules of networks, and languages of tracers.
  {programs: 'nft tc tcpdump tshark dumpcap ngrep bpftrace stap'},
  // What hands its arguments to a shell, here or elsewhere.
  {programs: 'ssh autossh plink dbclient mosh watch tmux screen parallel eval'},
]

/**
 * Programs of whose arguments some are programs in a language of its own, or for a shell elsewhere.
 */
const ofLanguages =
  'awk gawk mawk nawk sed perl ruby php python python2 python3 node nodejs deno bun lua luajit tclsh wish expect guile emacs emacsclient Rscript julia ' +
  'jq yq psql mysql mariadb sqlite3 redis-cli mongo mongosh influx clickhouse-client envsubst make gmake bpftrace stap gdb lldb vim nvim grep egrep fgrep rg ' +
  'ssh autossh plink dbclient mosh su runuser watch tmux screen parallel eval xterm script flock logger find fd git nginx swaymsg i3-msg bspc osascript ' +
  'expr test [ bc dc sh ash bash dash ksh mksh zsh fish csh tcsh rbash busybox systemd-run tmpreaper gst-launch-1.0 pwsh powershell cron supercronic'

/**
 * Programs that are told files, and know no patterns of them; those of coreutils, and others that
 * are used like them.
 */
const ofFiles =
  'rm cp mv ln ls cat mkdir find tar zip rsync scp chmod chown chgrp chattr setfacl touch rmdir shred truncate du stat head tail wc md5sum sha1sum sha256sum gzip gunzip bzip2 xz zstd ' +
  'setfattr readlink realpath'

/** Programs that make `~` of their arguments the home of the user themselves. */
const ofHomes =
  'rclone syncthing emacs vim nvim offlineimap mbsync aria2c rsnapshot borgmatic git python3 python mpd beet sh bash zsh dash ksh fish'

/**
 * What only shells have: their builtins and words of their grammar (POSIX, 2.4 and 2.14; bash(1)).
 */
const ofShells =
  'cd source export unset ulimit umask set eval if then else elif fi for while until do done case esac function { } ( ) [[ exec trap shift return local declare typeset ' +
  'readonly alias unalias pushd popd shopt exit disown break continue wait'

/** Programs that people write by their bare names behind `;`. */
const common = 'sleep echo rm mkdir true chown chmod touch kill systemctl docker sudo bash sh'

/** Whether a word is the name of a program that people write without its path. */
export function isCommon(word: string): boolean {
  return isAmong(word, common)
}

/** Whether a program takes an operator of shells itself; some of them, where none is given. */
export function takesOperator(program: string, operator?: string): boolean {
  return ofOperators.some(({programs, operators}) => {
    if (!isAmong(program, programs)) return false
    return (
      operators === undefined || operator === undefined || operators.split(' ').includes(operator)
    )
  })
}

/** Whether `$` and back quotes mean something to what a program is given. */
export function takesCode(program: string): boolean {
  return isAmong(program, ofLanguages) || /^(?:python|perl|ruby|php|lua)[0-9.]+$/.test(program)
}

/**
 * The option behind which a program takes the name of one file, of which it makes no pattern; `java
 * -cp` does (java(1)).
 */
export function fileOption(program: string): string | undefined {
  return program === 'java' ? '-jar' : undefined
}

/** Whether a program takes names of files and leaves patterns to the shell. */
export function takesFiles(program: string): boolean {
  return isAmong(program, ofFiles)
}

/** Whether a program knows `~`. */
export function knowsHome(program: string): boolean {
  return isAmong(program, ofHomes)
}

/** Whether a word is one of shells, and no program. */
export function isOfShells(word: string): boolean {
  return isAmong(word, ofShells)
}
