import {namespaceIds} from '../../facts/accesses.ts'
import type {AccessId} from '../../facts/accesses.ts'
import {atOnce} from '../programs/tables/row.ts'

/** The languages whose scripts are read, beside that of shells. */
export type Language = 'python' | 'node' | 'perl' | 'ruby' | 'php' | 'lua'

/** A call, a module or a name that tells of a need. */
export interface Telling {
  /** What shows in code without comments; its first group is what messages quote. */
  readonly call: RegExp
  readonly needs: readonly AccessId[]
  /** A verb; absent: "calls". */
  readonly says?: string
}

const becomingUser = [
  'CAP_SETUID',
  'CAP_SETGID',
  '@setuid',
  '@privileged',
] as const satisfies readonly AccessId[]
const owning = ['CAP_CHOWN', '@chown', '@privileged'] as const satisfies readonly AccessId[]
const rooting = ['CAP_SYS_CHROOT', '@mount', '@privileged'] as const satisfies readonly AccessId[]
const packets = [
  'packet-sockets',
  'exotic-sockets',
  'CAP_NET_RAW',
  'CAP_NET_ADMIN',
  'netlink',
  'host-network',
] as const satisfies readonly AccessId[]
const network = [
  'netlink',
  'host-network',
  'CAP_NET_ADMIN',
  'kernel-modules',
] as const satisfies readonly AccessId[]
const devices = ['raw-devices', 'kernel-tunables'] as const satisfies readonly AccessId[]
/** Devices, and those that are reached by sockets of their own: Bluetooth, CAN. */
const hardware = [...devices, 'exotic-sockets'] as const satisfies readonly AccessId[]
const processes = [
  'other-processes',
  'proc-files',
  'host-pids',
] as const satisfies readonly AccessId[]
const mounting = [
  '@mount',
  '@privileged',
  'CAP_SYS_ADMIN',
  'host-mounts',
] as const satisfies readonly AccessId[]
const timing = ['raw-devices', ...atOnce] as const satisfies readonly AccessId[]
const sharing = ['shared-ipc', 'lasting-ipc'] as const satisfies readonly AccessId[]
/** What a command may need that a script takes from elsewhere, as a whole, for a shell. */
const told = [
  'privileges-by-exec',
  'shared-tmp',
  'other-processes',
  'suid-files',
  'home-read',
  'home-write',
  'write-anywhere',
] as const satisfies readonly AccessId[]
const namespaces = [...namespaceIds, 'CAP_SYS_ADMIN'] as const satisfies readonly AccessId[]

/** Constants that all of these languages have from the C library. */
const common: readonly Telling[] = [
  {call: /\b([AP]F_PACKET)\b/, needs: packets, says: 'names'},
  {call: /\b(SOCK_RAW)\b/, needs: ['CAP_NET_RAW'], says: 'names'},
  {call: /\b([AP]F_NETLINK)\b/, needs: ['netlink'], says: 'names'},
  {
    call: /\b([AP]F_(?:BLUETOOTH|CAN|VSOCK|ALG|TIPC|QIPCRTR|XDP))\b/,
    needs: ['exotic-sockets'],
    says: 'names',
  },
  {call: /\b([AP]F_UNIX)\b/, needs: ['unix-sockets'], says: 'names'},
  {call: /\b(S_IS[UG]ID)\b/, needs: ['suid-files'], says: 'names'},
  // Whoever is not mapped into its users is nobody to it (user_namespaces(7)).
  {
    call: /\b(SO_PEERCRED|SO_PASSCRED|SCM_CREDENTIALS|SCM_CREDS|getpeereid)\b/,
    needs: ['host-users', 'host-pids', 'other-processes'],
    says: 'names',
  },
  {call: /\b((?:l|f)?chmod(?:Sync)?)\b[^;\n]{0,120}\b0o?[2-7][0-7]{3}\b/, needs: ['suid-files']},
  {
    call: /\b(mkdir(?:Sync)?|makedirs|mkdir_p)\b[^;\n]{0,120}\b0o?[2-7][0-7]{3}\b/,
    needs: ['suid-files'],
  },
]

