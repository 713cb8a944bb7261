import type {Dependency, DependencyKind, DependencyOrigin} from './dependency.ts'

/** One unit in several ways. */
export function each(
  kinds: readonly DependencyKind[],
  name: string,
  origin: DependencyOrigin,
): readonly Dependency[] {
  return kinds.map((kind) => ({kind, name, origin}))
}
