import {decode} from '../../syntax/bytes.ts'
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

/**
 * The script that an invocation runs, if it is in sight: that which an interpreter is given, or the
 * program itself.
 */
export function scriptRun(invocation: Invocation, host: Host): SeenScript | undefined {
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
    return file && read(file, [invocation.path], true)
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
  return read(file, [first, ...rest], false)
}

function read(
  file: HostFile,
  interpreter: SeenScript['interpreter'],
  isNamed: boolean,
): SeenScript | undefined {
  const text = decode(file.bytes(0, mostBytes))
  // A program in machine code, or compiled for an interpreter.
  if (text === '' || text.slice(0, 1024).includes('\0')) return undefined
  const isOfShell = isShell(baseName(interpreter[0])) || isSourcing(interpreter[0])
  const shown = isNamed && !isOfShell ? readText(text, file.path, interpreter[0]) : undefined
  return {
    path: file.path,
    text,
    isWhole: isOfShell && file.size <= mostBytes,
    interpreter,
    isNamed,
    shown,
  }
}

/** How much is read of a script: those that people write are shorter. */
const mostBytes = 262_144
