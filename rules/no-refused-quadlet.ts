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
    missing:
      'Unexpected `{name}` in `{key}=`, no such file is in sight: Quadlet makes no service without it',
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
    const inService = (key: string) => quadlet.lineInForce(unit, `Service.${key}`)
    for (const at of quadlet.unreadLines(unit))
      if (at.file.role === 'fragment') yield {message: 'no-line', at}
      else yield {message: 'no-line-of-drop-in', at}
    const {section, keys: needed} = quadlet.lacking(unit)
    const header = unit.firstHeader
    if (header && section !== undefined)
      yield {message: 'section', data: {type, section}, at: header}
    for (const some of header ? needed : []) {
      const keys = some.map((key) => `\`${nameOf(key)}=\``).join(' or ')
      if (header) yield {message: 'required', data: {type, keys}, at: header}
    }
    const {words = {}, hasCommand = false} = quadlet.refusals[type]
    for (const key of quadlet.notForQuadlet) {
      const at = inService(key)
      const hasOwn = type === 'container' && key !== 'DynamicUser'
      const instead = hasOwn ? `\`${key}=\` in \`[Container]\`` : ofUser
      if (at) yield {message: 'user', data: {key, value: at.value, instead}, at, note: refusal}
    }
    for (const [key, allowed] of Object.entries(words)) {
      const at = quadlet.lastLine(unit, `Service.${key}`)
      const expected = allowed.map((word) => `\`${word}\``).join(' or ')
      if (at && !allowed.includes(at.value))
        yield {message: 'word', data: {key, value: at.value, expected}, at}
    }
    const isOneshot = words['Type'] !== undefined && inService('Type')?.value === 'oneshot'
    const command = hasCommand && !isOneshot ? inService('ExecStart') : undefined
    if (command)
      yield {message: 'command', at: command, note: type === 'container' ? exec : undefined}
    for (const {at, word, expected} of quadlet.wrongWords(unit))
      yield {message: 'word', data: {key: at.key, value: word, expected}, at}
    for (const {at, kind, other} of quadlet.clashes(unit))
      yield {message: kind, data: {key: at.key, other: nameOf(other)}, at}
    if (type === 'container')
      for (const {at, type: kind} of quadlet.sourcelessMounts(unit))
        yield {message: 'source', data: {type: kind}, at}
    if (type === 'network')
      for (const {at, number, subnets} of quadlet.beyondSubnets(unit))
        yield {message: 'more', data: {number, key: at.key, subnets}, at}
    for (const {at, name} of missingFiles(unit))
      yield {message: 'missing', data: {key: at.assignment.key, name}, at, atMost: 'warn'}
    const file = quadlet.lineInForce(unit, 'Build.File')
    if (!file || unit.isPartial || /^(?:\/|https?:)/.test(file.value)) return
    if (quadlet.lineInForce(unit, 'Build.SetWorkingDirectory') || inService('WorkingDirectory'))
      return
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

/** What is named and is neither beside the file nor elsewhere in the run, where these are in sight. */
function missingFiles(unit: Unit): ReturnType<typeof quadlet.namedFiles> {
  const isInSight = (name: string): boolean => {
    const type = name.slice(name.lastIndexOf('.') + 1)
    return quadlet.isQuadlet(type) && unit.machine.isKnown(quadlet.serviceOf(name, type))
  }
  return isInSight(unit.name) ? quadlet.namedFiles(unit).filter(({name}) => !isInSight(name)) : []
}

function nameOf(key: string): string {
  return key.slice(key.indexOf('.') + 1)
}

const ofUser = 'a file in `~/.config/containers/systemd` of the user'
const exec = 'What the container runs is `Exec=` in `[Container]`'
const refusal =
  'Quadlet of podman 6 refuses it, and makes no service; older ones run podman without a session of that user, where it fails'
