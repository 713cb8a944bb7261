import type {AccessId} from '../../../facts/accesses.ts'

/** The kinds of services that there are profiles for; also the names of these. */
export const serviceKinds = ['backup-job', 'database', 'monitoring-agent', 'network-daemon', 'timer-job', 'web-service', 'worker'] as const
export type ServiceKind = (typeof serviceKinds)[number]

/** Programs that make a service one of a kind. */
export interface ProgramsOfKind {
  /** Absent: of none, whatever the shape of the service is. */
  readonly kind?: ServiceKind
  /** Names of files, separated by spaces; `*` stands for anything at one place. */
  readonly programs: string
  /** What they do: a verb in the third person and what follows it. */
  readonly because: string
  /** Only with an argument like this. */
  readonly when?: RegExp
  /** Not with an argument like this. */
  readonly unless?: RegExp
  /** They run what others have written, which nobody knows. */
  readonly isHost?: true
  /** What they need besides, of which their configuration tells: a closed profile keeps it. */
  readonly needs?: readonly AccessId[]
}

/** What shutting oneself into a directory takes. */
const shuttingIn = ['CAP_SYS_CHROOT', '@mount'] as const satisfies readonly AccessId[]

/** What it takes to keep files for many users. */
const keepingFiles = ['CAP_DAC_READ_SEARCH', 'CAP_FOWNER', 'CAP_FSETID'] as const satisfies readonly AccessId[]

/**
 * What kind of service a program makes, where that is beyond doubt; the first row that fits counts.
 *
 * What does whatever users configure is of no kind: mail transfer, schedulers, builders,
 * containers, agents with plugins; nor is what sets up the machine, and what sets all of its
 * capabilities at once (capset(2)), which fails where one is missing.
 */
