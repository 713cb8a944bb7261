import {spawnSync} from 'node:child_process'
import {chmodSync, existsSync, readFileSync, readdirSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, it} from 'vitest'
import {parse} from 'yaml'
import {z} from 'zod'
import {fileTypes} from '../../src/facts/unit-types.ts'
import {top} from '../cli/bundle.ts'
import {makeFolder} from '../files/folder.ts'

const folder = path.join(top, 'docs/integrations')
const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8')
const yaml = (name: string): unknown => parse(read(name), {merge: true})
const broken = '[Unit]\nDescription=Beep\n\n[Service]\nExecStart=/usr/bin/beep\nRestrat=always\n'
const sound = '[Unit]\nDescription=Beep\n\n[Service]\nExecStart=/usr/bin/beep\n'

function has(program: string, ...args: readonly string[]): boolean {
  return spawnSync(program, args).status === 0
}

/** Run a command with `unitlint` as it is built, in a folder with these files. */
function run(
  command: readonly string[],
  files: Readonly<Record<string, string>>,
  input = '',
): {status: number | null; stdout: string; cwd: string} {
  const cwd = makeFolder({
    ...files,
    'bin/unitlint': `#!/bin/sh\nexec ${process.execPath} ${top}/dist/cli.js "$@"\n`,
  })
  chmodSync(`${cwd}/bin/unitlint`, 0o755)
  const [program = '', ...args] = command
  const env = {...process.env, PATH: `${cwd}/bin:${process.env['PATH']}`, HOME: cwd}
  const {status, stdout, stderr} = spawnSync(program, args, {cwd, encoding: 'utf8', input, env})
  return {status, stdout: stdout + stderr, cwd}
}

it('has each file in its list', () => {
  const listed = [...read('README.md').matchAll(/\]\(([\w.-]+)\)/g)].map(([, name = '']) => name)
  expect(listed.toSorted()).toEqual(
    readdirSync(folder)
      .filter((name) => name !== 'README.md')
      .toSorted(),
  )
})

describe('MegaLinter', () => {
  // As megalinter-descriptor.jsonschema.json has them.
  const linter = z.strictObject({
    linter_name: z.string(),
    name: z.string().regex(/^[A-Z0-9_]+$/),
    is_formatter: z.boolean(),
    linter_text: z.string(),
    config_file_name: z.string(),
    cli_executable: z.string(),
    cli_lint_mode: z.enum(['file', 'list_of_files', 'project']),
    cli_config_arg_name: z.string(),
    cli_lint_fix_arg_name: z.string(),
    cli_lint_errors_count: z.enum([
      'regex_number',
      'regex_count',
      'regex_sum',
      'total_lines',
      'sarif',
    ]),
    cli_lint_errors_regex: z.string(),
    can_output_sarif: z.boolean(),
    cli_sarif_args: z.array(z.string()),
    cli_version_arg_name: z.string(),
    examples: z.array(z.string()).min(1),
    install: z.strictObject({npm: z.array(z.string())}),
  })
  const descriptor = z.strictObject({
    descriptor_id: z.string().regex(/^[A-Z]+$/),
    descriptor_type: z.enum(['format', 'language', 'tooling_format', 'other']),
    test_folder: z.string(),
    file_extensions: z.array(z.string().regex(/^\.\w+$/)),
    linters: z.array(linter).length(1),
  })
  const its = descriptor.parse(yaml('megalinter.yml'))

  it('looks at files that are units', () => {
    expect(
      its.file_extensions.filter(
        (extension) => !fileTypes.some((type) => `.${type}` === extension),
      ),
    ).toEqual([])
  })

  it('tells good samples from bad ones, and counts the errors', () => {
    const [one] = its.linters
    const samples = readdirSync(path.join(folder, 'megalinter'))
    expect(samples.filter((name) => /_good_/.test(name)).length).toBeGreaterThan(0)
    for (const name of samples) {
      const {status, stdout} = run([one?.cli_executable ?? '', name], {
        [name]: read(`megalinter/${name}`),
      })
      expect([name, status]).toEqual([name, name.includes('_good_') ? 0 : 1])
      if (status === 1)
        expect(
          [...stdout.matchAll(new RegExp(one?.cli_lint_errors_regex ?? '', 'g'))].at(-1)?.[1],
        ).toBe('1')
    }
  })

  it('writes SARIF where it is told to', () => {
    const [one] = its.linters
    const args =
      one?.cli_sarif_args.map((arg) => arg.replace('{{SARIF_OUTPUT_FILE}}', 'out.sarif')) ?? []
    const {cwd} = run(['unitlint', ...args, 'a.service'], {'a.service': broken})
    expect(JSON.parse(readFileSync(path.join(cwd, 'out.sarif'), 'utf8'))).toMatchObject({
      version: '2.1.0',
    })
  })
})

