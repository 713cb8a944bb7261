import {describe, it} from 'vitest'
import noAmbiguousTime from '../../rules/no-ambiguous-time.ts'
import noUnitlessTime from '../../rules/no-unitless-time.ts'
import {RuleTester} from '../../src/engine/tester.ts'

const tester = new RuleTester({describe, it})

tester.run(noUnitlessTime, {
  valid: [
    '[Service]\nExecStart=/x\nTimeoutStopSec=90s\nRestartSec=1min 30s\n',
    {name: 'nothing at all', unit: '[Service]\nExecStart=/x\nTimeoutStopSec=0\nWatchdogSec=0.0\n'},
    {
      name: 'no time',
      unit: '[Service]\nExecStart=/x\nNice=5\nLimitNOFILE=1024\nStartLimitBurst=3\n',
    },
    {
      name: 'reset and no limit',
      unit: '[Service]\nExecStart=/x\nTimeoutStopSec=\nTimeoutStartSec=infinity\n',
    },
    {
      name: 'what systemd cannot read',
      unit: '[Service]\nExecStart=/x\nTimeoutStopSec=90x\nTimeoutStartSec=-5\n',
    },
    {
      name: 'several numbers are for another rule',
      unit: '[Service]\nExecStart=/x\nTimeoutStopSec=1h 30\n',
    },
    {
      name: 'what counts no seconds too',
      unit: '[Service]\nExecStart=/x\nLimitRTTIME=90\nTimerSlackNSec=5\n',
    },
    {name: 'the wrong section', unit: '[Unit]\nTimeoutStopSec=90\n[Service]\nExecStart=/x\n'},
    {
      name: 'newer than the target',
      unit: '[Service]\nExecStart=/x\nRestartMaxDelaySec=90\n',
      target: '252',
    },
  ],
  invalid: [
    {
      unit: '[Unit]\nStartLimitIntervalSec = 10\n[Service]\nExecStart=/x\nRestartSec=.5\n',
      problems: [
        '2:25-2:27: Unexpected `10` without a unit in `StartLimitIntervalSec=`, expected `10s`',
        '5:12-5:14: Unexpected `.5` without a unit in `RestartSec=`, expected `.5s`',
      ],
      fixed: '[Unit]\nStartLimitIntervalSec = 10s\n[Service]\nExecStart=/x\nRestartSec=.5s\n',
    },
    {
      name: 'limits, continued lines, CRLF, and the old name of a directive',
      unit: '[Service]\r\nExecStart=/x\r\nLimitCPU=90:\\\r\n100\r\nStartLimitInterval=3\r\n',
      problems: [
        '3:10-3:12: Unexpected `90` without a unit in `LimitCPU=`, expected `90s`',
        '4:1-4:4: Unexpected `100` without a unit in `LimitCPU=`, expected `100s`',
        '5:20-5:21: Unexpected `3` without a unit in `StartLimitInterval=`, expected `3s`',
      ],
      fixed: '[Service]\r\nExecStart=/x\r\nLimitCPU=90s:\\\r\n100s\r\nStartLimitInterval=3s\r\n',
    },
    {
      name: 'soft and hard limits, and times of devices',
      unit: '[Service]\nExecStart=/x\nLimitCPU=90:2min\nIODeviceLatencyTargetSec=/dev/sda 1\n',
      problems: [
        '3:10-3:12: Unexpected `90` without a unit in `LimitCPU=`, expected `90s`',
        '4:35-4:36: Unexpected `1` without a unit in `IODeviceLatencyTargetSec=`, expected `1s`',
      ],
      fixed: '[Service]\nExecStart=/x\nLimitCPU=90s:2min\nIODeviceLatencyTargetSec=/dev/sda 1s\n',
    },
    {
      name: 'timers, each of them',
      unit: '[Timer]\nOnBootSec=60\nOnUnitActiveSec=3600\n',
      fileName: 'example@.timer',
      problems: [
        '2:11-2:13: Unexpected `60` without a unit in `OnBootSec=`, expected `60s`',
        '3:17-3:21: Unexpected `3600` without a unit in `OnUnitActiveSec=`, expected `3600s`',
      ],
      fixed: '[Timer]\nOnBootSec=60s\nOnUnitActiveSec=3600s\n',
    },
  ],
})

tester.run(noAmbiguousTime, {
  valid: [
    '[Service]\nExecStart=/x\nTimeoutStopSec=5m\nRuntimeMaxSec=1month\nTimeoutStartSec=90\n',
    {
      name: 'more than anybody means in seconds',
      unit: '[Service]\nExecStart=/x\nLimitRTTIME=200000\nTimerSlackNSec=50000\n',
    },
    '[Service]\nExecStart=/x\nLimitRTTIME=200ms\nTimerSlackNSec=0\nLimitCPU=90:100\nMemoryMax=5M\n',
  ],
  invalid: [
    {
      name: 'months, which may have been meant',
      unit: '[Service]\nExecStart=/x\nTimeoutStopSec=5M\nRuntimeMaxSec=1h 2 M\n',
      problems: [
        '3:16-3:18: Unexpected `5M` in `TimeoutStopSec=`, which counts months, expected `5min` or `5month`',
        '4:18-4:21: Unexpected `2 M` in `RuntimeMaxSec=`, which counts months, expected `2min` or `2month`',
      ],
    },
    {
      name: 'seconds behind hours',
      unit: '[Service]\nExecStart=/x\nRuntimeMaxSec=1h 30\nTimeoutStopSec=5 30\n',
      problems: [
        '3:15-3:20: Unexpected `1h 30` in `RuntimeMaxSec=`, which is `1h 30s`, expected a unit behind each number',
        '4:16-4:20: Unexpected `5 30` in `TimeoutStopSec=`, which is `5s 30s`, expected a unit behind each number',
      ],
    },
    {
      name: 'units that are less than seconds',
      unit: '[Service]\nExecStart=/x\nLimitRTTIME=2000:1s\nTimerSlackNSec=50\n',
      problems: [
        '3:13-3:17: Unexpected `2000` in `LimitRTTIME=`, which counts microseconds, expected `2000us`',
        '4:16-4:18: Unexpected `50` in `TimerSlackNSec=`, which counts nanoseconds, expected `50ns`',
      ],
      fixed: '[Service]\nExecStart=/x\nLimitRTTIME=2000us:1s\nTimerSlackNSec=50ns\n',
    },
  ],
})
