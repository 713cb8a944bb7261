import type {State} from './link.ts'

const plain = {preset: 'recommended', targets: ['', ''], rule: ''} as const

/** What one can begin with, by name; the first is there when the page opens. */
export const examples: Readonly<Record<string, State>> = {
  'A backup with restic': {
    ...plain,
    preset: 'backup-job',
    active: 'restic-backup.service',
    files: {
      'restic-backup.service': `[Unit]
Description=Back up with restic
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
User=restic
ExecStart=/usr/local/bin/restic-backup
AmbientCapabilities=CAP_DAC_READ_SEARCH
CapabilityBoundingSet=CAP_DAC_READ_SEARCH
`,
      'restic-backup.timer': `[Unit]
Description=Back up each night

[Timer]
OnCalendar=*-*-* 02:30
Persistent=yes

[Install]
WantedBy=timers.target
`,
    },
  },
  'A web service, bare': {
    ...plain,
    preset: 'auto',
    targets: ['debian-13', ''],
    active: 'shop.service',
    files: {
      'shop.service': `[Unit]
Description=Shop

[Service]
User=shop
WorkingDirectory=/srv/shop
ExecStart=/srv/shop/venv/bin/gunicorn --bind 127.0.0.1:8000 shop:app
Restart=always

[Install]
WantedBy=multi-user.target
`,
    },
  },
  Faults: {
    ...plain,
    active: 'app.service',
    files: {
      'app.service': `[Unit]
Description=An application
After=network.target,postgresql.service

[Service]
Type=oneshot
ExecStart=/usr/bin/app --log > /var/log/app.log
PrivatTmp=yes
ProtectSystem=Strict
Restart=always
StartLimitInterval=10min

[Install]
WantedBy=multi-user
`,
      'app.service.d/limits.conf': `[Service]
MemoryLimit=1G
NoNewPrivileges=maybe
`,
    },
  },
  'Two systemds': {
    ...plain,
    preset: 'hardened',
    targets: ['debian-12', '262'],
    active: 'worker.service',
    files: {
      'worker.service': `[Service]
DynamicUser=yes
ExecStart=/usr/bin/worker
RestartMode=direct
PrivateTmp=disconnected
ProtectHostname=private
MemoryLimit=1G
`,
    },
  },
  'A rule of your own': {
    ...plain,
    active: 'report.service',
    files: {
      'report.service': `[Unit]
Description=Report

[Service]
ExecStart=/usr/bin/report --daily
`,
    },
    rule: `import {defineRule, services} from 'unitlint/rule'

export default defineRule({
  id: 'owner',
  summary: 'Require X-Owner= in [Unit]',
  why: 'Who is called at night has to stand in the unit.',
  on: services,
  messages: {missing: 'Expected \`X-Owner=\` in \`[Unit]\`'},
  *check(unit) {
    if (unit.all('Unit').every(({key}) => key !== 'X-Owner'))
      yield {message: 'missing', at: unit.header('Unit')}
  },
  examples: {bad: [], good: []},
})
`,
  },
}
