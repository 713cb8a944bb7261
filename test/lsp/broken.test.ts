import {spawn} from 'node:child_process'
import {rmSync} from 'node:fs'
import process from 'node:process'
import {describe, expect, it} from 'vitest'
import {built} from '../hostile/built.ts'
import {client, folderWith} from './client.ts'

const command = built()
const text = '[Service]\nExecStart=/usr/bin/a\nRestart=alway\n'

/** Send bytes as they are, and end; returns what came back, and the exit status. */
async function sent(
  bytes: string | readonly string[],
  {end = true}: {readonly end?: boolean} = {},
): Promise<{status: number | null; stdout: string; stderr: string}> {
  const [program, ...argv] = command.command
  const child = spawn(program, [...argv, 'lsp', '--stdio'], {env: {PATH: process.env['PATH']}})
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk) => (stdout += String(chunk)))
  child.stderr.on('data', (chunk) => (stderr += String(chunk)))
  const status = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const closed = new Promise((resolve) => child.once('close', resolve))
  for (const part of typeof bytes === 'string' ? [bytes] : bytes) child.stdin.write(part)
  if (end) child.stdin.end()
  const its = await status
  await closed
  return {status: its, stdout, stderr}
}

function framed(message: object | string): string {
  const body = typeof message === 'string' ? message : JSON.stringify({jsonrpc: '2.0', ...message})
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}

const initialize = framed({
  id: 1,
  method: 'initialize',
  params: {processId: null, rootUri: null, capabilities: {}},
})
const [shutdown, exit] = [framed({id: 9, method: 'shutdown'}), framed({method: 'exit'})]

