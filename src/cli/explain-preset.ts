import {presets} from '../../configs/index.ts'
import type {Config} from '../config/config.ts'
import {access} from '../facts/accesses.ts'
import type {AccessId} from '../facts/accesses.ts'
import {kindsOfPrograms} from '../needs/programs/tables/kinds.ts'
import {list} from '../explain/page.ts'
import type {Page, PageBlock, TableRow} from '../explain/page.ts'

/**
 * What there is to say of a preset: whom it is for, how much it says, and what its profile grants;
 * undefined where there is none of that name.
 */
export function presetPage(name: string): Page | undefined {
  const config = Object.hasOwn(presets, name) ? presets[name] : undefined
  if (!config) return undefined
  return [
    {kind: 'heading', text: name},
    {kind: 'text', text: purposes[name] ?? ''},
    {
      kind: 'table',
      rows: [
        ['Rules', amounts(config)],
        ['Use', `--preset ${name}, or "extends": ["${name}"] in a config`],
      ],
    },
    ...profileParts(name, config.profile),
  ]
}

export const presetNames: readonly string[] = Object.keys(presets)

/** Whom a preset is for. */
const purposes: Readonly<Record<string, string>> = {
  all: 'Every rule there is, to choose from: some contradict what others ask.',
  auto: 'For services of all kinds: evidence chooses for each the profile of its kind, by what its program is or by its shape. What runs things that users configure, what sets up the machine, and what nobody knows has none, and is judged as `hardened` does. Reports, `why-not` and `security --plan` name the profile and why.',
  'backup-job': 'For jobs that copy files away.',
  database: 'For servers that keep data for others.',
  hardened: 'All hardening that is safe here, as warnings: what `--fix` leaves is clean.',
  'monitoring-agent': 'For what watches the machine and tells others.',
  'network-daemon': 'For servers that start as root and become another user.',
  recommended:
    'The default: what no maintainer would wave away, and in one line a unit the hardening that is safe.',
  strict: 'All hardening as errors, also what needs `--unsafe-fixes` or a person.',
  'timer-job': 'For jobs that tidy up on this machine and need no network.',
  verify: 'What systemd itself complains of, and no more.',
  'web-service': 'For applications that serve the network as a user of their own.',
  worker: 'For what takes jobs from a queue as a user of its own.',
}

function amounts({rules = {}}: Config): string {
  const severities = Object.values(rules).map((setting) =>
    Array.isArray(setting) ? setting[0] : setting,
  )
  const counted = (['error', 'warn', 'info'] as const).flatMap((severity) => {
    const count = severities.filter((one) => one === severity).length
    return count === 0 ? [] : [`${count} ${severity}`]
  })
  return counted.join(', ')
}

function profileParts(name: string, profile: Config['profile']): readonly PageBlock[] {
  if (profile === undefined) return []
  if (typeof profile === 'string')
    return [
      {
        kind: 'table',
        title: 'Profiles, and the programs that they are chosen for',
        rows: chosenFor(),
      },
    ]
  const {needs, asRoot = [], ifUnknown = []} = profile
  return [
    {
      kind: 'text',
      text: 'Its profile says that such services need this and no more, but for what the unit or its programs show:',
    },
    ...list('Always', titles(needs)),
    ...list('Where it starts as root', titles(asRoot)),
    ...list('Where nobody knows its programs', titles(ifUnknown)),
    ...list('`--preset auto` chooses it for what', reasons(name)),
  ]
}

function titles(ids: readonly AccessId[]): string[] {
  return ids.map((id) => access(id).title)
}

/** What programs of a kind do, with their names. */
function reasons(kind: string): string[] {
  const named = new Map<string, readonly string[]>()
  for (const row of kindsOfPrograms) {
    if (row.kind === kind)
      named.set(row.because, [...(named.get(row.because) ?? []), ...row.programs.split(' ')])
  }
  return [...named].map(([because, programs]) => `${because}: ${programs.join(', ')}`)
}

function chosenFor(): TableRow[] {
  const kinds = new Set(kindsOfPrograms.flatMap(({kind}) => kind ?? []))
  return [...kinds].toSorted().map((kind) => {
    const programs = kindsOfPrograms.flatMap((row) =>
      row.kind === kind ? row.programs.split(' ') : [],
    )
    const more = programs.length - shown
    return [kind, `${programs.slice(0, shown).join(', ')}${more > 0 ? ` and ${more} more` : ''}`]
  })
}

const shown = 6
