import {readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {parse} from 'yaml'
import {z} from 'zod'
import {top} from '../cli/bundle.ts'

const step = z.strictObject({name: z.string(), run: z.string()})
const job = z.strictObject({
  needs: z.string().optional(),
  'runs-on': z.string(),
  'timeout-minutes': z.number(),
  environment: z.string().optional(),
  permissions: z.record(z.string(), z.string()),
  steps: z.array(step).min(1),
})
const workflow = z.strictObject({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  permissions: z.strictObject({}),
  concurrency: z.unknown(),
  jobs: z.record(z.string(), job),
})

const folder = path.join(top, '.github/workflows')
const workflows = new Map(
  readdirSync(folder).map((name) => [
    name,
    workflow.parse(parse(readFileSync(path.join(folder, name), 'utf8'))),
  ]),
)

describe.each([...workflows])('%s', (name, {on, jobs}) => {
  it('uses no action, and no word that somebody else may have put together', () => {
    // The schema has no `uses`; an expression in a script is text of that script.
    for (const {steps} of Object.values(jobs))
      for (const {run} of steps) expect(run).not.toContain('${{')
    expect(JSON.stringify(jobs)).not.toMatch(/secrets\.|https?:/)
  })

  it('is not started by strangers with rights', () => {
    expect(Object.keys(on).filter((event) => !['push', 'pull_request'].includes(event))).toEqual([])
  })

  it('has rights where it publishes, and nowhere else', () => {
    const rights = Object.entries(jobs).map(([id, {permissions}]) => [`${name} ${id}`, permissions])
    for (const [id, permissions] of rights)
      expect([id, permissions]).toEqual([
        id,
        id === 'release.yml publish' ? {'id-token': 'write'} : {},
      ])
  })
})

it('are a test of every change, and a release that waits for the same test', () => {
  const [ci, release] = [workflows.get('ci.yml'), workflows.get('release.yml')]
  expect([...workflows.keys()].toSorted()).toEqual(['ci.yml', 'release.yml'])
  expect(ci?.jobs['test']?.steps.at(-1)?.run).toBe('bash .ci/run')
  expect(release?.jobs['test']).toEqual(ci?.jobs['test'])
  expect(release?.jobs['publish']?.needs).toBe('test')
  expect(release?.jobs['publish']?.steps.at(-1)?.run).toMatch(
    /^npx --yes 'npm@[^']+' publish \S+ --ignore-scripts --provenance --access public$/,
  )
})