describe('a client that breaks the protocol', () => {
  it.each([
    ['a length that is no number', 'Content-Length: x\r\n\r\n'],
    ['a length below nothing', 'Content-Length: -5\r\n\r\n{}'],
    ['a length that is too great', 'Content-Length: 99999999999999\r\n\r\n{}'],
    ['no length', 'Content-Type: x\r\n\r\n'],
    ['garbage', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['bytes of anything', `${'\u0000\u0001ÿ'.repeat(3000)}\r\n\r\n`],
  ])('is told of %s, and answered behind it', async (_, broken) => {
    const {status, stdout, stderr} = await sent([broken, initialize, shutdown, exit], {end: false})
    expect(stderr).toMatch(/^unitlint: Unexpected header `[^\n]*`, expected `Content-Length: N`\n$/)
    expect(stdout).toContain('"id":1,"result"')
    expect(status).toBe(0)
  })

  it.each([
    ['no JSON', '{"jsonrpc": '],
    ['no message', '[1, 2]'],
    ['nothing', 'null'],
    ['a text', '"x"'],
  ])('is told of %s, and answered behind it', async (_, broken) => {
    const {status, stdout, stderr} = await sent([initialize, framed(broken), shutdown, exit], {
      end: false,
    })
    expect(stderr).toBe('unitlint: Unexpected message, expected JSON-RPC\n')
    expect(stdout).toContain('"code":-32700')
    expect(stdout).toContain('"id":9,"result":null')
    expect(status).toBe(0)
  })

  it('is refused before it begins, and after it has ended', async () => {
    const early = framed({id: 2, method: 'textDocument/hover', params: {}})
    const open = framed({method: 'textDocument/didOpen', params: {}})
    const {status, stdout} = await sent(
      [
        early,
        open,
        initialize,
        shutdown,
        framed({id: 3, method: 'workspace/symbol', params: {query: ''}}),
        exit,
      ],
      {
        end: false,
      },
    )
    expect(stdout).toContain('"id":2,"error":{"code":-32002')
    expect(stdout).toContain('"id":3,"error":{"code":-32600')
    expect(status).toBe(0)
  })

  it('gets a fault for what is not known, and for parameters that make no sense', async () => {
    using folder = folderWith({'a.service': text})
    await using server = await client([...command.command], folder)
    await expect(server.ask('textDocument/nothing', {})).rejects.toThrow('Unhandled method')
    server.open('a.service', text)
    for (const params of [
      {},
      {textDocument: null},
      {textDocument: {uri: 5}},
      {textDocument: {uri: folder.uri('a.service')}},
      {textDocument: {uri: folder.uri('a.service')}, position: 'x'},
    ])
      await expect(server.ask('textDocument/hover', params)).rejects.toThrow(/^Expected/)
    const textDocument = {uri: folder.uri('a.service')}
    const [position, range] = [
      {line: 2, character: 3},
      {start: {line: 2, character: 0}, end: {line: 2, character: 3}},
    ]
    for (const [method, params] of [
      ['textDocument/definition', {textDocument}],
      ['textDocument/inlayHint', {textDocument}],
      ['textDocument/rangeFormatting', {textDocument, options: {}}],
      ['textDocument/selectionRange', {textDocument, positions: [null]}],
      ['textDocument/codeAction', {textDocument, range, context: {only: 'quickfix'}}],
      ['textDocument/codeAction', {textDocument, range, context: {only: [null]}}],
      ['textDocument/rename', {textDocument, position, newName: {}}],
      ['workspace/executeCommand', {command: 'unitlint.explain', arguments: 'private-tmp'}],
      ['workspace/executeCommand', {command: 'unitlint.explain', arguments: [null]}],
      ['workspace/symbol', {query: null}],
      ['workspace/diagnostic', {previousResultIds: {}}],
      ['textDocument/diagnostic', {textDocument: null}],
    ] as const)
      await expect(
        server.ask(method, params),
        `${method} of ${JSON.stringify(params)}`,
      ).rejects.toThrow(/^Expected/)
    const asked = {title: 'x', data: {uri: textDocument.uri, version: 1, preset: '__proto__'}}
    expect(await server.ask('codeAction/resolve', asked)).toEqual(asked)
    await server.ask('workspace/diagnostic', {previousResultIds: [null, {uri: 5}]})
    expect(await server.quit()).toBe(0)
  })

  it('is told of notifications that make no sense, a line each, and answered behind them', async () => {
    using folder = folderWith({'a.service': text})
    const hostile = {
      general: {positionEncodings: 5},
      workspace: {workspaceFolders: true, workspaceEdit: {resourceOperations: {}}},
      textDocument: {hover: null},
    }
    await using server = await client([...command.command], folder, {capabilities: hostile})
    server.open('a.service', text)
    const uri = folder.uri('a.service')
    const senseless: ReadonlyArray<readonly [method: string, params: object]> = [
      ['textDocument/didOpen', {}],
      ['textDocument/didOpen', {textDocument: {uri, version: 1}}],
      [
        'textDocument/didChange',
        {textDocument: {uri, version: 2}, contentChanges: [null, {}, {range: null, text: 'x'}]},
      ],
      ['textDocument/didChange', {textDocument: {uri, version: 3}, contentChanges: 5}],
      ['textDocument/didChange', {textDocument: null}],
      ['textDocument/didClose', {}],
      ['textDocument/didSave', {}],
      ['workspace/didChangeWorkspaceFolders', {}],
    ]
    const harmless: typeof senseless = [
      ['textDocument/didChange', {textDocument: {uri: 'nothing'}, contentChanges: []}],
      [
        'textDocument/didChange',
        {
          textDocument: {uri: folder.uri('never.service'), version: 3},
          contentChanges: [{text: 'x'}],
        },
      ],
      ['textDocument/didClose', {textDocument: {uri: folder.uri('never.service')}}],
      ['workspace/didChangeWatchedFiles', {}],
      ['workspace/didChangeWatchedFiles', {changes: [null, {}, {uri: 5}, {uri: '%%%', type: 99}]}],
      ['workspace/didChangeWorkspaceFolders', {event: {added: [{uri: '%%'}, {}], removed: [null]}}],
      ['workspace/didChangeConfiguration', {}],
    ]
    for (const [method, params] of [...senseless, ...harmless])
      void server.connection.sendNotification(method, params)
    expect((await server.pull('a.service')).map(({code}) => code)).toContain('no-invalid-value')
    const lines = server.shown
      .join('')
      .split('\n')
      .filter((line) => line !== '')
    expect(lines.map((line) => /^unitlint: Unexpected (\S+): ./.exec(line)?.[1])).toEqual(
      senseless.map(([method]) => method),
    )
  })
})

describe('a client that goes', () => {
  it('ends the server: well after shutdown, else with status 1', async () => {
    expect((await sent([initialize, shutdown, exit], {end: false})).status).toBe(0)
    expect((await sent([initialize, exit], {end: false})).status).toBe(1)
    expect((await sent([initialize])).status).toBe(1)
    expect((await sent([])).status).toBe(1)
    expect((await sent([initialize.slice(0, 40)])).status).toBe(1)
  })

  it('ends it too when it dies and others hold the pipe', async () => {
    using folder = folderWith({'a.service': text})
    // The client is the parent of what holds the pipe, and is gone.
    const holder = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 1e9)'], {stdio: 'ignore'})
    const [program, ...argv] = command.command
    const child = spawn(program, [...argv, 'lsp', '--stdio'], {
      cwd: folder.path,
      env: {PATH: process.env['PATH']},
    })
    const gone = new Promise<number | null>((resolve) => child.once('exit', resolve))
    child.stdin.write(
      framed({
        id: 1,
        method: 'initialize',
        params: {processId: holder.pid, rootUri: null, capabilities: {}},
      }),
    )
    await new Promise((resolve) => child.stdout.once('data', resolve))
    holder.kill('SIGKILL')
    expect(await gone).toBe(1)
  })
})

