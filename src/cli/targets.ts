import {environmentAliases, environments} from '../facts/environments.ts'
import {codenames, defaultTarget, newestVersion, oldestVersion, releases} from '../facts/targets.ts'
import type {Main} from './attempt.ts'
import {writeLine} from './io.ts'
import {noMore} from './positionals.ts'

/**
 * `unitlint targets [--json]`: the systemds to judge by, each with the releases that ship it, and
 * the containers that they may run in.
 */
export const listTargets: Main = {
  grammar: {
    usage: 'unitlint targets [--json]',
    options: {
      json: {type: 'boolean', describe: 'Print them as JSON'},
      environments: {type: 'boolean', describe: 'Only the containers that they run in'},
    },
  },
  async run(given, io) {
    noMore(given.positionals)
    const isOfContainers = given.on('environments') ?? false
    if (given.on('json'))
      await writeLine(io.stdout, JSON.stringify(isOfContainers ? containers : known, undefined, 2))
    else await writeLine(io.stdout, isOfContainers ? containerTable() : table())
    return 0
  },
}

/** All versions that there is to know something of. */
const known = Array.from({length: newestVersion - oldestVersion + 1}, (_, index) => {
  const version = oldestVersion + index
  const its = Object.keys(releases).filter((name) => releases[name] === version)
  return {
    version,
    releases: its.map((name) => ({
      name,
      aliases: Object.keys(codenames).filter((code) => codenames[code] === name),
    })),
  }
})

/** All environments that there is to know something of. */
const containers = Object.entries(environments).map(([name, summary]) => ({
  name,
  aliases: Object.keys(environmentAliases).filter((alias) => environmentAliases[alias] === name),
  summary,
}))

function containerTable(): string {
  const names = containers.map(({name, aliases}) => [name, ...aliases].join(' = '))
  const width = names.reduce((most, {length}) => Math.max(most, length), 0)
  return containers
    .map(({summary}, index) => `${(names[index] ?? '').padEnd(width)}  ${summary}`)
    .join('\n')
}

function table(): string {
  const rows = known.map(({version, releases: its}) =>
    `${version}  ${its.map(({name, aliases}) => [name, ...aliases].join(' = ')).join(', ')}`.trimEnd(),
  )
  const {version} = defaultTarget
  const where =
    'Where they run, behind a comma (`--target debian-13,docker`) or alone; absent: on machines of their own:'
  return [
    ...rows,
    '',
    where,
    '',
    containerTable(),
    '',
    `Where no --target is given and no root tells: all from ${version} on; what not all of them hold against a unit is information.`,
  ].join('\n')
}
