import {describe, it} from 'vitest'
import noIneffectiveDirective from '../../rules/no-ineffective-directive.ts'
import {RuleTester} from '../../src/engine/tester.ts'

/** Restarts grow since 254. */
const target = '257'

new RuleTester({describe, it}).run(noIneffectiveDirective, {
  valid: [
    {
      name: 'both of a pair',
      target,
      unit: '[Service]\nExecStart=/x\nRuntimeMaxSec=1h\nRuntimeRandomizedExtraSec=1min\n',
    },
    {
      target,
      name: 'no limit',
      unit: '[Service]\nType=oneshot\nExecStart=/x\nRuntimeMaxSec=infinity\n',
    },
    {
      target,
      name: 'limits that a later line takes back',
      unit: '[Service]\nType=oneshot\nExecStart=/x\nRuntimeMaxSec=5\nRuntimeMaxSec=infinity\n',
    },
    {
      target,
      name: 'steps up to a delay',
      unit: '[Service]\nExecStart=/x\nRestartSteps=3\nRestartMaxDelaySec=100ms\n',
    },
    {target, name: 'no steps', unit: '[Service]\nExecStart=/x\nRestartSteps=0\n'},
    {
      target,
      name: 'zero, which is no limit for jobs',
      unit: '[Unit]\nJobTimeoutSec=0\nJobRunningTimeoutSec=5\n[Service]\nExecStart=/x\n',
    },
    {
      name: 'options that systemd reads in a mount',
      fileName: 'a.mount',
      unit: '[Mount]\nWhat=/dev/a\nWhere=/a\nOptions=_netdev,nofail,noauto,x-systemd.device-bound,x-initrd.mount,x-gvfs-hide\n',
    },
    {
      name: 'options of a mount that was made of /etc/fstab',
      fileName: 'a.mount',
      unit: '[Unit]\nSourcePath=/etc/fstab\n[Mount]\nWhat=/dev/a\nWhere=/a\nOptions=x-systemd.automount\n',
    },
    {
      target,
      name: 'a drop-in alone',
      fileName: 'a.service.d/x.conf',
      unit: '[Service]\nRestartSteps=3\n',
    },
  ],
  invalid: [
    {
      name: 'options of /etc/fstab',
      fileName: 'a.mount',
      unit: '[Mount]\nWhat=/dev/a\nWhere=/a\nOptions=nofail,x-systemd.device-timeout=5, \\\n  x-systemd.requires=b.service\n',
      problems: [
        '4:16-4:42: Unexpected `x-systemd.device-timeout` in `Options=`, systemd reads it in `/etc/fstab` alone, expected `JobRunningTimeoutSec=` in a drop-in of the device',
        '5:3-5:31: Unexpected `x-systemd.requires` in `Options=`, systemd reads it in `/etc/fstab` alone, expected `Requires=` and `After=` in `[Unit]`',
      ],
    },
    {
      name: 'a limit of what is never running',
      target,
      unit: '[Service]\nType=oneshot\nExecStart=/x\nRuntimeMaxSec=5\n',
      problems: [
        '4:1-4:16: Unexpected `RuntimeMaxSec=` with `Type=oneshot`, `TimeoutStartSec=` says how long it may run',
      ],
      fixedUnsafely: '[Service]\nType=oneshot\nExecStart=/x\nTimeoutStartSec=5\n',
    },
    {
      name: 'halves of pairs',
      target,
      unit: '[Service]\nExecStart=/x\nRestartSteps=3\nRuntimeRandomizedExtraSec=5\nUSBFunctionStrings=/a\n',
      problems: [
        '3:1-3:15: Unexpected `RestartSteps=` without `RestartMaxDelaySec=`, it does nothing',
        '4:1-4:28: Unexpected `RuntimeRandomizedExtraSec=` without `RuntimeMaxSec=`, it does nothing',
        '5:1-5:22: Unexpected `USBFunctionStrings=` without `USBFunctionDescriptors=`, it does nothing',
      ],
    },
    {
      name: 'a delay below that of each start, steps or not',
      target,
      unit: '[Service]\nExecStart=/x\nRestartMaxDelaySec=50ms\n',
      problems: [
        '3:1-3:24: Unexpected `RestartMaxDelaySec=` below `RestartSec=`, all delays are that short',
      ],
    },
    {
      name: 'what cannot be refreshed',
      target: '262',
      unit: '[Service]\nExecStart=/x\nRefreshOnReload=credentials\n',
      problems: [
        '3:1-3:28: Unexpected `RefreshOnReload=credentials` of a service without credentials, from then on it could have none',
      ],
    },
    {
      name: 'all but what is there',
      target: '262',
      unit: '[Service]\nExecStart=/x\nSetCredential=a:b\nExtensionDirectories=/x\nRefreshOnReload=~credentials\n',
      problems: [
        '5:1-5:29: Unexpected `RefreshOnReload=extensions` without extensions that are picked by version (`ExtensionImages=/x.v/`), it does nothing',
      ],
    },
    {
      name: 'a job that may run longer than it may take',
      target,
      unit: '[Unit]\nJobTimeoutSec=5\nJobRunningTimeoutSec=10\n[Service]\nExecStart=/x\n',
      problems: [
        '3:1-3:24: Unexpected `JobRunningTimeoutSec=` above `JobTimeoutSec=`, it does nothing',
      ],
    },
  ],
})
