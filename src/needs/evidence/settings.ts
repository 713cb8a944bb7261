import type {Host} from '../../unit/host.ts'

/**
 * The settings that a program is given by its arguments, as files: `--config /etc/x.conf`,
 * `-c=/etc/x`, `x.toml`.
 */
export function settingsIn(args: readonly string[]): readonly string[] {
  const found = args.flatMap((arg, index) => {
    const equals = arg.startsWith('-') ? arg.indexOf('=') : -1
    const path = arg.slice(equals + 1)
    const option = equals === -1 ? (args[index - 1] ?? '') : arg.slice(0, equals)
    const isPath = path !== '' && !path.startsWith('-') && !path.includes('://')
    const isOne = options.has(option) ? Number.isNaN(Number(path)) : isSettings(path)
    return isPath && isOne ? [path] : []
  })
  return [...new Set(found)].slice(0, most)
}

/**
 * The settings that a program finds by itself, as far as they are called like it:
 * `/etc/NAME.conf`, and the files of `/etc/NAME`.
 */
export function ownSettings(program: string, host: Host): readonly string[] {
  const names = [program, program.replace(/d$/, '')].filter((name) => /^\w/.test(name))
  return [...new Set(names)].flatMap((name) => {
    const folder = host.names(`/etc/${name}`).map((file) => `/etc/${name}/${file}`)
    return [`/etc/${name}.conf`, ...folder.slice(0, mostOwn)]
  })
}

const most = 8
const mostOwn = 32
const words =
  'c conf config cfg settings config-file config_file configfile conf-file configuration'
const options: ReadonlySet<string> = new Set(
  words.split(' ').flatMap((word) => [`-${word}`, `--${word}`]),
)
const endings: ReadonlySet<string> = new Set(
  'conf cfg cnf ini toml yaml yml json properties config'.split(' '),
)

function isSettings(path: string): boolean {
  return endings.has(path.slice(path.lastIndexOf('.') + 1)) && path.includes('.')
}
