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
    pod: 'Unexpected `Pod={value}`, expected the name of a file such as `web.pod`: Quadlet refuses all else',
    word: 'Unexpected `{key}={value}`, expected {words}: Quadlet refuses all else',
    command: 'Unexpected `ExecStart=` in `[Service]`, Quadlet adds one and a service has only one: the unit is not loaded',
    beside: 'Unexpected `{key}=` beside `{other}=`, Quadlet refuses both together',
    without: 'Unexpected `{key}=` without `{other}=`, Quadlet makes no service of it',
  },
  *check(unit) {
    const {type} = unit
    if (!quadlet.isQuadlet(type)) return
    yield* missing(unit, type)
    const {words = {}, hasCommand = false} = quadlet.refusals[type]
    for (const key of quadlet.notForQuadlet) {
      const found = inService(unit, key)
      const instead = type === 'container' && key !== 'DynamicUser' ? `\`${key}=\` in \`[Container]\`` : 'a file in `~/.config/containers/systemd` of the user'
      if (found) yield {message: 'user', data: {key, value: found.value, instead}, at: found, note: refusal}
    }
    for (const [key, allowed] of Object.entries(words)) {
      const found = inService(unit, key)
      if (found && !allowed.includes(found.value))
        yield {message: 'word', data: {key, value: found.value, words: allowed.map((word) => `\`${word}\``).join(' or ')}, at: found}
    }
    const isOneshot = words['Type'] !== undefined && inService(unit, 'Type')?.value === 'oneshot'
    const command = hasCommand && !isOneshot ? inService(unit, 'ExecStart') : undefined
    if (command) yield {message: 'command', at: command, note: type === 'container' ? 'What the container runs is `Exec=` in `[Container]`' : undefined}
    const pod = written(unit, 'Container.Pod')
    if (pod && !pod.value.endsWith('.pod')) yield {message: 'pod', data: {value: pod.value}, at: pod}
    for (const pair of quadlet.pairs) {
      const found = written(unit, pair.key)
      const other = 'beside' in pair ? pair.beside : pair.without
      const isThere = written(unit, other) !== undefined
      if (!found || isThere !== 'beside' in pair || (unit.isPartial && !isThere)) continue
      yield {message: 'beside' in pair ? 'beside' : 'without', data: {key: found.key, other: other.slice(other.indexOf('.') + 1)}, at: found}
    }
  },
  examples: {
    bad: [
      {name: 'web.container', unit: '[Container]\nImage=docker.io/library/nginx\n\n[Service]\nUser=web\n'},
      {name: 'web.container', unit: '[Container]\nExec=--port 80\n'},
      {name: 'web.container', unit: '[Container]\nImage=docker.io/library/nginx\n\n[Service]\nType=simple\n'},
    ],
    good: [{name: 'web.container', unit: '[Container]\nImage=docker.io/library/nginx\nUser=101\n\n[Service]\nRestart=always\n'}],
  },
})

type Type = keyof typeof quadlet.refusals

/** Each thing that has to be there and is not; a drop-in alone need not have all. */
function* missing(unit: Unit, type: Type) {
  const at = unit.firstHeader
  if (unit.isPartial || !at) return
  const section = quadlet.quadletSection(type)
  const hasSection = unit.files.some(({tree}) => tree.children.some((child) => child.type === 'section' && child.name === section))
  const {required = []} = quadlet.refusals[type]
  if (!hasSection) yield {message: 'section', data: {type, section}, at} as const
  for (const keys of hasSection ? required : []) {
    if (keys.some((key) => written(unit, key) !== undefined)) continue
    yield {message: 'required', data: {type, keys: keys.map((key) => `\`${key.slice(key.indexOf('.') + 1)}=\``).join(' or ')}, at} as const
  }
}

/** What is in force of a key, as `Section.Key`: an empty value is as good as none. */
function written(unit: Unit, name: string) {
  const [section = '', key = ''] = name.split('.')
  const last = unit.assignments(section, key).at(-1)
  return last && last.value !== '' ? place(last) : undefined
}

function inService(unit: Unit, key: string) {
  return written(unit, `Service.${key}`)
}

function place({key, value, file, directive}: ReturnType<Unit['assignments']>[number]) {
  return {key, value, file, span: {start: directive.keySpan.start, end: directive.valueSpan.end}}
}

const refusal = 'Quadlet of podman 6 refuses it, and makes no service; older ones run podman without a session of that user, where it fails'
