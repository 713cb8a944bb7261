import {defineRule, isJudged, services} from 'unitlint/rule'

export default defineRule({
  id: 'root-directory',
  directives: ['RootDirectory', 'RootImage'],
  summary: 'Give the service a root directory or image of its own',
  why: 'What is not in its root, a service cannot read, whoever controls it.',
  unless: 'The service is installed by packages into the system itself, as nearly all are.',
  on: services,
  messages: {
    missing: 'Expected `RootDirectory=` or `RootImage=`',
  },
  *check(unit) {
    if (!isJudged(unit, 'RootDirectory') || unit.isPartial) return
    if (unit.weigh(['run-anywhere']).applicability === 'withheld') return
    const {RootDirectory, RootImage} = unit.settings
    const at = unit.header('Service')
    if (at && (RootDirectory.value ?? '/') === '/' && (RootImage.value ?? '/') === '/')
      yield {message: 'missing', at}
  },
  examples: {
    bad: ['[Service]\nExecStart=/usr/bin/example\n'],
    good: ['[Service]\nExecStart=/usr/bin/example\nRootImage=/var/lib/example.raw\n'],
  },
})
