import {inject, TestRunner} from 'vitest'

/** What Stryker's plugin for vitest tells the tests. */
declare module 'vitest' {
  interface ProvidedContext {
    globalNamespace: string
    mode: 'dry-run' | 'mutant'
    mutantActivation: 'static' | 'runtime'
    activeMutant: string
    hitLimit: number | undefined
  }
}

/** What the code of mutants looks at. */
interface Switches {
  activeMutant?: string | undefined
  currentTestId?: string | undefined
  hitCount?: number | undefined
  hitLimit?: number | undefined
  mutantCoverage?: unknown
}

type Suite = Parameters<TestRunner['onAfterRunSuite']>[0]
type Task = Parameters<TestRunner['onBeforeRunTask']>[0]

/**
 * Turns mutants on, and notes which test reaches which.
 *
 * Stryker does so in a set-up file, which is read once where files share what they load (`isolate: false`): for all others no mutant is on. With
 * `isolate: true` each file loads all anew, which takes most of the time.
 */
export default class MutationRunner extends TestRunner {
  readonly #switches: Switches
  readonly #isDry = inject('mode') === 'dry-run'

  constructor(...given: ConstructorParameters<typeof TestRunner>) {
    super(...given)
    const all = globalThis as unknown as Record<string, Switches> // Stryker has its own place there.
    this.#switches = all[inject('globalNamespace')] ??= {}
    this.#switches.hitLimit = inject('hitLimit')
    this.#switches.hitCount = this.#isDry ? undefined : 0
    this.#switches.activeMutant = !this.#isDry && inject('mutantActivation') === 'static' ? inject('activeMutant') : undefined
  }

  override async onBeforeRunTask(test: Task): Promise<void> {
    if (this.#isDry) this.#switches.currentTestId = `${test.file.filepath}#${nameOf(test)}`
    else this.#switches.activeMutant = inject('activeMutant')
    await super.onBeforeRunTask(test)
  }

  override async onAfterRunSuite(suite: Suite): Promise<void> {
    await super.onAfterRunSuite(suite)
    if (suite !== suite.file) return
    const {mutantCoverage, hitCount} = this.#switches
    Object.assign(suite.meta, this.#isDry ? {mutantCoverage} : {hitCount})
    this.#switches.currentTestId = undefined
    // It is told file by file.
    if (!this.#isDry) this.#switches.hitCount = 0
  }
}

function nameOf({name, suite}: {readonly name: string; readonly suite?: unknown}): string {
  const above = suite as Parameters<typeof nameOf>[0] | undefined // A suite is within suites, as a test is.
  return above ? `${nameOf(above)} ${name}`.trim() : name
}
