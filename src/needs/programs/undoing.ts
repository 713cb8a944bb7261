/**
 * Whether a command only takes back what ends with the machine anyway, such as modules of the
 * kernel, rules of its firewall, swap and files in memory, by its program or by the word that it is
 * given: `pddf_util.py clean`, `zram-swap-deinit`. What it leaves undone at a shutdown, nobody
 * misses.
 */
export function endsWithMachine(program: string, args: readonly string[]): boolean {
  if (passing.has(program) || undoing.test(program)) return true
  if (program === 'modprobe') return args.some((arg) => /^(?:-r|--remove)$/.test(arg))
  if (program === 'rm' || program === 'rmdir') {
    const paths = args.filter((arg) => !arg.startsWith('-'))
    return paths.length > 0 && paths.every((path) => inMemory.test(path))
  }
  // A script stands before its word: `python3 /usr/bin/example.py clean`.
  const plain = args.filter((arg) => !arg.startsWith('-'))
  const [verb, ...others] = plain[0]?.includes('/') ? plain.slice(1) : plain
  return verb !== undefined && others.length === 0 && undoing.test(verb)
}

/**
 * Programs that change what the kernel holds, and those whose work has to last to the very end
 * (kdumpctl(8), kdump-config(8)).
 */
const passing: ReadonlySet<string> = new Set([
  'ethtool',
  'ip',
  'ip6tables',
  'ipset',
  'iptables',
  'iptables-restore',
  'kdump-config',
  'kdumpctl',
  'nft',
  'rmmod',
  'swapoff',
  'sysctl',
  'tc',
])

/** Words by which tools undo the setting up of hardware and of the kernel. */
const undoing =
  /(?:^|[-_])(?:clean|cleanup|de-?init|detach|reset|tear-?down|un-?init|unbind|uninstall|unload)(?:\.(?:sh|py|pl))?$/

/** Folders that a machine starts without what was in them. */
const inMemory = /^(?:\/run|\/var\/run|\/tmp|\/dev|\/sys|\/proc)\//
