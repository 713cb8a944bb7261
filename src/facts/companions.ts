/** What a directive needs beside it to do anything. */
export type Companion =
  /** One of these lines. */
  | {readonly lines: readonly string[]}
  /** A switch that is on or off, as it is where nothing is written. */
  | {readonly key: string; readonly is: boolean}
  /** Something to listen on of one of these kinds. */
  | {readonly listens: readonly Listener[]}

/**
 * What a socket listens on: a socket in the file system, one over IP that knows connections or not,
 * and what is told by its own directive.
 */
export type Listener = 'path' | 'tcp' | 'udp' | 'fifo' | 'queue' | 'special'

export interface LonelyDirectives {
  readonly section: string
  readonly keys: readonly string[]
  readonly needs: Companion
  /** How that is written, or said. */
  readonly needed: string
}

const nodes: Companion = {listens: ['path', 'fifo']}
const ip: Companion = {listens: ['tcp', 'udp']}
const tcp: Companion = {listens: ['tcp']}

/**
 * Directives that do nothing without another, and of which systemd says nothing: systemd.timer(5),
 * systemd.path(5), systemd.socket(5).
 */
export const lonelyDirectives: readonly LonelyDirectives[] = [
  {section: 'Timer', keys: ['Persistent'], needs: {lines: ['OnCalendar']}, needed: '`OnCalendar=`'},
  {
    section: 'Timer',
    keys: ['FixedRandomDelay'],
    needs: {lines: ['RandomizedDelaySec']},
    needed: '`RandomizedDelaySec=`',
  },
  {
    section: 'Path',
    keys: ['DirectoryMode'],
    needs: {key: 'MakeDirectory', is: true},
    needed: '`MakeDirectory=yes`',
  },
  {
    section: 'Path',
    keys: ['MakeDirectory'],
    needs: {lines: ['PathChanged', 'PathModified', 'DirectoryNotEmpty']},
    needed: '`PathChanged=`, `PathModified=` or `DirectoryNotEmpty=`',
  },
  {
    section: 'Socket',
    keys: ['MaxConnections', 'MaxConnectionsPerSource', 'SELinuxContextFromNet'],
    needs: {key: 'Accept', is: true},
    needed: '`Accept=yes`',
  },
  {
    section: 'Socket',
    keys: ['FlushPending'],
    needs: {key: 'Accept', is: false},
    needed: '`Accept=no`',
  },
  {
    section: 'Socket',
    keys: ['SocketUser', 'SocketGroup', 'DirectoryMode'],
    needs: nodes,
    needed: 'a socket or FIFO in the file system',
  },
  {
    section: 'Socket',
    keys: ['SocketMode', 'RemoveOnStop'],
    needs: {listens: ['path', 'fifo', 'queue']},
    needed: 'a socket, FIFO or queue in the file system',
  },
  {section: 'Socket', keys: ['PipeSize'], needs: {listens: ['fifo']}, needed: '`ListenFIFO=`'},
  {
    section: 'Socket',
    keys: ['MessageQueueMaxMessages', 'MessageQueueMessageSize'],
    needs: {listens: ['queue']},
    needed: '`ListenMessageQueue=`',
  },
  {
    section: 'Socket',
    keys: ['Writable'],
    needs: {listens: ['special']},
    needed: '`ListenSpecial=`',
  },
  {
    section: 'Socket',
    keys: ['BindIPv6Only', 'FreeBind', 'Transparent', 'IPTOS', 'IPTTL'],
    needs: ip,
    needed: 'a socket over IP',
  },
  {
    section: 'Socket',
    keys: ['NoDelay', 'DeferAcceptSec', 'TCPCongestion'],
    needs: tcp,
    needed: 'a TCP socket',
  },
]
