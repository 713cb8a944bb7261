import {namespaceIds} from '../../facts/accesses.ts'
import type {AccessId} from '../../facts/accesses.ts'
import {runtimeNeeds} from '../programs/programs.ts'
import {showingPages} from '../programs/tables/row.ts'
import type {LoadedUnit} from '../../unit/load.ts'
import {addressNeeds} from './addresses.ts'
import {declaredPlaces} from './declared.ts'
import {environment, subjectOf} from './environment.ts'
import {needsFor, short} from './need.ts'
import type {Need} from './need.ts'
import {ofPath} from './of-commands.ts'
import {pathsIn} from './texts.ts'
import {isWrittenByName} from './written.ts'

/**
 * What the variables show that a unit sets: paths and addresses in their values, and by their names
 * what will use them.
 */
export function* ofEnvironment(unit: LoadedUnit): Generator<Need> {
  const places = declaredPlaces(unit)
  for (const variable of environment(unit).values()) {
    const {name, value, assignment} = variable
    const subject = subjectOf(variable)
    for (const path of pathsIn(value)) {
      for (const need of ofPath(
        path,
        name === 'PATH' ? 'read' : isWrittenByName(name) ? 'write' : 'mention',
        subject,
        assignment,
        places,
      ))
        yield {...need, certain: false}
    }
    yield* needsFor(addressNeeds(value), `${subject} names \`${short(value)}\``, false, assignment)
    const text = `${name}=${value.slice(0, 256)}`
    for (const [parts, pattern, needs, because] of meanings) {
      if (hasSome(text, parts) && pattern.test(text))
        yield* needsFor(needs, `${subject} ${because}`, false, assignment)
    }
    for (const [starts, runtime] of runtimes) {
      if (!starts.some((start) => name.startsWith(start))) continue
      for (const need of runtimeNeeds(runtime, subject)) yield {...need, assignment}
    }
  }
}

const screen: readonly AccessId[] = [
  'shared-tmp',
  'abstract-sockets',
  'shared-ipc',
  'unix-sockets',
  // Windows are drawn by graphics processors where there are any.
  'raw-devices',
  // A browser sandboxes the pages that it is asked to open, by namespaces of its own.
  ...namespaceIds,
  '@mount',
  '@privileged',
  'write-exec-memory',
]

/** Whether one of these stands in a text, in capitals or not. */
function hasSome(text: string, parts: readonly string[]): boolean {
  const upper = text.toUpperCase()
  return parts.some((part) => upper.includes(part))
}

/**
 * By `NAME=VALUE`: of what one stands in all that a pattern takes, in capitals, as few variables
 * have any of it, and patterns take a while to be compiled.
 */
const meanings: ReadonlyArray<
  readonly [parts: readonly string[], pattern: RegExp, needs: readonly AccessId[], because: string]
