import type {Bytes} from './elf.ts'

/**
 * The paths that stand in a program and tell what it uses: devices, each kind of hardware once
 * (`/dev/net/tun`, `/dev/ttyS`), and where it meets others in `/tmp` (`/tmp/argus.sock`).
 *
 * Of 695 programs of a Debian without a desktop 38 name a device. Takes a bounded part of the file.
 */
export function namedPathsIn(bytes: Bytes): readonly string[] {
  const found = new Set<string>()
  for (let start = 0; start < longest; start += step) {
    const part = bytes(start, step + overlap)
    for (const [path] of latin1.decode(part).matchAll(telling)) found.add(path)
    if (part.length < step + overlap) break
  }
  return [...found]
}

const longest = 64 * 1024 * 1024
const step = 1024 * 1024
/** As long as a name that begins in one part and ends in the next. */
const overlap = 64

const latin1 = new TextDecoder('latin1')

/**
 * What is not in the `/dev` that `PrivateDevices=yes` leaves (systemd.exec(5)), by how its names
 * begin (Linux, admin-guide/devices.txt).
 */
const hardware = [
  'net/(?:tun|tap)|ppp|capi20|isdn|ippp|vhost-net|vsock',
  'i2c-|spidev|gpiochip|gpiomem|pwm|iio:|hwmon|lirc|cec\\d|rpmsg|uio\\d',
  'tty(?:S|USB|ACM|AMA|AP|GS|HS|MXC|THS|O)|serial/|ttyprintk|parport|usb/lp|lp\\d',
  'video|v4l|media\\d|vbi\\d|radio\\d|dvb/|fb\\d|fb/|dri/|kfd|nvidia|nvhost|mali|ion\\b',
  'snd/|dsp|mixer|audio|sequencer|midi|adsp',
  'input/|uinput|uhid|hidraw|hiddev|usb/hid|bus/usb|rfkill|vcsa?\\d?\\b|kbd|mouse',
  'rtc\\d?|misc/rtc|ptp\\d|ptp%|pps\\d|pps%|gps\\d|hpet|watchdog|nvram|mem\\b|kmem\\b|port\\b|kmsg',
  'cpu/\\d|cpu/%|cpu_dma_latency|mcelog|msr\\d|tpm|ipmi|mei\\d?|kvm|vfio|sev|sgx|mbox|xen/',
  'loop\\d|loop-control|loop/|loop%|mapper/|disk/|[hs]d(?:%|[a-z](?![a-z]))|sg\\d|sg%|sr\\d|n?st\\d|nvme|mmcblk|cdrom|dvd|raw/|nbd|drbd|md\\d|md/|zram|mtd|ubi|btrfs-control|fuse\\b|cuse',
  'infiniband|hfi1|qaic|accel/|dma_heap|udmabuf|vmci|userfaultfd',
]

/** What others listen on or write to; MySQL's is in programs that may ask it, and is elsewhere. */
const meeting = String.raw`(?!mysql)[\w.%/-]{0,64}?(?:sock(?![a-z])|pipe|fifo)|\.(?:X11|ICE)-unix`

/** Not what is below other folders that are called so: `/proc/sys/dev/cdrom`, `/usr/local/tmp`. */
const telling = new RegExp(
  `(?<!/(?:sys|usr|var|lib|local|share))(?:/dev/(?:${hardware.join('|')})|(?:/var)?/tmp/(?:${meeting}))`,
  'g',
)
