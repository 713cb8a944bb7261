import {execFileSync} from 'node:child_process'
import {existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {gunzipSync} from 'node:zlib'
import {describe, expect, it} from 'vitest'
import {parse} from 'yaml'
import {top} from '../cli/bundle.ts'
import {makeFolder} from '../files/folder.ts'
import type {Content} from '../files/folder.ts'
import {actionSchema, recorder, runAction} from './runner.ts'
import type {Done, Job} from './runner.ts'

const action = actionSchema.parse(parse(readFileSync(path.join(top, 'action.yml'), 'utf8')))
const broken = '[Service]\nExecStart=/usr/bin/example\nRestrat=always\n'
const sound = '[Service]\nExecStart=/usr/bin/example\n'

describe('action.yml', () => {
  it('has no expression in a script, and in variables only those of inputs, events and steps before', () => {
    for (const {run, env} of action.runs.steps) {
      expect(run).not.toContain('${{')
      for (const value of Object.values(env))
        expect(value).toMatch(
          /^\$\{\{ (?:inputs|steps\.\w+\.outputs|github(?:\.event)?)\.[\w.-]+ \}\}$/,
        )
    }
    const used = action.runs.steps
      .flatMap(({env}) => Object.values(env))
      .flatMap((value) => /inputs\.([\w-]+)/.exec(value)?.[1] ?? [])
    expect(used.filter((name) => name !== 'token').toSorted()).toEqual(
      Object.keys(action.inputs)
        .filter((name) => name !== 'token')
        .toSorted(),
    )
  })

  it('lints, annotates, writes a summary and fails', () => {
    const {status, log, summary, outputs} = run({'units/a.service': broken})
    expect(status).toBe(1)
    expect(log).toMatch(/^::error file=units\/a\.service,line=3,col=1,.*did you mean `Restart`/m)
    expect(summary).toContain('Restrat')
    expect(outputs).toMatchObject({status: '1', report: expect.stringMatching(/unitlint\.json$/)})
    expect(JSON.parse(readFileSync(outputs['report'] ?? '', 'utf8'))).toMatchObject([
      {filePath: 'units/a.service', errorCount: 1},
    ])
    expect(JSON.parse(readFileSync(outputs['sarif-file'] ?? '', 'utf8'))).toMatchObject({
      version: '2.1.0',
    })
  })

  it('passes where nothing is wrong, and where it need not fail', () => {
    expect(run({'a.service': sound})).toMatchObject({status: 0, outputs: {status: '0'}})
    expect(run({'a.service': broken}, {fail: 'false', annotations: 'false'})).toMatchObject({
      status: 0,
      outputs: {status: '1'},
    })
  })

  it('takes paths and options, one a line', () => {
    const files = {'a b/a.service': broken, 'c/c.service': sound, '-d.service': broken}
    expect(
      run(files, {paths: 'a b\r\n\nc/*.service\n', args: '--rule\nno-unknown-directive: off\n'}),
    ).toMatchObject({status: 0})
    expect(run(files, {paths: '-d.service'}).log).toMatch(/^::error file=-d\.service,line=3/m)
  })

  it('says a clear word in a repository without units, and for what is wrong', () => {
    expect(run({'README.md': ''})).toMatchObject({
      status: 2,
      log: expect.stringContaining('::error title=unitlint::.: No unit files in this folder'),
    })
    expect(run({'a.service': sound}, {args: '--preset=none-such'})).toMatchObject({
      status: 2,
      log: expect.stringMatching(/^::error title=unitlint::--preset: Unexpected preset/m),
      summary: 'unitlint could not do its work; its step says why.\n',
    })
    expect(run({'a.service': sound}, {version: '1 $(touch pwned)'})).toMatchObject({
      status: 2,
      log: expect.stringContaining('Unexpected version'),
    })
  })

  it('runs nothing that is in an input', () => {
    const text =
      '$(touch pwned) `touch pwned`; touch pwned; "; touch pwned; " \'; touch pwned; \' | touch pwned * ${HOME}\ntouch pwned'
    const names = Object.keys(action.inputs)
    for (const its of [
      ['args'],
      ['version'],
      names.filter((name) => name !== 'args' && name !== 'version'),
    ]) {
      const {workspace, scratch} = job(
        {'a.service': broken},
        Object.fromEntries(its.map((name) => [name, text])),
      )
      runAction(action, last)
      expect(readdirSync(workspace)).toEqual(['a.service'])
      expect(readdirSync(scratch)).not.toContain('pwned')
    }
  })

  it('obeys nothing that a unit or its name says', () => {
    const name = 'x\n::set-output name=a::b\n::error::<b>.service'
    const {log, outputs, summary} = run({
      [name]: broken,
      'b.service': '[Service]\nExecStart=/bin/x\n::error::\n##[error]x\n`</pre><script>=1\n',
    })
    expect(
      log
        .split('\n')
        .filter((line) => /^::(?!error file=|error title=|notice |warning )/.test(line)),
    ).toEqual([])
    expect(Object.keys(outputs).toSorted()).toEqual(['report', 'sarif-file', 'status'])
    expect(summary).not.toMatch(/^\s{0,3}<script/m)
  })

  it('lints what a pull request changes, and what a push does', () => {
    const files = {'a.service': broken, 'b.service': sound}
    const its = job(files, {'changed-only': 'true'})
    git(its.workspace, 'init', '-q', '-b', 'main')
    commit(its.workspace)
    const before = git(its.workspace, 'rev-parse', 'HEAD').trim()
    git(its.workspace, 'remote', 'add', 'origin', its.workspace)
    git(its.workspace, 'checkout', '-qb', 'topic')
    writeFileSync(path.join(its.workspace, 'b.service'), broken)
    commit(its.workspace)
    const request = runAction(action, {...its, env: {GITHUB_BASE_REF: 'main'}})
    expect(reported(request)).toEqual(['b.service'])
    expect(request.status).toBe(1)
    expect(
      reported(runAction(action, {...its, github: {...its.github, 'event.before': before}})),
    ).toEqual(['b.service'])
    expect(
      reported(
        runAction(action, {...its, github: {...its.github, 'event.before': '0'.repeat(40)}}),
      ),
    ).toEqual(['a.service', 'b.service'])
  })

  it('uploads SARIF, and keeps one comment', () => {
    const its = job({'a.service': broken}, {sarif: 'true', comment: 'true'})
    const called = path.join(its.scratch, 'gh')
    const github = {
      ...its.github,
      'event.pull_request.number': '7',
      'event.pull_request.head.sha': 'f'.repeat(40),
    }
    runAction(action, {...its, github})
    expect(readFileSync(called, 'utf8').split('\n')).toEqual([
      expect.stringMatching(
        /^api --silent --method POST repos\/owner\/repository\/code-scanning\/sarifs --raw-field commit_sha=f{40} --raw-field ref=refs\/pull/,
      ),
      expect.stringMatching(/^api --paginate repos\/owner\/repository\/issues\/7\/comments/),
      expect.stringMatching(
        /^api --silent --method POST repos\/owner\/repository\/issues\/7\/comments --field body=@/,
      ),
      '',
    ])
    expect(
      JSON.parse(
        gunzipSync(Buffer.from(readFileSync(`${called}.sarif`, 'latin1'), 'base64')).toString(),
      ),
    ).toMatchObject({version: '2.1.0'})
    expect(readFileSync(`${called}.body`, 'utf8')).toMatch(/^<!-- unitlint -->\n[^]*Restrat/)
    writeFileSync(`${called}.answer`, '42\n43\n')
    runAction(action, {...its, github})
    expect(readFileSync(called, 'utf8')).toMatch(
      /--method PATCH repos\/owner\/repository\/issues\/comments\/42 --field body=@/,
    )
  })

  it('keeps what it writes within what GitHub takes', () => {
    const many = Object.fromEntries(
      Array.from({length: 60}, (_, index) => [
        `u${index}.service`,
        `[Service]\nExecStart=/bin/x\n${'Ä=1\n'.repeat(90)}`,
      ]),
    )
    const its = job(many, {comment: 'true'})
    const {summary} = runAction(action, {
      ...its,
      github: {...its.github, 'event.pull_request.number': '7'},
    })
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(1_000_100)
    expect(readFileSync(path.join(its.scratch, 'gh.body'), 'utf8').length).toBeLessThan(65_536)
  })
})

let last: Job

function job(
  files: Readonly<Record<string, Content>>,
  inputs: Readonly<Record<string, string>>,
): Job {
  const around = makeFolder({'work/.keep': '', 'scratch/.keep': '', 'bin/.keep': ''})
  const workspace = makeFolder(files)
  const scratch = path.join(around, 'scratch')
  const bin = path.join(around, 'bin')
  mkdirSync(bin, {recursive: true})
  for (const [name, text] of [
    ['gh', recorder(path.join(scratch, 'gh'))],
    ['npm', '#!/bin/sh\nexit 1\n'],
  ] as const)
    writeFileSync(path.join(bin, name), text, {mode: 0o755})
  last = {workspace, scratch, bin, inputs, github: {action_path: top, token: 'secret'}}
  return last
}

function run(
  files: Readonly<Record<string, Content>>,
  inputs: Readonly<Record<string, string>> = {},
): Done {
  return runAction(action, job(files, inputs))
}

function reported({outputs}: Done): readonly string[] {
  const file = outputs['report'] ?? ''
  const entries = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as ReadonlyArray<{readonly filePath: string}>)
    : []
  return entries.map(({filePath}) => filePath)
}

function commit(cwd: string): void {
  git(cwd, 'add', '.')
  git(cwd, '-c', 'user.name=x', '-c', 'user.email=x@example.org', 'commit', '-qm', 'x')
}

function git(cwd: string, ...args: readonly string[]): string {
  return execFileSync('git', args, {cwd, encoding: 'utf8'})
}
