import {readFileSync, rmSync} from 'node:fs'
import {expect, test} from 'vitest'
import {makeFolder} from '../files/folder.ts'
import {cli} from './cli.ts'

const guide = readFileSync('docs/quiet.md', 'utf8')

test('the guide about suppressions and baselines says what happens', async () => {
  const [, commented = ''] = /```ini\n(.*?)```/s.exec(guide) ?? []
  const cwd = makeFolder({
    'report.service': commented,
    'misspelt.service': commented.replace('no-unknown-directive', 'no-unknown-directiv').replace('ReportEvery', '#'),
    'old.service': '[Service]\nExecStart=/usr/bin/old\nPrivatTmp=yes\n',
  })
  const told: Array<[command: string, missing: string[], status: number]> = []
  const blocks = [...guide.matchAll(/```console\n(.*?)```/gs)].flatMap(([, block = '']) => block.trim().split(/^\$ /m).slice(1))
  for (const block of blocks) {
    const [command = '', ...lines] = block.trim().split('\n')
    const {status, stdout, stderr} = await cli([...command.split(' ').slice(1), '--format', 'compact'], {cwd})
    rmSync(`${cwd}/misspelt.service`, {force: true})
    told.push([command, lines.filter((line) => !`${stdout}${stderr}`.includes(line)), status])
  }
  expect(told).toEqual(blocks.map((block) => [block.trim().split('\n')[0], [], 0]))
  const [, json = ''] = /^```json\n(\{\n.*?)```/ms.exec(guide) ?? []
  expect(JSON.parse(json)).toMatchObject(JSON.parse(readFileSync(`${cwd}/known.json`, 'utf8')) as object)
})
