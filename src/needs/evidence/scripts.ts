import {decode} from '../../syntax/bytes.ts'
import {normalPath} from '../../unit/host.ts'
import type {Host, HostFile} from '../../unit/host.ts'
import {readScript} from '../sight/seen.ts'
import {isNamedProgram} from '../programs/programs.ts'
import {baseName} from '../../values/paths.ts'
import {applicationOf, packageScriptOf} from './applications.ts'
import {fileRun, isShell, isSourcing, scriptOf} from './invocations.ts'
import type {Invocation, SeenScript} from './invocations.ts'
import {upTo} from '../../syntax/text.ts'

/**
 * The script that an invocation runs, if it is in sight: that which an interpreter is given, seen
 * from the folder that the service starts in, or the program itself.
 */
export function scriptRun(
  invocation: Invocation,
  host: Host,
  folder: string | undefined,
): SeenScript | undefined {
  const {program} = invocation
  const given = isSourcing(program)
    ? invocation.args[0]
    : isShell(program)
      ? scriptOf(invocation) === undefined
        ? fileRun(invocation)
        : undefined
      : invocation.script
  if (given?.startsWith('/')) {
    // Python runs what a folder has for that (python(1)).
    const file = host.file(given) ?? host.file(normalPath(`${given}/__main__.py`))
    return file && read(file, [invocation.path], true, host)
  }
  const relative = given !== undefined && folder !== undefined && scriptBelow(folder, given, host)
  if (relative) {
    const script = read(relative, [invocation.path], true, host)
    // Another folder may have been changed to, with another script of that name.
    return script && {...script, isWhole: false}
  }
  if (isShell(program)) return undefined
  const application = applicationRun(invocation, host, folder)
  if (application) return application
  if (!invocation.path.startsWith('/')) {
    const file = relativeFile(invocation.path, folder, host)
    const script =
      file &&
      (withInterpreter(file, host) ??
        (file.path.endsWith('.py') ? read(file, ['python3'], true, host) : undefined))
    return script && {...script, isWhole: false}
  }
  const file = host.file(invocation.path)
  return file && withInterpreter(file, host)
}

/** A program that is named by a path seen from the folder that the service starts in. */
function relativeFile(path: string, folder: string | undefined, host: Host): HostFile | undefined {
  // `uv run app.py` has no other path.
  if (folder === undefined || !/^[\w@.+/-]{0,200}(?:\/[\w@.+-]{1,200}|\.py)$/.test(path))
    return undefined
  return host.file(normalPath(`${folder}/${path}`))
}

/**
 * The application in sight that a server or a runner of applications is told to run, or what npm
 * and its like run of `package.json`.
 */
export function applicationRun(
  invocation: Invocation,
  host: Host,
  folder: string | undefined,
): SeenScript | undefined {
  const script = packageScriptOf(invocation)
  if (script !== undefined)
    return folder === undefined ? undefined : packageScript(script, folder, host)
  const application = applicationOf(invocation)
  const around = application?.folder?.startsWith('/') ? application.folder : folder
  if (!application) return undefined
  const file = application.file.startsWith('/')
    ? host.file(application.file)
    : around === undefined
      ? undefined
      : scriptBelow(around, application.file, host)
  const seen = file && read(file, [application.interpreter], true, host)
  return seen && {...seen, isWhole: false}
}

/** What a script of `package.json` starts, and what runs before and after it. */
function packageScript(name: string, folder: string, host: Host): SeenScript | undefined {
  const file = host.file(normalPath(`${folder}/package.json`))
  const scripts = file && scriptsIn(decode(file.bytes(0, mostBytes)))
  if (!file || !scripts) return undefined
  const texts = [`pre${name}`, name, `post${name}`].flatMap((one) => {
    const text = Object.hasOwn(scripts, one) ? scripts[one] : undefined
    return typeof text === 'string' ? [text] : []
  })
  // npm(1): `npm start` runs `node server.js` where nothing else is said.
  const commands = texts.length === 0 && name === 'start' ? ['node server.js'] : texts
  if (commands.length === 0) return undefined
  return {
    path: file.path,
    text: '',
    isWhole: false,
    interpreter: ['/bin/sh'],
    isNamed: true,
    shown: {signs: [], commands: commands.map((text) => ['/bin/sh', '-c', text])},
  }
}

function scriptsIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    // Whatever JSON holds; what it has of the kind is looked at.
    const found = JSON.parse(text) as {readonly scripts?: unknown} | null
    const scripts = found?.scripts
    // An object of JSON, whose values are looked at where they are used.
    return typeof scripts === 'object' && scripts !== null ? {...scripts} : {}
  } catch {
    return undefined
  }
}