describe('a client that goes far', () => {
  it('has its places outside of the text taken for the nearest', async () => {
    using folder = folderWith({'a.service': text})
    await using server = await client([...command.command], folder)
    server.open('a.service', text)
    const uri = folder.uri('a.service')
    for (const line of [-1, 3, 2 ** 31 - 1, 1e300])
      for (const character of [-1, 2 ** 31 - 1]) {
        const position = {line, character}
        for (const method of [
          'hover',
          'completion',
          'definition',
          'references',
          'prepareRename',
          'documentHighlight',
        ])
          await server.ask(`textDocument/${method}`, {textDocument: {uri}, position, context: {}})
        const range = {start: position, end: {line: 1, character: 5}}
        await server.ask('textDocument/codeAction', {
          textDocument: {uri},
          range,
          context: {diagnostics: []},
        })
        await server.ask('textDocument/inlayHint', {textDocument: {uri}, range})
        await server.ask('textDocument/rangeFormatting', {textDocument: {uri}, range})
        await server.ask('textDocument/selectionRange', {
          textDocument: {uri},
          positions: [position],
        })
      }
    server.change('a.service', 2, [
      {range: {start: {line: 99, character: 99}, end: {line: 100, character: 0}}, text: 'User=x\n'},
    ])
    server.change('a.service', 3, [
      {range: {start: {line: 3, character: 6}, end: {line: 3, character: 5}}, text: ''},
    ])
    expect((await server.told('a.service', 3)).length).toBeGreaterThan(0)
  })

  it('has a text of ten megabytes passed over in a word, and goes on', async () => {
    using folder = folderWith({'a.service': text})
    await using server = await client([...command.command], folder)
    server.open('big.service', `[Service]\n${'ExecStart=/usr/bin/a\n'.repeat(500_000)}`)
    expect(await server.told('big.service', 1)).toMatchObject([
      {severity: 1, message: expect.stringContaining('Too much for one unit')},
    ])
    const textDocument = {uri: folder.uri('big.service')}
    for (const [method, params] of [
      ['documentSymbol', {}],
      ['foldingRange', {}],
      ['semanticTokens/full', {}],
      ['formatting', {}],
      ['documentLink', {}],
      ['selectionRange', {positions: [{line: 5, character: 2}]}],
      ['documentHighlight', {position: {line: 5, character: 2}}],
      ['hover', {position: {line: 5, character: 2}}],
      ['completion', {position: {line: 5, character: 2}}],
    ] as const)
      await server.ask(`textDocument/${method}`, {textDocument, ...params})
    server.change('big.service', 2, [{text}])
    expect((await server.told('big.service', 2)).map(({code}) => code)).toContain(
      'no-invalid-value',
    )
  })

  it('is answered when its folder is gone', async () => {
    using folder = folderWith({'a.service': text, 'b.service': text})
    await using server = await client([...command.command], folder)
    server.open('a.service', text)
    await server.told('a.service', 1)
    rmSync(folder.path, {recursive: true})
    void server.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{uri: folder.uri('b.service'), type: 3}],
    })
    expect((await server.pull('a.service')).map(({code}) => code)).toContain('no-invalid-value')
    server.change('a.service', 2, [{text: text.replace('alway', 'always')}])
    expect((await server.pull('a.service')).map(({code}) => code)).not.toContain('no-invalid-value')
    expect(await server.quit()).toBe(0)
  })

  it('has documents that are in no file, or no units', async () => {
    using folder = folderWith({})
    await using server = await client([...command.command], folder)
    const ask = async (uri: string): Promise<unknown> => {
      void server.connection.sendNotification('textDocument/didOpen', {
        textDocument: {uri, languageId: 'systemd', version: 1, text},
      })
      return server.ask('textDocument/completion', {
        textDocument: {uri},
        position: {line: 2, character: 8},
      })
    }
    for (const uri of [
      'untitled:Untitled-1',
      'untitled:a.service',
      'git:/x/y.service?q',
      'file:///',
      'file://host/x.service',
      '',
      'x',
      folder.uri('README.md'),
    ])
      expect(await ask(uri)).toMatchObject({items: expect.any(Array)})
    const {items} = await server.ask<{items: Array<{code: string}>}>('textDocument/diagnostic', {
      textDocument: {uri: 'untitled:a.service'},
    })
    expect(items.map(({code}) => code)).toContain('no-invalid-value')
  })

  it('takes what a file was once, as a comparison has it, for no file and no neighbour', async () => {
    const files = {
      'a.service': text,
      'sub/b.service': text,
      'all.target': '[Unit]\nAfter=b.service\n',
    }
    using folder = folderWith({
      ...files,
      'unitlint.config.json': '{"rules": {"private-tmp": "off"}}',
    })
    await using server = await client([...command.command], folder)
    const names = Object.keys(files)
    for (const [name, its] of Object.entries(files)) server.open(name, its)
    const told = async (): Promise<unknown> =>
      Promise.all(names.map(async (name) => server.pull(name)))
    const before = await told()
    const uris = names.flatMap((name) =>
      ['HEAD', '~'].map((version) => `${folder.uri(name).replace('file:', 'git:')}?${version}`),
    )
    const once = '[Service]\nExecStart=/usr/bin/a\nPrivatTmp=yes\n'
    for (const uri of uris)
      void server.connection.sendNotification('textDocument/didOpen', {
        textDocument: {uri, languageId: 'systemd', version: 1, text: once},
      })
    expect(await told()).toEqual(before)
    const {items} = await server.ask<{items: Array<{code: string}>}>('textDocument/diagnostic', {
      textDocument: {uri: uris[0]},
    })
    const codes = items.map(({code}) => code)
    expect(codes).toContain('no-unknown-directive')
    expect(codes).not.toContain('private-tmp')
  })
})

