import {spawnSync} from 'node:child_process'
import {rm} from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import {buildExtension} from './extension.mjs'
import {top} from './top.mjs'

// node src/dev/vscode.mjs: make the extension for VS Code, build/unitlint.vsix. vsce comes by npx:
// it has more packages than all of this project.
const folder = path.join(top, 'build', 'vscode')
await rm(folder, {recursive: true, force: true})
await buildExtension(folder)
const pack = [
  'package',
  '--no-dependencies',
  '--allow-missing-repository',
  '--out',
  path.join('..', 'unitlint.vsix'),
]
const {status} = spawnSync('npx', ['--yes', '@vscode/vsce@3.9', ...pack], {
  cwd: folder,
  stdio: 'inherit',
  shell: process.platform === 'win32',
})
process.exitCode = status ?? 1
