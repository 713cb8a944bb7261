/** Where shells and systemd look for programs without a path (systemd.exec(5), `ExecSearchPath=`). */
export const searched: readonly string[] = [
  '/usr/local/sbin',
  '/usr/local/bin',
  '/usr/sbin',
  '/usr/bin',
  '/sbin',
  '/bin',
]

/**
 * Whether a variable has commands be others than their names say, or loads into them what somebody
 * names (ld.so(8), iconv(1), bash(1), tar(1), less(1), gawk(1)).
 */
export function sways(name: string, value: string): boolean {
  if (name === 'PATH')
    return !value.split(':').every((folder) => searched.includes(folder) || itself.has(folder))
  return telling.test(name)
}

const itself: ReadonlySet<string> = new Set(['$PATH', '${PATH}'])

const telling =
  /^(?:LD_\w+|GCONV_PATH|LOCPATH|BASH_ENV|ENV|TAR_OPTIONS|LESSOPEN|LESSCLOSE|AWKPATH|AWKLIBPATH)$/
