import {readFileSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'

// node test/boot/trust.mjs ROWS... > docs/trust.md: the page about what matrix.sh found, from the
// rows that it printed.
/** @typedef {{suite: string, set: string, way: string, name: string, exposure: number, result: string}} Row */

const systems = new Map([
  ['trixie', 257],
  ['bookworm', 252],
])
const files = process.argv.slice(2)
if (files.length === 0)
  throw new Error('Expected files of rows that matrix.sh has printed: trust.mjs ROWS...')
const known = files.flatMap(rowsOf).filter(({set}) => !set.startsWith('held-back'))
// Of the one run that they had.
const heldBack = rowsOf(path.join(import.meta.dirname, 'held-back.tsv'))
const heldBackAgain = rowsOf(path.join(import.meta.dirname, 'held-back-again.tsv'))
const heldBackThird = rowsOf(path.join(import.meta.dirname, 'held-back-third.tsv'))
const heldBackFifth = rowsOf(path.join(import.meta.dirname, 'held-back-fifth.tsv'))
const heldBackSixth = rowsOf(path.join(import.meta.dirname, 'held-back-sixth.tsv'))
const heldBackSeventh = rowsOf(path.join(import.meta.dirname, 'held-back-seventh.tsv'))
const heldBackEighth = rowsOf(path.join(import.meta.dirname, 'held-back-eighth.tsv'))
const rows = [
  ...known,
  ...heldBack,
  ...heldBackAgain,
  ...heldBackThird,
  ...heldBackFifth,
  ...heldBackSixth,
  ...heldBackSeventh,
  ...heldBackEighth,
]
const suites = [...systems.keys()].filter((suite) => rows.some((row) => row.suite === suite))
const ways = [...new Set(rows.map(({way}) => way))].filter((way) => way !== 'control')

process.stdout.write(`# How far fixes can be trusted

Real services, with the drop-in that \`unitlint --fix --fix-to dropin\` writes with a preset, safe fixes only, under a booted
systemd: started, asked by a client that does the service's work, restarted, and asked again. unitlint saw the unit and the
sockets and timers that start it, and nothing else of the machine; with \`sighted-auto\` it wrote its lines on the machine itself (\`--root /\`,
preset \`auto\`), where it sees scripts, configs and programs. Each way has a boot of its own.

\`\`\`sh
bash test/boot/matrix.sh --suite trixie > trixie.tsv
bash test/boot/matrix.sh --suite bookworm > bookworm.tsv
node test/boot/trust.mjs trixie.tsv bookworm.tsv > docs/trust.md
\`\`\`

It needs root, and ten minutes a system once the root file systems are made. A service is one file below \`test/boot/services\`.
Each has a control, a line or two that must break it, so that it is known that the client sees what is broken.

${summary(known)}
## Service by service

Exposures are those of \`unitlint security\`, on ${suites.map((suite) => systems.get(suite)).join(' · ')}. All works that is not marked **breaks**.

${table(known)}${faults(known)}
## Held back

These were written last, and run once, to see how services fare that nobody had looked at when the fixes were made. What broke of
them was mended since, as kinds: what root does as the machine starts by a program that nobody knows (router), settings that a daemon
keeps in \`/etc\` (slapd). Such a figure can be had once: the rows are those of before.

${summary(heldBack)}
${table(heldBack)}${faults(heldBack)}
## Held back again

Ten more, written after all of the above and after what the boots of the project have programs do without was made evidence, and run once. What
broke was mended since: privoxy of Debian 13 does not start where PCRE may not translate patterns to machine code. The rows are those of
before.

${summary(heldBackAgain)}
${table(heldBackAgain)}${faults(heldBackAgain)}
## Held back a third time

64 more of Debian 13 and of our own, written after all of the above, in three goes of 20, 27 and 17, on systemd 257 alone; what broke in one was mended
before the next. All that broke is of one kind, \`PrivateTmp=\` where others look for something in \`/tmp\`: the socket of pgbouncer where it is told no folder for it,
the pipe that snapserver takes sound from, and a job of our own that sweeps folders there. Mended since: what is known of such programs, and what names say that
remove what others have left. As installed, hypnotoad did not start again once, as its unit left processes of before; gpsd's control was none, and is another
now. Of these services, seven of our own are in the matrix above too. The rows are those of before.

${summary(heldBackThird)}
${table(heldBackThird)}${faults(heldBackThird)}
## Held back a fourth time

45 more, written to find what breaks: 27 of Debian 13 that admins run, and 18 of our own of which each does something that hardening is known to take away,
on systemd 257 alone. The rows are those of the first go, in which eight broke by lines of unitlint's:

- \`RemoveIPC=\` takes the shared memory of all that its user runs besides: PostgreSQL lost its own when a dump by the same user had ended (pg_dump).
- What answers over D-Bus may look up in \`/proc\` who asks (bus-notes), and Debian calls an exporter of processes otherwise than the tables did.
- A helper makes folders with set-group-ID bits (icinga2), \`ping\` gives up capabilities that it does not have (ping-door), and \`ssh\` notes the keys of hosts in
  the home of root (rsync-pull).
- A socket in \`/tmp\` stands in settings that nobody read (tmp-render).
- A program that nobody knows asks for real-time scheduling; where it is in sight, root without \`CAP_KILL\` could not reload it, as it had become another user (metricsd).

All of it was mended, as kinds, but for the real-time scheduling of a program that is not in sight, for which hardly any such service asks (1 of 238): of these
services metricsd alone breaks today, and none with its program in sight. uptimed broke by its client, which is mended; firebird did not answer after a restart
beside all others, once as installed too, and did sixteen times of sixteen by itself.

${summary(heldBackFifth)}
${table(heldBackFifth)}${faults(heldBackFifth)}
## Held back a fifth time

46 more, written after all of the above without a look at what becomes of them, 30 of our own as small shops and hobbyists write them: without a
user or with one, with code in \`/opt\`, \`/srv\` and a home, programs that they compile, sockets that groups may use, jobs of others, \`sudo\`. They were
run once, on systemd 257, when what the set before had shown was mended, and twelve broke in some way. Mended since, as kinds: scripts that are named as they are seen
from \`WorkingDirectory=\`, the modules that scripts load from their folder, and PHP and Lua are read where they are in sight (judge, panel, figures); so are calls that
ask who a peer is (gate), queues and memory that others share (ring), and commands that a script is told (scheduler). Where nothing but the unit is in sight, a
folder below \`/run\` may be for a socket whose peers are asked for (gate), groups are those that files are given to (control-socket), variables in a file may name
a folder of \`/tmp\` (intake, queue-worker), and names tell of more (judge, panel, probe, projects, scheduler, figures). What maintainers say of a service of a user no longer counts for one
that starts as root (mpd). Not mended is ring: nothing in its unit, nor in its name, shows that others share its memory and its queue, and \`PrivateIPC=\` takes
both away where the program is not in sight. The rows are those of before.

${summary(heldBackSixth)}
${table(heldBackSixth)}${faults(heldBackSixth)}
## Held back a seventh time

30 packages of Debian 13 that ship a daemon or a timer's job, drawn by chance, to see how often an ordinary service breaks: the 922 that ship a
service in Debian 12 too, and were in no set before, in the order of the alphabet, were shuffled (Python's \`random.Random(20261129)\`) and taken as they came.
Of the first 59, 29 were left out: 16 want hardware or a kernel of their own, 3 the Internet, 7 are a part of a cloud or a cluster that does nothing by itself, one
wants a screen, one has neither a daemon nor a timer, and one cannot be installed beside another. They were run once, on systemd 257; only the client of biboumi was wrong, as
installed too, and is mended. One of the 30 broke: by \`hardened\` and \`auto\`, the ntpd of NTPsec, which a script starts and which keeps a list of capabilities, all or none, one of which was gone.
One more lost something and went on, told by its journal alone: gdnsd could not set its priority again. Both are mended as kinds, what by its name sets the clock and
what has a \`Nice=\` below zero, and all 30 work since with all presets: mean exposures are 4.72, 3.63, 3.63 and 3.51. The rows are those of before.

The sixth and the fifth set were tried on systemd 252 (Debian 12) then, by what was mended until then. Of the sixth, 44 of 46 work as installed, and with no preset does
another break than ring, which is named above (openvswitch and pdns-recursor of Debian 12 want another client). Of the fifth, which is without the three that
Debian 12 does not have or cannot install there, and was tried with \`auto\` and \`sighted-auto\` alone, 39 of 42 work as installed, 37 and 38 with them: metricsd is named above, and alert-watch,
of which \`journalctl -f\` tells nothing there. That is the container's doing: systemd-nspawn gives it a boot id of its own by a mount on \`/proc/sys/kernel/random/boot_id\`,
which \`ProtectKernelTunables=yes\` or \`ProtectControlGroups=yes\` of 252 mounts away (257 does not), and the journal has nothing of the boot that is seen then; a machine has no
such mount. Journals told of three that work and had lost something: the mode of a folder that a script of init makes (mumble-server),
what \`sudo\` tells the audit (scheduler), and a priority (ulogd2); mended since, as kinds.

${summary(heldBackSeventh)}
${table(heldBackSeventh)}${faults(heldBackSeventh)}
## Held back an eighth time

26 more of our own, as ordinary small teams, packagers and people at home write them, none of them to break: Python, Node, Go, C, Java, Ruby, PHP, Perl and the shell; at the web, in
loops, in queues, by timers, sockets and D-Bus; as daemons of old, of templates, and with what is run before, after and to reload. All were written before unitlint saw one of them, and run once, on
systemd 257; what was wrong with five of their own programs and clients, as installed, was mended before that. Three broke:

- A receiver of what a forge tells (deployhook) runs a script that gives folders set-group-ID bits, by all presets, on the machine too: a file of variables names that script, which was not read.
- What collects logs of others (netlog) makes its folder so by itself, as many of \`/var/log\` are, where it is not in sight.
- A script that tells others its address (dyndns) asks it of \`ip\`, by \`hardened\` and \`auto\` where it is not in sight: \`ip\` calls capset(2) first where it is not root's, which is of \`@privileged\`, and ends.

All three are mended, as kinds: scripts that variables name are read, and programs that settings name are told of; root's \`UMask=0027\` is taken for a sign of folders for a group; \`ip\` of a user
keeps \`@privileged\`, which did break where a unit calls it plainly, too. (Of 87 commands of tools that were run as a user with these calls denied, those of \`ip\` alone minded. A container hides it
in part: the first process of systemd-nspawn may hand capabilities on, that of a machine may not, and \`ip\` does not give up what it is handed on.) What was withheld for no good reason, as SQL was
taken for a command (shop-queue), is not any more. All 26 work since with all presets: mean exposures are 4.50, 3.20, 3.15 and 3.37, the last one higher, as nothing is safe any more for deployhook in
sight, whose script builds what was pulled. The rows are those of before.

${summary(heldBackEighth)}
${table(heldBackEighth)}${faults(heldBackEighth)}
## Packages in numbers, without clients

A set of its own is written in days. So packages were also booted as they come, on systemd 257: of the 698 of Debian 13 that depend on \`init-system-helpers\` or are named as daemons and were in no set,
68 for desktops, clusters and the kernel were left out, the others shuffled (Python's \`random.Random(20261130)\`), and the first 264 taken, twelve to a boot. Of their 303 services 238 work as
installed, without a line of settings. Each was held, started, reloaded, restarted and stopped, against what it is without drop-ins, twice: its state and processes, what it listens on and what it
answers there to two lines, files that it makes, and what its journal complains of (\`test/boot/packages.sh\` does that for any packages). It shows what breaks at once, and no more: nobody does
what the service is there for.

By \`hardened\` 172 of the 238 get lines, and 6 broke (2.5 % of all, by Wilson's interval 1.2 to 5.4 %; mean exposure 8.46, with it 4.66); by \`auto\` with the machine in sight 5 of them. The last 75 were tried when the
first five were mended:

- ejabberd: Erlang makes its cookie with chown(2), which is of \`@privileged\` (not in sight).
- cvsd renices itself, as its settings have it, and ends where it may not: \`@resources\`.
- sndiod raises its priority as root, by \`CAP_SYS_NICE\`, and has its socket below \`/tmp\`.
- pgpool-II has a socket in \`/tmp\`, which nobody found any more.
- Xymon's own client counts memory and processes, by \`/proc\`.
- A-REX of the ARC grid, which runs the jobs of others, had to be killed when it was stopped.

One more lost something and went on: repowerd, \`CAP_WAKE_ALARM\`. All are mended, as kinds: A-REX gets no line any more, and the six others were booted once more and are as installed.

The other 366 were tried with what came of that. Of their 391 services 295 work as installed; by \`hardened\` 223 of these get lines, and 5 broke (1.7 %, 0.7 to 3.9 %; mean exposure 8.37, with it 4.49); by
\`auto\` with the machine in sight 2 of them, hfaxd and tayga:

- yaws is of Erlang too, behind a script of its own name, and makes its cookie.
- HylaFAX's hfaxd makes a \`/dev/null\` in its spool: \`PrivateDevices=\` takes \`CAP_MKNOD\`, which was not counted.
- tayga opens \`/dev/net/tun\`, as its code says.
- gld becomes the user that it is already, by setuid(2), which is of \`@privileged\`.
- ApacheDS moves its settings in \`/etc\` (not in sight: a file of \`EnvironmentFile=\` names them).

Six more lost something and went on: prometheus-smokeping-prober the capability of its file, gssproxy its peers' programs, usbmuxd the mode of a folder, conntrackd its scheduling, Open vSwitch its locked memory, brltty namespaces
of its own. gssproxy's unit says in a comment what it cannot bear, as some seventy units of the corpus and of Debian do: that is read now. All but brltty, of which the lines alone were looked at, were booted once more and are as installed (\`test/boot/packages.sh --ways hardened yaws hylafax-server ...\`). Of both halves 11 of 533 services
broke at first, 2.1 % (1.2 to 3.7 %).

On systemd 252 packages of Debian 12 were tried so as well: of the 51 that it has and Debian 13 has not the 40 that are not for desktops and clusters, and of the others 92, drawn by chance (\`random.Random(20261201)\`, 96, of which four could not be installed beside each other).
Of their 100 services 76 work as installed, 67 of these get lines by \`hardened\`, and one broke: atopacctd needs \`CAP_SYS_PACCT\` to keep accounts, and \`CAP_NET_ADMIN\` to be told of processes that end. One more lost something and went on: Janus, its recordings below
\`/usr/share\` and a socket in \`/tmp\` (two of 67, 3.0 %, 0.8 to 10.2 %). Both were booted again after the mends and are as installed.

Jobs, which timers start and which end by themselves, were tried last. By the index of contents of Debian 12, 509 packages ship a service, are in Debian 13 still and were in no set; 222 of them are not for desktops, clusters, machines
or the kernel, and not of the 698. The 34 with a timer were taken first, the others after them, both shuffled (\`random.Random(20261202)\`), 72 in all. Jobs run twice each: how they end, what they print, which files they make or change.
Of 110 services, 45 of them jobs, 68 and 21 work as installed: without a network, mail or settings most jobs end at once. By \`hardened\` 50 of the 68 get lines, 14 of them jobs, and 3 broke, no job (4.4 % of all, by Wilson's interval 1.5
to 12.2 %; mean exposure 8.52, with it 4.92):

- plinth of FreedomBox does all that it does by \`sudo\`. What administers the whole system gets no line any more: webmin, YunoHost, CasaOS, 1Panel, the middleware of TrueNAS got some twenty each.
- vde_switch of openQA, as a user, gives the folder of its socket an owner, by chown(2) of \`@privileged\`, and a set-group-ID bit, which \`RestrictSUIDSGID=\` denies.
- carbon-c-relay has a socket in \`/tmp\`, which nobody found any more.

The two that still get lines were booted once more and are as installed. More was found by reading what such a boot does not come to, in these packages, in others that are linked with the same libraries, and in jobs of the corpus: RANCID mails
as a user; e2scrub_all, which every Debian has, looks for volumes; SpamAssassin's maintenance and sitesummary run all scripts of a folder; \`kvmd-certbot\` has mounts of its own, and \`pihole -up\` installs; workers of debci use \`sudo\`;
dns-flood-detector captures packets. Each was to lose something by its lines, and an option such as \`--device $X\`, whose value is out of sight, said nothing. All of that is known now, which took 236 of 38,425 safe fixes of the corpus away.

The next of these, 126 of the others, were booted so on systemd 257: of 134 services 95 work as installed, and by \`hardened\` 71 of the 95 get lines (mean exposure 8.51, with it 4.53). Two broke (2.1 %, 0.6 to 7.4 %), both by \`PrivateTmp=\`: zabbix_proxy and FEVER have
the sockets by which they are told in \`/tmp\`. Three more were otherwise in one boot of several, and not by their lines. Reading the lines of the first 48 packages and what their manuals say showed more that such a boot does not come to: Mandos asks by \`fping\`, which has a capability of its file;
oddjobd runs what its configuration has it run; the DHCP daemon of CNI enters the networks of containers; pgBackRest keeps its locks, and uftpd what it receives, in \`/tmp\`; \`osmo-*\` can ask to come before all others; Nagios' checks go by \`sudo\`, which tells the audit; keys of PKCS #11 may be in devices. All of that is known now.

A client that asks twice does not walk every path of a program, and many of these programs are well known. The backup of the
examples is tried with \`backup-job\` by \`test/boot/check.sh\`.
`)

/**
 * @param {string} file
 * @returns {Row[]}
 */
function rowsOf(file) {
  return readFileSync(file, 'utf8').trim().split('\n').map(row)
}

/**
 * @param {string} line
 * @returns {Row}
 */
function row(line) {
  const [suite = '', set = '', way = '', name = '', exposure = '', result = ''] = line.split('\t')
  return {suite, set, way, name, exposure: Number(exposure), result}
}

/**
 * What works and the mean exposure, a line a way and system.
 *
 * @param {readonly Row[]} some
 */
function summary(some) {
  const lines = suites.flatMap((suite) =>
    ways.map((way) => {
      const mine = some.filter((found) => found.suite === suite && found.way === way)
      const works = mine.filter(({result}) => result === 'works').length
      const changed = mine.filter(
        ({name, exposure}) =>
          exposure !==
          some.find(
            (found) => found.suite === suite && found.way === 'plain' && found.name === name,
          )?.exposure,
      )
      if (mine.length === 0) return ''
      const others = way === 'plain' ? '' : `${mean(changed).toFixed(2)} (${changed.length})`
      return `| ${systems.get(suite)} | ${title(way)} | ${works} of ${mine.length} | ${mean(mine).toFixed(2)} | ${others} |\n`
    }),
  )
  const controls = suites.flatMap((suite) => {
    const mine = some.filter((row) => row.suite === suite && row.way === 'control')
    return mine.length === 0
      ? []
      : `${mine.filter(({result}) => result !== 'works').length} of ${mine.length} on ${systems.get(suite)}`
  })
  return `| systemd | | work | mean exposure | of those that get lines |\n|---|---|---|---|---|\n${lines.join('')}\nControls break ${controls.join(', ')}.\n`
}

/**
 * A line a service, a column a way, both systems in a cell.
 *
 * @param {readonly Row[]} some
 */
function table(some) {
  const names = [...new Map(some.map((row) => [row.name, row])).values()].toSorted((a, b) =>
    a.name < b.name ? -1 : 1,
  )
  const tried = ways.filter((way) => some.some((row) => row.way === way))
  const lines = names.map(({name, set}) => {
    const cells = tried.map((way) =>
      suites
        .map((suite) =>
          some.find((row) => row.suite === suite && row.way === way && row.name === name),
        )
        .map((found) =>
          found ? `${found.exposure}${found.result === 'works' ? '' : ' **breaks**'}` : '—',
        )
        .join(' · '),
    )
    return `| ${name} | ${work(set, name)} | ${cells.join(' | ')} |\n`
  })
  return `| service | what it is: what it is asked | ${tried.map(title).join(' | ')} |\n|---|---|${'---|'.repeat(tried.length)}\n${lines.join('')}`
}

/**
 * What broke, and which control did not.
 *
 * @param {readonly Row[]} some
 */
function faults(some) {
  const broken = some.filter(({way, result}) => way !== 'control' && result !== 'works')
  const unbroken = some.filter(({way, result}) => way === 'control' && result === 'works')
  const lines = [
    ...broken.map(
      ({suite, way, name, result}) =>
        `- ${name}, ${systems.get(suite)}, ${title(way)}: ${result.replace('breaks: ', '')}\n`,
    ),
    ...unbroken.map(
      ({suite, name}) => `- ${name}, ${systems.get(suite)}: its control does not break it\n`,
    ),
  ]
  return lines.length === 0 ? '' : `\n${lines.join('')}`
}

/**
 * The first line of a service's file.
 *
 * @param {string} set
 * @param {string} name
 */
function work(set, name) {
  const file = path.join(import.meta.dirname, 'services', set, `${name}.py`)
  return readFileSync(file, 'utf8').match(/^"""(.*)\.(?:""")?$/mu)?.[1] ?? ''
}

/** @param {readonly Row[]} some */
function mean(some) {
  return some.reduce((sum, {exposure}) => sum + exposure, 0) / some.length
}

/** @param {string} way */
function title(way) {
  return way === 'plain' ? 'as installed' : `\`${way}\``
}
