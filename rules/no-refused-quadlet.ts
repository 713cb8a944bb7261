import {defineRule, quadlet} from 'unitlint/rule'
import type {Unit} from 'unitlint/rule'

export default defineRule({
  id: 'no-refused-quadlet',
  summary: 'Disallow what Quadlet makes no service of',
  why: 'The generator of podman says so in the log of the boot, and there is no service: `systemctl start` finds no such unit. What stands in `[Service]` is for podman, not for what runs in the container.',
  on: {types: quadlet.types},
  messages: {
    section: 'Unexpected {type} without `[{section}]`, Quadlet makes no service of it',
    required: 'Unexpected {type} without {keys}, Quadlet makes no service of it',
    user: 'Unexpected `{key}={value}` in `[Service]`, with which podman itself would run: expected {instead}',
    word: 'Unexpected `{key}={value}`, expected {expected}: Quadlet refuses all else',
    command:
      'Unexpected `ExecStart=` in `[Service]`, Quadlet adds one and a service has only one: the unit is not loaded',
    beside: 'Unexpected `{key}=` beside `{other}=`, Quadlet refuses both together',
    without: 'Unexpected `{key}=` without `{other}=`, Quadlet makes no service of it',
    relative:
      'Unexpected relative path in `File=` without `SetWorkingDirectory=`, Quadlet makes no service of it',
    more: 'Unexpected {number} `{key}=` for {subnets} `Subnet=`, Quadlet makes no service of it',
    source:
      'Unexpected mount of type `{type}` without `source=`, at which Quadlet of podman 5 crashes: it makes a service of no file at all',
    'no-line':
      'Unexpected line that is no `KEY=VALUE`, no header and no comment: Quadlet makes no service of it, and podman 5 of no other file of the folder',
    'no-line-of-drop-in':
      'Unexpected line that is no `KEY=VALUE`, no header and no comment: Quadlet reads nothing of the drop-in',
  },
  *check(unit) {
    const {type} = unit
    if (!quadlet.isQuadlet(type)) return
    yield* unreadable(unit)
    yield* missing(unit, type)
    const {words = {}, hasCommand = false} = quadlet.refusals[type]
    for (const key of quadlet.notForQuadlet) {
      const found = inService(unit, key)
      const instead =
        type === 'container' && key !== 'DynamicUser'
          ? `\`${key}=\` in \`[Container]\``
          : 'a file in `~/.config/containers/systemd` of the user'
      if (found)
        yield {message: 'user', data: {key, value: found.value, instead}, at: found, note: refusal}
    }
    for (const [key, allowed] of Object.entries(words)) {
      const found = last(unit, `Service.${key}`)
      if (found && !allowed.includes(found.value))
        yield {
          message: 'word',
          data: {
            key,
            value: found.value,
            expected: allowed.map((word) => `\`${word}\``).join(' or '),
          },
          at: found,
        }
    }
    const isOneshot = words['Type'] !== undefined && inService(unit, 'Type')?.value === 'oneshot'
    const command = hasCommand && !isOneshot ? inService(unit, 'ExecStart') : undefined
    if (command)
      yield {
        message: 'command',
        at: command,
        note:
          type === 'container' ? 'What the container runs is `Exec=` in `[Container]`' : undefined,
      }
    yield* misfits(unit)
    if (type === 'container') yield* sourceless(unit)
    if (type === 'network') yield* tooMany(unit)
    const file = written(unit, 'Build.File')
    if (
      file &&
      !unit.isPartial &&
      !/^(?:\/|https?:)/.test(file.value) &&
      !written(unit, 'Build.SetWorkingDirectory') &&
      !inService(unit, 'WorkingDirectory')
    )
      yield {message: 'relative', at: file}
  },
  examples: {
    bad: [
      {
        name: 'web.container',
        unit: '[Container]\nImage=docker.io/library/nginx\n\n[Service]\nUser=web\n',
      },
      {name: 'web.container', unit: '[Container]\nExec=--port 80\n'},
      {
        name: 'web.container',
        unit: '[Container]\nImage=docker.io/library/nginx\n\n[Service]\nType=simple\n',
      },
    ],
    good: [
      {
        name: 'web.container',
        unit: '[Container]\nImage=docker.io/library/nginx\nUser=101\n\n[Service]\nRestart=always\n',
      },
    ],
  },
})

type Type = keyof typeof quadlet.refusals

/**
 * Lines at which Quadlet gives a file up, in sections of others too; systemd would pass them over.
 */
