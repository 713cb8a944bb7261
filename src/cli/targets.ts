import {codenames, defaultTarget, newestVersion, oldestVersion, releases} from '../facts/targets.ts'
import {parseArguments} from './arguments.ts'
import {writeLine} from './io.ts'
import type {Io} from './io.ts'
import {noMore} from './positionals.ts'

/** `unitlint targets [--json]`: the systemds to judge by, each with the releases that ship it. */
export async function listTargets(argv: readonly string[], io: Io): Promise<number> {
  const given = await parseArguments(argv, {usage: 'unitlint targets [--json]', options: {json: {type: 'boolean', describe: 'Print them as JSON'}}}, io)
  if ('help' in given) {
    await writeLine(io.stdout, given.help)
    return 0
  }
  noMore(given.positionals)
  await writeLine(io.stdout, given.on('json') ? JSON.stringify(known, undefined, 2) : table())
  return 0
}

/** All versions that there is to know something of. */
const known = Array.from({length: newestVersion - oldestVersion + 1}, (_, index) => {
  const version = oldestVersion + index
  const its = Object.keys(releases).filter((name) => releases[name] === version)
  return {version, releases: its.map((name) => ({name, aliases: Object.keys(codenames).filter((code) => codenames[code] === name)}))}
})

function table(): string {
  const rows = known.map(({version, releases: its}) => `${version}  ${its.map(({name, aliases}) => [name, ...aliases].join(' = ')).join(', ')}`.trimEnd())
  const {version} = defaultTarget
  return [...rows, '', `Where no --target is given and no root tells: all from ${version} on; what not all of them hold against a unit is information.`].join(
    '\n',
  )
}
