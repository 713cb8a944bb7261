import {namespaceIds} from '../../facts/accesses.ts'
import type {AccessId} from '../../facts/accesses.ts'
import {recent} from '../../unit/query.ts'
import {withoutPlaceholders} from '../../values/placeholder.ts'
import {isAmong} from './lists.ts'
import {
  atOnce,
  loadingModules,
  makingFolders,
  mounting,
  settingClock,
  showingPages,
} from './tables/row.ts'

/** What `sudo` takes, which tells the audit what it does. */
const runningSudo = [
  'privileges-by-exec',
  'CAP_AUDIT_WRITE',
  'netlink',
] as const satisfies readonly AccessId[]

/** Something that the name of an unknown program suggests. */
export interface Hint {
  /** The folder of a package tells it of its programs too. */
  readonly byFolder?: true
  readonly needs: readonly AccessId[]
  /** Completes "by its name, `fan-control.sh` ...". */
  readonly because: string
}

/**
 * What the words in the name of a program suggest that it does, such as `usb-gadget-setup.sh`;
 * nothing for most names.
 */
export function hintsOf(program: string): readonly Hint[] {
  // TCP/IP is no address, MooseFS works on no disks of its own, and OpenDHT is no thermometer.
  const parts = withoutPlaceholders(program.slice(0, 128).replaceAll(/tcp\/ip/gi, 'tcp'))
    .replaceAll(/(?<=[a-z])(?=[A-Z])(?!(?:FS|DHT)\b)/g, '-')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    // `web-shell` lets users in; `shell-notify` is written in one.
    .filter(
      (part, index, all) =>
        part !== 'shell' || all.slice(index + 1).every((next) => ends.has(next)),
    )
  return [
    ...new Set([
      ...parts.flatMap((part) => [...hintsBy(part), ...(isOfPi(part) ? hintsBy('pi') : [])]),
      ...(isOfUpdates(parts) ? [updating] : []),
    ]),
  ]
}

/** Whether all words say that something brings a system up to date, and not what of it. */
function isOfUpdates(parts: readonly string[]): boolean {
  const words = parts.filter((part) => !ends.has(part))
  return (
    (words.length > 1 || updaters.has(words[0] ?? '')) &&
    words.some((word) => updaters.has(word) || updates.has(word)) &&
    words.every((word) => updaters.has(word) || updates.has(word) || systems.has(word))
  )
}

const updaters: ReadonlySet<string> = new Set(
  'updater updaters upgrader autoupdate autoupdater autoupgrade sysupdate sysupgrade'.split(' '),
)
const updates: ReadonlySet<string> = new Set('update updates upgrade upgrades'.split(' '))
const systems: ReadonlySet<string> = new Set(
  'auto automatic unattended system os software package packages security'.split(' '),
)
const updating: Hint = {
  needs: ['anything'],
  because: 'installs software, whose scripts may do anything',
}

/** What people call what they build of a Raspberry Pi: `alarmpi`, but not `webapi`. */
function isOfPi(part: string): boolean {
  return part.length > 4 && part.endsWith('pi') && !part.endsWith('api')
}

/** What stands behind a name and adds nothing to it. */
const ends: ReadonlySet<string> = new Set(
  'server daemon service gateway access login sh py pl rb js bin'.split(' '),
)

