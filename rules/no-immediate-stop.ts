import {defineRule, fixBy, lines, services, set, values} from 'unitlint/rule'
import type {Unit} from 'unitlint/rule'

export default defineRule({
  id: 'no-immediate-stop',
  summary: 'Disallow `ExecStop=` of oneshot services that do not remain active',
  why: 'A oneshot service that does not remain stops as soon as its commands have ended: what they have set up is undone in the same moment.',
  unless: '`ExecStop=` shall tidy up behind the commands.',
  directives: ['ExecStop'],
  on: {...services, ...lines('ExecStop')},
  fixesHangOn: ['ExecStop', 'RemainAfterExit'],
  messages: {
    stop: 'Unexpected `ExecStop=` of a oneshot service without `RemainAfterExit=yes`, it runs right after the start',
  },
  *check(unit) {
    const [at] = unit.values('ExecStop')
    if (unit.isPartial || !at || unit.text('Type') !== 'oneshot') return
    if (unit.value('RemainAfterExit')?.boolean || isJob(unit)) return
    const fix = fixBy('unsafe', set('Service', 'RemainAfterExit', 'yes'))
    yield {message: 'stop', at, fix, unlessTold: values.lostLines(unit, ['RemainAfterExit'])}
  },
  examples: {
    bad: [
      '[Service]\nType=oneshot\nExecStart=/usr/bin/example-rules load\nExecStop=/usr/bin/example-rules flush\n',
    ],
    good: [
      '[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/usr/bin/example-rules load\nExecStop=/usr/bin/example-rules flush\n',
      '[Service]\nType=oneshot\nExecStart=/usr/bin/example-backup\nExecStopPost=/usr/bin/rm -f /run/example-backup.lock\n',
    ],
  },
})

/** Whether it is started again and again, and has to end for that: what it stops with tidies up. */
function isJob(unit: Unit): boolean {
  if (unit.machine.activators(unit.name).length > 0) return true
  const stops = unit.values('ExecStop')
  if (stops.some(({value}) => /\.timer\b/.test(value))) return true
  if (['WantedBy', 'RequiredBy', 'UpheldBy'].some((key) => unit.value(key))) return false
  return unit.values('ExecStartPre').length > 0 || stops.every(({value}) => tidying.test(value))
}

/** Commands that take away what a job has left behind. */
const tidying =
  /^[-@:+!]*(?:\/\S*\/)?(?:rm|rmdir|umount|fusermount3?|sync|unlink|find|true)(?:\s|$)/
