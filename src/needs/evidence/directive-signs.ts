import type {AccessId} from '../../facts/accesses.ts'

/** A directive that shows a need. */
export interface DirectiveSign {
  readonly key: string
  /**
   * One of these stands in all values that `value` takes: most lines have none, and patterns take a
   * while to be compiled.
   */
  readonly parts?: readonly string[]
  /** Absent: any value. */
  readonly value?: RegExp
  readonly needs: readonly AccessId[]
  /** Completes "`KEY=VALUE` ...". */
  readonly because: string
  readonly certain?: true
}

const off = /^(?:0|no|n|false|f|off)$/i
const onOrList = /^(?!(?:0|no|n|false|f|off)$)/i
const inContainer =
  /^\|?(?:container|lxc|lxc-libvirt|openvz|docker|podman|rkt|systemd-nspawn|wsl|proot|pouch|yes|true|1)$/i
const deviceGroups =
  /(?:^|\s)(?:video|render|dialout|kvm|audio|plugdev|tape|disk|input|i2c|spi|gpio|uucp|lp|scanner|cdrom|optical|tss|usb|tty|fuse|vboxusers|dri|bluetooth|nvidia|seat|storage|floppy|sgx|vfio)(?:\s|$)/
const hostNetwork = /(?:^|\s)(?:network-pre\.target|sys-subsystem-net-devices-\S*)/
const ownServers =
  /(?:^|\s)(?:mysqld?|mariadb|postgresql|redis|valkey|memcached|docker|containerd|podman|libvirtd|slapd|rpcbind|cups)(?:@\S*|-\S*)?\.(?:service|socket)(?:\s|$)/
/** Those that listen on local sockets alone. */
const ownSockets =
  /(?:^|\s)(?:dbus|nscd|nslcd|sssd|syslog|rsyslog|avahi-daemon|bluetooth|pcscd)(?:@\S*|-\S*)?\.(?:service|socket)(?:\s|$)/