/** Functions of the C library that are called by their names through something like `ctypes`. */
function native(before: string): readonly Telling[] {
  const named = (names: string, needs: readonly AccessId[]): Telling => ({
    call: new RegExp(`\\b${before}\\.(${names})\\b`),
    needs,
  })
  return [
    named('mount|umount2?|pivot_root', mounting),
    named('unshare|setns', namespaces),
    named('chroot', rooting),
    named('ptrace|process_vm_readv', ['@debug', 'CAP_SYS_PTRACE', 'other-processes']),
    named('mlockall|mlock', ['locked-memory', '@memlock', 'CAP_IPC_LOCK']),
    named('adjtimex|clock_settime|settimeofday', [
      'clock',
      '@clock',
      '@privileged',
      'CAP_SYS_TIME',
    ]),
    named('sethostname', ['hostname', 'CAP_SYS_ADMIN', '@privileged']),
    named('sched_setscheduler', ['realtime', '@resources', 'CAP_SYS_NICE']),
    named('iopl|ioperm', ['@raw-io', 'CAP_SYS_RAWIO', '@privileged']),
    named('shmget|semget|msgget|mq_open', sharing),
  ]
}

const python: readonly Telling[] = [
  {call: /\bos\.(chroot)\(/, needs: rooting},
  {call: /\bos\.(set(?:res|re|e)?[ug]id|setgroups|initgroups)\(/, needs: becomingUser},
  {call: /\b(?:os|shutil)\.([lf]?chown)\(/, needs: owning},
  {call: /\bos\.(unshare|setns)\(/, needs: namespaces},
  {call: /\bos\.(mknod)\(/, needs: ['CAP_MKNOD', 'raw-devices']},
  {
    call: /\bos\.(sched_setscheduler|sched_setparam)\(/,
    needs: ['realtime', '@resources', 'CAP_SYS_NICE'],
  },
  {
    call: /\b(?:os|resource)\.(nice|setpriority|sched_setaffinity|setrlimit|prlimit)\(/,
    needs: ['@resources'],
  },
  {call: /\bos\.(killpg?)\(/, needs: ['CAP_KILL']},
  {call: /\b(sethostname)\(/, needs: ['hostname', 'CAP_SYS_ADMIN', '@privileged']},
  {
    call: /\btime\.(clock_settime(?:_ns)?)\(/,
    needs: ['clock', '@clock', '@privileged', 'CAP_SYS_TIME'],
  },
  {call: /\b(CFUNCTYPE|ffi\.callback)\b/, needs: ['write-exec-memory']},
  ...imported('numba|llvmlite|gccjit|luajit|lupa', ['write-exec-memory']),
  // On a graphics processor or the like, where there is one.
  ...imported(
    'jax|tensorflow|torch|cupy|onnxruntime|tflite_runtime|pycoral|ultralytics|mediapipe|transformers|whisper|faster_whisper|llama_cpp|vllm|paddle\\w*|easyocr|insightface|deepface|face_recognition|dlib|hailo\\w*',
    ['write-exec-memory', 'raw-devices', 'shared-ipc', 'locked-memory', '@resources'],
  ),
  ...imported('psutil', ['proc-files', 'other-processes']),
  ...imported(
    'smbus2?|spidev|RPi|gpiozero|gpiod|lgpio|pigpio|dronekit|pymavlink|board|busio|adafruit\\w*|Adafruit\\w*|rpi_ws281x|neopixel|sense_hat|luma|RPLCD|rpi_lcd|mfrc522|MFRC522|pirc522|w1thermsensor|wiringpi|wiringop|OPi|Jetson|periphery|waveshare_epd|inky|blinkt|unicornhat\\w*|scrollphathd|explorerhat|automationhat|phatbeat|ledshim|bme280|bme680|ina219|hx711|max30102|ST7789|ST7735|st7735|pijuice|liquidctl|openrazer|pyudmx',
    devices,
  ),
  // They drive what is plugged in, by nothing but what is in `/dev`.
  ...imported(
    'serial|serial_asyncio|usb|usb1|hid|evdev|pyudev|uinput|picamera2?|cv2|pyaudio|sounddevice|alsaaudio|pylibftdi|pyftdi|pymodbus|minimalmodbus|gps|nfc|pypylon|depthai|pyrealsense2|rtlsdr|escpos',
    ['raw-devices'],
  ),
  // What they read or show is timed by the code itself, which goes before all others for that.
  ...imported('Adafruit_DHT|adafruit_dht|adafruit_hcsr04|pulseio|rgbmatrix', timing),
  ...imported('bluetooth|adafruit_ble\\w*|bleak|bluepy|gattlib|can|canopen', hardware),
  ...imported('vlc|mpv|pyttsx3|simpleaudio|playsound|pydub|speech_recognition|pvporcupine|vosk', [
    'raw-devices',
    'realtime',
    'shared-ipc',
    'lasting-ipc',
    'unix-sockets',
  ]),
  ...imported('icmplib|ping3|pythonping|pingparsing|multiping', [
    'CAP_NET_RAW',
    'privileges-by-exec',
  ]),
  ...imported('scapy|pcapy|pcap|pyshark|netfilterqueue|nfqueue|dpkt|impacket', packets),
  ...imported('pyroute2|iptc|nftables|netlink|wgconfig|ethtool', network),
  ...imported('posix_ipc|sysv_ipc', sharing),
  {
    call: /\b(subprocess\.\w+)\((?!\s*f?“)[^;()]{0,200}\bshell\s*=\s*True/,
    needs: told,
    says: 'runs what it is told by',
  },
  {
    // The program is what a variable, an argument or a setting says.
    call: /\b(subprocess\.\w+)\([\s[]{0,32}(?:str\()?(?:os\.(?:environ|getenv)\b|sys\.argv\b|\w{0,32}(?:config|conf|cfg|settings?|options|opts)\w{0,32}[.[])/i,
    needs: told,
    says: 'runs what it is told by',
  },
  {
    call: /\b(os\.(?:system|popen))\(\s*(?!f“)[A-Za-z_]/,
    needs: told,
    says: 'runs what it is told by',
  },
  ...imported('pam|pampy|spwd', ['privileges-by-exec', 'root-files', 'CAP_AUDIT_WRITE']),
  ...imported(
    'docker|podman|libvirt|lxc|pylxd|dbus|dbus_next|dbus_fast|pydbus|sdbus|jeepney|gi|avahi',
    ['unix-sockets'],
  ),
  ...imported('sdnotify|systemd|cysystemd|systemd_watchdog', ['unix-sockets', 'notify']),
  ...imported('netifaces|ifaddr|zeroconf', ['netlink', 'host-network']),
  ...imported(
    'selenium|seleniumwire|undetected_chromedriver|webdriver_manager|playwright|pyppeteer|splinter|helium|DrissionPage|nodriver|html2image|webbrowser',
    [...namespaces, 'shared-tmp', 'write-exec-memory', 'privileges-by-exec', 'raw-devices'],
  ),
  ...imported('Xlib|pyautogui|pynput|tkinter|PyQt[0-9]|PySide[0-9]|pygame', [
    'shared-tmp',
    'abstract-sockets',
    'shared-ipc',
    'unix-sockets',
    'raw-devices',
  ]),
  ...native('(?:libc|LIBC|_libc|clib)'),
]

function imported(names: string, needs: readonly AccessId[]): readonly Telling[] {
  return [
    {
      call: new RegExp(
        `^[ \\t]*(?:import|from)[ \\t]+(?:[\\w.]+[ \\t]*,[ \\t]*){0,8}(${names})\\b`,
        'm',
      ),
      needs,
      says: 'imports',
    },
  ]
}

function required(names: string, needs: readonly AccessId[]): Telling {
  return {
    call: new RegExp(
      `(?:\\brequire\\(|\\bfrom\\s|\\bimport[\\s(])\\s*“((?:node:)?(?:${names}))(?:/[\\w./-]*)?”`,
    ),
    needs,
    says: 'imports',
  }
}

const node: readonly Telling[] = [
  {call: /\bprocess\.(set(?:e)?[ug]id|setgroups|initgroups)\(/, needs: becomingUser},
  {call: /\.([lf]?chown(?:Sync)?)\(/, needs: owning},
  {call: /\bprocess\.(kill)\(/, needs: ['CAP_KILL']},
  {call: /\b(?:os\.)?(setPriority)\(/, needs: ['@resources']},
  {call: /\b(?:os\.)?(networkInterfaces)\(/, needs: ['netlink', 'host-network']},
  {
    call: /\b(?:https?2?|net|tls)\.(create(?:Secure)?Server)\(/,
    needs: ['bind-ports', 'inet', 'inet-local'],
  },
  required('dgram', ['inet', 'inet-local', 'bind-ports']),
  required('http|https|http2|net|tls|express|fastify|koa|ws|socket\\.io', ['inet', 'inet-local']),
  required(
    'serialport|@serialport|usb|node-hid|onoff|i2c-bus|spi-device|rpi-gpio|pigpio|raspi\\w*|johnny-five|epoll|sysfs\\w*|v4l2camera|zigbee-herdsman\\w*|zwave-js|i2c|rpio|node-dht-sensor|bme280\\w*|mcp-spi-adc|rpi-\\w+|node-libgpiod|pi-camera\\w*|raspivid\\w*|nfc-pcsc|mfrc522\\w*|oled-\\w+|@tensorflow/tfjs-node\\w*|onnxruntime-node|node-llama-cpp|speaker|naudiodon|mic',
    devices,
  ),
  required('rpi-led-matrix', timing),
  required('node-red|@abandonware/noble|noble|bleno|@stoprocent/noble|socketcan', hardware),
  {
    call: /(?<![.\w])((?:shell\.)?exec(?:Sync)?)\(\s*(?:[A-Za-z_$]|“[^”]{0,200}”\s*\+)/,
    needs: told,
    says: 'runs what it is told by',
  },
  {
    call: /(?<![.\w])((?:spawn|execFile)(?:Sync)?)\(\s{0,32}(?:process\.(?:env|argv)\b|\w{0,32}(?:config|conf|cfg|settings?|options|opts)\w{0,32}[.[])/i,
    needs: told,
    says: 'runs what it is told by',
  },
  required('raw-socket|cap|pcap|node-pcap|net-ping|ping', packets),
  required('systeminformation|pidusage|ps-list|ps-node|find-process|node-os-utils', processes),
  required(
    'puppeteer|puppeteer-core|puppeteer-extra|playwright|playwright-core|electron|selenium-webdriver|webdriverio|nightwatch|testcafe|taiko|open',
    [...namespaces, 'shared-tmp', 'raw-devices', 'privileges-by-exec'],
  ),
  required('dockerode|dbus-next|dbus-native|@homebridge/dbus-native|avahi-dbus', ['unix-sockets']),
  required('sd-notify|systemd-notify|sd-daemon', ['unix-sockets', 'notify']),
  required('posix|userid|unix-dgram|node-pty', ['unix-sockets', 'privileges-by-exec']),
]

const perl: readonly Telling[] = [
  {call: /\b(chroot)\b\s*[("$]/, needs: rooting},
  {call: /\b(set(?:res|re|e)?[ug]id)\s*\(/, needs: becomingUser},
  {call: /(\$[<>()]|\$EUID|\$UID|\$EGID|\$GID)\s*=[^=~]/, needs: becomingUser, says: 'sets'},
  {call: /\b(chown)\b\s*[($0-9]/, needs: owning},
  {call: /\b(kill)\b\s*[("'$A-Z0-9-]/, needs: ['CAP_KILL']},
  {call: /\b(syscall)\s*\(/, needs: ['unlisted-system-calls']},
  {call: /\b(setpriority)\s*\(/, needs: ['@resources']},
  {call: /\b(shmget|msgget|semget)\s*\(/, needs: sharing},
  {call: /\buse\s+(Net::Pcap|NetPacket\S*|Net::RawIP|Net::Frame\S*)/, needs: packets, says: 'uses'},
  {
    call: /\buse\s+(Device::\w+|Linux::\w+|HiPi\S*|RPi::\S*|USB::\S*|Device::SerialPort)/,
    needs: hardware,
    says: 'uses',
  },
  {
    call: /\buse\s+(Sys::Syslog|Unix::Syslog|IO::Socket::UNIX|Net::DBus)/,
    needs: ['unix-sockets'],
    says: 'uses',
  },
  {call: /\buse\s+(Proc::ProcessTable|Sys::Statistics\S*)/, needs: processes, says: 'uses'},
  {call: /\buse\s+(BSD::Resource)/, needs: ['@resources'], says: 'uses'},
  {
    call: /\buse\s+(IO::Interface\S*|Net::Interface|Socket::Netlink)/,
    needs: ['netlink', 'host-network'],
    says: 'uses',
  },
  {
    call: /\buse\s+(Authen::PAM)/,
    needs: ['privileges-by-exec', 'root-files', 'CAP_AUDIT_WRITE'],
    says: 'uses',
  },
]

const ruby: readonly Telling[] = [
  {call: /\bDir\.(chroot)\b/, needs: rooting},
  {
    call: /\b(Process::(?:UID|GID|Sys)\.\w+|Process\.(?:initgroups|groups=|e?[ug]id=))/,
    needs: becomingUser,
  },
  {call: /\b(?:File|FileUtils)\.([l]?chown(?:_R)?)\b/, needs: owning},
  {call: /\bProcess\.(kill)\b/, needs: ['CAP_KILL']},
  {call: /\bProcess\.(setrlimit|setpriority)\b/, needs: ['@resources']},
  {call: /\b(RubyVM::(?:YJIT|MJIT|RJIT))\b/, needs: ['write-exec-memory']},
  {call: /\b(UNIXSocket|UNIXServer|Syslog)\b/, needs: ['unix-sockets']},
  {call: /\b(Socket\.getifaddrs)\b/, needs: ['netlink', 'host-network']},
  {call: /\brequire[\s(]{0,8}“(fiddle|ffi)”/, needs: ['write-exec-memory'], says: 'requires'},
  {
    call: /\brequire[\s(]{0,8}“(serialport|rubyserial|rpi_gpio|pi_piper|libusb|hidapi|i2c\w*)”/,
    needs: hardware,
    says: 'requires',
  },
  {call: /\brequire[\s(]{0,8}“(packetfu|pcaprub|pcap)”/, needs: packets, says: 'requires'},
  {
    call: /\brequire[\s(]{0,8}“(sys\/proctable|sys-proctable|get_process_mem)”/,
    needs: processes,
    says: 'requires',
  },
  {call: /\brequire[\s(]{0,8}“(sd_notify)”/, needs: ['unix-sockets', 'notify'], says: 'requires'},
]

const php: readonly Telling[] = [
  {call: /\b(chroot)\(/, needs: rooting},
  {call: /\b(posix_(?:set(?:e)?[ug]id|initgroups))\(/, needs: becomingUser},
  {call: /(?<![\w>:])(l?chown|l?chgrp)\(/, needs: owning},
  {call: /\b(posix_kill)\(/, needs: ['CAP_KILL']},
  {call: /\b(pcntl_setpriority|proc_nice)\(/, needs: ['@resources']},
  {call: /\b(pcntl_unshare|pcntl_setns)\(/, needs: namespaces},
  {call: /\b(shmop_open|shm_attach|sem_get|msg_get_queue)\(/, needs: sharing},
  {call: /\b(FFI::(?:cdef|load|scope))\(/, needs: ['write-exec-memory']},
  {call: /\b(openlog|syslog)\(/, needs: ['unix-sockets']},
  {call: /\b(net_get_interfaces)\(/, needs: ['netlink', 'host-network']},
  {call: /\b(posix_getpwuid|posix_getgrgid|fileowner)\(/, needs: ['host-users']},
  // By `sendmail`, which is set-group-ID with some servers (mail() of PHP).
  {call: /(?<![\w>:])(mail)\(/, needs: ['privileges-by-exec', 'inet', 'unix-sockets']},
  {
    call: /(?<![\w>:])((?:shell_)?exec|system|passthru|popen)\(\s*\$/,
    needs: told,
    says: 'runs what it is told by',
  },
]

const lua: readonly Telling[] = [
  {call: /\b(chroot)\s*\(/, needs: rooting},
  {call: /\b(set(?:pid|uid|gid|euid|egid))\s*\(/, needs: becomingUser},
  {call: /\b(?:unistd|posix)\.(chown)\b/, needs: owning},
  {call: /\b(?:signal|posix)\.(kill)\b/, needs: ['CAP_KILL']},
  {call: /\brequire[\s(]{0,8}“(ffi)”/, needs: ['write-exec-memory'], says: 'requires'},
  {
    call: /\brequire[\s(]{0,8}“(socket\.unix|cqueues|luv|lgi|dbus_proxy|ubus)”/,
    needs: ['unix-sockets'],
    says: 'requires',
  },
  {call: /\brequire[\s(]{0,8}“(periphery|rs232|luars232)\b/, needs: hardware, says: 'requires'},
  {
    call: /\b(os\.execute|io\.popen)\s*\(\s*[A-Za-z_]/,
    needs: told,
    says: 'runs what it is told by',
  },
]

/** What tells, by language. */
export const tellings: Readonly<Record<Language, readonly Telling[]>> = {
  python: [...common, ...python],
  node: [...common, ...node],
  perl: [...common, ...perl],
  ruby: [...common, ...ruby],
  php: [...common, ...php],
  lua: [...common, ...lua],
}
