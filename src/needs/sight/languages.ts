import {baseName} from '../../values/paths.ts'
import {modulesIn} from './modules.ts'
import {loadedBy, mayGiveAway} from './python.ts'
import type {LoadedModule} from './python.ts'
import {tellings} from './tellings.ts'
import type {Language} from './tellings.ts'
import type {Sign} from './sign.ts'
import {runsUnnamed} from './unnamed.ts'

/**
 * What the text of a script shows: the calls that tell of what it needs, the paths that it names,
 * and the commands that it starts.
 */
export interface ReadText {
  readonly signs: readonly Sign[]
  readonly commands: ReadonlyArray<readonly string[]>
  /**
   * Lists and texts that look like commands, in code that runs some: they are none where nobody
   * knows the program.
   */
  readonly likely: ReadonlyArray<readonly string[]>
  /** Where its own modules may be, a list for each, seen from its folder. */
  readonly modules: ReadonlyArray<readonly string[]>
  /** All that it loads, where its text shows that; of Python alone. */
  readonly loads: readonly LoadedModule[] | undefined
  /** It may give files to others, as far as its text shows. */
  readonly mayGiveAway: boolean
  /** It starts programs that its text does not name. */
  readonly runsUnnamed: boolean
}

/**
 * Read a script for what tells of its needs; undefined for a language that is not known.
 *
 * No more than a look at its words, comments left out: what is found is there, what is not found
 * may be there all the same.
 */
export function readScript(text: string, path: string, interpreter: string): ReadText | undefined {
  const language = languageOf(interpreter)
  if (!language) return undefined
  const {code, strings, quoted} = lexed(text.slice(0, longest), language)
  return {
    signs: [
      ...callsIn(code, path, language),
      ...portsNamed(code, path, language),
      ...pathsNamed(strings, path),
    ],
    commands: [...commandsIn(code, language), ...quoted.map((one) => ['/bin/sh', '-c', one])],
    likely: likelyIn(code, strings, language),
    modules: modulesIn(code, language),
    loads: language === 'python' && text.length <= longest ? loadedBy(code) : undefined,
    mayGiveAway: mayGiveAway(code),
    runsUnnamed: running[language].test(code) && runsUnnamed(plainCalls(code, language), language),
  }
}

