import {defineRule, fixBy, lines, replaceWord, sandboxing, services, values} from 'unitlint/rule'
import type {Fix, Unit, Value} from 'unitlint/rule'

export default defineRule({
  id: 'no-writable-file',
  summary: 'Disallow `ReadWritePaths=` of one file in a folder that is read-only',
  why: 'Most programs save a file by writing another one beside it, which they rename: neither can that be made in the folder, nor the file be replaced, as it is a mount.',
  unless: 'The service writes into the file as it stands.',
  directives: ['ReadWritePaths', 'ProtectSystem'],
  on: {...services, ...lines('ReadWritePaths')},
  fixesHangOn: [],
  messages: {
    file: 'Unexpected `ReadWritePaths={path}` of one file, which can be written but not replaced, expected {expected}',
  },
  *check(unit) {
    if (unit.isPartial || unit.value('RootDirectory') || unit.value('RootImage')) return
    const lines = unit.values('ReadWritePaths')
    const all = lines.flatMap((line) => line.paths.map((path) => ({line, ...path})))
    const own = sandboxing.ownDirectories(unit).flatMap(({path}) => path ?? [])
    for (const {line, inside, written, marks, at} of all) {
      const folder = inside.slice(0, inside.lastIndexOf('/'))
      if (!file.test(inside) || !isClosed(folder, unit)) continue
      const open = [...own, ...all.map((other) => other.inside)]
      if (open.some((path) => sandboxing.isBelow(folder, path))) continue
      const isOwn = folder.lastIndexOf('/') > 0
      const expected = isOwn ? `\`${folder}\`` : 'a folder of its own for it'
      const fix = isOwn ? opening(line, at, folder) : undefined
      yield {message: 'file', data: {path: written.slice(marks.length), expected}, at, fix}
    }
  },
  examples: {
    bad: [
      '[Service]\nExecStart=/usr/bin/example\nProtectSystem=strict\nReadWritePaths=/etc/example/settings.json\n',
    ],
    good: [
      '[Service]\nExecStart=/usr/bin/example\nProtectSystem=strict\nReadWritePaths=/etc/example\n',
    ],
  },
})

/** Names of files that programs save as a whole; logs, locks and sockets are not among them. */
const file =
  /^\/(?!dev\/|proc\/|sys\/|run\/).*\/[^/]+\.(?:conf|cfg|ini|json|ya?ml|toml|xml|env|txt|list|pem|key|crt|state|dat)$|^\/etc\/(?:passwd|shadow|group|gshadow|hosts|hostname|fstab|resolv\.conf|adjtime)$/i

/** Whether `ProtectSystem=` closes a folder. */
function isClosed(folder: string, {settings}: Unit): boolean {
  const {value} = settings.ProtectSystem
  return sandboxing.closedBy(value).some((one) => sandboxing.isBelow(folder, one))
}

function opening(
  {assignment}: Value,
  {file: {tree}, span}: Value['words'][number]['at'],
  folder: string,
): Fix | undefined {
  const written = tree.text.slice(span.start, span.end)
  const mark = /^[-+]*/.exec(written)?.[0] ?? ''
  const start = values.valueOffset(assignment.directive, span.start) + mark.length
  if (assignment.directive.pieces || !written.startsWith(`${mark}${folder}/`)) return undefined
  const end = start + written.length - mark.length
  return fixBy('unsafe', replaceWord(assignment, {start, end}, folder))
}
