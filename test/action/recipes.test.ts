import {execFileSync, spawnSync} from 'node:child_process'
import {existsSync, readFileSync, readdirSync, renameSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {parse} from 'yaml'
import {z} from 'zod'
import {top} from '../cli/bundle.ts'
import {makeFolder} from '../files/folder.ts'
import type {Content} from '../files/folder.ts'

const broken = '[Service]\nExecStart=/usr/bin/example\nRestrat=always\n'
const sound = '[Service]\nExecStart=/usr/bin/example\n'

describe("GitLab's template", () => {
  /** What is used of the keywords of a job ("CI/CD YAML syntax reference"): no keys but these. */
  const job = z.strictObject({
    stage: z.string(),
    image: z.string(),
    variables: z.record(z.string(), z.string()),
    script: z.array(z.string()),
    artifacts: z.strictObject({
      when: z.enum(['on_success', 'on_failure', 'always']),
      reports: z.strictObject({codequality: z.string()}),
    }),
  })
  const {script, variables, artifacts} = z
    .strictObject({unitlint: job})
    .parse(parse(readFileSync(path.join(top, 'docs/ci/gitlab.yml'), 'utf8'))).unitlint

  function run(
    files: Readonly<Record<string, Content>>,
    env: Readonly<Record<string, string>> = {},
    cwd = makeFolder(files),
  ): {cwd: string; status: number; log: string; report?: unknown} {
    const {status, log} = shell('sh', script.join('\n'), cwd, {...variables, ...env})
    const report = path.join(cwd, artifacts.reports.codequality)
    return existsSync(report)
      ? {cwd, status, log, report: JSON.parse(readFileSync(report, 'utf8')) as unknown}
      : {cwd, status, log}
  }

  it('shows what is found, in the log and as code quality, and fails', () => {
    const {status, log, report} = run({'units/a.service': broken, 'b.service': sound})
    expect(status).toBe(1)
    expect(log).toContain('did you mean `Restart`?')
    expect(report).toContainEqual(
      expect.objectContaining({
        check_name: 'no-unknown-directive',
        location: {path: 'units/a.service', lines: {begin: 3}},
      }),
    )
    expect(run({'b.service': sound}).status).toBe(0)
  })

  it('has a report where nothing is to be linted, and says once what is wrong', () => {
    const {cwd} = run({'a.service': broken})
    commit(cwd)
    const base = execFileSync('git', ['rev-parse', 'HEAD'], {cwd, encoding: 'utf8'}).trim()
    expect(run({}, {CI_MERGE_REQUEST_DIFF_BASE_SHA: base}, cwd)).toMatchObject({
      status: 0,
      report: [],
    })
    expect(run({'README.md': ''})).toMatchObject({
      status: 2,
      log: '.: No unit files in this folder\n',
    })
    expect(run({'a.service': sound}, {UNITLINT_OPTIONS: '--preset none'})).toMatchObject({
      status: 2,
      log: expect.stringMatching(/^--preset: Unexpected preset/),
    })
  })

  it('runs nothing that a variable says', () => {
    const {cwd} = run(
      {'a.service': sound},
      {
        UNITLINT_OPTIONS: '$(touch ran) `touch ran`; touch ran',
        UNITLINT_PATHS: '$(touch ran) ; touch ran *',
      },
    )
    expect(readdirSync(cwd)).not.toContain('ran')
  })
})

describe("the guide's matrix", () => {
  const step = z.looseObject({
    run: z.string().optional(),
    env: z.record(z.string(), z.string()).optional(),
  })
  const job = z.looseObject({
    strategy: z.looseObject({matrix: z.strictObject({shard: z.array(z.number())})}).optional(),
    steps: z.array(step),
  })
  const guide = readFileSync(path.join(top, 'docs/ci.md'), 'utf8')
  const [, recipe = ''] = /^### In a matrix\n\n```yaml\n([^]*?)^```$/m.exec(guide) ?? []
  const {lint, report} = z
    .object({jobs: z.strictObject({lint: job, report: job})})
    .parse(parse(recipe)).jobs

  /**
   * Runners check out to the same path; the last job has the reports of the others, and no other
   * file of theirs.
   */
  it.each([
    ['some of a few are at fault', 1, 3],
    ['all are sound', 0, 30],
  ])('comes to what one run comes to, where %s', (_, expected, count) => {
    const units = Object.fromEntries(
      Array.from({length: count}, (__, index): [string, string] => [
        `units/u${index}.service`,
        expected === 1 && index === 1 ? broken : sound,
      ]),
    )
    const cwd = makeFolder(units)
    const uploads = makeFolder({})
    for (const shard of lint.strategy?.matrix.shard ?? []) {
      for (const {run, env = {}} of lint.steps.filter((one) => one.run !== undefined)) {
        expect(env).toEqual({SHARD: '${{ matrix.shard }}'})
        expect(shell('bash', `set -eo pipefail\n${run}`, cwd, {SHARD: `${shard}`}).status).toBe(0)
      }
      for (const name of readdirSync(cwd).filter((one) => one.startsWith('shard-')))
        renameSync(path.join(cwd, name), path.join(uploads, name))
    }
    renameSync(uploads, path.join(cwd, 'shards'))
    for (const {run} of report.steps.filter((one) => one.run !== undefined))
      expect(shell('bash', `set -eo pipefail\n${run}`, cwd).status).toBe(expected)
    expect(shell('sh', 'npx unitlint -f sarif -o one.sarif', cwd).status).toBe(expected)
    expect(readFileSync(path.join(cwd, 'units.sarif'), 'utf8')).toBe(
      readFileSync(path.join(cwd, 'one.sarif'), 'utf8'),
    )
  })
})

describe("pre-commit's hooks", () => {
  const hook = z.looseObject({id: z.string(), entry: z.string(), files: z.string()})
  const hooks = z
    .array(hook)
    .parse(parse(readFileSync(path.join(top, '.pre-commit-hooks.yaml'), 'utf8')))

  it('are there', () => {
    expect(hooks.length).toBeGreaterThan(0)
  })

  it.each(hooks)('take units, drop-ins and what is of Quadlet alone: $id', ({files}) => {
    const names = [
      'a/b@.service',
      'x.timer',
      'a.service.d/10.conf',
      'service.d/10.conf',
      'web.container',
      'web.container.d/10.conf',
      'db.volume',
    ]
    const others = [
      'a.conf',
      'a.service.in',
      'eth.network',
      'Foo.pod',
      'disk.image',
      'a.service.d/README',
      'service',
    ]
    expect([...names, ...others].filter((name) => new RegExp(files).test(name))).toEqual(names)
  })
})

/** Run a script where `npx` runs this unitlint. */
function shell(
  name: string,
  script: string,
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): {status: number; log: string} {
  const bin = makeFolder({})
  writeFileSync(
    path.join(bin, 'npx'),
    `#!/bin/sh\n[ "$1" != --yes ] || shift\n[ "$1" = unitlint ] || exit 127\nshift\nexec '${process.execPath}' '${path.join(top, 'dist/cli.js')}' "$@"\n`,
    {mode: 0o755},
  )
  const {status, stdout, stderr} = spawnSync(name, ['-e', '-c', script], {
    cwd,
    encoding: 'utf8',
    env: {PATH: `${bin}:${process.env['PATH']}`, HOME: bin, ...env},
  })
  return {status: status ?? 255, log: stderr + stdout}
}

function commit(cwd: string): void {
  const git = (...args: readonly string[]): void =>
    void execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.org', ...args], {
      cwd,
    })
  git('init', '-q')
  git('add', '.')
  git('commit', '-qm', 'x')
}