/** The calls that tell of needs, each once. */
function callsIn(code: string, path: string, language: Language): readonly Sign[] {
  // Names of modules are texts; code that stands in one is none.
  const names = code.replaceAll(/“([^”]*)”/g, (all, inside: string) =>
    /^[\w@./:-]{0,64}$/.test(inside) ? all : '“”',
  )
  return tellings[language].flatMap(({call, needs, says}) => {
    const found = call.exec(names)
    if (!found) return []
    const called = (found[1] ?? found[0]).replace(/\($/, '')
    return [{needs, because: `\`${path}\` ${says ?? 'calls'} \`${called}\``}]
  })
}

function portsNamed(code: string, path: string, language: Language): readonly Sign[] {
  return [...portsIn(code, language)].map((port) => ({
    needs: [
      ...(['bind-ports', 'inet', 'inet-local'] as const),
      ...(port > 0 && port < 1024 ? (['CAP_NET_BIND_SERVICE'] as const) : []),
    ],
    because: `\`${path}\` listens on port ${port}`,
  }))
}

/** The paths that are named, as many as anybody wants to know of, each use of one once. */
function pathsNamed(strings: readonly Literal[], path: string): readonly Sign[] {
  const signs = new Map<string, Sign>()
  for (const {text, isWritten} of strings) {
    const use = isWritten ? 'write' : 'mention'
    for (const one of pathsIn(text)) {
      if (signs.size >= mostPaths) break
      if (!signs.has(use + one))
        signs.set(use + one, {needs: [], path: {path: one, use}, because: `\`${path}\``})
    }
  }
  return [...signs.values()]
}

/** How much is read: most scripts are shorter. */
const longest = 262_144
const mostPaths = 64
const mostCommands = 32

const wholePath =
  /^\/(?:bin|boot|dev|etc|home|lib|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)(?:\/[\w.@%+:{}*-]+)*\/?$/

/** The path that a text is, or the paths, as for `glob` of Perl: `/home/x /tmp/x`. */
function pathsIn(text: string): readonly string[] {
  const words = text.trim().split(/\s+/)
  return words.every((word) => wholePath.test(word)) ? words : []
}

function languageOf(interpreter: string): Language | undefined {
  const name = baseName(interpreter)
  if (/^(?:python|pypy)[0-9.]*$/.test(name)) return 'python'
  if (/^(?:node|nodejs|bun|deno|tsx|ts-node)$/.test(name)) return 'node'
  if (/^perl[0-9.]*$/.test(name)) return 'perl'
  if (/^php(?:-cgi|-fpm)?[0-9.]*$/.test(name)) return 'php'
  if (/^lua(?:jit)?[0-9.-]*$/.test(name)) return 'lua'
  return /^j?ruby[0-9.]*$/.test(name) ? 'ruby' : undefined
}

interface Literal {
  readonly text: string
  /** It names a file that is opened to be written. */
  readonly isWritten: boolean
}

/**
 * The code without comments and long texts, the others in “ ”, which tell their ends apart and
 * stand nowhere else, and the texts in it. What is not closed ends with the line, or with all, so
 * that each character is looked at once.
 */
function lexed(
  text: string,
  language: Language,
): {
  readonly code: string
  readonly strings: readonly Literal[]
  /** The commands between back quotes. */
  readonly quoted: readonly string[]
} {
  const strings: Literal[] = []
  const quoted: string[] = []
  const plain = text.replaceAll(/[“”]/g, ' ')
  const code = plain.replaceAll(tokens[language], (token: string, at: number) => {
    const quote = /^(?:"""|'''|["'`])/.exec(token)?.[0]
    if (quote === undefined) return token.endsWith('\n') ? '\n' : ' '
    const isClosed = token.length >= 2 * quote.length && token.endsWith(quote)
    const inside = token.slice(quote.length, isClosed ? -quote.length : undefined)
    if (inside.length > 200) return '“”'
    if (quote === '`' && language !== 'node') {
      if (quoted.length < mostCommands && inside.trim() !== '') quoted.push(inside)
      return '“”'
    }
    strings.push({
      text: inside,
      isWritten: writingMode.test(plain.slice(at + token.length, at + token.length + 24)),
    })
    return `“${inside.replaceAll('\n', ' ')}”`
  })
  return {code, strings, quoted}
}

/** What follows the name of a file that is opened to be written. */
const writingMode = /^\s*,\s*(?:mode\s*=\s*)?["'](?:[wax]|r\+|>)/

const double = String.raw`"(?:[^"\\\n]|\\[^])*"?`
const single = String.raw`'(?:[^'\\\n]|\\[^])*'?`
const back = '`(?:[^`\\\\]|\\\\[^])*`?'

const tokens: Readonly<Record<Language, RegExp>> = {
  python: new RegExp(
    String.raw`#.*|"""(?:[^"\\]|\\[^]|"(?!""))*(?:"""|$)|'''(?:[^'\\]|\\[^]|'(?!''))*(?:'''|$)|${double}|${single}`,
    'g',
  ),
  node: new RegExp(
    String.raw`\/\/.*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/|$)|${double}|${single}|${back}`,
    'g',
  ),
  perl: new RegExp(String.raw`(?<![$\\])#.*|${double}|${single}|${back}`, 'g'),
  ruby: new RegExp(String.raw`#(?!\{).*|${double}|${single}|${back}`, 'g'),
  php: new RegExp(
    String.raw`\/\/.*|#(?!\[).*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/|$)|${double}|${single}|${back}`,
    'g',
  ),
  lua: new RegExp(String.raw`--\[\[(?:[^\]]|\](?!\]))*(?:\]\]|$)|--.*|${double}|${single}`, 'g'),
}

/** The ports of calls that listen: a number, or a name that the same text sets to one. */
function portsIn(code: string, language: Language): readonly number[] {
  const call = listening[language]
  if (!call) return []
  return [...code.matchAll(call)].slice(0, 8).flatMap(([, port = '']) => {
    if (/^\d/.test(port)) return [Number(port)]
    const [, number] =
      new RegExp(
        String.raw`(?:^\s{0,32}|\b(?:const|let|var)\s)${port}\s*=(?:[^=\n;]{0,64}(?:\|\||\?\?))?\s*(\d{1,5})\b`,
        'm',
      ).exec(code) ?? []
    return number === undefined ? [] : [Number(number)]
  })
}

const listening: Readonly<Partial<Record<Language, RegExp>>> = {
  node: /\.listen\(\s*(?:\{\s*port:\s*)?(\d{1,5}|[a-z_]\w{0,32})\b(?![.(])/gi,
  python:
    /(?:(?:\.bind|(?:HTTP|TCP|UDP)Server|\bmake_server)\(\s*\(?[^(),]{0,64},|\b(?:run|run_app|serve|start_server)\([^()]{0,200}\bport\s*=)\s*(\d{1,5}|[a-z_]\w{0,32})\b(?![.(])/gi,
}

/** Commands that stand in calls as they are: a list of words, or a text for a shell. */
function commandsIn(code: string, language: Language): ReadonlyArray<readonly string[]> {
  const found: string[][] = []
  for (const [, first = '', rest = ''] of plainCalls(code, language).matchAll(calls[language])) {
    if (found.length >= mostCommands) break
    // `exec` of a database takes SQL.
    if (isSql.test(first)) continue
    const others = [...rest.matchAll(/“([^”]*)”/g)].map(([, word = '']) => word)
    if (others.length > 0 && !first.includes(' ')) found.push([first, ...others])
    else if (first.trim() !== '') found.push(['/bin/sh', '-c', first])
  }
  return found
}

const isSql =
  /^\s*(?:select\s|pragma\s|vacuum\b|begin\b|commit\b|rollback\b|attach\s|insert\s+(?:into|or)\s|replace\s+into\s|update\s+\S+\s+set\s|delete\s+from\s|(?:create|alter|drop)\s+(?:temp(?:orary)?\s+|unique\s+|virtual\s+)?(?:table|index|view|trigger)\s)/i

/** Code of Python that calls what it takes of `subprocess` by its whole name. */
function plainCalls(code: string, language: Language): string {
  if (language !== 'python') return code
  const [, alias] = /\bimport\s+subprocess\s+as\s+(\w{1,32})/.exec(code) ?? []
  const whole =
    alias === undefined ? code : code.replaceAll(new RegExp(`\\b${alias}\\.`, 'g'), 'subprocess.')
  const [, names = ''] = /\bfrom\s+subprocess\s+import\s+([\w\s,()]{1,200})/.exec(code) ?? []
  const own = ['run', 'call', 'getoutput', 'getstatusoutput'].filter((name) =>
    new RegExp(`\\b${name}\\b`).test(names),
  )
  return own.length === 0
    ? whole
    : whole.replaceAll(new RegExp(`(?<![\\w.])(${own.join('|')})\\(`, 'g'), 'subprocess.$1(')
}

/** Commands that stand elsewhere than in the call that runs them. */
function likelyIn(
  code: string,
  strings: readonly Literal[],
  language: Language,
): ReadonlyArray<readonly string[]> {
  if (!running[language].test(code)) return []
  const found: string[][] = []
  for (const [, first = '', rest = ''] of code.matchAll(listed)) {
    if (found.length >= mostCommands) break
    const others = [...rest.matchAll(/“([^”]*)”/g)].map(([, word = '']) => word)
    if (language === 'node' && [first, ...others].every((word) => ofStreams.has(word))) continue
    found.push([first, ...others])
  }
  // A script of its own that Python starts as itself.
  for (const [, script = ''] of code.matchAll(/\bsys\.executable,\s{0,64}“([\w@.+/-]{1,200})”/g))
    found.push(['python3', script])
  // One that is put behind a folder: `os.path.join(folder, "x.py")`.
  if (runsScript.test(code))
    for (const {text} of strings)
      if (/^[\w@+-]{1,64}\.py$/.test(text)) found.push(['python3', text])
  const texts = strings.filter(({text}) => looksRun.test(text.trimStart()))
  return [
    ...found,
    ...texts.map(({text}) => (text.startsWith('/') ? [text] : ['/bin/sh', '-c', text.trim()])),
  ].slice(0, mostCommands)
}

/** A call that has Python run what a variable says. */
const runsScript =
  /(?:sys\.executable|“[\w./]{0,64}python[0-9.]*”),\s{0,64}(?:“-\w”,\s{0,64})?[A-Za-z_]/

/** What a list says of the input and the output of a program (`stdio` of Node). */
const ofStreams: ReadonlySet<string> = new Set(['pipe', 'inherit', 'ignore', 'overlapped', 'ipc'])

/** A list of two words or more, the first of which may be a program. */
const listed =
  /\[\s{0,64}“((?:\/[\w./+-]{1,100}\/)?[a-z][\w.+-]{0,31})”((?:\s{0,64},\s{0,64}(?:f?“[^”]{0,200}”|[\w.()]{1,64})){1,16})/g

/**
 * A text that is a command: a word and an option, or a word and paths alone, what only commands
 * begin with, or the path of a script.
 */
const looksRun =
  /^(?:(?:sudo|doas|systemctl|vcgencmd|modprobe|omxplayer|raspistill|raspivid)\s|[a-z][\w.+-]{1,30}\s+-{1,2}[A-Za-z]|[a-z][\w.+-]{1,30}(?:\s+\/[\w@.+/-]{1,100}){1,4}\s*$|\/[\w@./+-]{1,200}\.(?:sh|bash|py|pl|rb|js)$)/

/** What shows that code runs commands. */
const running: Readonly<Record<Language, RegExp>> = {
  python:
    /\b(?:subprocess|create_subprocess_\w+|Popen|pexpect|os\.(?:system|popen|exec\w*|spawn\w*))\b/,
  node: /\b(?:child_process|execa|shelljs|zx)\b/,
  perl: /\b(?:system|exec|qx|open)\b/,
  ruby: /\b(?:system|exec|spawn|popen\w*|capture[23]e?|Open3)\b/,
  php: /\b(?:exec|shell_exec|system|passthru|popen|proc_open)\(/,
  lua: /\b(?:os\.execute|io\.popen)\b/,
}

const list = String.raw`((?:[\s,[]{0,64}“[^”]{0,200}”){0,16})`

const calls: Readonly<Record<Language, RegExp>> = {
  python: new RegExp(
    String.raw`\b(?:subprocess\.(?:run|call|check_call|check_output|Popen|getoutput|getstatusoutput)|Popen|check_call|check_output|os\.(?:system|popen|execv\w*|execl\w*|spawn\w+)|create_subprocess_(?:exec|shell))\([\s[]{0,64}f?“([^”]{1,200})”${list}`,
    'g',
  ),
  node: new RegExp(
    String.raw`\b(?:exec|execSync|execFile|execFileSync|spawn|spawnSync)\(\s*“([^”]{1,200})”${list}`,
    'g',
  ),
  perl: new RegExp(
    String.raw`\b(?:(?:system|exec)\b[\s(]{0,64}|open\b[^;“]{0,64}“(?:-\||\|-)”\s{0,64},\s{0,64})“([^”]{1,200})”${list}`,
    'g',
  ),
  ruby: new RegExp(
    String.raw`\b(?:system|exec|spawn|popen(?:2e?|3)?|capture2e?|capture3|pipeline\w{0,8})\b[\s(]{0,64}“([^”]{1,200})”${list}`,
    'g',
  ),
  php: new RegExp(
    String.raw`\b(?:exec|shell_exec|system|passthru|popen|proc_open|pcntl_exec)\([\s[]{0,64}“([^”]{1,200})”${list}`,
    'g',
  ),
  lua: new RegExp(String.raw`\b(?:os\.execute|io\.popen)[\s(]{0,64}“([^”]{1,200})”${list}`, 'g'),
}
