import {requireAtLeast} from 'unitlint/rule'

export default requireAtLeast({
  id: 'protect-clock',
  directive: 'ProtectClock',
  value: 'yes',
  why: 'A changed clock breaks certificates, tokens, and the order of every log.',
  unless: 'The service sets or disciplines the clock, or reads its state by `adjtimex()`.',
})
