/**
 * The paths in an argument or a value: alone, or behind `=`, `:`, a comma or a letter option; at
 * most a few dozen. What begins with a variable stays so: `$NAME/file`.
 */
export function pathsIn(text: string): readonly string[] {
  const isHome =
    /[~$]/.test(text) && /(?:^|[=:\s"'])~(?:\/|$)|\$\{?HOME\b/.test(text.slice(0, longest))
  // `user@host:/path` is a path of another host.
  if (/^[\w.-]{1,64}@[\w.-]{1,255}:/.test(text)) return []
  if (!text.includes('/')) return isHome ? ['/home'] : []
  const found = text
    .slice(0, longest)
    .replaceAll(/\$\{(\w{1,64})[^{}]{0,256}\}(?=\/)/g, '$$$1')
    .split(/[=,;:\s"'`|<>(){}@]+/)
    .map((part) => part.replace(/^-[A-Za-z](?=\/)/, ''))
    .map((part) => part.replace(/^\/\/(?=\/)/, ''))
    .filter((part) => /^\$(?!HOME\/)\w+\//.test(part) || /^\/(?!\/)/.test(part))
    .slice(0, 32)
  return isHome ? ['/home', ...found] : found
}

const longest = 4096
