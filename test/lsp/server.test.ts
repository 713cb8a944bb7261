import process from 'node:process'
import {existsSync, readFileSync, readdirSync} from 'node:fs'
import path from 'node:path'
import {fileURLToPath} from 'node:url'
import type {
  CodeAction,
  CompletionItem,
  CompletionList,
  DocumentHighlight,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InlayHint,
  Location,
  Position,
  Range,
  SelectionRange,
  SemanticTokens,
  TextDocumentEdit,
  TextEdit,
  WorkspaceDiagnosticReport,
  WorkspaceEdit,
  WorkspaceSymbol,
} from 'vscode-languageserver'
import {DiagnosticSeverity} from 'vscode-languageserver'
import {describe, expect, it} from 'vitest'
import {built} from '../hostile/built.ts'
import {afterEdits, client, folderWith} from './client.ts'

const command = built()

const units = {
  'web.service': `[Unit]
Description=Web
After=db.service
Wants=db.service

[Service]
ExecStart=/usr/bin/web --port 80 \\
    --verbose
User=www-data
DynamicUser=yes
Restart=alway

[Install]
WantedBy=multi-user.target
`,
  'web.service.d/more.conf': '[Service]\nRestart=no\nTimeoutStartSec=5\n',
  'db.service':
    '[Unit]\nDescription=Database\nBefore=web.service\n[Service]\nExecStart=/usr/bin/db\n',
  'job@.service': '[Service]\nType=oneshot\nExecStart=/usr/bin/job %i\n',
  'job@a.timer': '[Timer]\nOnCalendar=*-*-* 04:00:00\n[Install]\nWantedBy=timers.target\n',
  'all.target': '[Unit]\nWants=job@a.service job@b.service web.service\n',
}
const web = units['web.service']

/** Where a text stands in another, as a client counts; `behind`: characters behind its start. */
function at(text: string, part: string, behind = 0): Position {
  const offset = text.indexOf(part) + behind
  const lines = text.slice(0, offset).split('\n')
  return {line: lines.length - 1, character: lines.at(-1)?.length ?? 0}
}

const all: Range = {start: {line: 0, character: 0}, end: {line: 1000, character: 0}}
const editing = {
  workspace: {workspaceEdit: {documentChanges: true, resourceOperations: ['rename']}},
}

