import {upTo} from '../../syntax/text.ts'

/** A module that code of Python loads. */
export interface LoadedModule {
  readonly name: string
  /** It comes with Python, and does no more than what its own text says. */
  readonly isOfPython: boolean
}

/**
 * The modules that code of Python loads, where its text shows all of them: it is handed to
 * no loader by a name that is only known while it runs, and starts no program; undefined elsewhere.
 *
 * The code is without comments, its texts stand in “ ”.
 */
export function loadedBy(code: string): readonly LoadedModule[] | undefined {
  if (concealing.test(code)) return undefined
  const statements = [...code.matchAll(loading)]
  // What stands behind a `;` or in a text may load something, too.
  if (statements.length !== [...code.matchAll(/\bimport\b/g)].length) return undefined
  return statements
    .flatMap(([, from, names = '']) =>
      from === undefined ? names.split(',').map((name) => /[\w.]+/.exec(name)?.[0] ?? '') : [from],
    )
    .map((name) => ({name, isOfPython: own.has(upTo(name, '.'))}))
}

/** Whether code gives files to others, or has a module do so. */
export function mayGiveAway(code: string): boolean {
  return /chown|\b(?:shutil|tarfile|mailbox)\b/.test(code)
}

/** A line that loads modules, and no more. */
const loading =
  /^[ \t]*(?:from[ \t]+([\w.]{1,100})[ \t]+import\b|import[ \t]+(\w[\w., \t]{0,200}))/gm

/**
 * What loads or runs what its text does not name, calls functions of the C library by name, or reads
 * what the kernel tells. Of `os` no part is taken by itself, so that its calls are seen.
 */
const concealing =
  /subprocess|“[^”]*\/(?:proc|sys|dev)\b|\b(?:ctypes|importlib|imp|runpy|pkgutil|__import__|__builtins__|builtins|pickle|marshal|shelve|sys\.(?:path|modules|meta_path)|logging\.config|CGIHTTPRequestHandler|os\.(?:system|popen|exec\w+|spawn\w+|posix_spawn\w*|startfile)|from\s+(?:os|posix|resource|shutil)\s+import|PROT_EXEC)\b|(?<![.\w])(?:exec|eval|compile)\(/

/**
 * Modules of Python (its library reference) but those that load or run what they are told, and those
 * that call functions of the C library by name.
 */
const own: ReadonlySet<string> = new Set(
  '__future__ abc argparse array ast asynchat asyncio asyncore atexit base64 binascii bisect bz2 calendar cmath cmd codecs collections colorsys configparser contextlib contextvars copy copyreg csv dataclasses datetime decimal difflib email enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http imaplib io ipaddress itertools json keyword linecache locale logging lzma mailbox math mimetypes netrc nntplib numbers operator optparse os pathlib plistlib poplib posixpath pprint pwd queue quopri random re reprlib resource sched secrets select selectors shlex shutil signal smtplib socket socketserver sqlite3 ssl stat statistics string stringprep struct syslog sys tarfile telnetlib tempfile termios textwrap threading time timeit token tokenize tomllib traceback types typing unicodedata urllib uuid warnings wave weakref wsgiref xml xmlrpc zipfile zlib zoneinfo'.split(
    ' ',
  ),
)