/** The directives that show needs by themselves. */
export const directiveSigns: readonly DirectiveSign[] = [
  {
    key: 'Type',
    value: /^notify(?:-reload)?$/,
    needs: ['unix-sockets', 'notify'],
    because: 'has it report over a local socket',
    certain: true,
  },
  {
    key: 'Type',
    value: /^dbus$/,
    needs: ['unix-sockets'],
    because: 'has it take a name on the bus',
    certain: true,
  },
  {
    key: 'Type',
    value: /^forking$/,
    needs: ['host-pids'],
    because: 'hands over from one process to another',
    certain: true,
  },
  {
    key: 'BusName',
    needs: ['unix-sockets'],
    because: 'has it take a name on the bus',
    certain: true,
  },
  {
    key: 'WatchdogSec',
    value: /[1-9]/,
    needs: ['unix-sockets', 'notify'],
    because: 'has it report over a local socket',
    certain: true,
  },
  {
    key: 'FileDescriptorStoreMax',
    value: /^[1-9]/,
    needs: ['unix-sockets', 'notify'],
    because: 'has it hand over files through a local socket',
  },
  {
    key: 'NotifyAccess',
    value: /^exec$/,
    needs: ['child-notify', 'unix-sockets'],
    because: 'lets other processes than the main one report',
  },
  {key: 'Sockets', needs: ['unix-sockets', 'inet', 'inet-local'], because: 'hands it sockets'},
  {key: 'PAMName', needs: ['anything'], because: 'opens a session for a user'},
  {
    key: 'Delegate',
    value: onOrList,
    needs: ['delegated-control-groups', 'control-groups'],
    because: 'hands it control groups',
  },
  {
    key: 'KillMode',
    value: /^(?:process|none)$/,
    needs: ['host-pids'],
    because: 'lets processes outlive it',
  },
  {key: 'TTYPath', needs: ['raw-devices'], because: 'gives it a terminal'},
  {key: 'StandardInput', value: /^tty/, needs: ['raw-devices'], because: 'gives it a terminal'},
  {
    key: 'DeviceAllow',
    value: /^(?!\/dev\/(?:null|zero|full|u?random|tty|ptmx)(?:\s|$))/,
    needs: ['raw-devices'],
    because: 'gives it devices',
  },
  {
    key: 'SupplementaryGroups',
    value: deviceGroups,
    needs: ['raw-devices'],
    because: 'lets it open devices',
  },
  {key: 'Group', value: deviceGroups, needs: ['raw-devices'], because: 'lets it open devices'},
  ...['SupplementaryGroups', 'Group'].map((key): DirectiveSign => ({
    key,
    value: /(?:^|\s)gpio(?:\s|$)/,
    needs: ['kernel-tunables'],
    because: 'lets it switch pins, in `/sys` where they are found there',
  })),
  {
    key: 'SupplementaryGroups',
    value: /(?:^|\s)(?:audio|pipewire|realtime)(?:\s|$)/,
    needs: ['realtime', 'shared-ipc'],
    because: 'is for sound',
  },
  {
    // What it has already may be set again, which takes no right, and fails where the call is denied.
    key: 'Nice',
    parts: ['-'],
    needs: ['@resources'],
    because: 'says that it comes before others, of which its program may take care too',
  },
  {
    key: 'LimitRTPRIO',
    value: /[1-9i]/,
    needs: ['realtime', '@resources'],
    because: 'lets it ask for real-time scheduling',
  },
  {
    key: 'LimitMEMLOCK',
    value: /[1-9i]/,
    needs: ['locked-memory', '@memlock'],
    because: 'lets it lock memory',
  },
  {
    key: 'Personality',
    needs: ['personality', 'foreign-abi'],
    because: 'starts it in another execution domain',
  },
  {
    key: 'MountFlags',
    value: /^shared$/,
    needs: ['host-mounts'],
    because: 'shares its mounts with the host',
  },
  {
    key: 'PrivateMounts',
    value: off,
    needs: ['host-mounts'],
    because: 'shares its mounts with the host',
  },
  {
    key: 'ProtectHome',
    value: /^read-only$/,
    needs: ['home-read'],
    because: 'leaves home directories readable',
  },
  {
    key: 'SELinuxContext',
    needs: ['privileges-by-exec'],
    because: 'has its label change when it starts',
  },
  {
    key: 'AppArmorProfile',
    needs: ['privileges-by-exec'],
    because: 'has its profile change when it starts',
  },
  {
    key: 'SmackProcessLabel',
    needs: ['privileges-by-exec'],
    because: 'has its label change when it starts',
  },
  {
    key: 'NetworkNamespacePath',
    needs: ['host-network', 'inet', 'inet-local'],
    because: 'joins the network of others',
  },
  {key: 'IPCNamespacePath', needs: ['shared-ipc'], because: 'joins the IPC objects of others'},
  {
    key: 'UserNamespacePath',
    needs: ['host-users', 'superuser'],
    because: 'joins a user namespace of others',
  },
  {
    key: 'RootDirectory',
    value: /^\/./,
    needs: ['shared-tmp', 'raw-devices'],
    because: 'starts it in a directory that may lack `/tmp` and `/dev`',
  },
  {
    key: 'RootImage',
    needs: ['shared-tmp', 'raw-devices'],
    because: 'starts it in an image that may lack `/tmp` and `/dev`',
  },
  {
    key: 'RootMStack',
    needs: ['shared-tmp', 'raw-devices'],
    because: 'starts it in an image that may lack `/tmp` and `/dev`',
  },
  {
    key: 'IPAddressAllow',
    value: /^(?!(?:localhost|127\.\S*|::1\S*)$)/,
    needs: ['inet', 'inet-local'],
    because: 'lets it talk to other hosts',
  },
  {
    key: 'PassEnvironment',
    value: /(?:^|\s)(?:DISPLAY|XAUTHORITY)(?:\s|$)/,
    needs: ['shared-tmp', 'abstract-sockets', 'shared-ipc', 'unix-sockets'],
    because: 'hands it an X server',
  },
  {key: 'User', value: /^(?!root$|0$)/, needs: ['fixed-user'], because: 'gives it a user'},
  {
    key: 'Group',
    value: /^(?!root$|0$)/,
    needs: ['group-shared-files'],
    because: 'lets it share files with a group',
  },
  // systemd counts the units that it gives a user, and not the daemons that start as root and become
  // that user: their objects would go with the last of these units.
  {
    key: 'User',
    value: /^(?:postgres|www-data|apache|http)$/,
    needs: ['lasting-ipc'],
    because: 'is a user that daemons become by themselves, whose IPC objects would be removed',
  },
  ...['SupplementaryGroups', 'Group'].map((key): DirectiveSign => ({
    key,
    value: /(?:^|\s)(?:docker|podman)(?:\s|$)/,
    needs: ['shared-tmp', 'unix-sockets'],
    because: 'lets it start containers, which are given folders of the host',
  })),
  ...['BindsTo', 'Requires', 'Requisite', 'PartOf'].map((key): DirectiveSign => ({
    key,
    parts: ['docker', 'podman'],
    value: /(?:^|\s)(?:docker|podman)\.(?:service|socket)(?:\s|$)/,
    needs: ['shared-tmp', 'unix-sockets'],
    because: 'has it start containers, which are given folders of the host',
  })),

  {
    key: 'DefaultDependencies',
    value: off,
    needs: ['early-boot'],
    because: 'may start it before `/tmp` is mounted',
  },
  {
    key: 'Before',
    value:
      /(?:^|\s)(?:sysinit|basic|local-fs|local-fs-pre|cryptsetup|cryptsetup-pre|initrd\S*)\.target/,
    needs: ['early-boot'],
    because: 'starts it before `/tmp` is mounted',
  },
  {
    key: 'Before',
    value: /(?:^|\s)(?:time-sync|time-set)\.target/,
    needs: ['clock', '@clock', 'CAP_SYS_TIME'],
    because: 'has it set the clock',
  },
  {
    key: 'Before',
    value: hostNetwork,
    needs: ['host-network', 'netlink', 'CAP_NET_ADMIN', 'kernel-tunables', 'kernel-modules'],
    because: 'has it set up the network',
  },
  {
    key: 'JoinsNamespaceOf',
    needs: ['shared-tmp', 'host-network', 'shared-ipc'],
    because: 'makes it share namespaces with another unit',
  },
  {
    key: 'ConditionVirtualization',
    value: inContainer,
    needs: ['host-mounts'],
    because: 'expects a container, where mount namespaces may be out of reach',
  },
  ...['BindsTo', 'Requires', 'Requisite', 'Wants', 'After', 'PartOf'].flatMap(
    (key): DirectiveSign[] => [
      {
        key,
        parts: ['.device'],
        value: /(?:^|\s)dev-\S*\.device(?:\s|$)/,
        needs: ['raw-devices'],
        because: 'waits for a device',
      },
      {
        key,
        parts: ['sound', 'bluetooth', 'smartcard', 'printer', 'usb-gadget'],
        value: /(?:^|\s)(?:sound|bluetooth|smartcard|printer|usb-gadget)\.target(?:\s|$)/,
        needs: ['raw-devices', 'exotic-sockets', 'unix-sockets'],
        because: 'waits for a device',
      },
      {
        key,
        parts: ['.device'],
        value: /(?:^|\s)sys-\S*\.device(?:\s|$)/,
        needs: ['host-network', 'raw-devices', 'kernel-tunables'],
        because: 'waits for a device',
      },
      {
        key,
        parts: ['.service', '.socket'],
        value: ownServers,
        needs: ['unix-sockets', 'inet-local'],
        because: 'waits for a server on this host',
      },
      {
        key,
        parts: ['.service', '.socket'],
        value: ownSockets,
        needs: ['unix-sockets'],
        because: 'waits for a server on this host',
      },
      {
        key,
        parts: ['network-online'],
        value: /(?:^|\s)network-online\.target(?:\s|$)/,
        needs: ['inet', 'inet-local'],
        because: 'waits for the network',
      },
    ],
  ),
]
