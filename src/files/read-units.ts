import {newestVersion, oldestOf} from '../facts/targets.ts'
import type {Target} from '../facts/targets.ts'
import {managerOf, unitOf} from '../unit/load.ts'
import type {RunView} from './search-path.ts'
import {unitFiles} from './unit-files.ts'
import type {Instances, UnitFile, UnitFiles} from './unit-files.ts'

/** What reads a file: the systemds that it is for, and whose manager, where that is told. */
interface Judges {
  readonly targets: readonly Target[]
  readonly manager?: 'system' | 'user' | undefined
}

/**
 * Put files together to units (see `unitFiles`) as the oldest systemd that the first file is for
 * does, and whose manager each is for. Of files without a reader, the newest, and the manager that
 * their paths tell.
 */
export function unitsAsRead(
  files: readonly string[],
  readerOf: (file: string) => Judges | undefined,
  view: Omit<RunView, 'version' | 'managerOf'>,
  instances?: Instances,
): UnitFiles[] {
  const [first] = files
  const its = first === undefined ? undefined : readerOf(first)
  const version = its ? oldestOf(its.targets).version : newestVersion
  return unitFiles(
    files,
    {...view, version, managerOf: (file) => readerOf(file)?.manager ?? managerOf(file)},
    instances,
  )
}

/**
 * The files of a unit that are to be read, without those that a run would tell of and whose config
 * ignores them; its main file stays.
 */
export function wanted(
  {files: [main, ...dropIns]}: UnitFiles,
  isIgnored: (file: string) => boolean,
): readonly UnitFile[] {
  return [main, ...dropIns.filter(({path: file, isAsked}) => !isAsked || !isIgnored(file))]
}

/** A unit of those of its files that could be read. */
export interface ReadUnit<File> extends Pick<UnitFiles, 'identity' | 'sight'> {
  readonly files: readonly [File, ...File[]]
}

/** The unit of the files that could be read; drop-ins whose unit cannot be are looked at alone. */
export function partsRead<File extends UnitFile>(
  read: readonly File[],
  {identity, sight, files: [main]}: UnitFiles,
): Array<ReadUnit<File>> {
  const [first, ...rest] = read
  if (first?.path === main.path) return [{identity, sight, files: [first, ...rest]}]
  return read.flatMap((file) => {
    const its = file.isAsked ? unitOf(file.path) : undefined
    return its ? [{identity: its, sight, files: [{...file, isShared: false}]}] : []
  })
}
