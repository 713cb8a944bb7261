/** The command or a config is at fault: the message is one line for people, the exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** A usage error about a place: a config file with the path to a key, an option. */
export function usageError(where: string, what: string, cause?: unknown): UsageError {
  return new UsageError(`${where}: ${what}`, {cause})
}

/** The line of a usage error; whatever else is thrown is thrown on. */
export function usageFault(error: unknown): string {
  if (error instanceof UsageError) return error.message
  throw error
}