export const kindsOfPrograms: readonly ProgramsOfKind[] = [
  {
    programs:
      'zabbix_agentd zabbix_agent2 zabbix_server zabbix_proxy nrpe munin-node collectd collectdmon telegraf netdata icinga2 snmpd postfix master sendmail exim exim4 opensmtpd smtpd dovecot spamd amavisd amavisd-new fcgiwrap spawn-fcgi webhook inetd xinetd monit fail2ban-server logrotate rsyslogd syslog-ng script_exporter exec_exporter buildbot gitlab-workhorse asterisk safe_asterisk freeswitch',
    because: 'runs what users configure',
  },
  {
    kind: 'backup-job',
    programs: 'restic rustic borg kopia duplicity rdiff-backup tarsnap bupstash',
    because: 'copies files away',
    unless: /^(?:u?mount|serve|server)$/,
  },
  {kind: 'backup-job', programs: 'rclone', when: /^(?:copy|copyto|sync|bisync|move|moveto)$/, because: 'copies files away'},
  {kind: 'backup-job', programs: 'pg_dump pg_dumpall mysqldump mariadb-dump mongodump', because: 'copies a database away'},
  {
    kind: 'network-daemon',
    programs: 'rsync',
    when: /^--daemon$/,
    because: 'serves files',
    needs: [...shuttingIn, ...keepingFiles, 'home-read', 'home-write'],
  },
  {kind: 'backup-job', programs: 'rsync', because: 'copies files'},
  {
    kind: 'database',
    programs:
      'postgres postmaster pg_ctl pg_ctlcluster mysqld mariadbd mysqld_safe mysqld_multi mongod mongos clickhouse-server influxd influxdb3 couchdb etcd elasticsearch opensearch meilisearch typesense-server qdrant cassandra arangod rethinkdb questdb victoria-metrics cockroach scylla dgraph immudb redis-server redis-sentinel valkey-server valkey-sentinel keydb-server dragonfly',
    because: 'keeps data for others',
  },
  {kind: 'database', programs: 'galera_recovery', because: 'is part of MariaDB, which keeps data for others'},
  {
    kind: 'monitoring-agent',
    programs: 'node_exporter prometheus-node-exporter prometheus-node_exporter process-exporter process_exporter prometheus-process-exporter',
    because: 'measures the machine',
  },
  {
    kind: 'monitoring-agent',
    programs:
      'mysqld_exporter prometheus-mysqld-exporter postgres_exporter prometheus-postgres-exporter redis_exporter prometheus-redis-exporter apache_exporter prometheus-apache-exporter nginx_exporter nginx-prometheus-exporter prometheus-nginx-exporter memcached_exporter prometheus-memcached-exporter haproxy_exporter prometheus-haproxy-exporter statsd_exporter prometheus-statsd-exporter',
    because: 'serves the metrics of a server',
  },
  {kind: 'monitoring-agent', programs: 'blackbox_exporter prometheus-blackbox-exporter', because: 'serves metrics of other hosts', needs: ['CAP_NET_RAW']},
  {kind: 'monitoring-agent', programs: '*_exporter *-exporter', because: 'serves metrics', isHost: true},
  {kind: 'monitoring-agent', programs: 'promtail vmagent fluent-bit filebeat metricbeat grafana-agent', because: 'collects logs or metrics', isHost: true},
  {kind: 'network-daemon', programs: 'nginx angie tengine caddy minidlnad', because: 'serves files and sites', needs: ['home-read']},
  {
    kind: 'network-daemon',
    programs: 'lighttpd darkhttpd thttpd webfsd mini_httpd hiawatha icecast2 icecast',
    because: 'serves files and sites',
    needs: [...shuttingIn, 'home-read'],
  },
  {
    kind: 'network-daemon',
    programs: 'apache2 apache2ctl apachectl httpd',
    because: 'serves sites, and runs applications in them',
    isHost: true,
  },
  {kind: 'network-daemon', programs: 'php-fpm', because: 'runs applications for web servers', isHost: true},
  {
    kind: 'network-daemon',
    programs: 'haproxy squid pound hitch stunnel stunnel4 privoxy',
    because: 'passes connections on',
    needs: shuttingIn,
  },
  {kind: 'network-daemon', programs: 'traefik envoy varnishd tinyproxy sockd danted systemd-socket-proxyd', because: 'passes connections on'},
  {kind: 'network-daemon', programs: 'pgbouncer', because: 'passes connections on', needs: ['shared-tmp']},
  {
    kind: 'network-daemon',
    programs: 'named unbound pdns_server pdns_recursor nsd maradns',
    because: 'answers questions about names',
    needs: shuttingIn,
  },
  {kind: 'network-daemon', programs: 'dnsmasq knotd kresd coredns dnscrypt-proxy stubby dnsdist blocky', because: 'answers questions about names'},
  {
    kind: 'network-daemon',
    programs: 'smbd vsftpd pure-ftpd in.tftpd tftpd atftpd',
    because: 'serves files',
    needs: [...shuttingIn, ...keepingFiles, 'home-read', 'home-write'],
  },
  {kind: 'network-daemon', programs: 'mosquitto nats-server beanstalkd rabbitmq-server emqx vernemq activemq artemis', because: 'passes messages on'},
  {kind: 'network-daemon', programs: 'memcached', because: 'keeps data for others in memory'},
  {kind: 'network-daemon', programs: 'slapd krb5kdc kadmind', because: 'tells who users are', needs: shuttingIn},
  {
    kind: 'network-daemon',
    programs: 'ngircd inspircd unrealircd znc soju murmurd mumble-server tor i2pd turnserver coturn prosody',
    because: 'connects people',
    needs: shuttingIn,
  },
  // It runs hooks of repositories only where it lets others write to them (git-daemon(1),
  // githooks(5)).
  {
    kind: 'network-daemon',
    programs: 'git',
    when: /^daemon$/,
    unless: /^--(?:(?:enable|allow-override)=receive-pack|access-hook.*)$/,
    because: 'serves repositories',
    needs: ['home-read', 'CAP_DAC_READ_SEARCH'],
  },
  {
    kind: 'network-daemon',
    programs: 'git-daemon',
    unless: /^--(?:(?:enable|allow-override)=receive-pack|access-hook.*)$/,
    because: 'serves repositories',
    needs: ['home-read', 'CAP_DAC_READ_SEARCH'],
  },
  {programs: 'git-daemon', because: 'runs what users configure'},
  {kind: 'timer-job', programs: 'updatedb updatedb.plocate updatedb.mlocate mandb tmpreaper tmpwatch', because: 'tidies up on this machine'},
  {
    kind: 'web-service',
    programs:
      'gunicorn gunicorn3 uvicorn hypercorn daphne waitress-serve granian uwsgi uwsgi-core puma unicorn unicorn_rails thin falcon rackup starman plackup hypnotoad morbo next nuxt streamlit shiny-server catalina.sh tomcat*',
    because: 'serves applications',
    isHost: true,
  },
  {kind: 'web-service', programs: 'rails', when: /^s(?:erver)?$/, because: 'serves applications', isHost: true},
  {kind: 'web-service', programs: 'flask manage.py manage', when: /^run(?:server)?$/, because: 'serves applications', isHost: true},
  {kind: 'web-service', programs: 'artisan', when: /^(?:serve|octane:start|reverb:start)$/, because: 'serves applications', isHost: true},
  {kind: 'web-service', programs: 'http.server http-server', because: 'serves files', needs: ['home-read']},
  {
    kind: 'web-service',
    programs:
      'gitea forgejo gogs vaultwarden miniflux grafana grafana-server loki tempo mimir thanos prometheus alertmanager pushgateway gotosocial mattermost synapse dendrite conduit conduwuit tuwunel navidrome radicale xandikos audiobookshelf writefreely lemmy_server hedgedoc keycloak authelia lldap headscale ntfy gotify thelounge listmonk static-web-server rest-server minio garage wiki.js searxng',
    because: 'serves an application',
    needs: ['home-read'],
  },
  {
    kind: 'worker',
    programs: 'celery rq rqworker dramatiq huey_consumer huey_consumer.py sidekiq resque delayed_job good_job',
    because: 'takes jobs from a queue',
    isHost: true,
  },
  {kind: 'worker', programs: 'artisan', when: /^(?:queue:(?:work|listen)|horizon)$/, because: 'takes jobs from a queue', isHost: true},
  {kind: 'worker', programs: 'rails rake', when: /^(?:jobs:work|resque:work|solid_queue:start)$/, because: 'takes jobs from a queue', isHost: true},
]
