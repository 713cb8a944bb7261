import {chmodSync, existsSync, rmSync} from 'node:fs'
import process from 'node:process'
import {describe, expect, it} from 'vitest'
import {changesSince} from '../../src/files/git.ts'
import {makeFolder} from './folder.ts'
import {git, identity, put, repository} from './repository.ts'

const files = {'a.service': 'a', 'b.service': 'b', 'x/c.service': 'c'}

interface Told {
  readonly files: readonly string[]
  readonly folders: readonly string[]
}

/** What has changed, by paths from the top of the repository; or the fault. */
function changes(cwd: string, since = 'main', at = cwd): Told | string {
  const found = changesSince(since, at)
  if ('fault' in found) return found.fault
  expect(found.top).toBe(cwd)
  const shown = (all: Iterable<string>): string[] =>
    [...all].map((file) => file.slice(cwd.length + 1)).toSorted()
  return {files: shown(found.files), folders: shown(found.folders)}
}

/** Do something with other variables of the environment. */
function withEnvironment<T>(variables: Readonly<Record<string, string>>, use: () => T): T {
  const before = Object.fromEntries(Object.keys(variables).map((name) => [name, process.env[name]]))
  Object.assign(process.env, variables)
  try {
    return use()
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}

function withSubmodule(
  inner: Readonly<Record<string, string>> = {'in.service': 'in', 'same.service': 'same'},
): string {
  const cwd = repository(files)
  git(
    cwd,
    '-c',
    'protocol.file.allow=always',
    'submodule',
    '--quiet',
    'add',
    repository(inner),
    'sub',
  )
  git(cwd, 'commit', '-qm', 'sub')
  return cwd
}

describe('what has changed in a repository', () => {
  it('is nothing at first', () => {
    const cwd = repository(files)
    expect(changes(cwd)).toEqual({files: [], folders: []})
    expect(changes(cwd, 'main', `${cwd}/x`)).toEqual({files: [], folders: []})
  })

  it('is what is committed, staged, only in files, new or gone', () => {
    const cwd = repository({...files, 'd.service': 'd', '.gitignore': 'ignored\n'})
    put(cwd, 'a.service', 'A')
    git(cwd, 'commit', '-qam', 'second')
    put(cwd, 'b.service', 'B')
    git(cwd, 'add', '.')
    put(cwd, 'x/c.service', 'C')
    rmSync(`${cwd}/d.service`)
    put(cwd, 'ä"\t\n.service', '')
    put(cwd, 'y/e.service', '')
    put(cwd, 'ignored', '')
    const all = [
      'a.service',
      'b.service',
      'd.service',
      'x/c.service',
      'y/e.service',
      'ä"\t\n.service',
    ]
    expect(changes(cwd, 'HEAD~1')).toEqual({files: all, folders: []})
    expect(changes(cwd, 'HEAD')).toEqual({files: all.slice(1), folders: []})
  })

  it('is both names of what got another', () => {
    const cwd = repository(files)
    git(cwd, 'mv', 'a.service', 'z.service')
    expect(changes(cwd)).toEqual({files: ['a.service', 'z.service'], folders: []})
  })

  it('counts from where a branch has parted, or from the commit where none has', () => {
    const cwd = repository(files)
    git(cwd, 'checkout', '-qb', 'topic')
    put(cwd, 'b.service', 'B')
    git(cwd, 'commit', '-qam', 'topic')
    git(cwd, 'checkout', '-q', 'main')
    put(cwd, 'a.service', 'A')
    git(cwd, 'commit', '-qam', 'main')
    expect(changes(cwd, 'topic')).toEqual({files: ['a.service'], folders: []})
    git(cwd, 'checkout', '-q', '--orphan', 'other')
    git(cwd, 'commit', '-qm', 'other')
    expect(changes(cwd, 'topic')).toEqual({files: ['a.service', 'b.service'], folders: []})
  })

  it('is nobody’s to tell in a repository in it that it does not know', () => {
    const cwd = repository(files)
    put(cwd, 'other/f.service', '')
    git(`${cwd}/other`, 'init', '-q')
    git(`${cwd}/other`, 'add', '.')
    git(`${cwd}/other`, ...identity, 'commit', '-qm', 'first')
    expect(changes(cwd)).toEqual({files: [], folders: ['other']})
  })
})

describe('what has changed in a submodule', () => {
  it('is in its folder where that is new', () => {
    const cwd = withSubmodule()
    expect(changes(cwd)).toEqual({files: [], folders: []})
    expect(changes(cwd, 'HEAD~1')).toEqual({files: ['.gitmodules'], folders: ['sub']})
  })

  it('is what its own repository tells, of its commits and of its files', () => {
    const cwd = withSubmodule()
    put(cwd, 'sub/in.service', 'IN')
    put(cwd, 'sub/new.service', '')
    const its = {files: ['sub/in.service', 'sub/new.service'], folders: []}
    expect(changes(cwd)).toEqual(its)
    git(`${cwd}/sub`, 'add', '.')
    git(`${cwd}/sub`, ...identity, 'commit', '-qm', 'inner')
    expect(changes(cwd)).toEqual(its)
    git(cwd, 'commit', '-qam', 'outer')
    expect(changes(cwd)).toEqual({files: [], folders: []})
    expect(changes(cwd, 'HEAD~1')).toEqual(its)
  })

  it('is nothing where it is not checked out', () => {
    const cwd = withSubmodule()
    git(cwd, 'submodule', '--quiet', 'deinit', '--force', 'sub')
    expect(changes(cwd)).toEqual({files: [], folders: []})
  })

  it('is nobody’s to tell where it lacks its old commit', () => {
    const cwd = withSubmodule()
    put(cwd, 'sub/in.service', 'IN')
    git(`${cwd}/sub`, ...identity, 'commit', '-qam', 'inner', '--amend')
    git(cwd, 'commit', '-qam', 'outer')
    git(`${cwd}/sub`, 'update-ref', '-d', 'refs/remotes/origin/main')
    git(`${cwd}/sub`, 'update-ref', '-d', 'refs/remotes/origin/HEAD')
    git(`${cwd}/sub`, 'reflog', 'expire', '--expire=all', '--all')
    git(`${cwd}/sub`, 'gc', '-q', '--prune=all')
    expect(changes(cwd, 'HEAD~1')).toEqual({files: [], folders: ['sub']})
  })

  it('is the file that has taken its place', () => {
    const cwd = withSubmodule()
    git(cwd, 'rm', '-qf', 'sub')
    put(cwd, 'sub', '')
    git(cwd, 'add', '.')
    expect(changes(cwd)).toEqual({files: ['.gitmodules', 'sub'], folders: []})
  })
})

describe('git', () => {
  it.each(['nonsense', '-x', '--output=x', 'HEAD~9', 'main:x', ''])(
    'knows no commit %j',
    (commit) => {
      expect(changes(repository(files), commit)).toBe(
        `Unexpected \`${commit}\`, expected a commit, branch or tag that is in this repository; a shallow clone may lack it`,
      )
    },
  )

  it('says in a line what is wrong', () => {
    expect(changes(makeFolder(files))).toBe('Not in a git repository')
    const broken = makeFolder({'.git': 'nonsense'})
    expect(changes(broken)).toBe(`git rev-parse: invalid gitfile format: ${broken}/.git`)
    const programs = makeFolder({
      'none/x': '',
      'failing/git': '#!/bin/sh\nexit 3\n',
      'killed/git': '#!/bin/sh\nkill -9 $$\n',
      'plain/git': '',
      'warning/git': "#!/bin/sh\necho 'warning: /x/fatal: y: gone' >&2\nexit 1\n",
    })
    chmodSync(`${programs}/failing/git`, 0o755)
    chmodSync(`${programs}/killed/git`, 0o755)
    chmodSync(`${programs}/warning/git`, 0o755)
    const by = (name: string): unknown =>
      withEnvironment({PATH: `${programs}/${name}`}, () => changes(programs))
    expect(['none', 'failing', 'killed', 'plain', 'warning'].map(by)).toEqual([
      'Expected git to be installed',
      'git rev-parse: ended by status 3',
      'git rev-parse: ended by SIGKILL',
      'git: Permission denied',
      'git rev-parse: warning: /x/fatal: y: gone',
    ])
  })

  it('is asked about the folder, whatever repository a hook is of', () => {
    const cwd = repository(files)
    put(cwd, 'a.service', 'A')
    const hook = {
      GIT_DIR: '/none',
      GIT_WORK_TREE: '/none',
      GIT_INDEX_FILE: '/none',
      GIT_PREFIX: 'x/',
    }
    expect(withEnvironment(hook, () => changes(cwd))).toEqual({files: ['a.service'], folders: []})
  })

  it.each(['clean', 'process'])(
    'runs no %s filter, nor any monitor or comparer, with other settings as they are',
    (kind) => {
      const cwd = repository({...files, '.gitattributes': '*.service filter=x.y=z\n'})
      const ran = `${makeFolder()}/ran`
      git(cwd, 'config', `filter.x.y=z.${kind}`, `touch ${ran}; cat`)
      git(cwd, 'config', 'filter.x.y=z.required', 'true')
      git(cwd, 'config', 'core.fsmonitor', `touch ${ran}; false`)
      git(cwd, 'config', 'diff.external', `touch ${ran}`)
      put(cwd, 'a.service', 'A')
      chmodSync(`${cwd}/b.service`, 0o755)
      expect(changes(cwd)).toEqual({files: ['a.service', 'b.service'], folders: []})
      const settings = {
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'core.fileMode',
        GIT_CONFIG_VALUE_0: 'false',
      }
      git(cwd, 'config', '--unset', 'core.fileMode')
      expect(withEnvironment(settings, () => changes(cwd))).toEqual({
        files: ['a.service'],
        folders: [],
      })
      expect(existsSync(ran)).toBe(false)
    },
  )
})
