import {defineRule, quadlet} from 'unitlint/rule'

export default defineRule({
  id: 'no-loose-mode',
  summary: 'Disallow unit files that are executable or that all may write',
  why: 'systemd warns of such a file each time that it reads it. A unit is no program; who may write it has the rights of what it runs.',
  unless: 'Something else sets the modes when the files are installed.',
  on: {modes: 0o113},
  messages: {
    mode: 'Unexpected mode {mode} of a unit file, it is {what}, expected {meant}',
  },
  *check({type, files}) {
    // systemd reads what Quadlet makes of a file, not the file.
    if (quadlet.isQuadlet(type)) return
    for (const file of files) {
      const {mode = 0, role, tree} = file
      const what = [
        ...((mode & 0o111) === 0 ? [] : ['executable']),
        ...((mode & 0o002) === 0 ? [] : ['writable by all']),
      ].join(' and ')
      // An empty one masks the unit and is not read.
      if (what === '' || (role === 'fragment' && tree.text === '')) continue
      const meant = octal(mode & 0o644)
      const end = /^[^\n\r]*/.exec(tree.text)?.[0].length ?? 0
      yield {
        message: 'mode',
        data: {mode: octal(mode), what, meant},
        at: {file, span: {start: 0, end}},
        note: `\`chmod ${meant}\` sets it right; what installs the file must not set it back, as \`install\` does without \`-m ${meant}\``,
      }
    }
  },
  examples: {
    bad: [
      {name: 'example.service', mode: 0o755, unit: '[Service]\nExecStart=/usr/bin/example\n'},
      {name: 'example.service', mode: 0o666, unit: '[Service]\nExecStart=/usr/bin/example\n'},
    ],
    good: [{name: 'example.service', mode: 0o644, unit: '[Service]\nExecStart=/usr/bin/example\n'}],
  },
})

function octal(mode: number): string {
  return `0${mode.toString(8).padStart(3, '0')}`
}