describe('places', () => {
  it('are counted in UTF-16 unless a client offers UTF-8', async () => {
    using folder = folderWith({})
    for (const [positionEncodings, expected] of [
      [undefined, 'utf-16'],
      [['utf-16', 'utf-8'], 'utf-8'],
      [['x'], 'utf-16'],
    ] as const) {
      await using server = await client([...command.command], folder, {
        capabilities: {general: {positionEncodings}},
      })
      expect(server.capabilities.positionEncoding).toBe(expected)
    }
  })

  it.each(['utf-8', 'utf-16', 'utf-32'])(
    'are counted as the client does, in %s',
    async (encoding) => {
      const odd =
        '[Service]\r\nExecStart=/usr/bin/a\r\nDescription=\u{1F600}é\r\n# \u{1F600}\r\nUser=\u{1F600}é Restart=\r\nRestart=alway\r\n'
      using folder = folderWith({})
      await using server = await client([...command.command], folder, {
        capabilities: {general: {positionEncodings: [encoding]}},
      })
      expect(server.capabilities.positionEncoding).toBe(encoding)
      server.open('a.service', odd)
      const before = {'utf-8': 5 + 4 + 2, 'utf-16': 5 + 2 + 1, 'utf-32': 5 + 2}[encoding] ?? 0
      const end = {line: 4, character: before}
      const found = (await server.pull('a.service')).filter(({range}) => range.start.line === 4)
      expect(found.some(({range}) => range.end.character === before + ' Restart='.length)).toBe(
        true,
      )
      server.change('a.service', 2, [
        {range: {start: {line: 4, character: 5}, end}, text: 'root'},
        {range: {start: {line: 4, character: 9}, end: {line: 4, character: 18}}, text: ''},
      ])
      expect(
        (await server.pull('a.service')).filter(
          ({range, severity}) => range.start.line === 4 && severity === 1,
        ),
      ).toEqual([])
    },
  )
})
