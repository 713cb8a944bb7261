import {describe, expect, it} from 'vitest'
import {presets} from '../../configs/index.ts'
import {alternatives} from '../../src/rule/suggest.ts'
import {makeFolder} from '../files/folder.ts'
import {cli} from './cli.ts'

const unit = {'a.service': '[Unit]\nDescription=a\n[Service]\nExecStart=/usr/bin/a\n'}

describe('the command line', () => {
  it.each([
    [['--presett', 'x'], 'unitlint: Unexpected option `--presett`, did you mean `--preset`?'],
    [
      ['--no-inline-confg'],
      'unitlint: Unexpected option `--no-inline-confg`, did you mean `--no-inline-config`?',
    ],
    [
      ['--maxwarnings=3'],
      'unitlint: Unexpected option `--maxwarnings`, did you mean `--max-warnings`?',
    ],
    [['-z'], 'unitlint: Unexpected option `-z`'],
    [['--xyzzy-plugh'], 'unitlint: Unexpected option `--xyzzy-plugh`'],
    [['--constructor'], 'unitlint: Unexpected option `--constructor`'],
    [['--preset'], 'unitlint: Expected a value after `--preset`'],
    [['-f'], 'unitlint: Expected a value after `-f`'],
    [['--no-preset'], 'unitlint: Unexpected option `--no-preset`'],
    [
      ['--fix=maybe'],
      'unitlint: Unexpected value in `--fix=maybe`, expected `--fix` or `--no-fix`',
    ],
    [
      ['--preset', 'recomended'],
      '--preset: Unexpected preset `recomended`, did you mean `recommended`?',
    ],
    [
      ['--target', 'debian'],
      '--target: Unexpected target `debian`, expected a release such as `debian-13`',
    ],
    [
      ['--target', 'debian-99'],
      '--target: Unexpected target `debian-99`, expected a release such as `debian-13`',
    ],
    [
      ['--target', 'ubuntu-2404'],
      '--target: Unexpected target `ubuntu-2404`, did you mean `ubuntu-24.04`?',
    ],
    [
      ['--target', 'debain-13'],
      '--target: Unexpected target `debain-13`, did you mean `debian-13`?',
    ],
    [
      ['--target', '252.3'],
      '--target: Unexpected target `252.3`, expected a version from 247 to 262',
    ],
    [['--target', 'sid'], '--target: Unexpected target `sid`, see `unitlint targets`'],
    [['--format', 'jsno'], '--format: Unexpected format `jsno`, did you mean `json`?'],
    [
      ['--rule', 'private-tpm: warn'],
      '--rule: Unexpected rule `private-tpm`, did you mean `private-tmp`?',
    ],
    [['--rule', 'private-tmp: wran'], '--rule: Unexpected severity `wran`, did you mean `warn`?'],
    [
      ['--rule', 'private-tmp'],
      '--rule: Unexpected `private-tmp`, expected `id: severity` or `id: [severity, {options}]`',
    ],
    [
      ['--rule', 'private-tmp: [error, {'],
      '--rule: Unexpected `private-tmp: [error, {`, expected `id: [severity, {options}]`',
    ],
    [
      ['--rule', 'protect-home: [error, {atLeast: nope}]'],
      '--rule protect-home: Unexpected value `nope`, expected `no`, `read-only`, `tmpfs` or `yes`',
    ],
    [
      ['--rule', '{}'],
      '--rule: Unexpected `{}`, expected `id: severity` or `id: [severity, {options}]`',
    ],
    [
      ['--rule', 'private-tmp: [error, *a]'],
      '--rule: Unexpected `private-tmp: [error, *a]`, expected `id: [severity, {options}]`',
    ],
    [
      ['--rule', 'private-tmp: [error, 5]'],
      '--rule: Unexpected options in `private-tmp: [error, 5]`, expected an object',
    ],
    [
      ['--rule', 'private-tmp: [error, {}, {}]'],
      '--rule: Unexpected `private-tmp: [error, {}, {}]`, expected `id: severity` or `id: [severity, {options}]`',
    ],
    [
      ['--rule', 'private-tmp: [error, {"atLeast": "yse"}]'],
      '--rule private-tmp: Unexpected value `yse`, did you mean `yes`?',
    ],
    [['--max-warnings', 'few'], '--max-warnings: Unexpected `few`, expected a number'],
    [
      ['--unsafe-fixes'],
      'unitlint: Unexpected `--unsafe-fixes` alone, expected `--fix` or `--diff` with it',
    ],
    [
      ['--fix-to', 'dropin'],
      'unitlint: Unexpected `--fix-to` alone, expected `--fix` or `--diff` with it',
    ],
    [['--fix', '--fix-to', 'inlin'], '--fix-to: Unexpected place `inlin`, did you mean `inline`?'],
    [
      ['--stdin-filename', 'a.service'],
      'unitlint: Unexpected `--stdin-filename` alone, expected `--stdin` or `-` with it',
    ],
    [['-', 'a.service'], 'unitlint: Unexpected file `a.service` beside `-`'],
    [['--undo', '-'], 'unitlint: Unexpected `-` beside `--undo`'],
    [
      ['show', 'a.service', '--stdin-filename', 'b.service'],
      'unitlint: Unexpected `--stdin-filename` alone, expected `-` with it',
    ],
    [['--stdin', 'a.service'], 'unitlint: Unexpected file `a.service` beside `--stdin`'],
    [['--config', 'nope.json'], 'nope.json: No such file'],
    [['explain'], 'unitlint: Expected a rule, a directive, a preset or a time'],
    [
      ['explain', 'private-tpm'],
      'unitlint: Unexpected rule or directive `private-tpm`, did you mean `private-tmp`?',
    ],
    [
      ['explain', 'PrivateTpm'],
      'unitlint: Unexpected rule or directive `PrivateTpm`, did you mean `PrivateTmp`?',
    ],
    [
      ['explain', 'private-tmp', 'private-ipc'],
      'unitlint: Unexpected argument `private-ipc`, expected a rule, a directive, a preset or a time and nothing else',
    ],
    [['--dry-run'], 'unitlint: Unexpected option `--dry-run`, did you mean `--diff`?'],
    [
      ['--output-format=json'],
      'unitlint: Unexpected option `--output-format`, did you mean `--format`?',
    ],
    [['security', '-f', 'json'], 'unitlint: Unexpected option `-f`, did you mean `--json`?'],
    [
      ['security', '--offline=no'],
      '--offline: Unexpected `no`, expected `yes`: no manager is asked',
    ],
    [['rules', '--fix'], 'unitlint: Unexpected option `--fix`'],
    [['rules', 'x'], 'unitlint: Unexpected argument `x`'],
    [['print-config'], 'unitlint: Expected the name of a file'],
    [
      ['new-rule', 'NoShell'],
      'unitlint: Unexpected id `NoShell`, expected words in lower case joined by hyphens, such as `no-shell`',
    ],
    [
      ['explian', 'x.service'],
      'explian: No such file or folder, did you mean the command `explain`?\nx.service: No such file or folder',
    ],
    [
      ['lint', 'x.service'],
      'lint: No such file or folder, linting needs no command\nx.service: No such file or folder',
    ],
    [['fix'], 'fix: No such file or folder, did you mean the option `--fix`?'],
    [['\u001B[31m.service'], '\\x1b[31m.service: No such file or folder'],
    [
      ['--preset', 'debian'],
      `--preset: Unexpected preset \`debian\`, expected ${alternatives(Object.keys(presets))}`,
    ],
  ])('refuses %j', async (argv, line) => {
    const {status, stdout, stderr} = await cli(argv, {cwd: makeFolder(unit)})
    expect({status, stderr, stdout}).toEqual({status: 2, stderr: `${line}\n`, stdout: ''})
  })

  it.each([
    ['private-tmp: [error, {atLeast: yes}]', 1],
    ['private-tmp:error', 1],
    ['"private-tmp": "error"', 1],
    ['private-tmp: error # as agreed', 1],
    ['{private-tmp: error, protect-home: error}', 2],
    ['private-tmp: 2\nprotect-home: [2]', 2],
  ])('takes `--rule %j`', async (rule, errors) => {
    const {stdout, stderr} = await cli(['a.service', '-f', 'json', '--rule', rule], {
      cwd: makeFolder(unit),
    })
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toMatchObject([{errorCount: errors}])
  })

  it('has help for all of it, and for each command', async () => {
    const {status, stdout, stderr} = await cli(['--help'], {cwd: '/'})
    expect([status, stderr]).toEqual([0, ''])
    const options = [
      'fix',
      'unsafe-fixes',
      'diff',
      'fix-to',
      'preset',
      'config',
      'rule',
      'target',
      'user',
      'format',
      'output-file',
      'quiet',
      'max-warnings',
      'stdin',
      'stdin-filename',
      'inline-config',
      'report-unused-disables',
      'timing',
      'color',
      'version',
      'help',
    ]
    expect(options.filter((option) => !stdout.includes(` --${option} `))).toEqual([])
    for (const command of ['explain', 'rules', 'print-config', 'init', 'new-rule']) {
      expect(stdout).toContain(`unitlint ${command}`)
      const help = await cli([command, '--help'], {cwd: '/'})
      expect([help.status, help.stderr]).toEqual([0, ''])
      expect(help.stdout).toMatch(new RegExp(`^unitlint ${command}`))
    }
    expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([])
  })

  it('tells its version', async () => {
    const {version} = await import('../../src/cli/version.ts')
    expect(await cli(['--version'], {cwd: '/'})).toEqual({
      status: 0,
      stdout: `${version}\n`,
      stderr: '',
    })
    expect(await cli(['--fix', '--version'], {cwd: '/'})).toEqual({
      status: 0,
      stdout: `${version}\n`,
      stderr: '',
    })
  })
})