> = [
  [['DISPLAY', 'XAUTHORITY'], /^(?:DISPLAY|XAUTHORITY)=./, screen, 'names an X server'],
  [
    ['PUPPETEER_', 'PLAYWRIGHT_', 'CHROME_', 'CHROMIUM_'],
    /^(?:PUPPETEER|PLAYWRIGHT|CHROME|CHROMIUM)_/,
    showingPages,
    'is for a browser',
  ],
  [
    [
      'WAYLAND_DISPLAY',
      'XDG_RUNTIME_DIR',
      'DBUS_SESSION',
      'PULSE_',
      'SSH_AUTH_SOCK',
      'DOCKER_HOST',
    ],
    /^(?:WAYLAND_DISPLAY|XDG_RUNTIME_DIR|DBUS_SESSION_BUS_ADDRESS|PULSE_SERVER|PULSE_RUNTIME_PATH|SSH_AUTH_SOCK|DOCKER_HOST)=./,
    ['unix-sockets'],
    'names a socket',
  ],
  [
    ['KRB5CCNAME'],
    /^KRB5CCNAME=KEYRING:/,
    ['other-keyrings', '@keyring'],
    'keeps tickets in a keyring',
  ],
  [['KRB5CCNAME'], /^KRB5CCNAME=(?:FILE:|DIR:)?\/tmp\//, ['shared-tmp'], 'keeps tickets in `/tmp`'],
  [
    [
      'CUDA_',
      'NVIDIA_',
      'HSA_',
      'ROCR_',
      'HIP_',
      'GGML_',
      'LIBVA_',
      'VDPAU_',
      'MESA_',
      'DRI_PRIME',
      'ZES_',
    ],
    /^(?:CUDA_|NVIDIA_|HSA_|ROCR_|HIP_|GGML_|LIBVA_|VDPAU_|MESA_|DRI_PRIME|ZES_)/,
    ['raw-devices', 'shared-ipc', 'proc-files'],
    'is for a graphics processor',
  ],
  [
    ['QT_QPA', 'SDL_VIDEO', 'GBM_', 'WLR_', 'LIBSEAT'],
    /^(?:QT_QPA_PLATFORM=(?:eglfs|linuxfb|wayland|xcb)|SDL_VIDEODRIVER|GBM_BACKEND|WLR_|LIBSEAT_BACKEND)/,
    ['raw-devices', 'unix-sockets'],
    'is for a screen',
  ],
  [
    ['QT_QPA', 'SDL_VIDEO'],
    /^(?:QT_QPA_PLATFORM=(?:eglfs|linuxfb)|SDL_VIDEODRIVER=(?:fbcon|kmsdrm|directfb|svgalib))/,
    ['CAP_SYS_TTY_CONFIG'],
    'has it draw in the place of the console',
  ],
  [
    ['ALSA_', 'AUDIODEV', 'JACK_', 'PIPEWIRE_'],
    /^(?:ALSA_|AUDIODEV|JACK_|PIPEWIRE_)/,
    ['raw-devices', 'realtime'],
    'is for sound',
  ],
  [
    ['PORT=', 'BIND=', 'LISTEN=', 'ADDR=', 'ADDRESS='],
    /(?:^|_)(?:PORT|BIND|LISTEN|ADDR|ADDRESS)=[0-9]{2,5}$/,
    ['inet', 'inet-local', 'bind-ports'],
    'names a port',
  ],
  [
    ['HOST=', 'HOSTNAME=', 'SERVER=', 'ENDPOINT=', 'BROKER='],
    /(?:^|_)(?:HOST|HOSTNAME|SERVER|ENDPOINT|BROKER)=(?!localhost|127\.|::1|\/)[A-Za-z0-9]/,
    ['inet', 'inet-local'],
    'names a host',
  ],
  [
    ['HOST=', 'SERVER='],
    /(?:^|_)(?:HOST|SERVER)=(?:localhost|127\.|::1)/,
    ['inet-local'],
    'names this host',
  ],
  [['_PROXY='], /(?:^|_)HTTPS?_PROXY=/i, ['inet', 'inet-local'], 'names a proxy'],
  [['HOME=/'], /^HOME=\/(?:home|root)(?:\/|$)/, ['home-read', 'home-write'], 'is a home directory'],
]

/** By how the name begins. */
const runtimes: ReadonlyArray<readonly [starts: readonly string[], runtime: string]> = [
  [['NODE_', 'NPM_CONFIG_', 'NVM_'], 'node'],
  [
    [
      'JAVA_',
      'JRE_',
      'JDK_',
      'JVM_',
      'CATALINA_',
      '_JAVA_OPTIONS',
      'MAVEN_',
      'GRADLE_',
      'ES_JAVA_',
      'KAFKA_',
      'SPRING_',
    ],
    'java',
  ],
  [
    ['PYTHON', 'VIRTUAL_ENV', 'DJANGO_', 'FLASK_', 'GUNICORN_', 'CELERY_', 'PIP_', 'CONDA_'],
    'python3',
  ],
  [['RAILS_', 'RACK_', 'GEM_', 'BUNDLE_', 'RUBY'], 'ruby'],
  [['DOTNET_', 'ASPNETCORE_', 'COMPlus_'], 'dotnet'],
  [['ERL_', 'ERLANG_', 'RABBITMQ_', 'MIX_', 'RELEASE_COOKIE'], 'erl'],
  [['DENO_'], 'deno'],
  [['BUN_'], 'bun'],
]
