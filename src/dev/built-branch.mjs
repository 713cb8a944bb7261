import {execFileSync} from 'node:child_process'
import {copyFile, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import path from 'node:path'
import process from 'node:process'
import {top} from './top.mjs'

// node src/dev/built-branch.mjs: put the package as it is published on the branch `built`, from
// which npm and pre-commit install it without building anything.
const folder = await mkdtemp(path.join(tmpdir(), 'unitlint-built-'))
try {
  const [{filename}] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder]))
  run('tar', ['-xzf', path.join(folder, filename), '-C', folder])
  const built = path.join(folder, 'package')
  // npm takes a package with any of these for one that it has to build.
  const {
    scripts: _scripts,
    devDependencies: _packages,
    allowScripts: _allowed,
    ...rest
  } = JSON.parse(await readFile(path.join(built, 'package.json'), 'utf8'))
  await writeFile(path.join(built, 'package.json'), `${JSON.stringify(rest, null, 2)}\n`)
  for (const name of ['.pre-commit-hooks.yaml', 'action.yml'])
    await copyFile(path.join(top, name), path.join(built, name))
  console.log(commit(built))
} finally {
  await rm(folder, {recursive: true, force: true})
}

/**
 * Commit a folder on the branch, below what is there, as of the time of what it was made of.
 *
 * @param {string} built
 */
function commit(built) {
  const [source, date] = git(['show', '--no-patch', '--format=%H %cI', 'HEAD']).split(' ')
  const env = {
    ...process.env,
    GIT_INDEX_FILE: path.join(folder, 'index'),
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_DATE: date,
  }
  const gitDir = git(['rev-parse', '--absolute-git-dir'])
  run('git', [`--git-dir=${gitDir}`, `--work-tree=${built}`, 'add', '--all', '--force', '.'], {
    cwd: built,
    env,
  })
  const tree = git(['write-tree'], env)
  const parent = git(['for-each-ref', '--format=%(objectname)', 'refs/heads/built'])
  if (parent !== '' && git(['rev-parse', `${parent}^{tree}`]) === tree) return parent
  const made = git(
    [
      'commit-tree',
      tree,
      ...(parent === '' ? [] : ['-p', parent]),
      '-m',
      `built: the package of ${source}`,
    ],
    env,
  )
  git(['update-ref', 'refs/heads/built', made])
  return made
}

/**
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
function git(args, env) {
  return run('git', args, env ? {env} : {}).trim()
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').ExecFileSyncOptions} [options]
 */
function run(command, args, options = {}) {
  return execFileSync(command, args, {
    cwd: top,
    stdio: ['ignore', 'pipe', 'inherit'],
    ...options,
  }).toString()
}
