import {describe, it} from 'vitest'
import noRefusedUnit from '../../rules/no-refused-unit.ts'
import {RuleTester} from '../../src/engine/tester.ts'

const tester = new RuleTester({describe, it})

tester.run(noRefusedUnit, {
  valid: [
    {
      name: 'a service that only stops',
      unit: '[Service]\nRemainAfterExit=yes\nExecStop=/usr/bin/a\n',
    },
    {
      name: 'a timer whose instances say when',
      fileName: 'a@.timer',
      unit: '[Timer]\nOnCalendar=%i\n',
      options: {checkPlaceholders: false},
    },
    {
      name: 'a socket whose instances say where',
      fileName: 'a@.socket',
      unit: '[Socket]\nListenStream=[::1]:%i\n',
      options: {checkPlaceholders: false},
    },
  ],
  invalid: [
    {
      name: 'a template, of which one instance is judged',
      fileName: 'a@.timer',
      unit: '[Timer]\nOnCalendar=%i\n',
      problems: [
        '1:1-1:8: Expected a time at which the timer elapses, such as `OnCalendar=` or `OnBootSec=`, the unit does not load',
      ],
    },
    {
      name: 'a template that no instance makes whole',
      fileName: 'a@.timer',
      unit: '[Timer]\nOnCalendar=%i!\n',
      options: {checkPlaceholders: false},
      problems: [
        '1:1-1:8: Expected a time at which the timer elapses, such as `OnCalendar=` or `OnBootSec=`, the unit does not load',
      ],
    },
    {
      name: 'a template that lacks something else than what its instances say',
      fileName: 'a@.service',
      unit: '[Service]\nCPUAffinity=%i\n',
      options: {checkPlaceholders: false},
      problems: [
        '1:1-1:10: Expected `ExecStart=`, `ExecStop=` or `SuccessAction=`, the unit does not load',
      ],
    },
    {
      name: 'a service that runs nothing',
      unit: '[Service]\nUser=a\n',
      problems: [
        '1:1-1:10: Expected `ExecStart=`, `ExecStop=` or `SuccessAction=`, the unit does not load',
      ],
    },
    {
      name: 'a daemon that is not started',
      unit: '[Service]\nType=exec\nExecStop=/usr/bin/a\n',
      problems: [
        '2:1-2:10: Expected `ExecStart=`, which only `Type=oneshot` may lack, the unit does not load',
      ],
    },
    {
      name: 'a job that only stops and does not remain',
      unit: '[Service]\nType=oneshot\nExecStop=/usr/bin/a\n',
      problems: [
        '1:1-1:10: Expected `RemainAfterExit=yes` or `SuccessAction=` where there is no `ExecStart=`, the unit does not load',
      ],
    },
    {
      name: 'a timer without a time',
      fileName: 'a.timer',
      unit: '[Timer]\nPersistent=yes\n',
      problems: [
        '1:1-1:8: Expected a time at which the timer elapses, such as `OnCalendar=` or `OnBootSec=`, the unit does not load',
      ],
    },
    {
      name: 'a socket without an address',
      fileName: 'a.socket',
      unit: '[Socket]\nAccept=yes\n',
      problems: [
        '1:1-1:9: Expected something to listen on, such as `ListenStream=`, the unit does not load',
      ],
    },
    {
      name: 'a path unit without a path',
      fileName: 'a.path',
      unit: '[Path]\nUnit=b.service\n',
      problems: [
        '1:1-1:7: Expected a path to watch, such as `PathExists=` or `PathChanged=`, the unit does not load',
      ],
    },
    {
      name: 'a mount of nothing',
      fileName: 'a.mount',
      unit: '[Mount]\nWhere=/a\n',
      problems: ['1:1-1:8: Expected `What=`, the unit does not load'],
    },
    {
      name: 'a mount by another name',
      fileName: 'a.mount',
      unit: '[Mount]\nWhat=x\nWhere=/b\n',
      problems: ['3:1-3:9: Expected the name `b.mount`, after `Where=`, the unit does not load'],
    },
    {
      name: 'a mount where systemd has its own',
      fileName: 'proc.mount',
      unit: '[Mount]\nWhat=x\nWhere=/proc\n',
      problems: [
        '3:1-3:12: Unexpected mount point of systemd itself in `Where=`, the unit does not load',
      ],
    },
  ],
})
