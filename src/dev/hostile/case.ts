/** Input of a kind that no unit is, in any size. */
export interface HostileCase {
  readonly name: string
  /** Files of about that many bytes together, by their paths. */
  readonly files: (bytes: number) => Readonly<Record<string, string>>
}
