/** How programs live: whether they stay in front, and whether they tell systemd of themselves. */
export {isErrand} from '../../facts/errands.ts'
export {
  livesOf,
  reportingShells,
  scatteringLines,
  shellsInFront,
  silentLines,
  startingLines,
} from '../../needs/evidence/lives.ts'
export type {LifeOfLine, SilentLine} from '../../needs/evidence/lives.ts'
export {endsWithMachine} from '../../needs/programs/undoing.ts'
export {refreshedByName} from '../../unit/refreshed.ts'
export {restartDelay, timeOfRestarts, usualStartLimit} from '../../unit/restarts.ts'
