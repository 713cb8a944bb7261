import {readFile, writeFile} from 'node:fs/promises'
import process from 'node:process'
import {openSystemd} from './release/ask.ts'
import {dataFiles, newestIn, withoutRelease, withRelease, type ReleaseData} from './release/data.ts'

/**
 * Take a new release of systemd into the data: `npm run facts -- release FOLDER`, where FOLDER is
 * one that test/oracle/get-systemd.sh has made.
 *
 * With `--without VERSION` in place of the folder, take all out that came with a version and later
 * ones: what the command finds again shows what it can. docs/new-systemd-release.md says more.
 */
export async function main([folder, version]: readonly string[]): Promise<void> {
  if (folder === undefined)
    throw new Error('Expected the folder of a systemd, or `--without VERSION`')
  const data = await readData()
  if (folder === '--without') return writeData(withoutRelease(data, numberOf(version)))
  const systemd = await openSystemd(folder)
  const newest = newestIn(data)
  const absorbed = await withRelease(data, systemd)
  await writeData(absorbed.data)
  process.stdout.write(
    [
      `systemd ${systemd.version} (${systemd.package}) after ${newest}`,
      ...section('Written', absorbed.changes),
      ...section('Look at these', absorbed.doubts),
      ...section('Then', steps),
      '',
    ].join('\n'),
  )
}

const steps = [
  'git diff src/facts src/values: are the new lines what the manual says?',
  '`releases` of src/facts/targets.ts: has some distribution moved on?',
  'npm run generate && npm test',
  'npm run test:oracle: values, refusals and the exposure table, against this version too',
]

function section(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? ['', `${title}:`, ...lines.map((line) => `  ${line}`)] : []
}

function numberOf(version: string | undefined): number {
  if (version === undefined || !/^\d{3}$/.test(version))
    throw new Error('Expected a version behind `--without`, such as 262')
  return Number(version)
}

async function readData(): Promise<ReleaseData> {
  const texts = await Promise.all(
    dataFiles.map(async (file) => [file, await readFile(file, 'utf8')] as const),
  )
  // One text for each of the files.
  return Object.fromEntries(texts) as ReleaseData
}

async function writeData(data: ReleaseData): Promise<void> {
  await Promise.all(dataFiles.map((file) => writeFile(file, data[file])))
}
