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
  ['EEXIST', 'Already there'],
  ['EINVAL', 'Not possible on this file system'],
  ['ENOTSUP', 'Not possible on this file system'],
  ['EOPNOTSUPP', 'Not possible on this file system'],
  ['ENOSYS', 'Not possible on this file system'],
  ['EXDEV', 'Not possible across file systems'],
  ['ENOTEMPTY', 'Folder with something in it'],
  ['EMLINK', 'Too many links to one file'],
  ['ENXIO', 'Not a regular file'],
  ['ENODEV', 'Not a regular file'],
  ['EOVERFLOW', 'Too large'],
  ['EBADF', 'Closed too early'],
  ['EBUSY', 'In use by the system'],
  ['ETXTBSY', 'Being executed'],
  ['EAGAIN', 'Locked by another program'],
  ['EDEADLK', 'Locked by another program'],
  ['ENOLCK', 'Locked by another program'],
  ['EINTR', 'Interrupted'],
  ['ENOMEM', 'Out of memory'],
  ['ESTALE', 'Gone from its server'],
  ['ETIMEDOUT', 'Its server does not answer'],
  ['EHOSTDOWN', 'Its server does not answer'],
  ['EHOSTUNREACH', 'Its server does not answer'],
  ['ENOTCONN', 'Its file system is not connected'],
  ['ECONNREFUSED', 'Its file system is not connected'],
  ['EREMOTEIO', 'Input or output error'],
  ['ELOOP', 'Link that leads back to itself'],
  ['ENAMETOOLONG', 'Name too long'],
  ['EROFS', 'Read-only file system'],
  ['ENOSPC', 'No space left on the device'],
  ['EFBIG', 'Too large for this file system, or for you'],
  ['EDQUOT', 'Disk quota exceeded'],
  ['EISDIR', 'Folder, expected a file'],
  ['EMFILE', 'Too many open files, raise the limit (`ulimit -n`)'],
  ['ENFILE', 'Too many open files on this machine'],
  ['EIO', 'Input or output error'],
])

/** Why the system refused a file. */
export function reasonOfFile(error: unknown): string {
  const known = reasons.get(codeOf(error) ?? '')
  if (known !== undefined) return known
  const message = error instanceof Error ? error.message : String(error)
  // `ENOKEY: required key not available, open '/path'`: neither the call nor the path are for
  // people.
  const words =
    error instanceof Error && 'syscall' in error ? /^E\w+: ([^,]+)/.exec(message)?.[1] : undefined
  return words === undefined ? message : words.charAt(0).toUpperCase() + words.slice(1)
}

/** The name that the system has for a fault, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}
