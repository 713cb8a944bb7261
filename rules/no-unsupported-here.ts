import {defineRule, fixBy, history, remove} from 'unitlint/rule'

export default defineRule({
  id: 'no-unsupported-here',
  summary: 'Disallow directives that fail, or do nothing, in the container that the target names',
  why: 'A container lacks rights, devices and files of a machine: the service does not start there, or it starts without the protection that its unit seems to give it.',
  unless: 'The unit is for machines as well, and is meant to do with less in the container.',
  on: {contained: true},
  messages: {
    fails: 'Unexpected `{key}={value}`, which {does} in {where}',
    ignored: 'Unexpected `{key}={value}`, which is ignored in {where}',
    partly: 'Unexpected `{key}={value}`, which works {does} in {where}',
    capability: 'Unexpected `{word}` in `{key}=`, which nobody has in {where}',
  },
  *check(unit) {
    if (unit.manager === 'user' || !unit.isReadable) return
    for (const section of new Set(unit.lines.map((line) => line.section))) {
      for (const key of new Set(unit.all(section).map((line) => line.key))) {
        for (const fate of history.fatesInEnvironments(unit, section, key)) {
          const {at, environments, does, word, because} = fate
          const where = environments.map((name) => `\`${name}\``).join(', ')
          const data = {key, value: at.value, where}
          const note = `${because}.`
          if (word !== undefined)
            yield {message: 'capability', data: {word, ...data}, at, atMost: 'warn', note}
          else if (does.startsWith('fails')) {
            const fix = fixBy('suggestion', remove(at.assignment), `Remove \`${key}=\``)
            yield {message: 'fails', data: {...data, does}, at, fix, note}
          } else if (does === 'ignored') yield {message: 'ignored', data, at, atMost: 'warn', note}
          else yield {message: 'partly', data: {...data, does}, at, atMost: 'warn', note}
        }
      }
    }
  },
  examples: {
    bad: [
      {
        name: 'example.service',
        target: 'debian-13,docker',
        unit: '[Service]\nExecStart=/usr/bin/example\nBindPaths=/srv\nPrivateTmp=yes\n',
      },
    ],
    good: [
      {
        name: 'example.service',
        target: 'debian-13,docker',
        unit: '[Service]\nExecStart=/usr/bin/example\nNoNewPrivileges=yes\nMemoryDenyWriteExecute=yes\n',
      },
    ],
  },
})
