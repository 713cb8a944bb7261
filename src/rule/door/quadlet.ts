/** The files that Quadlet makes services of, and what it refuses. */
export {isQuadlet, quadletSection, quadletTypes as types} from '../../facts/quadlet.ts'
export {notForQuadlet, quadletPairs as pairs, quadletRefusals as refusals} from '../../facts/quadlet-refusals.ts'
