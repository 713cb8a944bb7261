import {makeFolder} from '../files/folder.ts'
import type {Content} from '../files/folder.ts'
import {cli} from '../cli/cli.ts'

/**
 * What a first run says of files in a folder, as `PATH:LINE SEVERITY RULE`, information left out;
 * with arguments more than those of a first run.
 */
export async function said(
  files: Readonly<Record<string, Content>>,
  ...argv: readonly string[]
): Promise<readonly string[]> {
  return (await hinted(files, ...argv)).filter((line) => !line.includes(' info '))
}

/** The same with information. */
export async function hinted(
  files: Readonly<Record<string, Content>>,
  ...argv: readonly string[]
): Promise<readonly string[]> {
  const {stdout, stderr} = await cli(['--no-config', '-f', 'json', ...argv, '.'], {
    cwd: makeFolder(files),
  })
  if (stdout === '') throw new Error(stderr)
  const entries: readonly Entry[] = JSON.parse(stdout) // Our own format.
  return entries.flatMap(({filePath, messages}) =>
    messages.map(
      ({line, severity, ruleId}) =>
        `${filePath}:${line} ${['info', 'warning', 'error'][severity]} ${ruleId}`,
    ),
  )
}

interface Entry {
  readonly filePath: string
  readonly messages: ReadonlyArray<{
    readonly line: number
    readonly severity: number
    readonly ruleId: string
  }>
}
