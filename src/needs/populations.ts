/**
 * What is known of a service before its evidence: how many of its kind need an access is counted.
 */
export interface Population {
  /** Some command of it starts as root. */
  readonly asRoot: boolean
  /**
   * All its programs are in the tables; or come from folders where packages put them; or neither.
   */
  readonly program: 'known' | 'packaged' | 'unheard-of'
  /** It is of a user's manager; those that are counted are the system's. */
  readonly ofUser?: true
  /** People wrote one of its programs for themselves, and nobody has read it. */
  readonly isUnread?: true
  /**
   * Nothing but its folder says that a package brought one of its programs, of which nothing is
   * known and which nobody has read: people put theirs there as well.
   */
  readonly isByFolderAlone?: true
}

/** All kinds; what is rare is worked out once for each of these. */
export const populations: readonly Population[] = [true, false].flatMap((asRoot) =>
  (['known', 'packaged', 'unheard-of'] as const).map((program): Population => ({asRoot, program})),
)

/**
 * The same of users' managers, and those of both whose programs are unheard of and unread, or
 * packaged by their folders alone.
 */
export const allPopulations: readonly Population[] = [
  ...populations,
  ...populations.filter(({asRoot}) => !asRoot).map((kind): Population => ({...kind, ofUser: true})),
].flatMap((kind): readonly Population[] => {
  if (kind.program === 'unheard-of') return [kind, {...kind, isUnread: true}]
  return kind.program === 'packaged' ? [kind, {...kind, isByFolderAlone: true}] : [kind]
})
