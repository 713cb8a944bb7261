/** The files that Quadlet makes services of, and what it refuses. */
export {isQuadlet, quadletSection, quadletTypes as types} from '../../facts/quadlet.ts'
export {
  notForQuadlet,
  perSubnet,
  quadletFormats as formats,
  quadletPairs as pairs,
  quadletRefusals as refusals,
} from '../../facts/quadlet-refusals.ts'
