/**
 * An absolute path with repeated slashes, `/./` and a trailing slash taken out; undefined for a relative one, one with
 * `..`, or one that is too long (systemd's `path_simplify_and_warn()`). From 255 on `..` at the start is the root.
 */
export function parseAbsolutePath(value: string, version: number): string | undefined {
  if (!value.startsWith('/') || byteLength(value) > 4095) return undefined
  const written = value.split('/').filter((name) => name !== '' && name !== '.')
  const top = version < 255 ? 0 : written.findIndex((name) => name !== '..')
  const names = top === -1 ? [] : written.slice(top)
  if (names.some((name) => name === '..' || byteLength(name) > 255)) return undefined
  return `/${names.join('/')}`
}

/** Whether a path is another one or lies below it; both as `parseAbsolutePath` gives them. */
export function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`)
}

function byteLength(text: string): number {
  return text.length > 85 ? new TextEncoder().encode(text).length : text.length
}