describe('the language server', () => {
  it('tells what the command tells, of open documents and of all of a folder', async () => {
    using folder = folderWith(units)
    await using server = await client([...command.command], folder)
    server.open('web.service', web)
    const told = await server.told('web.service', 1)
    const {stdout} = command.run(['-f', 'json'], {cwd: folder.path})
    const files: Array<{
      filePath: string
      messages: Array<{
        ruleId: string
        message: string
        line: number
        column: number
        endLine: number
        endColumn: number
        severity: number
      }>
    }> = JSON.parse(stdout)
    const expected = new Map(
      files.map(({filePath, messages}) => [
        folder.uri(filePath),
        messages.map(({ruleId, message, line, column, endLine, endColumn}) => [
          ruleId,
          message,
          line - 1,
          column - 1,
          endLine - 1,
          endColumn - 1,
        ]),
      ]),
    )
    const row = ({code, message, range: {start, end}}: (typeof told)[number]): unknown[] => [
      code,
      message,
      start.line,
      start.character,
      end.line,
      end.character,
    ]
    expect(expected.size).toBeGreaterThan(4)
    expect(told.map(row)).toEqual(expected.get(folder.uri('web.service')))
    expect(await server.pull('web.service')).toEqual(told)
    const {items} = await server.ask<WorkspaceDiagnosticReport>('workspace/diagnostic', {
      previousResultIds: [],
    })
    const found = new Map(
      items.map((item) => [item.uri, item.kind === 'full' ? item.items.map(row) : []]),
    )
    expect(found).toEqual(expected)
    const again = await server.ask<WorkspaceDiagnosticReport>('workspace/diagnostic', {
      previousResultIds: items.map(({uri, resultId}) => ({uri, value: resultId})),
    })
    expect(again.items.map(({kind}) => kind)).toEqual(items.map(() => 'unchanged'))
  })

  it('gives severities, codes with pages, tags, and lines of drop-ins', async () => {
    using folder = folderWith(units)
    await using server = await client([...command.command], folder)
    server.open('web.service', web)
    const told = await server.told('web.service', 1)
    const invalid = told.find(({code}) => code === 'no-invalid-value')
    expect(invalid).toMatchObject({
      severity: 1,
      source: 'unitlint',
      range: {start: at(web, 'alway'), end: at(web, 'alway', 5)},
    })
    expect(invalid?.relatedInformation).toMatchObject([
      {
        location: {
          uri: folder.uri('web.service.d/more.conf'),
          range: {start: {line: 1, character: 0}, end: {line: 1, character: 10}},
        },
      },
    ])
    expect(told.some(({severity}) => severity === 4)).toBe(true)
    expect(
      told.filter(
        ({codeDescription}) =>
          !existsSync(fileURLToPath(codeDescription?.href ?? 'file:///nowhere')),
      ),
    ).toEqual([])
  })

  it('keeps its answers while a text is broken, and takes edits as they come', async () => {
    using folder = folderWith(units)
    await using server = await client([...command.command], folder)
    server.open('web.service', web)
    const place = at(web, 'Restart=alway', 'Restart=alway'.length)
    server.change('web.service', 2, [{range: {start: place, end: place}, text: 's'}])
    expect(
      (await server.told('web.service', 2)).some(({code}) => code === 'no-invalid-value'),
    ).toBe(false)
    for (let version = 3; version < 13; version++)
      server.change('web.service', version, [
        {
          range: {start: {line: 5, character: 0}, end: {line: 5, character: version === 3 ? 9 : 1}},
          text: '[',
        },
      ])
    const broken = await server.told('web.service', 12)
    expect(broken.some(({severity}) => severity === 1)).toBe(true)
    const {items} = await server.ask<CompletionList>('textDocument/completion', {
      textDocument: {uri: folder.uri('web.service')},
      position: {line: 2, character: 0},
    })
    expect(items.map(({label}) => label)).toContain('ConditionPathExists')
    server.change('web.service', 13, [{text: web}])
    expect(
      (await server.told('web.service', 13)).some(({code}) => code === 'no-invalid-value'),
    ).toBe(true)
  })

  it('fixes one, all of a rule, all that is safe, applies presets, and disables with a reason', async () => {
    using folder = folderWith(units)
    await using server = await client([...command.command], folder, {capabilities: editing})
    const text =
      '[Service]\nExecStart=/usr/bin/x\nRestart=alway\nTimeoutStopSec=5S\nRestartSec=5S\n'
    server.open('x.service', text)
    await server.told('x.service', 1)
    const uri = folder.uri('x.service')
    const line = {start: at(text, 'Restart='), end: at(text, 'Restart=', 8)}
    const ask = async (range: Range, only?: string[]): Promise<CodeAction[]> =>
      server.ask('textDocument/codeAction', {
        textDocument: {uri},
        range,
        context: {diagnostics: [], ...(only && {only})},
      })
    const applied = (action: CodeAction | undefined): string =>
      afterEdits(
        text,
        (action?.edit?.documentChanges?.[0] as TextDocumentEdit | undefined)?.edits as TextEdit[],
      )
    const actions = await ask(line)
    const fix = actions.find(({isPreferred}) => isPreferred)
    expect(fix?.kind).toBe('quickfix')
    expect(fix?.diagnostics).toMatchObject([{code: 'no-invalid-value'}])
    expect(applied(fix)).toBe(text.replace('alway', 'always'))
    expect(applied(actions.find(({title}) => title.startsWith('Disable')))).toBe(
      text.replace(
        'Restart=a',
        '# unitlint-disable-next-line no-invalid-value -- say why\nRestart=a',
      ),
    )
    expect(applied(actions.find(({title}) => title.startsWith('Fix all `no-invalid-value`')))).toBe(
      text.replaceAll('5S', '5s'),
    )
    const [fixAll, ...others] = await ask(all, ['source.fixAll'])
    expect(others).toEqual([])
    expect(fixAll?.kind).toBe('source.fixAll.unitlint')
    folder.write('x.service', text)
    command.run(['--fix', 'x.service'], {cwd: folder.path})
    expect(applied(fixAll)).toBe(readFileSync(path.join(folder.path, 'x.service'), 'utf8'))
    const presets = await ask(all, ['refactor'])
    expect(presets.map(({title}) => title)).toContain('Apply the preset `strict`')
    const unasked = actions.filter(({kind}) => kind?.startsWith('refactor'))
    expect(unasked.map(({title}) => title)).toEqual(['Apply the preset `hardened`'])
    expect((await ask(line, [''])).map(({title}) => title)).toEqual(actions.map(({title}) => title))
    expect(applied(presets.find(({title}) => title.includes('strict')))).toContain('ProtectSystem=')
  })

  it('offers what is safe at once where many lines are missing, and the fix of each', async () => {
    using folder = folderWith(units)
    await using server = await client([...command.command], folder, {capabilities: editing})
    const text = '[Service]\nExecStart=/usr/sbin/thing\nTimeoutStopSec=5S\n'
    server.open('x.service', text)
    const told = await server.told('x.service', 1)
    const hints = told.filter(({severity}) => severity === DiagnosticSeverity.Hint)
    expect(hints.length).toBeGreaterThan(10)
    const ask = async (range: Range): Promise<CodeAction[]> =>
      server.ask('textDocument/codeAction', {
        textDocument: {uri: folder.uri('x.service')},
        range,
        context: {diagnostics: [], only: ['quickfix']},
      })
    const here = at(text, '[Service]')
    const [first, ...others] = await ask({start: here, end: here})
    expect(first?.title).toBe('Fix all that is safe to fix')
    expect(others.length).toBe(hints.length)
    expect(others.every(({edit, isPreferred}) => edit && isPreferred === false)).toBe(true)
    const line = at(text, '5S')
    const few = (await ask({start: line, end: line})).map(({title}) => title)
    expect(few).toContain('Explain `no-invalid-value`')
  })

  it('works actions out when they are chosen, where the client can wait', async () => {
    using folder = folderWith(units)
    await using server = await client([...command.command], folder, {
      capabilities: {
        ...editing,
        textDocument: {codeAction: {resolveSupport: {properties: ['edit']}}},
      },
    })
    server.open('db.service', units['db.service'])
    const [action] = await server.ask<CodeAction[]>('textDocument/codeAction', {
      textDocument: {uri: folder.uri('db.service')},
      range: all,
      context: {diagnostics: [], only: ['refactor']},
    })
    expect(action?.edit).toBeUndefined()
    const {edit} = await server.ask<CodeAction>('codeAction/resolve', action ?? {})
    expect(edit?.documentChanges).toMatchObject([
      {textDocument: {uri: folder.uri('db.service'), version: 1}},
    ])
  })

  it('explains rules, and why not', async () => {
    using folder = folderWith(units)
    await using server = await client([...command.command], folder)
    server.open('web.service', web)
    expect(
      await server.ask('workspace/executeCommand', {
        command: 'unitlint.explain',
        arguments: ['no-invalid-value'],
      }),
    ).toContain('### no-invalid-value')
    expect(await server.message('no-invalid-value: ')).toContain('.')
    expect(
      await server.ask('workspace/executeCommand', {
        command: 'unitlint.whyNot',
        arguments: [folder.uri('web.service'), 'PrivateNetwork=yes'],
      }),
    ).toContain('PrivateNetwork=yes')
    await expect(
      server.ask('workspace/executeCommand', {command: 'unitlint.explain', arguments: ['nothing']}),
    ).rejects.toThrow('Nothing is known of `nothing`')
    const actions = await server.ask<CodeAction[]>('textDocument/codeAction', {
      textDocument: {uri: folder.uri('web.service')},
      range: {start: at(web, 'alway'), end: at(web, 'alway')},
      context: {diagnostics: []},
    })
    expect(actions.flatMap(({command: its}) => its?.command ?? [])).toContain('unitlint.explain')
  })

  it('tells the exposure of a service, and of no other unit', async () => {
    using folder = folderWith(units)
    await using server = await client([...command.command], folder)
    const exposureOf = async (name: string, text: string): Promise<unknown> => {
      server.open(name, text)
      return server.ask('workspace/executeCommand', {
        command: 'unitlint.exposure',
        arguments: [folder.uri(name)],
      })
    }
    expect(await exposureOf('web.service', web)).toMatch(/^exposure \d\.\d [A-Z]+/)
    expect(await exposureOf('refused.service', '[Service]\nType=oneshot\n')).toBe(
      'not loaded by systemd',
    )
    expect(await exposureOf('a.timer', '[Timer]\nOnCalendar=daily\n')).toBeNull()
    expect(
      await server.ask('workspace/executeCommand', {
        command: 'unitlint.exposure',
        arguments: [folder.uri('closed.service')],
      }),
    ).toBeNull()
  })

  it('ends at once where the client has told its process in the arguments', async () => {
    using folder = folderWith(units)
    await using server = await client([...command.command], folder, {
      argv: [`--clientProcessId=${process.pid}`],
    })
    expect(await server.quit()).toBe(0)
    expect(server.shown).toEqual([])
  })

  it('shows what a directive does, what is in force, and what names mean', async () => {
    using folder = folderWith(units)
    await using server = await client([...command.command], folder)
    server.open('web.service', web)
    const hover = async (position: Position, name = 'web.service'): Promise<string> => {
      const its = await server.ask<Hover | null>('textDocument/hover', {
        textDocument: {uri: folder.uri(name)},
        position,
      })
      return its === null ? '' : (its.contents as {value: string}).value
    }
    const dynamic = await hover(at(web, 'DynamicUser', 3))
    expect(dynamic).toContain('### DynamicUser=')
    expect(dynamic).toContain('**Since** 232')
    expect(dynamic).toContain('web.service:10')
    expect(await hover(at(web, 'DynamicUser=yes', 13))).toContain('Not for a service that')
    expect(await hover(at(web, 'Restart=alway', 2))).toContain('web.service.d/more.conf:2')
    expect(await hover(at(web, 'db.service', 2))).toContain('Database')
    expect(await hover(at(web, '[Service]', 3))).toMatch(/Exposure \d\.\d/)
    server.open('job@.service', units['job@.service'])
    expect(await hover(at(units['job@.service'], '%i', 1), 'job@.service')).toContain(
      'the name of the instance',
    )
    expect(await hover({line: 400, character: 2})).toBe('')
  })

  it('completes sections, directives, values, lists, names and comments', async () => {
    using folder = folderWith(units)
    await using server = await client([...command.command], folder)
    let version = 0
    /**
     * What is offered where `|` stands in a text, and the text with the first or a named item in
     * it.
     */
    const complete = async (
      name: string,
      marked: string,
    ): Promise<{labels: string[]; take: (label: string) => string}> => {
      const text = marked.replace('|', '')
      const before = marked.slice(0, marked.indexOf('|')).split('\n')
      if (version++ === 0 || name !== 'c.service') server.open(name, text)
      else server.change(name, version, [{text}])
      const {items} = await server.ask<CompletionList>('textDocument/completion', {
        textDocument: {uri: folder.uri(name)},
        position: {line: before.length - 1, character: before.at(-1)?.length ?? 0},
      })
      const sorted = items.toSorted((one, other) =>
        (one.sortText ?? '') < (other.sortText ?? '') ? -1 : 1,
      )
      return {
        labels: sorted.map(({label}) => label),
        take(label) {
          const edit = items.find((item) => item.label === label)?.textEdit as TextEdit
          return afterEdits(text, [edit])
        },
      }
    }
    const its = async (marked: string): ReturnType<typeof complete> => complete('c.service', marked)
    expect((await its('[|')).labels).toEqual(['[Unit]', '[Service]', '[Install]'])
    expect((await its('[Unit]\n[Ser|]\n')).take('[Service]')).toBe('[Unit]\n[Service]\n')
    expect((await its('[Service]\nProt|')).take('ProtectSystem')).toBe('[Service]\nProtectSystem=')
    expect((await its('[Service]\nProt|Sys=x')).take('ProtectHome')).toBe(
      '[Service]\nProtectHome=x',
    )
    expect((await its('[Unit]\n|')).labels).not.toContain('ExecStart')
    expect((await its('[Service]\nType=|')).labels).toEqual(
      expect.arrayContaining(['simple', 'exec', 'notify', 'oneshot']),
    )
    expect((await its('[Service]\nProtectSystem=|')).labels.slice(0, 4)).toEqual([
      'no',
      'yes',
      'full',
      'strict',
    ])
    expect((await its('[Service]\nProtectHome=re|')).take('read-only')).toBe(
      '[Service]\nProtectHome=read-only',
    )
    expect((await its('[Install]\nWantedBy=|')).labels).toEqual(
      expect.arrayContaining(['multi-user.target', 'all.target']),
    )
    expect((await its('[Unit]\nAfter=network.target d| x.service')).take('db.service')).toBe(
      '[Unit]\nAfter=network.target db.service x.service',
    )
    expect(
      (await its('[Service]\nCapabilityBoundingSet=~CAP_SYS|_ADMIN CAP_CHOWN')).take(
        'CAP_SYS_TIME',
      ),
    ).toBe('[Service]\nCapabilityBoundingSet=~CAP_SYS_TIME CAP_CHOWN')
    expect((await its('[Service]\nSystemCallFilter=~@clock @m|')).take('@mount')).toBe(
      '[Service]\nSystemCallFilter=~@clock @mount',
    )
    expect((await its('[Service]\nSystemCallFilter=|')).labels).toEqual(
      expect.arrayContaining(['@system-service', 'openat', '~']),
    )
    expect((await its('[Service]\nSystemCallFilter=@clock:|')).labels).toContain('EPERM')
    expect((await its('[Service]\nSystemCallFilter=@clock \\\n    @re|\n')).take('@reboot')).toBe(
      '[Service]\nSystemCallFilter=@clock \\\n    @reboot\n',
    )
    // What is offered takes the place of what the cursor is at.
    expect((await its('[Unit]\nAfter=a.service \\\n | b.service\n')).take('db.service')).toBe(
      '[Unit]\nAfter=a.service \\\n db.service b.service\n',
    )
    expect((await its('[Unit]\nAfter=a.service \\|\n  b.service\n')).labels).toEqual([])
    expect((await its('[Unit]\n|  After=a.service\n')).labels).toEqual([])
    expect((await its('[Service]\nRestrictAddressFamilies=AF_UNIX |')).labels[0]).toBe('AF_INET')
    expect((await its('[Service]\nUser=|')).labels).toEqual(
      expect.arrayContaining(['www-data', 'root']),
    )
    expect((await its('[Service]\nExecStart=|')).labels).toEqual(
      expect.arrayContaining(['-', '@', '+', '!']),
    )
    expect((await its('[Service]\nExecStart=-|/bin/x')).take('+')).toBe(
      '[Service]\nExecStart=-+/bin/x',
    )
    expect((await its('[Service]\nExecStart=/bin/x %|')).take('%n')).toBe(
      '[Service]\nExecStart=/bin/x %n',
    )
    expect((await its('# unitlint-disable-next-line no-inv|\n')).take('no-invalid-value')).toBe(
      '# unitlint-disable-next-line no-invalid-value\n',
    )
    expect((await complete('c.timer', '[Timer]\nUnit=|')).labels).toContain('web.service')
    expect((await complete('d.timer', '[Timer]\nOnCalendar=|')).labels).toContain('daily')
    const {items} = await server.ask<CompletionList>('textDocument/completion', {
      textDocument: {uri: folder.uri('c.timer')},
      position: {line: 1, character: 0},
    })
    const {documentation} = await server.ask<CompletionItem>(
      'completionItem/resolve',
      items.find(({label}) => label === 'Unit') ?? {},
    )
    expect(documentation).toMatchObject({
      kind: 'markdown',
      value: expect.stringContaining('### Unit='),
    })
  })

  it('shows exposure, what is implied, and when a timer elapses', async () => {
    using folder = folderWith(units)
    await using server = await client([...command.command], folder)
    server.open('web.service', web)
    server.open('job@a.timer', units['job@a.timer'])
    const asked = async (name: string): Promise<InlayHint[]> =>
      server.ask<InlayHint[]>('textDocument/inlayHint', {
        textDocument: {uri: folder.uri(name)},
        range: all,
      })
    const hints = async (name: string): Promise<string[]> => {
      const its = await asked(name)
      return its.map(({position: {line}, label}) => `${line}: ${String(label)}`)
    }
    const shown = await hints('web.service')
    expect(shown[0]).toMatch(/^5: exposure \d\.\d [A-Z]+ → \d\.\d [A-Z]+$/)
    expect(shown.find((hint) => hint.startsWith('9: '))).toContain('implies')
    server.open('m.service', '[Service]\nExecStart=/usr/bin/x\nDynamicUser=yes\n')
    const [exposure, implied] = await asked('m.service')
    expect(exposure?.tooltip).toMatchObject({
      value: expect.stringMatching(/^\d\.\d [A-Z]+ after what is safe to fix$/),
    })
    expect(implied?.label).toBe('implies User=m, PrivateTmp=yes, and 5 more')
    expect(implied?.tooltip).toMatchObject({value: expect.stringContaining('RestrictSUIDSGID=yes')})
    expect(await hints('job@a.timer')).toEqual([
      expect.stringMatching(/^1: next [A-Z][a-z]{2} \d{4}-\d\d-\d\d 04:00:00 UTC$/),
    ])
  })

  it('finds what names lead to, and what leads to a unit', async () => {
    using folder = folderWith(units)
    await using server = await client([...command.command], folder)
    server.open('all.target', units['all.target'])
    server.open('web.service', web)
    server.open('web.service.d/more.conf', units['web.service.d/more.conf'])
    const ask = async (
      method: string,
      name: string,
      position: Position,
      more: object = {},
    ): Promise<string[]> => {
      const its = await server.ask<Location[]>(method, {
        textDocument: {uri: folder.uri(name)},
        position,
        ...more,
      })
      return its.map(
        ({uri, range}) =>
          `${uri.slice(folder.uri('').length + 1)}:${range.start.line}:${range.start.character}`,
      )
    }
    const text = units['all.target']
    expect(await ask('textDocument/definition', 'all.target', at(text, 'web', 1))).toEqual([
      'web.service:0:0',
      'web.service.d/more.conf:0:0',
    ])
    expect(await ask('textDocument/definition', 'all.target', at(text, 'job@b', 1))).toEqual([
      'job@.service:0:0',
    ])
    expect(
      await ask('textDocument/definition', 'web.service.d/more.conf', {line: 1, character: 2}),
    ).toEqual(['web.service:10:0'])
    expect(
      (
        await ask('textDocument/references', 'web.service', at(web, 'db.service', 1), {
          context: {includeDeclaration: true},
        })
      ).toSorted(),
    ).toEqual(['db.service:0:0', 'web.service:2:6', 'web.service:3:6'])
    expect(
      (
        await ask('textDocument/references', 'web.service', at(web, '[Unit]', 2), {
          context: {includeDeclaration: false},
        })
      ).toSorted(),
    ).toEqual(['all.target:1:34', 'db.service:2:7'])
  })

  it('renames a unit with its file, its drop-ins, and all that names it', async () => {
    using folder = folderWith({...units, 'web.timer': '[Timer]\nOnBootSec=5\n'})
    await using server = await client([...command.command], folder, {capabilities: editing})
    server.open('all.target', units['all.target'])
    const [uri, position] = [folder.uri('all.target'), at(units['all.target'], 'web', 1)]
    expect(
      await server.ask('textDocument/prepareRename', {textDocument: {uri}, position}),
    ).toMatchObject({placeholder: 'web.service'})
    const {documentChanges = []} = await server.ask<WorkspaceEdit>('textDocument/rename', {
      textDocument: {uri},
      position,
      newName: 'site.service',
    })
    const moves = documentChanges.flatMap((change) =>
      'kind' in change && change.kind === 'rename' ? [[change.oldUri, change.newUri]] : [],
    )
    expect(moves).toEqual([
      [folder.uri('web.service'), folder.uri('site.service')],
      [folder.uri('web.service.d'), folder.uri('site.service.d')],
    ])
    const texts = new Map(
      documentChanges.flatMap((change) =>
        'edits' in change
          ? [
              [
                change.textDocument.uri.slice(folder.uri('').length + 1),
                change.edits as TextEdit[],
              ] as const,
            ]
          : [],
      ),
    )
    expect([...texts.keys()].toSorted()).toEqual(['all.target', 'db.service', 'web.timer'])
    expect(afterEdits(units['db.service'], texts.get('db.service') ?? [])).toBe(
      units['db.service'].replace('web.service', 'site.service'),
    )
    expect(afterEdits('[Timer]\nOnBootSec=5\n', texts.get('web.timer') ?? [])).toBe(
      '[Timer]\nUnit=site.service\nOnBootSec=5\n',
    )
    const job = await server.ask<WorkspaceEdit>('textDocument/rename', {
      textDocument: {uri},
      position: at(units['all.target'], 'job@a', 1),
      newName: 'task@.service',
    })
    const edits = job.documentChanges?.flatMap((change) =>
      'edits' in change && change.textDocument.uri === uri ? (change.edits as TextEdit[]) : [],
    )
    expect(afterEdits(units['all.target'], edits ?? [])).toBe(
      '[Unit]\nWants=task@a.service task@b.service web.service\n',
    )
    for (const newName of ['site.socket', 'db.service', 'no name', 'site@.service', ''])
      await expect(
        server.ask('textDocument/rename', {textDocument: {uri}, position, newName}),
      ).rejects.toThrow(/xpected/)
    // It never writes.
    expect(readdirSync(folder.path)).toContain('web.service')
  })

  it('renames a template with what is of its instances, and leaves those with files of their own', async () => {
    const files = {
      ...units,
      'job@.timer': '[Timer]\nOnBootSec=5\n',
      'job@b.service': '[Service]\nExecStart=/usr/bin/b\n',
      'job@b.service.d/more.conf': '[Service]\nNice=1\n',
      'job@a.service.d/more.conf': '[Service]\nNice=1\n',
      'job@.service.d/more.conf': '[Service]\nNice=1\n',
      'other/job@.service': units['job@.service'],
      'other/job@.service.d/more.conf': '[Service]\nNice=1\n',
    }
    using folder = folderWith(files)
    await using server = await client([...command.command], folder, {capabilities: editing})
    server.open('all.target', units['all.target'])
    const {documentChanges = []} = await server.ask<WorkspaceEdit>('textDocument/rename', {
      textDocument: {uri: folder.uri('all.target')},
      position: at(units['all.target'], 'job@a', 1),
      newName: 'task@.service',
    })
    const after = documentChanges.flatMap((change) => {
      if ('kind' in change)
        return change.kind === 'rename' ? [`${change.oldUri} ${change.newUri}`] : []
      const name = change.textDocument.uri.slice(folder.uri('').length + 1) as keyof typeof files
      return [`${name}: ${afterEdits(files[name], change.edits as TextEdit[])}`]
    })
    expect(after.map((one) => one.replaceAll(`${folder.uri('')}/`, '')).toSorted()).toEqual([
      'all.target: [Unit]\nWants=task@a.service job@b.service web.service\n',
      'job@.service task@.service',
      'job@.service.d task@.service.d',
      'job@.timer: [Timer]\nUnit=task@%i.service\nOnBootSec=5\n',
      'job@a.service.d task@a.service.d',
      'job@a.timer: [Timer]\nUnit=task@a.service\nOnCalendar=*-*-* 04:00:00\n[Install]\nWantedBy=timers.target\n',
    ])
  })

  it('gives symbols, folds, and tokens', async () => {
    using folder = folderWith(units)
    await using server = await client([...command.command], folder, {
      capabilities: {textDocument: {documentSymbol: {hierarchicalDocumentSymbolSupport: true}}},
    })
    server.open('web.service', web)
    const textDocument = {uri: folder.uri('web.service')}
    const symbols = await server.ask<DocumentSymbol[]>('textDocument/documentSymbol', {
      textDocument,
    })
    expect(symbols.map(({name, children}) => `${name} ${children?.length}`)).toEqual([
      'Unit 3',
      'Service 4',
      'Install 1',
    ])
    expect(symbols[1]?.children?.[0]).toMatchObject({
      name: 'ExecStart',
      detail: '/usr/bin/web --port 80 --verbose',
      range: {start: {line: 6}, end: {line: 7}},
    })
    expect(
      (await server.ask<WorkspaceSymbol[]>('workspace/symbol', {query: 'job'})).map(
        ({name}) => name,
      ),
    ).toEqual(['job@.service', 'job@a.timer'])
    const folds = await server.ask<FoldingRange[]>('textDocument/foldingRange', {textDocument})
    expect(folds.map(({startLine, endLine}) => [startLine, endLine])).toEqual([
      [0, 3],
      [5, 10],
      [6, 7],
      [12, 13],
    ])
    const {data} = await server.ask<SemanticTokens>('textDocument/semanticTokens/full', {
      textDocument,
    })
    const {legend} = server.capabilities.semanticTokensProvider as {legend: {tokenTypes: string[]}}
    expect(decoded(data, web, legend.tokenTypes)).toEqual(
      expect.arrayContaining([
        'namespace Unit',
        'property After',
        'operator =',
        'class db.service',
        'string /usr/bin/web',
        'number 80',
        'string --verbose',
        'enumMember yes',
        'class multi-user.target',
      ]),
    )
    const range = {start: at(web, 'User='), end: at(web, 'User=', 4)}
    const some = await server.ask<SemanticTokens>('textDocument/semanticTokens/range', {
      textDocument,
      range,
    })
    expect(decoded(some.data, web, legend.tokenTypes)).toEqual(['property User'])
  })

  it('formats, whole or in part, and leaves what is well', async () => {
    using folder = folderWith(units)
    await using server = await client([...command.command], folder)
    const text = '[Unit]\nAfter = a.service\n[Service]\n ExecStart=/usr/bin/a\n'
    server.open('a.service', text)
    server.open('web.service', web)
    const options = {tabSize: 4, insertSpaces: true}
    const textDocument = {uri: folder.uri('a.service')}
    const edits = await server.ask<TextEdit[]>('textDocument/formatting', {textDocument, options})
    expect(afterEdits(text, edits)).toBe(
      '[Unit]\nAfter=a.service\n\n[Service]\nExecStart=/usr/bin/a\n',
    )
    const range = {start: {line: 3, character: 4}, end: {line: 3, character: 5}}
    expect(
      afterEdits(
        text,
        await server.ask('textDocument/rangeFormatting', {textDocument, range, options}),
      ),
    ).toBe(text.replace(' Exec', 'Exec'))
    expect(
      await server.ask('textDocument/formatting', {
        textDocument: {uri: folder.uri('web.service')},
        options,
      }),
    ).toEqual([])
  })

  it('links to pages, shows what is the same, and selects more and more', async () => {
    using folder = folderWith(units)
    await using server = await client([...command.command], folder)
    const text = `[Unit]
Documentation=https://example.org/%p man:a.b(8) file:///x \\
    info:a javascript:alert(1) man:x
Wants=db.service
After=db.service x.service
After=y.service
# unitlint-disable-next-line private-tmp -- why
[Service]
After=no
`
    server.open('web.service', text)
    const textDocument = {uri: folder.uri('web.service')}
    const found = await server.ask<DocumentLink[]>('textDocument/documentLink', {textDocument})
    expect(found.map(({target}) => target)).toEqual([
      'https://example.org/web',
      'https://manpages.debian.org/a.b.8',
      'file:///x',
      expect.stringMatching(/^file:.*private-tmp\.md$/),
    ])
    expect(found[1]?.range).toEqual({start: at(text, 'man:'), end: at(text, 'man:a.b(8)', 10)})
    const same = async (part: string, behind = 0): Promise<string[]> => {
      const marks = await server.ask<DocumentHighlight[]>('textDocument/documentHighlight', {
        textDocument,
        position: at(text, part, behind),
      })
      return marks.map(
        ({range: {start, end}}) =>
          `${start.line} ${text.split('\n')[start.line]?.slice(start.character, end.character)}`,
      )
    }
    expect(await same('db.service', 3)).toEqual(['3 db.service', '4 db.service'])
    expect(await same('After=')).toEqual(['4 After', '5 After'])
    expect(await same('[Service]', 3)).toEqual(['7 Service'])
    expect(await same('# unitlint')).toEqual([])
    const position = at(text, 'a.b(8)')
    const [chain] = await server.ask<SelectionRange[]>('textDocument/selectionRange', {
      textDocument,
      positions: [position],
    })
    const spans: string[] = []
    for (let its = chain; its; its = its.parent)
      spans.push(
        `${its.range.start.line}:${its.range.start.character}-${its.range.end.line}:${its.range.end.character}`,
      )
    expect(spans).toEqual(['1:37-1:47', '1:14-2:36', '1:0-2:36', '0:0-6:47', '0:0-9:0'])
    const hover = await server.ask<Hover>('textDocument/hover', {
      textDocument,
      position: at(text, 'After='),
    })
    expect(JSON.stringify(hover)).toContain(
      '(https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html#After=)',
    )
  })

  it('keeps values over several lines whole when a line is begun', async () => {
    using folder = folderWith(units)
    await using server = await client([...command.command], folder)
    let version = 0
    const type = async (text: string, line: number): Promise<string> => {
      if (version++ === 0) server.open('t.service', text)
      else server.change('t.service', version, [{text}])
      const edits = await server.ask<TextEdit[]>('textDocument/onTypeFormatting', {
        textDocument: {uri: folder.uri('t.service')},
        position: {line, character: 0},
        ch: '\n',
        options: {tabSize: 4, insertSpaces: true},
      })
      return afterEdits(text, edits)
    }
    expect(await type('[Service]\nExecStart=/bin/x \\\n', 2)).toBe(
      '[Service]\nExecStart=/bin/x \\\n    ',
    )
    expect(await type('[Service]\nExecStart=/bin/x \\\n  --a\n--b \\\n  --c\n', 3)).toBe(
      '[Service]\nExecStart=/bin/x \\\n  --a \\\n  --b \\\n  --c\n',
    )
    expect(await type('[Service]\nExecStart=/bin/x\n--a\n', 2)).toBe(
      '[Service]\nExecStart=/bin/x \\\n    --a\n',
    )
    expect(await type('[Service]\nExecStart=/bin/x\nUser=a\n', 2)).toBe(
      '[Service]\nExecStart=/bin/x\nUser=a\n',
    )
    expect(await type('# x\n\n', 1)).toBe('# x\n\n')
  })

  it('obeys settings, given at the start or asked for, and tells what is wrong with them', async () => {
    using folder = folderWith({'a.service': '[Service]\nExecStart=/usr/bin/a\nPrivatePIDs=yes\n'})
    const text = '[Service]\nExecStart=/usr/bin/a\nPrivatePIDs=yes\n'
    const codes = async (beginning: Parameters<typeof client>[2]): Promise<unknown[]> => {
      await using server = await client([...command.command], folder, beginning)
      server.open('a.service', text)
      // What is asked for comes behind the first word on it.
      if (beginning?.settings !== undefined)
        await server.connection.sendRequest('workspace/symbol', {query: ''})
      return (await server.pull('a.service')).map(({code, severity}) => `${code} ${severity}`)
    }
    expect(await codes({options: {preset: 'verify', targets: ['257']}})).toEqual([])
    expect(await codes({options: {preset: 'verify', targets: ['252']}})).toEqual([
      'no-unsupported-directive 1',
    ])
    expect(await codes({options: {unitlint: {preset: ['strict'], targets: 257}}})).toContain(
      'protect-system 1',
    )
    expect(
      await codes({
        capabilities: {workspace: {configuration: true}},
        settings: {preset: 'verify', targets: ['257']},
      }),
    ).toEqual([])
    await using server = await client([...command.command], folder, {
      options: {preset: 'strikt', targets: ['4'], trust: 'maybe'},
    })
    expect(await server.message('preset')).toContain('did you mean `strict`?')
    expect(await server.message('target')).toContain('`4`')
    expect(await server.message('trust')).toContain('expected true or false')
    server.open('a.service', text)
    void server.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: {unitlint: {preset: 'verify', targets: ['252']}},
    })
    expect((await server.pull('a.service')).map(({code}) => code)).toEqual([
      'no-unsupported-directive',
    ])
  })

  it('follows configs, units and drop-ins that others write', async () => {
    using folder = folderWith({'a.service': '[Service]\nExecStart=/usr/bin/a\nRestart=alway\n'})
    await using server = await client([...command.command], folder)
    server.open('a.service', '[Service]\nExecStart=/usr/bin/a\nRestart=alway\n')
    const codes = async (): Promise<unknown[]> =>
      (await server.pull('a.service')).map(({code}) => code)
    const changed = (name: string, type: 1 | 2 | 3): void =>
      void server.connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: [{uri: folder.uri(name), type}],
      })
    expect(await codes()).toContain('no-invalid-value')
    folder.write('unitlint.config.json', '{"rules": {"no-invalid-value": "off"}}')
    changed('unitlint.config.json', 1)
    expect(await codes()).not.toContain('no-invalid-value')
    folder.write('unitlint.config.json', '{"rules": {"no-invalid-valu": "off"}}')
    changed('unitlint.config.json', 2)
    expect(await codes()).toEqual([])
    expect(await server.message('no-invalid-valu')).toContain('did you mean `no-invalid-value`?')
    folder.write('unitlint.config.json', '{}')
    changed('unitlint.config.json', 2)
    folder.write('a.service.d/x.conf', '[Service]\nUser=root\nExecStart=\n')
    changed('a.service.d/x.conf', 1)
    expect(await codes()).toContain('no-refused-unit')
  })

  it('runs no config of a folder that is not trusted', async () => {
    const mark =
      'import {writeFileSync} from "node:fs"\nwriteFileSync(new URL("ran", import.meta.url), "")\nexport default {rules: {"no-invalid-value": "off"}}\n'
    using folder = folderWith({'unitlint.config.mjs': mark, 'a.service': ''})
    const text = '[Service]\nExecStart=/usr/bin/a\nRestart=alway\n'
    {
      await using server = await client([...command.command], folder)
      server.open('a.service', text)
      expect((await server.pull('a.service')).map(({code}) => code)).toContain('no-invalid-value')
      expect(await server.message('unitlint.config.mjs')).toContain('not trusted')
      expect(existsSync(path.join(folder.path, 'ran'))).toBe(false)
    }
    await using server = await client([...command.command], folder, {options: {trust: true}})
    server.open('a.service', text)
    expect((await server.pull('a.service')).map(({code}) => code)).not.toContain('no-invalid-value')
    expect(existsSync(path.join(folder.path, 'ran'))).toBe(true)
  })
})

function decoded(data: readonly number[], text: string, types: readonly string[]): string[] {
  const lines = text.split('\n')
  const found: string[] = []
  let [line, character] = [0, 0]
  for (let index = 0; index < data.length; index += 5) {
    const [down = 0, right = 0, length = 0, type = 0] = data.slice(index, index + 4)
    character = down > 0 ? right : character + right
    line += down
    found.push(`${types[type]} ${lines[line]?.slice(character, character + length)}`)
  }
  return found
}