const hints: ReadonlyArray<Hint & {readonly names: string}> = [
  {
    names:
      'gpio gpios i2c spi onewire 1wire w1 uart tty serial psu psus fan fans fancontrol led leds bmc ipmi mctp sensor sensors eeprom hdmi cec backlight brightness usb gadget modem lcd oled camera webcam gps rtc pwm adc hardware hwmon joystick gamepad hotkey hotkeys uinput evdev keyboard touchscreen ups thermal temp temperature rfid nfc sdr dvb battery batteries charger laptop notebook rgb argb ambilight mouse touchpad inverter smartmeter dsmr pci pcie hotplug lora lorawan meshtastic meshcore ros ros2',
    needs: ['raw-devices', 'kernel-tunables', 'CAP_SYS_RAWIO', '@raw-io', ...loadingModules],
    because: 'drives hardware',
    byFolder: true,
  },
  {
    names:
      'pi rpi rasp raspberry picam sensehat arduino esp32 beaglebone beagle jetson odroid iot robot robots rover drone drones motor motors servo servos stepper irrigation sprinkler watering greenhouse aquarium thermostat thermostats heating heater heaters boiler hvac radiator radiators ventilation cooling alarm alarms doorbell doorcam dashcam intercom neopixel ws2812 ws281x homekit smarthome domotic domotics raspbian radxa dgx esp8266 button buttons knob thermometer hygrometer pump pumps valve valves robotics uav pixhawk mavlink ardupilot dht dht11 dht22 bme280 bme680 ds18b20 max7219 ssd1306 epaper eink tft adsb telescope',
    needs: ['raw-devices', 'kernel-tunables', 'CAP_SYS_RAWIO', '@raw-io', ...loadingModules],
    because: 'is for a small board or what is wired to one',
  },
  {
    names:
      'controller controllers gateway gateways logger datalogger telemetry tracker trackers weather weatherstation collector collectors mqtt relay relays headset headsets lights lighting lamp lamps laser cnc plotter meter meters solar door doors',
    needs: ['raw-devices', 'kernel-tunables'],
    because: 'may read sensors or drive hardware: many that are called so do',
  },
  {
    names: 'dht dht11 dht22 hygrometer humidity thermometer temperature',
    needs: ['raw-devices', ...atOnce],
    because: 'may time by itself what a sensor says, before all others',
  },
  {
    names: 'jukebox musicbox',
    needs: ['kernel-tunables'],
    because: 'may have buttons that are wired to a board: many that are called so have',
  },
  {
    names: 'power poweron poweroff powercycle chassis powerctl',
    needs: ['raw-devices', 'kernel-tunables', 'unix-sockets'],
    because: 'switches hardware',
  },
  {
    names: 'powerd repowerd wakeup wakealarm rtcwake',
    needs: [
      'raw-devices',
      'kernel-tunables',
      'unix-sockets',
      'CAP_WAKE_ALARM',
      'CAP_BLOCK_SUSPEND',
    ],
    because: 'wakes the machine, or keeps it awake',
  },
  {
    names: 'bluetooth bt hci hciattach ble hcitool',
    needs: ['exotic-sockets', 'raw-devices', 'CAP_NET_ADMIN', 'CAP_NET_RAW'],
    because: 'speaks Bluetooth',
  },
  {
    names: 'fuse mount umount automount mounts unmount mountd remount bindmount overlay overlayfs',
    needs: ['host-mounts', '@mount', 'CAP_SYS_ADMIN', 'superuser', 'raw-devices'],
    because: 'mounts file systems',
  },
  {
    names:
      'swap zram zswap fs rootfs filesystems tmpfs ramfs squashfs unionfs mergerfs resize resizefs growpart grow partition partitions disk disks raid lvm luks cryptsetup fsck format mkfs trim smart nvme zfs zpool btrfs mdadm smartctl',
    needs: [
      'host-mounts',
      '@mount',
      '@swap',
      'raw-devices',
      'CAP_SYS_ADMIN',
      'kernel-tunables',
      ...loadingModules,
      'superuser',
    ],
    because: 'works on disks',
  },
  {
    names:
      'iptables ip6tables nft nftables firewall ufw ipset netfilter masquerade nat forward forwarding fwmark',
    needs: [
      'netlink',
      'CAP_NET_ADMIN',
      'CAP_NET_RAW',
      'host-network',
      ...loadingModules,
      'kernel-tunables',
      'proc-files',
      'superuser',
    ],
    because: 'sets up packet filters',
  },
  {
    names:
      'vpn wireguard wg openvpn tunnel tunnels tun tap tproxy route routes routing bridge bonding vlan wifi wlan hotspot ap ethernet eth nic netif ifup ifdown dhcp network networking mac macaddr lan wan',
    needs: [
      'netlink',
      'CAP_NET_ADMIN',
      'CAP_NET_RAW',
      'host-network',
      'inet',
      ...loadingModules,
      'kernel-tunables',
      'raw-devices',
      'packet-sockets',
      'superuser',
    ],
    because: 'sets up the network',
  },
  {
    names: 'modprobe module modules kmod dkms insmod driver drivers',
    needs: [...loadingModules, 'kernel-tunables', 'superuser'],
    because: 'works on kernel modules',
  },
  {
    names:
      'sysctl cpu cpufreq governor turbo undervolt tune tuning performance powersave irq hugepages thp numa scheduler ksm tlp',
    needs: [
      'kernel-tunables',
      'proc-files',
      'raw-devices',
      ...atOnce,
      'CAP_SYS_ADMIN',
      'superuser',
    ],
    because: 'tunes the kernel',
  },
  {
    names: 'clock hwclock ntp ntpdate timesync settime',
    needs: settingClock,
    because: 'sets the clock',
  },
  {
    names: 'apparmor selinux smack semodule auditd',
    needs: [
      'kernel-tunables',
      'CAP_MAC_ADMIN',
      'CAP_SYS_ADMIN',
      'netlink',
      'root-files',
      'superuser',
      'write-config',
      'host-mounts',
    ],
    because: 'loads a security policy into the kernel',
  },
  {
    names: 'kexec reboot shutdown halt suspend hibernate',
    needs: [
      'CAP_WAKE_ALARM',
      'CAP_BLOCK_SUSPEND',
      'CAP_SYS_BOOT',
      '@reboot',
      'kernel-tunables',
      ...loadingModules,
      'raw-devices',
      'unix-sockets',
      'superuser',
    ],
    because: 'stops or restarts the machine',
  },
  {
    names: 'lock locker lockscreen screensaver greeter pam',
    needs: [
      'privileges-by-exec',
      'root-files',
      'host-users',
      '@setuid',
      'CAP_SETUID',
      'CAP_SETGID',
      'CAP_AUDIT_WRITE',
    ],
    because: 'lets users in or keeps them out',
  },
  {
    names:
      'sniff sniffer pcap capture tcpdump tshark suricata snort zeek arp ndp lldp lldpd ptp ptp4l phc dhcpd packet packets',
    needs: [
      'packet-sockets',
      'exotic-sockets',
      'netlink',
      'CAP_NET_RAW',
      'CAP_NET_ADMIN',
      'raw-devices',
      'superuser',
    ],
    because: 'reads packets from the wire',
  },
  {
    names:
      'zigbee zigbee2mqtt zwave deconz conbee rtl sdrplay serialport modbus canbus socketcan obd knx dmx printer scanner firmware flash microcode bios uefi efi tpm tpm2',
    needs: [
      'raw-devices',
      'exotic-sockets',
      'kernel-tunables',
      'CAP_SYS_RAWIO',
      '@raw-io',
      ...loadingModules,
    ],
    because: 'drives hardware',
    byFolder: true,
  },
  {
    names: 'hostname sethostname',
    needs: ['hostname', 'CAP_SYS_ADMIN'],
    because: 'sets the host name',
  },
  {
    names:
      'docker podman container containers lxc lxd incus nspawn k8s kube kubernetes k3s vm vms qemu libvirt runner ci builder buildd codex openclaw clawdbot moltbot opencode mcp ssh sshd terminal terminals shell login ansible puppet salt',
    needs: ['anything'],
    because: 'does what others ask of it',
  },
  {
    names:
      'config configure setup provision provisioning firstboot bootstrap installer install update updater upgrade autoupdate upgrader deploy',
    needs: [
      'write-system',
      'write-config',
      'write-anywhere',
      'home-write',
      'root-files',
      'superuser',
      'host-mounts',
      'suid-files',
      ...loadingModules,
      'kernel-tunables',
      'raw-devices',
      'privileges-by-exec',
    ],
    because: 'changes what is installed',
  },
  {
    names: 'deployhook deployer deployd redeploy autodeploy gitdeploy githook githooks',
    needs: [
      'privileges-by-exec',
      'shared-tmp',
      'suid-files',
      'other-processes',
      'write-system',
      'write-config',
      'write-anywhere',
      'home-read',
      'home-write',
      'root-files',
      'host-users',
    ],
    because: 'runs what its owner wrote, when others say so',
  },
  {
    names: 'ddns dyndns dynamicdns nsupdate dnsupdate dnsupdater wanip publicip myip',
    needs: ['netlink', 'host-network', '@privileged'],
    because: 'tells others its address, perhaps by `ip`, which gives up capabilities',
  },
  {
    names: 'miner miners mining hashrate cryptominer',
    needs: [
      'raw-devices',
      'write-exec-memory',
      'proc-files',
      'realtime',
      'kernel-tunables',
      ...loadingModules,
      'locked-memory',
      'shared-ipc',
      'CAP_SYS_RAWIO',
      'CAP_SYS_NICE',
      'CAP_IPC_LOCK',
      '@resources',
    ],
    because: 'computes on graphics processors',
  },
  {
    names:
      'wallpaper wallpapers desktop gui tray systray widget widgets feh compositor conky polybar waybar',
    needs: [
      'raw-devices',
      'shared-tmp',
      'shared-ipc',
      'abstract-sockets',
      'home-read',
      'home-write',
    ],
    because: 'shows windows to a user',
  },
  {
    names:
      'gpu nvidia cuda amdgpu rocm vaapi drm framebuffer display screen kiosk x11 xorg xinit wayland splash dcgm llm llama whisper transcription inference torch pytorch tensorflow diffusion comfy comfyui vllm ml yolo nvenc transcode transcoder transcoding',
    needs: ['raw-devices', 'shared-tmp', 'shared-ipc', 'abstract-sockets', 'write-exec-memory'],
    because: 'shows or computes by a graphics processor',
  },
  {
    names:
      'audio sound alsa aes67 ravenna pulse pulseaudio pipewire music jack midi voice speech dictation tts stt microphone',
    needs: ['raw-devices', ...atOnce, 'shared-ipc', 'lasting-ipc'],
    because: 'plays or records sound',
  },
  {
    names:
      'player players mediaplayer musicbox jukebox recorder recorders recording streamer stream streams streaming radio siren cam cams cameras picamera webcams nvr cctv surveillance timelapse vision detector detectors video playlist slideshow signage omxplayer kodi',
    needs: ['raw-devices', 'realtime', '@resources', 'shared-ipc', 'lasting-ipc', 'shared-tmp'],
    because: 'may play or record: many that are called so do',
  },
  {
    names: 'backup backups snapshot snapshots restore rsync borg restic dump',
    needs: ['root-files', 'host-users', 'home-read', 'CAP_DAC_READ_SEARCH', 'write-anywhere'],
    because: 'copies or brings back the files of others',
  },
  {
    names: 'clean cleaner cleanup tidy sweep sweeper purge prune reaper',
    needs: [
      'write-system',
      'write-config',
      'write-anywhere',
      'home-write',
      'root-files',
      'superuser',
      'home-read',
      'shared-tmp',
    ],
    because: 'removes files of others',
  },
  {
    names:
      'monitor monitoring watchdog watcher exporter metrics oom process processes proc killer reaper audit ids',
    needs: [
      'other-processes',
      'host-pids',
      'proc-files',
      'netlink',
      'raw-devices',
      'kernel-log',
      'host-control-groups',
      // Whose a connection is, and how a disk fares: `ss -p`, `smartctl`.
      'CAP_SYS_PTRACE',
      'CAP_SYS_RAWIO',
    ],
    because: 'watches the system',
  },
  {
    names: 'prepare prep mkdir mkdirs dir dirs perms permissions prestart',
    needs: ['world-writable-files', ...makingFolders],
    because: 'makes folders with the owners and rights that others need',
  },
  {
    names: 'cgroup cgroups slice',
    needs: ['control-groups', 'host-control-groups', 'superuser'],
    because: 'works on control groups',
  },
  {
    names: 'mail sendmail smtp mailer notify alert',
    needs: ['privileges-by-exec', 'inet', 'unix-sockets'],
    because: 'sends messages, perhaps through a set-group-ID helper',
  },
  {
    names: 'agent agents edr antivirus antimalware security siem malware virus scan scans',
    needs: [
      'other-processes',
      'host-pids',
      'proc-files',
      'kernel-log',
      'raw-devices',
      'host-control-groups',
      'home-read',
      'shared-tmp',
      'privileges-by-exec',
      'packet-sockets',
      'netlink',
      'write-system',
      'CAP_SYS_PTRACE',
      // Those that set machines up make namespaces, and mounts that others see.
      ...namespaceIds,
      ...mounting,
    ],
    because: 'does what it is told to from elsewhere, or watches the system',
  },
  {
    names: 'tmux fifo fifos ipc pipe pipes namedpipe',
    needs: ['shared-tmp'],
    because: 'may meet others in `/tmp`: many that are called so do',
  },
  {
    names: 'steam steamcmd srcds hlds game games gameserver gameservers dedicated linuxgsm lgsm',
    needs: ['foreign-abi', 'personality', 'write-exec-memory', 'shared-tmp', 'home-write'],
    because: 'serves a game, perhaps by a 32-bit program',
  },
  {
    names:
      'puppeteer playwright electron chromium chrome browser browsers selenium webdriver screenshot screenshots magicmirror',
    needs: showingPages,
    because: 'starts a browser, which sandboxes pages',
  },
  {
    // Of 23 public services that are called so, of a project each, five show that they start one
    // (Playwright, `DISPLAY=`), five that they ask for pages without, and of the others nobody can tell.
    names: 'crawler crawlers scraper scrapers',
    needs: showingPages,
    because: 'may start a browser, which sandboxes pages',
  },
  {
    names: 'ping pings pinger pingcheck icmp fping smokeping reachability',
    needs: ['privileges-by-exec', 'CAP_NET_RAW', '@setuid', '@privileged'],
    because: 'sends probes, perhaps by `ping`, which has rights of its file',
  },
  {
    names: 'plexmediaserver jellyfin emby tdarr',
    needs: ['raw-devices', 'shared-ipc', 'proc-files', 'netlink'],
    because: 'uses graphics processors where there are any',
    byFolder: true,
  },
  {
    names: 'infiniband rdma',
    needs: ['raw-devices', 'locked-memory', 'CAP_IPC_LOCK', 'CAP_NET_RAW'],
    because: 'drives hardware',
  },
  {
    names: 'pkcs11 smartcard smartcards hsm yubikey',
    needs: ['raw-devices'],
    because: 'may keep its keys in hardware',
  },
  {
    names: 'cni',
    needs: [
      'network-namespaces',
      'host-mounts',
      '@mount',
      'CAP_SYS_ADMIN',
      'CAP_SYS_PTRACE',
      'other-processes',
      'host-pids',
      'proc-files',
    ],
    because: 'works in the networks of containers',
    byFolder: true,
  },
  {
    names: 'sudo root privileged setuid',
    needs: [...runningSudo, 'superuser', 'CAP_SETUID', 'CAP_SETGID', '@setuid'],
    because: 'acts as another user',
  },
  {
    names: 'probe prober probes ip ips uptime downtime offline reachable connectivity',
    needs: ['@setuid', '@privileged', 'CAP_NET_RAW', 'privileges-by-exec'],
    because: 'asks other hosts, perhaps by `ping`, which has rights of its file',
  },
  {
    names: 'folders homes homedirs acls',
    needs: makingFolders,
    because: 'makes folders for others',
  },
  {
    names: 'stats statistics wallboard dashboard',
    needs: ['other-processes', 'host-pids', 'proc-files'],
    because: 'shows what the machine does',
  },
  {
    // Jobs alone are an application's own: none of 13 public services with that word in their names
    // runs what others wrote, and those 3 of 14 that only describe themselves so tell it otherwise.
    names: 'scheduler jobrunner taskrunner',
    needs: [
      ...runningSudo,
      'shared-tmp',
      'home-read',
      'home-write',
      'write-anywhere',
      'suid-files',
      'other-processes',
      'host-users',
      '@setuid',
      '@privileged',
      '@resources',
      '@keyring',
    ],
    because: 'runs jobs that others wrote',
  },
  {
    names: 'panel cpanel ops operations sysadmin admin webadmin webmin',
    // PAM sets limits and keys for whom `sudo` becomes.
    needs: [
      ...runningSudo,
      'shared-tmp',
      'suid-files',
      'write-system',
      'write-config',
      'unix-sockets',
      'other-processes',
      'host-users',
      '@setuid',
      '@privileged',
      '@resources',
      '@keyring',
    ],
    because: 'administers the machine, perhaps by `sudo`',
  },
  {
    names:
      'judge judged judgedaemon judgehost sandbox sandboxes isolate isolated jail jails jailer',
    needs: [
      ...namespaceIds,
      'control-groups',
      'host-mounts',
      '@mount',
      '@setuid',
      '@privileged',
      '@resources',
      'CAP_SYS_ADMIN',
      'CAP_SYS_CHROOT',
      'CAP_MKNOD',
      '@debug',
      'CAP_SYS_PTRACE',
      'other-processes',
      'host-users',
      'personality',
    ],
    because: 'locks programs of others in',
  },
  {
    names: 'ipc shm shmem mqueue msgqueue semaphore semaphores',
    needs: ['shared-ipc', 'lasting-ipc'],
    because: 'shares memory or queues with others',
  },
]

const hintsBy = recent(100, (word) => hints.filter(({names}) => isAmong(word, names)))
