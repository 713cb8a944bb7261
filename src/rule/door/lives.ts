/** How programs live: whether they stay in front, and whether they tell systemd of themselves. */
export {livesOf, reportingShells, scatteringLines, shellsInFront, silentLines, startingLines} from '../../needs/evidence/lives.ts'
export type {LifeOfLine, SilentLine} from '../../needs/evidence/lives.ts'
