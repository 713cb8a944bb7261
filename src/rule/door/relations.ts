/** What units are to each other: dependencies, activation, what they share. */
export {activation} from '../../machine/activation.ts'
export {dependencies, isWritten, kindsTo} from '../../machine/dependencies.ts'
export {listeningPaths, namespacesToJoin} from '../../machine/neighbours.ts'
export {conflictWithShutdown, isOfShutdown} from '../../machine/shutdown.ts'
export {busNameOf} from '../../machine/summary.ts'
export {references} from '../references.ts'
export type {Cycle} from '../../machine/cycles.ts'
export type {DependencyKind} from '../../machine/dependency.ts'
