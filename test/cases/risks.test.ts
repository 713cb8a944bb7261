import {describe, expect, it} from 'vitest'
import {said} from './cases.ts'

const service = (command: string, text: string): string =>
  `[Unit]\nDescription=A\n\n[Service]\nExecStart=${command}\n${text}`

/**
 * What public bug reports tell of hardening that was too much: what a first run says of it, and
 * what it is silent on.
 */
describe('hardening that is at odds with the program', () => {
  it.each([
    [
      'devices that are to be authorized',
      service('/usr/sbin/usbguard-daemon -f', 'ProtectKernelTunables=yes\n'),
      ['a.service:6 error no-needed-denial'],
    ],
    [
      'interfaces that are to be listed',
      service('/usr/bin/fdns', 'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6\n'),
      ['a.service:6 error no-needed-denial'],
    ],
    [
      'a graphics processor that is hidden',
      service('/usr/bin/ollama serve', 'PrivateDevices=yes\n'),
      ['a.service:6 warning no-risky-denial'],
    ],
    [
      'links that are to be set up',
      service('/usr/sbin/tailscaled', 'RestrictAddressFamilies=AF_INET AF_INET6\n'),
      ['a.service:6 error no-needed-denial'],
    ],
    [
      'a processor that is to be tuned',
      service('/usr/sbin/tlp init start', 'ProtectKernelTunables=yes\n'),
      ['a.service:6 error no-needed-denial'],
    ],
    [
      'parameters that are to be set',
      service('/usr/sbin/sysctl -p /etc/a.conf', 'ProtectKernelTunables=yes\n'),
      ['a.service:6 error no-needed-denial'],
    ],
    [
      'modules that are to be loaded',
      service('/sbin/modprobe a', 'ProtectKernelModules=yes\n'),
      ['a.service:6 error no-needed-denial'],
    ],
    [
      'a browser that may not compile',
      service('/usr/bin/chromium --headless', 'MemoryDenyWriteExecute=yes\n'),
      ['a.service:6 error no-needed-denial'],
    ],
    [
      'containers without namespaces',
      service('/usr/bin/podman run --rm a', 'RestrictNamespaces=yes\n'),
      ['a.service:6 error no-needed-denial'],
    ],
    [
      'figures that are hidden',
      service('/usr/bin/node_exporter', 'ProcSubset=pid\n'),
      ['a.service:6 error no-needed-denial'],
    ],
    [
      'keys that are hidden',
      service('/usr/bin/keyd', 'PrivateDevices=yes\n'),
      ['a.service:6 warning no-risky-denial'],
    ],
    [
      'a filter that kills',
      service('/usr/bin/a', 'SystemCallFilter=~@privileged @resources\n'),
      ['a.service:6 warning system-call-error-number'],
    ],
    [
      'calls that a person wrote down',
      service('/usr/bin/a', 'SystemCallFilter=read write openat mmap\n'),
      ['a.service:6 warning system-call-error-number'],
    ],
    [
      'interfaces that are to be set up',
      service('/usr/bin/wg-quick up wg0', 'PrivateNetwork=yes\n'),
      ['a.service:6 warning no-risky-denial'],
    ],
    [
      'a host that is to be copied to',
      service('/usr/bin/rsync -a /srv/ me@backup.example.org:/srv', 'PrivateNetwork=yes\n'),
      ['a.service:6 error no-lost-network'],
    ],
    [
      'a host that is to be asked',
      service('/usr/bin/curl -fsS https://example.org/', 'RestrictAddressFamilies=AF_UNIX\n'),
      ['a.service:6 error no-lost-network'],
    ],
    [
      'a comma between paths',
      service('/usr/bin/a', 'ProtectSystem=strict\nReadWritePaths=/var/lib/a, /var/log/a\n'),
      ['a.service:7 error no-literal-comma'],
    ],
    [
      'a comma between variables',
      service('/usr/bin/a', 'Environment=A=1, B=2\n'),
      ['a.service:6 error no-literal-comma'],
    ],
    [
      'a capability that is not there',
      service('/usr/bin/a', 'CapabilityBoundingSet=CAP_RAWIO\n'),
      ['a.service:6 error no-skipped-value'],
    ],
  ])('tells of %s', async (_name, text, expected) => {
    expect(await said({'a.service': text})).toEqual(expected)
  })

  it.each([
    [
      'what USBGuard runs with',
      service(
        '/usr/sbin/usbguard-daemon -f',
        'PrivateDevices=yes\nRestrictAddressFamilies=AF_UNIX AF_NETLINK\n',
      ),
    ],
    [
      'a filter that denies',
      service(
        '/usr/bin/a',
        'SystemCallFilter=~@privileged @resources\nSystemCallErrorNumber=EPERM\n',
      ),
    ],
    [
      'parameters that are read',
      service('/usr/sbin/sysctl -n kernel.hostname', 'ProtectKernelTunables=yes\n'),
    ],
    [
      'links that may be set up',
      service(
        '/usr/sbin/tailscaled',
        'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK\n',
      ),
    ],
    ['what php-fpm may miss', service('/usr/sbin/php-fpm --nodaemonize', 'NoNewPrivileges=true\n')],
  ])('is silent on %s', async (_name, text) => {
    expect(await said({'a.service': text})).toEqual([])
  })
})
