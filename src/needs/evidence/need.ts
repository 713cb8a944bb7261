import type {AccessId} from '../../facts/accesses.ts'
import type {Assignment} from '../../unit/unit.ts'

/** Something that a service needs, and how that shows. */
export interface Need {
  readonly access: AccessId
  /**
   * A clause for messages: "`node` makes writable memory executable", "`ExecStart=` reads
   * `/home/u/x`".
   */
  readonly because: string
  /** Denying it would surely break the service; otherwise it is likely. */
  readonly certain: boolean
  /** Only a name suggests it: a closed profile knows better. */
  readonly isGuess?: true | undefined
  /**
   * Nobody sees whether the program does it, as with the parts of a runtime: to deny it is not safe,
   * and not withheld.
   */
  readonly isPossible?: true | undefined
  /** It hangs on others than its programs: what these do without says nothing of it. */
  readonly isOfOthers?: true | undefined
  /**
   * It shows nothing but that nothing can be known: no denial is safe, and none is withheld for it.
   */
  readonly isUnseen?: true | undefined
  /** A comment says so: it speaks of what the unit lacks, and is no doubt of what it has. */
  readonly inComment?: true | undefined
  /** It is what a program is there for, or does not start without. */
  readonly isEssential?: true | undefined
  /**
   * It is what programs of its kind do, or its code can do, and was not measured of this one: a
   * trace of it at its work knows better.
   */
  readonly isUsual?: true | undefined
  /** The path that shows it. */
  readonly path?: string | undefined
  /** Where it shows; absent for what a profile says. */
  readonly assignment?: Assignment | undefined
}

/** A need for each of some accesses, for one reason. */
export function needsFor(
  accesses: readonly AccessId[],
  because: string,
  certain: boolean,
  assignment: Assignment,
): readonly Need[] {
  return accesses.map((access) => ({access, because, certain, assignment}))
}

/** The same where only a name or a word suggests it. */
export function guessesFor(
  accesses: readonly AccessId[],
  because: string,
  assignment: Assignment | undefined,
): readonly Need[] {
  return accesses.map((access) => ({
    access,
    because,
    certain: false,
    isGuess: true,
    ...(assignment && {assignment}),
  }))
}

/** The same where nobody sees whether the program does it. */
export function possibleFor(
  accesses: readonly AccessId[],
  because: string,
  assignment: Assignment,
): readonly Need[] {
  return accesses.map((access) => ({
    access,
    because,
    certain: false,
    isPossible: true,
    assignment,
  }))
}

/** Text of a unit as a message quotes it. */
export function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}
