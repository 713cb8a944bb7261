import {Buffer} from 'node:buffer'
import type {Readable, Writable} from 'node:stream'
import {createConnection} from 'vscode-languageserver'
import type {
  Connection,
  DataCallback,
  Disposable,
  Message,
  MessageReader,
} from 'vscode-languageserver'
import {
  createProtocolConnection,
  ErrorCodes,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node'
import {Frames} from './frames.ts'

/** A client at the other end of two streams. */
export interface Client {
  readonly connection: Connection
  /** Settles with the exit status when the client has said goodbye, or is gone. */
  readonly end: Promise<number>
}

/** What is told of what no client should send, a line each. */
type Tell = (line: string) => void

/**
 * Speak JSON-RPC over two streams. What is not well formed is told and passed over; what comes
 * before `initialize` or after `shutdown` is refused, as LSP has it.
 */
export function connect(input: Readable, output: Writable, tell: Tell): Client {
  const refuse = refusal(output)
  const reader = gate(messagesOf(input, refuse, tell), refuse)
  const writer = new StreamMessageWriter(output)
  let isShutDown = false
  let finish: (status: number) => void
  const end = new Promise<number>((resolve) => (finish = resolve))
  const gone = (): void => finish(isShutDown ? 0 : 1)
  // What it sent last is still to be read.
  for (const event of ['end', 'close', 'error']) input.on(event, () => setTimeout(gone, patience))
  output.on('error', gone)
  const watchDog = {
    get shutdownReceived() {
      return isShutDown
    },
    set shutdownReceived(value: boolean) {
      isShutDown = value
    },
    initialize: () => undefined,
    exit: (code: number) => finish(code),
  }
  const connection = createConnection(
    (logger) => createProtocolConnection(reader, writer, logger),
    watchDog,
  )
  return {connection, end}
}

/** Answers a request, or what may have been one, with a fault. */
type Refuse = (id: unknown, code: number, message: string) => void

function refusal(output: Writable): Refuse {
  return (id, code, message) => {
    const its = Buffer.from(JSON.stringify({jsonrpc: '2.0', id, error: {code, message}}))
    output.write(`Content-Length: ${its.length}\r\n\r\n`)
    output.write(its)
  }
}

/** What a client sends; what cannot be read is refused, and told. */
function messagesOf(input: Readable, refuse: Refuse, tell: Tell): MessageReader {
  const frames = new Frames(tell)
  input.pipe(frames)
  const contentTypeDecoder = {
    name: 'application/json',
    decode: async (bytes: Uint8Array): Promise<Message> => {
      const message = parsed(Buffer.from(bytes).toString('utf8'))
      if (message !== undefined) return message
      refuse(null, ErrorCodes.ParseError, 'Expected a JSON-RPC message')
      tell('Unexpected message, expected JSON-RPC')
      // A notification that nobody listens to.
      return {jsonrpc: '2.0', method: '$/unreadable'} as Message
    },
  }
  const messages = new StreamMessageReader(frames, {contentTypeDecoder})
  // It would keep the process up while a message is half there.
  messages.partialMessageTimeout = 0
  return messages
}

/** How long the last messages of a client that is gone may take, in milliseconds. */
const patience = 400

/** A message that JSON-RPC has; undefined for any other text. */
function parsed(text: string): Message | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const isOne = typeof value === 'object' && value !== null && !Array.isArray(value)
    // What it holds beyond that is looked at where it is used.
    return isOne && ('method' in value ? typeof value.method === 'string' : 'id' in value)
      ? (value as Message)
      : undefined
  } catch {
    return undefined
  }
}

/**
 * The messages whose time it is; requests that come too early or too late are answered with a
 * fault.
 */
function gate(reader: MessageReader, refuse: Refuse): MessageReader {
  let state: 'new' | 'open' | 'shut' = 'new'
  const isDue = (message: Message): boolean => {
    const {method, id} = message as {readonly method?: string; readonly id?: unknown}
    if (method === undefined) return true
    if (method === 'exit') return true
    if (id === undefined) return state !== 'new'
    if (state === 'new' && method !== 'initialize')
      refuse(id, ErrorCodes.ServerNotInitialized, 'Expected `initialize` first')
    else if (state === 'open' && method === 'initialize')
      refuse(id, ErrorCodes.InvalidRequest, 'Unexpected second `initialize`')
    else if (state === 'shut')
      refuse(id, ErrorCodes.InvalidRequest, 'Unexpected request after `shutdown`')
    else {
      state = method === 'shutdown' ? 'shut' : 'open'
      return true
    }
    return false
  }
  return {
    onError: reader.onError,
    onClose: reader.onClose,
    onPartialMessage: reader.onPartialMessage,
    listen: (callback: DataCallback): Disposable =>
      reader.listen((message) => (isDue(message) ? callback(message) : undefined)),
    dispose: () => reader.dispose(),
  }
}