function* unreadable(unit: Unit) {
  for (const file of unit.files) {
    const message = file.role === 'fragment' ? 'no-line' : 'no-line-of-drop-in'
    for (const child of file.tree.children)
      for (const line of child.type === 'section' ? child.children : [child]) {
        if (line.type !== 'junk' || !passedOver.has(line.fault)) continue
        const {start, end} = line.position
        yield {message, at: {file, span: {start: start.offset ?? 0, end: end.offset ?? 0}}} as const
      }
  }
}

/** What `no-unreadable-unit` does not tell of. */
const passedOver: ReadonlySet<string> = new Set(['outside-section', 'no-equals', 'no-key'])

/** Each thing that has to be there and is not; a drop-in alone need not have all. */
function* missing(unit: Unit, type: Type) {
  const at = unit.firstHeader
  const {required = []} = quadlet.refusals[type]
  if (unit.isPartial || !at) return
  const section = quadlet.quadletSection(type)
  const hasSection = unit.files.some(({tree}) =>
    tree.children.some((child) => child.type === 'section' && child.name === section),
  )
  if (!hasSection && required.length > 0)
    yield {message: 'section', data: {type, section}, at} as const
  const needed =
    written(unit, 'Volume.Driver')?.value === 'image'
      ? [['Volume.Image']]
      : hasSection
        ? required
        : []
  for (const keys of needed) {
    if (keys.some((key) => written(unit, key) !== undefined)) continue
    yield {
      message: 'required',
      data: {type, keys: keys.map((key) => `\`${nameOf(key)}=\``).join(' or ')},
      at,
    } as const
  }
}

/** Values that Quadlet does not take, and keys that do not go together. */
function* misfits(unit: Unit) {
  for (const {key: name, taken, expected, each} of quadlet.formats) {
    const [section = '', key = ''] = name.split('.')
    for (const line of unit.assignments(section, key)) {
      const words = each ? line.value.split(/\s+/) : [line.value]
      const wrong = words.find((word) => word !== '' && !taken.test(word))
      if (wrong !== undefined)
        yield {message: 'word', data: {key, value: wrong, expected}, at: place(line)} as const
    }
  }
  const told = new Set<string>()
  for (const pair of quadlet.pairs) {
    const found = written(unit, pair.key)
    const other = 'beside' in pair ? pair.beside : pair.without
    const isThere = written(unit, other) !== undefined
    if (
      !found ||
      told.has(pair.key) ||
      isThere !== 'beside' in pair ||
      (unit.isPartial && !isThere)
    )
      continue
    if (pair.unless && written(unit, pair.unless[0])?.value === pair.unless[1]) continue
    told.add(pair.key)
    yield {
      message: 'beside' in pair ? 'beside' : 'without',
      data: {key: found.key, other: nameOf(other)},
      at: found,
    } as const
  }
}

/** Mounts of something, that do not say of what. */
function* sourceless(unit: Unit) {
  for (const line of unit.assignments('Container', 'Mount')) {
    const type = /(?:^|,)"?type=(bind|volume|image|glob)(?:,|"?$)/.exec(line.value)?.[1]
    if (type !== undefined && !/(?:^|[,"])(?:src|source)=/.test(line.value))
      yield {message: 'source', data: {type}, at: place(line)} as const
  }
}

/** More of what there may be one for each subnet. */
function* tooMany(unit: Unit) {
  const subnets = given(unit, 'Subnet').length
  for (const key of subnets > 0 ? quadlet.perSubnet : []) {
    const lines = given(unit, key)
    const [at] = lines.slice(subnets)
    if (at)
      yield {message: 'more', data: {number: lines.length, key, subnets}, at: place(at)} as const
  }
}

/** The lines of a key of `[Network]` that are in force: an empty one takes those before it back. */
function given(unit: Unit, key: string) {
  const lines = unit.assignments('Network', key)
  return lines.slice(lines.findLastIndex(({value}) => value === '') + 1)
}

/** What is in force of a key, as `Section.Key`: an empty value is as good as none. */
function written(unit: Unit, name: string) {
  const found = last(unit, name)
  return found && found.value !== '' ? found : undefined
}

function last(unit: Unit, name: string) {
  const [section = '', key = ''] = name.split('.')
  const line = unit.assignments(section, key).at(-1)
  return line && place(line)
}

function inService(unit: Unit, key: string) {
  return written(unit, `Service.${key}`)
}

function nameOf(key: string): string {
  return key.slice(key.indexOf('.') + 1)
}

function place({key, value, file, directive}: ReturnType<Unit['assignments']>[number]) {
  return {key, value, file, span: {start: directive.keySpan.start, end: directive.valueSpan.end}}
}

const refusal =
  'Quadlet of podman 6 refuses it, and makes no service; older ones run podman without a session of that user, where it fails'