describe('super-linter', () => {
  it('leaves units to our action, with inputs that it has', () => {
    const {jobs} = z
      .object({
        jobs: z.record(
          z.string(),
          z.object({
            steps: z.array(
              z.object({uses: z.string(), with: z.record(z.string(), z.unknown()).optional()}),
            ),
          }),
        ),
      })
      .parse(yaml('super-linter.yml'))
    const {inputs} = z
      .object({inputs: z.record(z.string(), z.unknown())})
      .parse(parse(readFileSync(path.join(top, 'action.yml'), 'utf8')))
    const ours = jobs['units']?.steps.at(-1)
    expect(Object.keys(ours?.with ?? {}).filter((name) => !(name in inputs))).toEqual([])
  })
})

describe('reviewdog', () => {
  it('runs what prints rdjson', () => {
    const runner = z.strictObject({
      cmd: z.string(),
      format: z.literal('rdjson'),
      level: z.enum(['info', 'warning', 'error']),
    })
    const {runner: runners} = z
      .strictObject({runner: z.strictObject({unitlint: runner})})
      .parse(yaml('reviewdog.yml'))
    const {stdout} = run(['sh', '-c', runners.unitlint.cmd], {'a.service': broken})
    const {source, diagnostics} = z
      .object({
        source: z.object({name: z.string()}),
        diagnostics: z.array(z.object({message: z.string()})),
      })
      .parse(JSON.parse(stdout))
    expect(source.name).toBe('unitlint')
    expect(diagnostics.some(({message}) => message.includes('Restrat'))).toBe(true)
  })
})

describe.runIf(has('nvim', '--version'))('nvim-lint', () => {
  it('takes what is printed apart', () => {
    const script = `
      local pattern, groups, severities
      package.preload['lint.parser'] = function()
        return {from_pattern = function(one, names, all) pattern, groups, severities = one, names, all; return function() end end}
      end
      local linter = dofile('${folder}/nvim-lint.lua')
      assert(linter.cmd == 'unitlint' and linter.stdin and linter.ignore_exitcode and type(linter.parser) == 'function')
      local args = vim.tbl_map(function(arg) return type(arg) == 'function' and 'a.service' or arg end, linter.args)
      local printed = vim.fn.system({linter.cmd, unpack(args)}, table.concat(vim.fn.readfile('a.service'), '\\n') .. '\\n')
      for line in printed:gmatch('[^\\n]+') do
        local found = {line:match(pattern)}
        if #found > 0 then io.stdout:write(table.concat(found, '|') .. '|' .. tostring(severities[found[3]]) .. '\\n') end
      end
      vim.cmd('qa!')`
    const {stdout} = run(['nvim', '--headless', '-u', 'NONE', '-c', 'luafile check.lua'], {
      'a.service': broken,
      'check.lua': script,
    })
    expect(stdout).toContain(
      '6|1|error|Unexpected directive `Restrat`, did you mean `Restart`?|no-unknown-directive|1',
    )
  })
})

describe.runIf(existsSync('/usr/share/vim-ale/plugin/ale.vim') && has('vim', '--version'))(
  'ALE',
  () => {
    it('lints a unit in Vim', () => {
      const files = {
        'a.service': broken,
        'runtime/ale_linters/systemd/unitlint.vim': read('ale.vim'),
        vimrc: `set nocompatible
filetype on
set runtimepath^=/usr/share/vim-ale,runtime
runtime plugin/ale.vim
let g:ale_linters = {'systemd': ['unitlint']}
let g:ale_lint_on_enter = 0
edit a.service
set filetype=systemd
ALELint
`,
        check: `let s:tries = 0
while empty(getloclist(0)) && s:tries < 600
  sleep 100m
  let s:tries += 1
endwhile
call writefile(map(getloclist(0), 'v:val.lnum . " " . v:val.col . " " . v:val.type . " " . v:val.text'), 'found')
qa!
`,
      }
      const {cwd} = run(['vim', '-es', '-N', '-u', 'vimrc', '-S', 'check'], {
        ...files,
      })
      expect(readFileSync(path.join(cwd, 'found'), 'utf8')).toContain(
        '6 1 E no-unknown-directive: Unexpected directive `Restrat`, did you mean `Restart`?',
      )
    })
  },
)

