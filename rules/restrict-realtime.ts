import {requireAtLeast} from 'unitlint/rule'

export default requireAtLeast({
  id: 'restrict-realtime',
  directive: 'RestrictRealtime',
  value: 'yes',
  why: 'A process with realtime priority can keep the machine from doing anything else.',
  unless: 'The service asks for realtime scheduling itself: audio, clustering, time.',
})
