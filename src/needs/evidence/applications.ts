import type {Invocation} from './invocations.ts'
import {upTo} from '../../syntax/text.ts'

/** What a server or a runner of applications is told to run. */
export interface Application {
  /** A module or a file, as it is named. */
  readonly file: string
  /** The interpreter that runs it. */
  readonly interpreter: string
  /** The folder that it is looked for in, where that is told. */
  readonly folder?: string | undefined
}

/**
 * The application that gunicorn, `streamlit run`, pm2 and their like are told to run; undefined for
 * other programs, and where it is not told.
 */
export function applicationOf({program, args}: Invocation): Application | undefined {
  const name = program.replace(/[0-9.]+$|\.py$/, '')
  const file = ways.find(({programs}) => programs.includes(name))
  const found = file?.told(args)
  return file && found !== undefined
    ? {file: found, interpreter: file.interpreter, folder: behind(args, folders)}
    : undefined
}

/**
 * The script of `package.json` that npm and its like are told to run; undefined for other programs
 * and commands of theirs.
 */
export function packageScriptOf({program, args}: Invocation): string | undefined {
  if (!packagers.includes(program)) return undefined
  const words = args.filter((arg) => !arg.startsWith('-'))
  const [first, second] = words
  if (first === 'run' || first === 'run-script') return second
  return program === 'npm' && first !== 'start' && first !== 'test' ? undefined : first
}

const packagers = ['npm', 'yarn', 'pnpm']

interface Way {
  readonly programs: readonly string[]
  readonly interpreter: string
  /** What the arguments tell; undefined for nothing. */
  readonly told: (args: readonly string[]) => string | undefined
}

const folders = ['--chdir', '--app-dir', '--workdir', '--cwd']

const ways: readonly Way[] = [
  {
    programs: ['gunicorn', 'uvicorn', 'hypercorn', 'daphne', 'waitress-serve', 'granian'],
    interpreter: 'python3',
    told: (args) =>
      moduleOf(args.find((arg) => /^[A-Za-z_][\w.]*:[A-Za-z_]\w*(?:\(.*\))?$/.test(arg))),
  },
  {
    programs: ['celery', 'flask'],
    interpreter: 'python3',
    told: (args) => moduleOf(behind(args, ['-A', '--app'])),
  },
  {
    programs: ['uwsgi', 'uwsgi-core'],
    interpreter: 'python3',
    told: (args) => moduleOf(behind(args, ['-w', '--module', '--wsgi', '--wsgi-file'])),
  },
  {
    programs: ['streamlit', 'fastapi', 'panel'],
    interpreter: 'python3',
    told: (args) => args.find((arg) => arg.endsWith('.py')),
  },
  {
    programs: ['pm', 'pm2', 'pm2-runtime', 'forever', 'nodemon'],
    interpreter: 'node',
    told: (args) => args.find((arg) => /\.[cm]?[jt]s$/.test(arg) && !arg.endsWith('.config.js')),
  },
]

/** The module of `package.module:application`, without what stands in it. */
function moduleOf(text: string | undefined): string | undefined {
  return text && upTo(text, ':')
}

/** The value of the first of some options, joined or not. */
function behind(args: readonly string[], options: readonly string[]): string | undefined {
  for (const [index, arg] of args.entries()) {
    if (options.includes(arg)) return args[index + 1]
    const option = options.find((one) => arg.startsWith(`${one}=`))
    if (option !== undefined) return arg.slice(option.length + 1)
  }
  return undefined
}
