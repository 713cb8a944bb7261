import {decode} from '../../syntax/bytes.ts'
import {normalPath} from '../../unit/host.ts'
import type {Host, HostFile} from '../../unit/host.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import {valueOf} from '../../unit/value.ts'
import {readText} from '../sight/seen.ts'
import {baseName, fileRun, isShell, isSourcing, scriptOf} from './invocations.ts'
import type {Invocation, SeenScript} from './invocations.ts'
import {searched} from './swaying.ts'

/**
 * The files that the programs of a unit find: those of the directory that it starts in as its root,
 * none of an image.
 */
export function hostOfPrograms(unit: LoadedUnit): Host | undefined {
  const {host} = unit
  if (!host || valueOf(unit, 'RootImage') || valueOf(unit, 'RootMStack')) return undefined
  const root = valueOf(unit, 'RootDirectory')?.value.replace(/\/+$/, '') ?? ''
  return root === '' ? host : host.below(root)
}

/** What a program is on the machine: a file, which may be a script. */
export function programFile(path: string, host: Host): HostFile | undefined {
  if (path.startsWith('/')) return host.file(path)
  if (path.includes('/') || path === '') return undefined
  for (const folder of searched) {
    const found = host.file(`${folder}/${path}`)
    if (found) return found
  }
  return undefined
}

/** The folder that the programs of a unit start in; undefined where it is a user's home. */
export function folderOf(unit: LoadedUnit): string | undefined {
  const folder = valueOf(unit, 'WorkingDirectory')?.value.replace(/^-/, '') ?? '/'
  return folder.startsWith('/') ? folder : undefined
}

/**
 * The script that an invocation runs, if it is in sight: that which an interpreter is given, seen
 * from the folder that the service starts in, or the program itself.
 */
export function scriptRun(
  invocation: Invocation,
  host: Host,
  folder?: string,
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
    const file = host.file(given)
    return file && read(file, [invocation.path], true, host)
  }
  const relative = given !== undefined && folder !== undefined && scriptBelow(folder, given, host)
  if (relative) {
    const script = read(relative, [invocation.path], true, host)
    // Another folder may have been changed to, with another script of that name.
    return script && {...script, isWhole: false}
  }
  if (isShell(program) || !invocation.path.startsWith('/')) return undefined
  const file = host.file(invocation.path)
  const start = file && decode(file.bytes(0, 256))
  const [, interpreter = '', options = ''] =
    /^#![ \t]*(\/\S+)(?:[ \t]+([^\n]*\S))?/.exec(start ?? '') ?? []
  if (!file || interpreter === '') return undefined
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
  const places = [given, `${given}.js`, `${module}.py`, `${module}/__main__.py`]
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
  {path}: HostFile,
  interpreter: string,
  host: Host,
): SeenScript['shown'] {
  const first = readText(text, path, interpreter)
  if (!first) return undefined
  const folder = folderAround(path)
  const known = new Set([path])
  const all = [{...first, folder}]
  let bytes = text.length
  // Grows as it goes.
  for (const {modules, folder: own} of all) {
    for (const places of modules) {
      const file = firstOf(places, own, host) ?? firstOf(places, folder, host)
      if (!file || known.has(file.path) || bytes + file.size > mostBytes) continue
      if (known.size >= mostFiles) break
      known.add(file.path)
      bytes += file.size
      const shown = readText(decode(file.bytes(0, mostBytes)), file.path, interpreter)
      if (shown) all.push({...shown, folder: folderAround(file.path)})
    }
  }
  return {
    signs: all.flatMap(({signs}) => signs),
    commands: all.flatMap(({commands}) => commands),
  }
}

function folderAround(path: string): string {
  return path.slice(0, path.lastIndexOf('/'))
}

/** How many files are read of a script that has modules beside it. */
const mostFiles = 24

/** How much is read of a script: those that people write are shorter. */
const mostBytes = 262_144
