/** The files that Quadlet makes services of, and what it refuses. */
export {
  isQuadlet,
  quadletSection,
  quadletService as serviceOf,
  quadletTypes as types,
} from '../../facts/quadlet.ts'
export {notForQuadlet, quadletRefusals as refusals} from '../../facts/quadlet-refusals.ts'
export {
  beyondSubnets,
  clashes,
  lacking,
  lastLine,
  lineInForce,
  namedFiles,
  sourcelessMounts,
  unreadLines,
  wrongWords,
} from '../../unit/quadlet.ts'
