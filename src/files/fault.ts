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
  ['EDQUOT', 'Disk quota exceeded'],
  ['EISDIR', 'Folder, expected a file'],
  ['EMFILE', 'Too many open files'],
  ['EIO', 'Input or output error'],
])

/** Why the system refused a file. */
export function reasonOfFile(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return reasons.get(code) ?? (error instanceof Error ? error.message : String(error))
}
