/**
 * Whether the name of a variable or of an option says that what it names is written:
 * `PHOTO_CACHE_DIR`, `--log-file`.
 *
 * Data is not among it: what `/usr/share` has of a program is called so, and read.
 */
export function isWrittenByName(name: string): boolean {
  const end = name.slice(-64)
  const small = end.toLowerCase()
  return parts.some((part) => small.includes(part)) && written.test(end)
}

/** One of these stands in all names that `written` takes, and in few others. */
const parts = 'cache log state upload output save backup tmp temp pid download spool record'.split(
  ' ',
)

const written =
  /(?:^|[_.-])(?:cache|logs?|state|uploads?|output|saves?|backups?|te?mp|pid|downloads?|spool|recordings?)[_.-]?(?:dir|directory|path|file|folder)?$/i