describe('efm-langserver', () => {
  it('runs what prints lines in its formats', () => {
    const tool = z.strictObject({
      'lint-command': z.string(),
      'lint-stdin': z.literal(true),
      'lint-ignore-exit-code': z.literal(true),
      'lint-formats': z.array(z.string()),
      'lint-source': z.string(),
    })
    const {tools} = z
      .strictObject({
        version: z.literal(2),
        'root-markers': z.array(z.string()),
        tools: z.strictObject({unitlint: tool}),
        languages: z.strictObject({systemd: z.array(tool)}),
      })
      .parse(yaml('efm-langserver.yaml'))
    const {stdout} = run(
      ['sh', '-c', tools.unitlint['lint-command'].replace('${INPUT}', 'a.service')],
      {},
      broken,
    )
    // As Vim's errorformat has it: %t is one letter, with the rest of the word behind it.
    const patterns = tools.unitlint['lint-formats'].map(
      (format) =>
        new RegExp(
          `^${format.replace('%f', '(.+)').replace('%l', '(\\d+)').replace('%c', '(\\d+)').replace('%t', '(\\w)').replace('%m', '(.+)')}$`,
        ),
    )
    expect(
      stdout
        .split('\n')
        .flatMap((line) => patterns.flatMap((pattern) => pattern.exec(line)?.slice(1, 5) ?? [])),
    ).toEqual(expect.arrayContaining(['a.service', '6', '1', 'e']))
  })
})

describe.runIf(has('ansible-playbook', '--version'))('Ansible', () => {
  it('puts a sound unit in place, and no broken one', () => {
    const files = {
      'playbook.yml': read('ansible.yml'),
      'good/beep.service': sound,
      'bad/beep.service': broken,
      'there/.keep': '',
    }
    for (const [unit, status] of [
      ['bad', 2],
      ['good', 0],
    ] as const) {
      const command = [
        'ansible-playbook',
        '-i',
        'localhost,',
        '-c',
        'local',
        '-e',
        `unit=${unit}/beep.service folder=there`,
        'playbook.yml',
      ]
      const done = run(command, files)
      expect([unit, done.status]).toEqual([unit, status])
      expect(existsSync(path.join(done.cwd, 'there/beep.service'))).toBe(status === 0)
      if (status !== 0) expect(done.stdout).toContain('did you mean `Restart`')
    }
  })

  it('runs nothing that the name of a unit says', () => {
    const name = 'a b;$(touch ran).service'
    const files = {'playbook.yml': read('ansible.yml'), [name]: sound, 'there/.keep': ''}
    const vars = JSON.stringify({unit: name, folder: 'there'})
    const {cwd, stdout} = run(
      ['ansible-playbook', '-i', 'localhost,', '-c', 'local', '-e', vars, 'playbook.yml'],
      files,
    )
    expect(stdout).toMatch(/Unexpected name .* for a service/)
    expect(existsSync(path.join(cwd, 'ran'))).toBe(false)
  })
})

describe('Yocto', () => {
  it('fails a recipe for units with errors', () => {
    const body =
      /^do_unitlint\(\) \{\n([^]*?)^\}$/m
        .exec(read('unitlint.bbclass'))?.[1]
        ?.replaceAll('${UNITLINT_OPTIONS}', '--target 257') ?? ''
    const script = `bbwarn() { echo "WARNING: $1"; }\nbbfatal() { echo "ERROR: $1"; exit 1; }\nD=image systemd_system_unitdir=/usr/lib/systemd/system\n${body}`
    const unit = 'image/usr/lib/systemd/system/beep.service'
    expect(run(['sh', '-c', script], {[unit]: sound}).status).toBe(0)
    const {status, stdout} = run(['sh', '-c', script], {[unit]: broken})
    expect([status, stdout]).toEqual([
      1,
      expect.stringContaining('ERROR: unitlint has found errors in units'),
    ])
    for (const line of read('unitlint.bbclass')
      .replace(/^do_unitlint[^]*?^\}$/m, '')
      .split('\n'))
      expect(line).toMatch(
        /^(?:#.*|[A-Z_]+ (?:\?=|\+=|=) ".*"|addtask \w+ (?:after|before) \w+ before \w+|)$/,
      )
  })
})

describe('NixOS', () => {
  it.runIf(has('nix-instantiate', '--version'))('is an expression', () => {
    const {status, stdout} = run(['nix-instantiate', '--parse', path.join(folder, 'nixos.nix')], {})
    expect([status, stdout]).toEqual([0, expect.stringContaining('runCommand')])
  })
})

describe('Homebrew', () => {
  it.runIf(has('ruby', '--version'))('is Ruby, and its test holds', () => {
    expect(spawnSync('ruby', ['-c', path.join(folder, 'unitlint.rb')]).status).toBe(0)
    const written =
      /write\("([^"]*)"\)/.exec(read('unitlint.rb'))?.[1]?.replaceAll('\\n', '\n') ?? ''
    expect(run(['unitlint', 'a.service'], {'a.service': written})).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('did you mean `Restart`?'),
    })
  })
})
