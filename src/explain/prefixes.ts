/**
 * What may stand before a command, each with what it means (systemd.service(5), "Command lines"),
 * and since when.
 */
export const execPrefixes: ReadonlyArray<{
  readonly mark: string
  readonly meaning: string
  readonly since?: number
}> = [
  {mark: '-', meaning: 'its failure does not count'},
  {mark: '@', meaning: 'the next word is what the program is called'},
  {mark: ':', meaning: 'variables are left alone'},
  {mark: '+', meaning: 'without `User=` and sandboxing'},
  {mark: '!', meaning: 'without `User=`, but with sandboxing'},
  {mark: '|', meaning: 'run by a shell', since: 258},
]
