import {spawnSync} from 'node:child_process'
import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {z} from 'zod'

/**
 * An action of GitHub as its metadata has it ("Metadata syntax for GitHub Actions"): no keys but
 * these.
 */
export const actionSchema = z.strictObject({
  name: z.string(),
  description: z.string().max(125),
  author: z.string(),
  branding: z.strictObject({
    icon: z.string(),
    color: z.enum([
      'white',
      'black',
      'yellow',
      'blue',
      'green',
      'orange',
      'red',
      'purple',
      'gray-dark',
    ]),
  }),
  inputs: z.record(
    z.string().regex(/^[a-zA-Z_][\w-]*$/),
    z.strictObject({
      description: z.string(),
      required: z.boolean().optional(),
      default: z.string().optional(),
      deprecationMessage: z.string().optional(),
    }),
  ),
  outputs: z.record(
    z.string().regex(/^[a-zA-Z_][\w-]*$/),
    z.strictObject({description: z.string(), value: z.string()}),
  ),
  runs: z.strictObject({
    using: z.literal('composite'),
    steps: z.array(
      z.strictObject({
        name: z.string(),
        id: z.string().optional(),
        // A step that runs something has to name its shell.
        shell: z.literal('bash'),
        env: z.record(z.string(), z.string()),
        run: z.string(),
      }),
    ),
  }),
})

export type Action = z.infer<typeof actionSchema>

/** What the runner of a job knows. */
export interface Job {
  /** The repository that is checked out. */
  readonly workspace: string
  /** A folder for the runner's own files. */
  readonly scratch: string
  /** Programs that come before others. */
  readonly bin: string
  readonly inputs: Readonly<Record<string, string>>
  /** What expressions with `github.` stand for. */
  readonly github: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
}

/** What became of a job. */
export interface Done {
  readonly status: number
  readonly log: string
  readonly summary: string
  readonly outputs: Readonly<Record<string, string>>
}

/**
 * Run the steps of an action as GitHub's runner does, up to the first that fails. Throws for an
 * expression that is none of a few.
 */
export function runAction({inputs: declared, outputs, runs}: Action, job: Job): Done {
  const known = new Map<string, string>(
    Object.entries(job.github).map(([name, value]) => [`github.${name}`, value]),
  )
  for (const [name, {default: fallback = ''}] of Object.entries(declared))
    known.set(`inputs.${name}`, job.inputs[name] ?? resolved(fallback, known))
  const file = (name: string): string => path.join(job.scratch, name)
  writeFileSync(file('summary'), '')
  let [status, log] = [0, '']
  for (const [index, {id, env, run}] of runs.steps.entries()) {
    writeFileSync(file('output'), '')
    writeFileSync(file(`step-${index}.sh`), run)
    const ran = spawnSync(
      'bash',
      ['--noprofile', '--norc', '-e', '-o', 'pipefail', file(`step-${index}.sh`)],
      {
        cwd: job.workspace,
        encoding: 'utf8',
        env: {
          PATH: `${job.bin}${path.delimiter}${process.env['PATH']}`,
          HOME: job.scratch,
          RUNNER_TEMP: job.scratch,
          GITHUB_OUTPUT: file('output'),
          GITHUB_STEP_SUMMARY: file('summary'),
          GITHUB_REPOSITORY: 'owner/repository',
          GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
          GITHUB_REF: 'refs/pull/7/merge',
          ...job.env,
          ...Object.fromEntries(
            Object.entries(env).map(([name, value]) => [name, resolved(value, known)]),
          ),
        },
      },
    )
    log += ran.stdout + ran.stderr
    for (const line of readFileSync(file('output'), 'utf8').split('\n')) {
      const at = line.indexOf('=')
      if (id !== undefined && at > 0)
        known.set(`steps.${id}.outputs.${line.slice(0, at)}`, line.slice(at + 1))
    }
    status = ran.status ?? 255
    if (status !== 0) break
  }
  return {
    status,
    log,
    summary: existsSync(file('summary')) ? readFileSync(file('summary'), 'utf8') : '',
    outputs: Object.fromEntries(
      Object.entries(outputs).map(([name, {value}]) => [name, resolved(value, known)]),
    ),
  }
}

function resolved(text: string, known: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\$\{\{ ([\w.-]+) \}\}/g, (_, name: string) => {
    if (!/^(?:inputs|github|steps)\./.test(name)) throw new Error(`Unexpected expression ${name}`)
    return known.get(name) ?? ''
  })
}

/** A program that writes down how it is called, and prints what is in a file beside it. */
export function recorder(log: string): string {
  return `#!/bin/bash\nprintf '%s\\n' "$*" >> ${log}\n[ ! -f ${log}.answer ] || [[ "$*" != *--jq* ]] || cat ${log}.answer\nfor word; do case $word in body=@*) cat "\${word#body=@}" >> ${log}.body;; sarif=@*) cp "\${word#sarif=@}" ${log}.sarif;; esac; done\n`
}
