/** When timers start their units. */
export {
  beginningKeys,
  beginnings,
  continuations,
  dates,
  nextOf,
  repetitions,
  watches,
} from '../../machine/timers.ts'
export {timeSpanText} from '../../values/time-span-text.ts'
