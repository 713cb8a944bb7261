import {lineFault, type Validator} from './fault.ts'
import {parseSigned} from './integers.ts'
import {plainly} from './meant.ts'
import {quote} from './quote.ts'

/** The error that a filtered system call gives: `SystemCallErrorNumber=` (systemd.exec(5)). */
export const errno: Validator = function* (value, context) {
  if (
    value === 'kill' ||
    (isErrorAction(value, context.version) && parseSigned(value, 32, context.version) !== 0n)
  )
    return
  yield lineFault(
    value,
    `Unexpected ${quote(value)}, expected an error such as \`EPERM\`, a number up to \`4095\` or \`kill\``,
    plainly(value, errno, context, (bare) => (/^kill$/i.test(bare) ? 'kill' : bare.toUpperCase())),
  )
}

/**
 * Whether systemd takes a text for an error: a name of errno(3) in any case, a number from 0 to
 * 4095, or `kill` (systemd.exec(5), "SystemCallFilter=").
 */
export function isErrorAction(text: string, version: number): boolean {
  if (text === 'kill') return true
  const number = parseSigned(text, 32, version)
  if (number !== undefined) return number >= 0n && number <= 4095n
  const name = text.toUpperCase()
  return names().has(name) || (name === 'EFTYPE' && version >= 262)
}

let known: ReadonlySet<string> | undefined

function names(): ReadonlySet<string> {
  known ??= new Set(errnoNames.split(' '))
  return known
}

/** Names of errno(3) on Linux, aliases included. */
const errnoNames =
  'E2BIG EACCES EADDRINUSE EADDRNOTAVAIL EADV EAFNOSUPPORT EAGAIN EALREADY EBADE EBADF EBADFD EBADMSG EBADR EBADRQC EBADSLT ' +
  'EBFONT EBUSY ECANCELED ECHILD ECHRNG ECOMM ECONNABORTED ECONNREFUSED ECONNRESET EDEADLK EDEADLOCK EDESTADDRREQ EDOM ' +
  'EDOTDOT EDQUOT EEXIST EFAULT EFBIG EHOSTDOWN EHOSTUNREACH EHWPOISON EIDRM EILSEQ EINPROGRESS EINTR EINVAL EIO EISCONN ' +
  'EISDIR EISNAM EKEYEXPIRED EKEYREJECTED EKEYREVOKED EL2HLT EL2NSYNC EL3HLT EL3RST ELIBACC ELIBBAD ELIBEXEC ELIBMAX ' +
  'ELIBSCN ELNRNG ELOOP EMEDIUMTYPE EMFILE EMLINK EMSGSIZE EMULTIHOP ENAMETOOLONG ENAVAIL ENETDOWN ENETRESET ENETUNREACH ' +
  'ENFILE ENOANO ENOBUFS ENOCSI ENODATA ENODEV ENOENT ENOEXEC ENOKEY ENOLCK ENOLINK ENOMEDIUM ENOMEM ENOMSG ENONET ENOPKG ' +
  'ENOPROTOOPT ENOSPC ENOSR ENOSTR ENOSYS ENOTBLK ENOTCONN ENOTDIR ENOTEMPTY ENOTNAM ENOTRECOVERABLE ENOTSOCK ENOTSUP ' +
  'ENOTTY ENOTUNIQ ENXIO EOPNOTSUPP EOVERFLOW EOWNERDEAD EPERM EPFNOSUPPORT EPIPE EPROTO EPROTONOSUPPORT EPROTOTYPE ERANGE ' +
  'EREMCHG EREMOTE EREMOTEIO ERESTART ERFKILL EROFS ESHUTDOWN ESOCKTNOSUPPORT ESPIPE ESRCH ESRMNT ESTALE ESTRPIPE ETIME ' +
  'ETIMEDOUT ETOOMANYREFS ETXTBSY EUCLEAN EUNATCH EUSERS EWOULDBLOCK EXDEV EXFULL'
