import {errorWords} from '../facts/data/error-words.ts'

/**
 * An error of the kernel, by its name (errno(3)), or one of the few others that say why something
 * failed.
 */
export type ErrorName = (typeof errors)[number][0]

/**
 * How each is told of: as the C library words it, by its name, by its number in Python, and as
 * languages call it.
 */
const errors = [
  ['EROFS', /read-only file ?system|no usable temporary directory|\bEROFS\b|\[Errno 30\]/i],
  [
    'EAFNOSUPPORT',
    /address family not supported|\bEAFNOSUPPORT\b|\[Errno 97\]|unsupported address family/i,
  ],
  [
    'ENETUNREACH',
    /network is unreachable|\bENETUNREACH\b|no route to host|\bEHOSTUNREACH\b|\[Errno (?:101|113)\]/i,
  ],
  ['ECONNREFUSED', /connection refused|\bECONNREFUSED\b|\[Errno 111\]/i],
  [
    'EADDRNOTAVAIL',
    /cannot assign requested address|can't assign requested address|\bEADDRNOTAVAIL\b|\[Errno 99\]/i,
  ],
  [
    'resolve',
    /name resolution|could not resolve|couldn't resolve|\bEAI_(?:AGAIN|NONAME|FAIL)\b|\bENOTFOUND\b|name or service not known|unknown host|no such host|UnknownHostException/i,
  ],
  [
    'EPERM',
    /operation not permitted|\bEPERM\b|\[Errno 1\]|\bnot permitted\b|(?:must|have to|need to) be (?:the )?(?:super-?user|root|run as root)|(?:only|requires?) root\b|not super-?user/i,
  ],
  [
    'EACCES',
    /permission denied|\bEACCES\b|\[Errno 13\]|access (?:is )?denied|AccessDenied|insufficient (?:permission|privilege)/i,
  ],
  [
    'ENOENT',
    /no such file or directory|cannot find module '\/|\bENOENT\b|\[Errno 2\]|directory nonexistent|NoSuchFileException|FileNotFoundException/i,
  ],
  ['ENXIO', /no such device|\bENODEV\b|\bENXIO\b|\[Errno (?:6|19)\]/i],
  ['ESRCH', /no such process|\bESRCH\b|\[Errno 3\]|ProcessLookupError/i],
  ['EINVAL', /invalid argument|\bEINVAL\b|\[Errno 22\]/i],
  ['EOVERFLOW', /value too large|\bEOVERFLOW\b/i],
  [
    'ENOMEM',
    /cannot allocate memory|not enough memory|out of memory|\bENOMEM\b|\[Errno 12\]|failed to allocate|no more memory/i,
  ],
  ['EMFILE', /too many open files|\bEMFILE\b|\[Errno 24\]/i],
  [
    'EAGAIN',
    /resource temporarily unavailable|\bEAGAIN\b|\[Errno 11\]|can(?:no|')t (?:fork|start new thread)|unable to create (?:new native )?thread|fork failed/i,
  ],
  ['EFBIG', /file too large|file size limit exceeded|\bEFBIG\b|\[Errno 27\]/i],
  ['ENOSYS', /function not implemented|\bENOSYS\b|\[Errno 38\]/i],
  ['ENOKEY', /required key not available|\bENOKEY\b/i],
  ['SIGSYS', /bad system call|\bSIGSYS\b|\bsignal:? ?31\b/i],
] as const satisfies ReadonlyArray<readonly [name: string, told: RegExp]>

/**
 * The error that a message tells of, in whatever language; undefined where it tells of none that is
 * known.
 */
export function errorIn(message: string): ErrorName | undefined {
  return (
    errors.find(([, told]) => told.test(message))?.[0] ??
    translated.get(translation.exec(message)?.[0] ?? '')
  )
}

/** Whether a message tells of an error in another language than English. */
export function isTranslated(message: string): boolean {
  return translation.test(message)
}

const names = Object.keys(errorWords) as Array<keyof typeof errorWords>
const translated = new Map(
  names.flatMap((name) => errorWords[name].split('|').map((words) => [words, name] as const)),
)
const translation = new RegExp(
  [...translated.keys()].map((words) => words.replaceAll(/[.()?+*]/g, String.raw`\$&`)).join('|'),
)
