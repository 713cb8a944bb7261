import {defineRule, lines, relations, typed} from 'unitlint/rule'

export default defineRule({
  id: 'no-taken-address',
  summary: 'Disallow addresses that a line of the same socket listens at already',
  why: 'The kernel refuses the second one, and the socket does not start at all: nobody listens at the first, either.',
  directives: ['ListenStream'],
  on: {...typed('socket'), ...lines('ListenStream')},
  fixesHangOn: [],
  messages: {
    taken:
      'Unexpected `ListenStream={found}`, whose address `ListenStream={taken}` has: the socket does not start',
  },
  *check(unit) {
    if (unit.isPartial) return
    for (const {at, by, isSure} of relations.takenAddresses(unit)) {
      const data = {found: at.value, taken: by.value}
      yield {message: 'taken', data, at, atMost: isSure ? undefined : 'warn'}
    }
  },
  examples: {
    bad: [
      {name: 'web.socket', unit: '[Socket]\nListenStream=80\nListenStream=80\n'},
      {name: 'web.socket', unit: '[Socket]\nListenStream=80\nListenStream=0.0.0.0:80\n'},
    ],
    good: [
      {
        name: 'web.socket',
        unit: '[Socket]\nListenStream=[::]:80\nListenStream=0.0.0.0:80\nBindIPv6Only=ipv6-only\n',
      },
      {name: 'dns.socket', unit: '[Socket]\nListenStream=53\nListenDatagram=53\n'},
    ],
  },
})