/** A script with the interpreter that its first line names; undefined for what has none. */
function withInterpreter(file: HostFile, host: Host): SeenScript | undefined {
  const start = decode(file.bytes(0, 256))
  const [, interpreter = '', options = ''] =
    /^#![ \t]*(\/\S+)(?:[ \t]+([^\n]*\S))?/.exec(start) ?? []
  if (interpreter === '') return undefined
  const words = [
    ...(baseName(interpreter) === 'env' ? [] : [interpreter]),
    ...options.replace(/^-S\s*/, '').split(/\s+/),
  ].filter((word) => word !== '')
  const [first = interpreter, ...rest] = words
  return read(file, [first, ...rest], false, host)
}

/** A script, or a module as of `python3 -m`, that is named as it is seen from a folder. */
function scriptBelow(folder: string, given: string, host: Host): HostFile | undefined {
  if (!/^[\w@.+/-]{1,200}$/.test(given)) return undefined
  const module = given.replaceAll('.', '/')
  const places = [
    given,
    `${given}/__main__.py`,
    `${given}.js`,
    `${module}.py`,
    `${module}/__main__.py`,
    `${module}/__init__.py`,
  ]
  return firstOf(places, folder, host)
}

function firstOf(places: readonly string[], folder: string, host: Host): HostFile | undefined {
  for (const place of places) {
    const file = host.file(normalPath(`${folder}/${place}`))
    if (file) return file
  }
  return undefined
}

function read(
  file: HostFile,
  interpreter: SeenScript['interpreter'],
  isNamed: boolean,
  host: Host,
): SeenScript | undefined {
  const text = decode(file.bytes(0, mostBytes))
  // A program in machine code, or compiled for an interpreter.
  if (text === '' || text.slice(0, 1024).includes('\0')) return undefined
  const isOfShell = isShell(baseName(interpreter[0])) || isSourcing(interpreter[0])
  const shown = isNamed && !isOfShell ? withModules(text, file, interpreter[0], host) : undefined
  return {
    path: file.path,
    text,
    isWhole: isOfShell && file.size <= mostBytes,
    interpreter,
    isNamed,
    shown,
  }
}

/** What a script shows, with the modules that it has beside it. */
function withModules(
  text: string,
  {path, size}: HostFile,
  interpreter: string,
  host: Host,
): SeenScript['shown'] {
  const first = readScript(text, path, interpreter)
  if (!first) return undefined
  const folder = folderAround(path)
  const known = new Set([path])
  const all = [{...first, folder}]
  let room = mostBytes - size
  let isCut = room < 0
  // Grows as it goes.
  for (const {modules, folder: own} of all) {
    for (const places of modules) {
      const file = firstOf(places, own, host) ?? firstOf(places, folder, host)
      if (!file || known.has(file.path)) continue
      const isRead = known.size < mostFiles && file.size <= room
      isCut ||= !isRead
      if (!isRead) continue
      known.add(file.path)
      room -= file.size
      const shown = readScript(decode(file.bytes(0, mostBytes)), file.path, interpreter)
      if (shown) all.push({...shown, folder: folderAround(file.path)})
    }
  }
  // Of a package more may run than the file that is named.
  const isOwn = (name: string, own: string): boolean =>
    [own, folder].some((around) => known.has(firstOf([`${name}.py`], around, host)?.path ?? ''))
  return {
    signs: all.flatMap(({signs}) => signs),
    commands: all.flatMap(({commands, likely}) => [...commands, ...likely.filter(isOfProgram)]),
    ...((isCut || all.some(({runsUnnamed}) => runsUnnamed)) && {isPartial: true as const}),
    ...(isClosed(all, isOwn, host) && {
      reach: {mayGiveAway: all.some(({mayGiveAway}) => mayGiveAway)},
    }),
  }
}

/** A script or module that is read, and the folder that it is in. */
type ReadModule = NonNullable<ReturnType<typeof readScript>> & {readonly folder: string}

/** Whether all that is loaded is read, or comes with Python. */
function isClosed(
  all: readonly ReadModule[],
  isOwn: (name: string, folder: string) => boolean,
  host: Host,
): boolean {
  return all.every(({loads, folder}) =>
    loads?.every(
      ({name, isOfPython}) =>
        isOwn(name, folder) || (isOfPython && !isShadowed(name, folder, host)),
    ),
  )
}

/** Whether a file beside a script stands before the module of Python that has its name. */
function isShadowed(name: string, folder: string, host: Host): boolean {
  const path = upTo(name, '.')
  return firstOf([`${path}.py`, `${path}/__init__.py`], folder, host) !== undefined
}

/** Whether words are those of a program that is known, or the path of a script. */
function isOfProgram([first = '', , text = '']: readonly string[]): boolean {
  const program = upTo(first === '/bin/sh' ? text : first, /\s/)
  return program.startsWith('/') || isNamedProgram(program)
}

function folderAround(path: string): string {
  return path.slice(0, path.lastIndexOf('/'))
}

/** How many files are read of a script that has modules beside it. */
const mostFiles = 64

/** How much is read of a script: those that people write are shorter. */
const mostBytes = 262_144
