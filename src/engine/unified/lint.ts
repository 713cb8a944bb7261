import type {VFile} from 'vfile'
import type {Sight} from '../../machine/sight.ts'
import {decode} from '../../syntax/bytes.ts'
import type {UnitIdentity} from '../../unit/load.ts'
import {judge} from '../judge.ts'
import type {UnitText} from '../judge.ts'
import type {LintOptions} from '../options.ts'
import {say, sayFault} from './say.ts'

/** What a unit is linted with, beside its main file. */
export interface Surroundings {
  /** In the order in which systemd reads them. */
  readonly dropIns?: readonly VFile[]
  /**
   * What unit it is, where the path of its file does not tell, as of an instance; else see
   * `unitOf`.
   */
  readonly identity?: UnitIdentity | undefined
  /** The other units of the run; absent: it is alone. */
  readonly sight?: Sight | undefined
  /** The permission bits of a file, where they are known. */
  readonly mode?: (file: VFile) => number | undefined
  /** Whether fixes may change a file; default: any. */
  readonly fixed?: (file: VFile) => boolean
}

/**
 * Lint a unit: its main file, or a drop-in alone, with the drop-ins that amend it.
 *
 * Leaves messages on each VFile, and with `fix` the fixed text as its value; `data.unitlint` says
 * which fixes were applied, what they did to the exposure, and which profile evidence chose. A path
 * that names no unit is left alone but for a message. Never throws.
 */
export function lint(
  file: VFile,
  options: LintOptions,
  {dropIns = [], identity, sight, mode = () => undefined, fixed = () => true}: Surroundings = {},
): void {
  const asText = (its: VFile): UnitText => ({
    path: its.path ?? '',
    text: textOf(its),
    mode: mode(its),
    isChangeable: fixed(its),
  })
  const {files, faults, applied, exposure, choice} = judge(
    {files: [asText(file), ...dropIns.map(asText)], identity, sight},
    options,
  )
  for (const [index, vfile] of [file, ...dropIns].entries()) {
    const its = files[index]
    if (!its) continue
    if (its.text !== textOf(vfile)) vfile.value = its.text
    for (const finding of its.findings) say(vfile, finding)
  }
  for (const fault of faults)
    sayFault([file, ...dropIns].find(({path}) => path === fault.at?.path) ?? file, fault)
  file.data.unitlint = {
    ...(exposure ? {exposure} : {}),
    ...(choice ? {choice} : {}),
    ...(applied.length > 0 ? {applied} : {}),
  }
}

/** The text of a VFile, bytes that are not UTF-8 kept; see `decode`. */
export function textOf(file: VFile): string {
  return typeof file.value === 'string' ? file.value : decode(file.value ?? new Uint8Array())
}
