/** What is wrong with a file or a name of one; for people, one line. */
export interface FileFault {
  readonly path: string
  readonly message: string
}

const reasons: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'Permission denied'],
  ['EPERM', 'Operation not permitted'],
  ['ENOENT', 'No such file'],
  ['ENOTDIR', 'No such file'],
  ['ELOOP', 'Link that leads back to itself'],
  ['ENAMETOOLONG', 'Name too long'],
  ['EROFS', 'Read-only file system'],
  ['ENOSPC', 'No space left on the device'],
  ['EFBIG', 'Too large for this file system, or for you'],
  ['EDQUOT', 'Disk quota exceeded'],
  ['EISDIR', 'Folder, expected a file'],
  ['EMFILE', 'Too many open files'],
  ['EIO', 'Input or output error'],
])

/** Why the system refused a file. */
export function reasonOfFile(error: unknown): string {
  return reasons.get(codeOf(error) ?? '') ?? (error instanceof Error ? error.message : String(error))
}

/** The name that the system has for a fault, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}
