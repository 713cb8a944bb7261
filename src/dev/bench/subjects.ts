import {readdirSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'

/** A usual service: of median length, with what most have. */
export const usual = `[Unit]
Description=Nightly backup
After=network-online.target
Wants=network-online.target

[Service]
Type=oneshot
User=backup
Environment=RESTIC_REPOSITORY=/srv/backup
ExecStart=/usr/bin/restic backup /home /etc
ProtectSystem=full
NoNewPrivileges=yes

[Install]
WantedBy=multi-user.target
`

/**
 * Write that many services into a folder; returns their names. Real ones of `UNITLINT_CORPUS`, over
 * and over, where that is given.
 */
export function writeServices(folder: string, count: number): string[] {
  const texts = realServices() ?? madeServices
  return Array.from({length: count}, (_, index) => {
    const name = `unit-${index}.service`
    writeFileSync(
      path.join(folder, name),
      (texts[index % texts.length] ?? usual).replace(/^Description=/m, `Description=${index} `),
    )
    return name
  })
}

function realServices(): string[] | undefined {
  const folder = process.env['UNITLINT_CORPUS']
  if (folder === undefined) return undefined
  const files = readdirSync(path.join(folder, 'units'), {recursive: true, encoding: 'utf8'})
  const services = files
    .filter((file) => file.endsWith('.service') && !file.endsWith('@.service'))
    .toSorted()
  return services.map((file) => readFileSync(path.join(folder, 'units', file), 'latin1'))
}

const madeServices = [
  usual,
  `[Unit]
Description=A web server
After=network.target
Documentation=https://example.org/manual

[Service]
Type=forking
PIDFile=/run/server.pid
ExecStartPre=/usr/sbin/nginx -t -q
ExecStart=/usr/sbin/nginx -g 'daemon on; master_process on;'
ExecReload=/bin/kill -HUP $MAINPID
KillMode=mixed
TimeoutStopSec=5
Restart=on-failure

[Install]
WantedBy=multi-user.target
`,
  `[Unit]
Description=An application
Requires=postgresql.service
After=postgresql.service

[Service]
User=application
Group=application
WorkingDirectory=/srv/application
EnvironmentFile=-/etc/default/application
ExecStart=/usr/bin/python3 -m application --port 8080
Restart=always
RestartSec=3
LimitNOFILE=65536
PrivateTmp=true

[Install]
WantedBy=multi-user.target
`,
  `[Unit]
Description=An exporter of metrics

[Service]
DynamicUser=yes
ExecStart=/usr/local/bin/node_exporter \\
  --web.listen-address=127.0.0.1:9100 \\
  --collector.systemd
ProtectHome=yes
ProtectSystem=strict
CapabilityBoundingSet=
SystemCallFilter=@system-service

[Install]
WantedBy=multi-user.target
`,
]
