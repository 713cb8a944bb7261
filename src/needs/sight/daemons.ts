import type {AccessId} from '../../facts/accesses.ts'

/** What a line of a config means: by its value, or whatever that is. */
export interface ConfigRow {
  /**
   * The key in lower case; of sections too where keys mean something in some only: `section.key`.
   */
  readonly key: RegExp
  /** Absent: any value. */
  readonly value?: RegExp
  readonly means:
    | 'port'
    | 'user'
    | 'chroot'
    | 'socket'
    | 'include'
    | 'include-folder'
    /** A path, and what is done with it. */
    | 'read'
    | 'write'
    | 'run'
    | readonly AccessId[]
}

/** How a daemon is configured. */
export interface Daemon {
  /** Names of its program, separated by spaces; `*` for any more. */
  readonly programs: string
  /** Options behind which, or joined to which by `=`, the path of the config stands. */
  readonly option: RegExp
  /** Where it is without them, the first that there is; `*` for one name of a folder. */
  readonly files: readonly string[]
  /** How a statement ends: with its line, or with a semicolon or brace. */
  readonly statements: 'lines' | 'braces'
  readonly comment: RegExp
  /** The port that it listens on where nothing names one; absent: nobody tells. */
  readonly port?: number
  readonly rows: readonly ConfigRow[]
}

const becoming = [
  'CAP_SETUID',
  'CAP_SETGID',
  '@setuid',
  '@privileged',
] as const satisfies readonly AccessId[]
const limits = ['CAP_SYS_RESOURCE', '@resources'] as const satisfies readonly AccessId[]
const priority = ['CAP_SYS_NICE', '@resources'] as const satisfies readonly AccessId[]
const dhcp = [
  'packet-sockets',
  'CAP_NET_RAW',
  'CAP_NET_ADMIN',
  'host-network',
  'netlink',
] as const satisfies readonly AccessId[]
const programs = [
  'privileges-by-exec',
  'run-anywhere',
  'shared-tmp',
] as const satisfies readonly AccessId[]
const other = ['anything'] as const satisfies readonly AccessId[]
const hash = /(?:^|\s)#.*$/
const off = /^(?:no|none|off|false|0|""|'')$/i
const on = /^(?:yes|on|true|1|always)\b/i

/** Daemons that most units start, and what lines of their configs tell (the manual of each). */
export const daemons: readonly Daemon[] = [
  {
    programs: 'nginx openresty angie',
    option: /^-c$/,
    files: ['/etc/nginx/nginx.conf', '/usr/local/openresty/nginx/conf/nginx.conf'],
    statements: 'braces',
    comment: hash,
    rows: [
      {key: /^include$/, means: 'include'},
      {key: /^listen$/, value: /^unix:/, means: 'socket'},
      {key: /^listen$/, means: 'port'},
      {key: /^user$/, means: 'user'},
      {
        key: /^(?:error_log|access_log|pid|lock_file|client_body_temp_path|proxy_temp_path|fastcgi_temp_path|uwsgi_temp_path|scgi_temp_path|proxy_cache_path|fastcgi_cache_path|dav_access|create_full_put_path)$/,
        means: 'write',
      },
      {key: /^dav_methods$/, value: /PUT/i, means: ['write-anywhere']},
      {
        key: /^(?:root|alias|ssl_certificate|ssl_certificate_key|auth_basic_user_file)$/,
        means: 'read',
      },
      {key: /^pcre_jit$/, value: on, means: ['write-exec-memory']},
      {
        key: /^(?:load_module|content_by_lua\w*|access_by_lua\w*|init_by_lua\w*|perl_modules|js_import)$/,
        value: /lua|perl|js|njs|passenger/i,
        means: ['write-exec-memory'],
      },
      {key: /^(?:worker_rlimit_nofile|worker_rlimit_core)$/, means: limits},
      {key: /^worker_priority$/, value: /^-/, means: priority},
      {key: /^worker_cpu_affinity$/, means: ['@resources']},
      {key: /^proxy_bind$/, value: /transparent/, means: ['CAP_NET_RAW', 'CAP_NET_ADMIN']},
      {key: /^(?:passenger_root|passenger_ruby)$/, means: programs},
    ],
  },
  {
    programs: 'apache2 httpd apachectl apache2ctl httpd2',
    option: /^-f$/,
    files: ['/etc/apache2/apache2.conf', '/etc/httpd/conf/httpd.conf', '/etc/apache2/httpd.conf'],
    statements: 'lines',
    comment: /^\s*#.*$/,
    rows: [
      {key: /^include(?:optional)?$/, means: 'include'},
      {key: /^listen$/, means: 'port'},
      {key: /^user$/, means: 'user'},
      {key: /^chrootdir$/, means: 'chroot'},
      {
        key: /^(?:errorlog|customlog|transferlog|pidfile|scoreboardfile|mutex|cacheroot|davlockdb|coredumpdirectory)$/,
        means: 'write',
      },
      {key: /^(?:documentroot|alias|scriptalias|<directory)$/, means: 'read'},
      {
        key: /^loadmodule$/,
        value: /^(?:php\w*|lua|perl|wsgi|passenger|cgid?|suexec)_module/,
        means: ['privileges-by-exec', 'write-exec-memory', 'shared-tmp'],
      },
      {
        key: /^loadmodule$/,
        value: /^(?:mpm_itk|ruid2|unixd_chroot)_module/,
        means: [...becoming, 'CAP_SYS_CHROOT', '@mount'],
      },
      {key: /^userdir$/, value: /^(?!disabled)/, means: ['home-read', 'home-write']},
      {key: /^(?:rlimitcpu|rlimitmem|rlimitnproc)$/, means: limits},
      {key: /^dav$/, value: on, means: ['write-anywhere']},
    ],
  },
  {
    programs: 'sshd',
    option: /^-f$/,
    files: ['/etc/ssh/sshd_config'],
    statements: 'lines',
    comment: hash,
    rows: [
      {key: /^include$/, means: 'include'},
      {key: /^port$/, means: 'port'},
      {key: /^listenaddress$/, value: /:\d+$/, means: 'port'},
      {
        key: /^(?:subsystem|forcecommand|match|permitrootlogin|usepam|chrootdirectory)$/,
        means: other,
      },
      {key: /^chrootdirectory$/, value: /^(?!none)/, means: 'chroot'},
    ],
  },
  {
    programs: 'redis-server valkey-server keydb-server',
    option: /^$/,
    files: [
      '/etc/redis/redis.conf',
      '/etc/valkey/valkey.conf',
      '/etc/redis.conf',
      '/etc/keydb/keydb.conf',
    ],
    statements: 'lines',
    comment: /^\s*#.*$/,
    port: 6379,
    rows: [
      {key: /^include$/, means: 'include'},
      {key: /^(?:port|tls-port)$/, value: /^[1-9]/, means: 'port'},
      {key: /^unixsocket$/, means: 'socket'},
      {key: /^(?:logfile|pidfile|dir|appenddirname|aclfile)$/, means: 'write'},
      {key: /^(?:loadmodule|tls-cert-file|tls-key-file|tls-ca-cert-file)$/, means: 'read'},
      {key: /^loadmodule$/, means: ['write-exec-memory']},
      {
        key: /^oom-score-adj$/,
        value: /^(?:yes|relative|absolute)/,
        means: ['CAP_SYS_RESOURCE', 'proc-files'],
      },
      {key: /^(?:server_cpulist|server-cpulist|bio_cpulist|bio-cpulist)$/, means: ['@resources']},
      {key: /^(?:client-reconfig-script|notification-script)$/, means: 'run'},
      {key: /^sentinel$/, value: /^(?:notification|client-reconfig)-script/, means: programs},
    ],
  },
  {
    programs: 'mysqld mariadbd mysqld_safe mariadbd-safe',
    option: /^--defaults-(?:extra-)?file$/,
    files: ['/etc/mysql/my.cnf', '/etc/my.cnf', '/etc/mysql/mariadb.cnf'],
    statements: 'lines',
    comment: /^\s*[#;].*$|\s#.*$/,
    port: 3306,
    rows: [
      {key: /^!include$/, means: 'include'},
      {key: /^!includedir$/, means: 'include-folder'},
      {key: /^(?:mysqld|mariadbd?|server)[\w.-]*\.port$/, means: 'port'},
      {key: /^(?:mysqld|mariadbd?|server)[\w.-]*\.user$/, means: 'user'},
      {key: /^(?:mysqld|mariadbd?|server)[\w.-]*\.chroot$/, means: 'chroot'},
      {key: /^(?:mysqld|mariadbd?|server)[\w.-]*\.socket$/, means: 'socket'},
      {
        key: /^(?:mysqld|mariadbd?|server)[\w.-]*\.(?:datadir|tmpdir|log[-_]error|log[-_]bin|slow[-_]query[-_]log[-_]file|general[-_]log[-_]file|pid[-_]file|innodb[-_](?:data[-_]home[-_]dir|log[-_]group[-_]home[-_]dir|tmpdir)|relay[-_]log)$/,
        means: 'write',
      },
      {
        key: /^(?:mysqld|mariadbd?|server)[\w.-]*\.secure[-_]file[-_]priv$/,
        value: /^$/,
        means: ['write-anywhere', 'home-read'],
      },
      {
        key: /^(?:mysqld|mariadbd?|server)[\w.-]*\.(?:memlock|large[-_]pages)$/,
        value: /^(?!0|off)/i,
        means: ['locked-memory', '@memlock', 'CAP_IPC_LOCK'],
      },
      {key: /^(?:mysqld|mariadbd?|server)[\w.-]*\.open[-_]files[-_]limit$/, means: ['@resources']},
    ],
  },
  {
    programs: 'postgres postmaster pg_ctl pg_ctlcluster',
    option: /^(?:-D|--pgdata|--config-file|--config_file)$/,
    files: ['/var/lib/pgsql/data/postgresql.conf', '/var/lib/postgres/data/postgresql.conf'],
    statements: 'lines',
    comment: hash,
    port: 5432,
    rows: [
      {key: /^include(?:_if_exists)?$/, means: 'include'},
      {key: /^include_dir$/, means: 'include-folder'},
      {key: /^port$/, means: 'port'},
      {key: /^unix_socket_directories$/, value: /\/tmp/, means: ['shared-tmp', 'unix-sockets']},
      {key: /^unix_socket_directories$/, means: 'socket'},
      {
        key: /^(?:data_directory|external_pid_file|log_directory|stats_temp_directory|temp_tablespaces)$/,
        means: 'write',
      },
      {
        key: /^(?:hba_file|ident_file|ssl_cert_file|ssl_key_file|ssl_ca_file|krb_server_keyfile)$/,
        means: 'read',
      },
      {
        key: /^(?:archive_command|restore_command|ssl_passphrase_command|recovery_end_command|archive_cleanup_command)$/,
        value: /[^\s'"]/,
        means: programs,
      },
      {
        key: /^(?:shared_preload_libraries|session_preload_libraries)$/,
        value: /\w/,
        means: ['write-exec-memory', 'proc-files'],
      },
      {key: /^huge_pages$/, value: /^on/, means: ['CAP_IPC_LOCK', 'locked-memory']},
      {
        key: /^(?:shared_memory_type|dynamic_shared_memory_type)$/,
        value: /^sysv/,
        means: ['lasting-ipc'],
      },
      {key: /^log_destination$/, value: /syslog/, means: ['unix-sockets']},
    ],
  },
  {
    programs: 'dnsmasq',
    option: /^(?:-C|--conf-file)$/,
    files: ['/etc/dnsmasq.conf'],
    statements: 'lines',
    comment: hash,
    port: 53,
    rows: [
      {key: /^conf-file$/, means: 'include'},
      {key: /^conf-dir$/, means: 'include-folder'},
      {key: /^port$/, value: /^[1-9]/, means: 'port'},
      {key: /^user$/, means: 'user'},
      {
        key: /^(?:dhcp-range|dhcp-host|dhcp-relay|enable-ra|ra-param|ipset|nftset|dhcp-broadcast)$/,
        means: dhcp,
      },
      {key: /^(?:dhcp-script|dhcp-luascript)$/, means: 'run'},
      {key: /^(?:dhcp-script|dhcp-luascript|leasefile-ro|script-arp)$/, means: programs},
      {key: /^(?:log-facility|dhcp-leasefile|pid-file|dumpfile)$/, means: 'write'},
      {key: /^(?:tftp-root|addn-hosts|hostsdir|resolv-file|servers-file)$/, means: 'read'},
      {key: /^enable-tftp$/, means: ['inet', 'inet-local', 'bind-ports']},
      {key: /^enable-(?:dbus|ubus)$/, means: ['unix-sockets']},
    ],
  },
  {
    programs: 'haproxy hapee-lb',
    option: /^-f$/,
    files: ['/etc/haproxy/haproxy.cfg'],
    statements: 'lines',
    comment: hash,
    rows: [
      {key: /^bind$/, value: /^(?:\/|unix@|abns@)/, means: 'socket'},
      {
        key: /^bind$/,
        value: /\binterface\b|\btransparent\b/,
        means: ['CAP_NET_RAW', 'CAP_NET_ADMIN'],
      },
      {
        key: /^(?:bind|default-server|server)$/,
        value: /\bnamespace\b/,
        means: ['CAP_SYS_ADMIN', 'network-namespaces', 'host-network'],
      },
      {key: /^bind$/, means: 'port'},
      {key: /^(?:user|uid)$/, means: 'user'},
      {key: /^chroot$/, means: 'chroot'},
      {key: /^stats$/, value: /^socket\s+\//, means: ['unix-sockets', 'CAP_CHOWN']},
      {key: /^(?:ulimit-n|rlimit-memlock|rlimit-nofile|cpu-map)$/, means: limits},
      {key: /^source$/, value: /usesrc/, means: ['CAP_NET_RAW', 'CAP_NET_ADMIN']},
      {key: /^external-check$/, means: programs},
      {key: /^(?:program|lua-load|lua-load-per-thread)$/, means: programs},
      {key: /^log$/, value: /^\/dev\/log/, means: ['unix-sockets']},
      {key: /^(?:pidfile|server-state-base|server-state-file)$/, means: 'write'},
    ],
  },
  {
    programs: 'unbound',
    option: /^-c$/,
    files: ['/etc/unbound/unbound.conf', '/usr/local/etc/unbound/unbound.conf'],
    statements: 'lines',
    comment: hash,
    port: 53,
    rows: [
      {key: /^include(?:-toplevel)?$/, means: 'include'},
      {key: /^(?:port|tls-port|https-port)$/, means: 'port'},
      {key: /^(?:interface|ip-address)$/, value: /@\d+$/, means: 'port'},
      {key: /^username$/, means: 'user'},
      {key: /^chroot$/, value: /\//, means: 'chroot'},
      {key: /^(?:logfile|pidfile|directory|auto-trust-anchor-file|zonefile)$/, means: 'write'},
      {key: /^(?:ip-transparent|ip-freebind)$/, value: on, means: ['CAP_NET_ADMIN', 'CAP_NET_RAW']},
      {key: /^(?:so-rcvbuf|so-sndbuf)$/, value: /^[1-9]/, means: ['CAP_NET_ADMIN']},
      {key: /^control-interface$/, value: /^\//, means: 'socket'},
      {key: /^python-script$/, means: programs},
    ],
  },
  {
    programs: 'mosquitto',
    option: /^(?:-c|--config-file)$/,
    files: ['/etc/mosquitto/mosquitto.conf'],
    statements: 'lines',
    comment: /^\s*#.*$/,
    port: 1883,
    rows: [
      {key: /^include_dir$/, means: 'include-folder'},
      {key: /^(?:listener|port)$/, value: /^[1-9]/, means: 'port'},
      {key: /^listener$/, value: /^0\s+\//, means: 'socket'},
      {key: /^user$/, means: 'user'},
      {
        key: /^(?:persistence_location|pid_file|persistence_file|plugin_opt_config_file)$/,
        means: 'write',
      },
      {key: /^log_dest$/, value: /^file\b/, means: 'write'},
      {key: /^(?:certfile|keyfile|cafile|password_file|acl_file)$/, means: 'read'},
      {key: /^(?:plugin|auth_plugin)$/, means: ['write-exec-memory']},
      {key: /^bind_interface$/, means: ['CAP_NET_RAW']},
    ],
  },
  {
    programs: 'php-fpm php-fpm*',
    option: /^(?:-y|--fpm-config)$/,
    files: ['/etc/php-fpm.conf', '/etc/php/*/fpm/php-fpm.conf', '/etc/php/php-fpm.conf'],
    statements: 'lines',
    comment: /^\s*[;#].*$|\s;.*$/,
    rows: [
      {key: /^[\w.-]*\.?include$/, means: 'include'},
      {key: /\.listen$/, value: /^\//, means: 'socket'},
      {key: /\.listen$/, means: 'port'},
      {key: /\.user$/, means: 'user'},
      {key: /\.chroot$/, value: /\//, means: 'chroot'},
      {key: /\.(?:error_log|pid|slowlog|access\.log)$/, means: 'write'},
      {key: /\.listen\.(?:owner|group)$/, means: ['CAP_CHOWN', '@chown']},
      {key: /\.(?:rlimit_files|rlimit_core)$/, means: limits},
      {key: /\.process\.priority$/, value: /^-/, means: priority},
      {key: /\.request_slowlog_timeout$/, value: /^[1-9]/, means: ['@debug', 'CAP_SYS_PTRACE']},
      {key: /\.php_(?:admin_)?(?:value|flag)\[sendmail_path\]$/, means: programs},
    ],
  },
  {
    programs: 'vsftpd',
    option: /^$/,
    files: ['/etc/vsftpd.conf', '/etc/vsftpd/vsftpd.conf'],
    statements: 'lines',
    comment: /^\s*#.*$/,
    port: 21,
    rows: [
      {key: /^(?:listen_port|ftp_data_port|implicit_ssl_port)$/, means: 'port'},
      {key: /^connect_from_port_20$/, value: on, means: ['CAP_NET_BIND_SERVICE', 'bind-ports']},
      {
        key: /^local_enable$/,
        value: on,
        means: [
          ...becoming,
          'home-read',
          'home-write',
          'CAP_SYS_CHROOT',
          'root-files',
          'privileges-by-exec',
        ],
      },
      {
        key: /^(?:chroot_local_user|chroot_list_enable|anonymous_enable)$/,
        value: on,
        means: ['CAP_SYS_CHROOT', '@mount', '@privileged'],
      },
      {key: /^write_enable$/, value: on, means: ['write-anywhere']},
      {key: /^(?:secure_chroot_dir|anon_root|local_root)$/, means: 'read'},
      {key: /^(?:xferlog_file|vsftpd_log_file)$/, means: 'write'},
      {key: /^chown_uploads$/, value: on, means: ['CAP_CHOWN', '@chown', '@privileged']},
    ],
  },
  {
    programs: 'rsyslogd',
    option: /^-f$/,
    files: ['/etc/rsyslog.conf'],
    statements: 'lines',
    comment: hash,
    rows: [
      {key: /^(?:\$includeconfig|include)$/, means: 'include'},
      {
        key: /^(?:module\(load|\$modload)$/,
        value: /imklog/,
        means: ['kernel-log', 'CAP_SYSLOG', 'proc-files'],
      },
      {
        key: /^(?:module\(load|\$modload)$/,
        value: /im(?:tcp|udp|relp|gssapi|ptcp)/,
        means: ['inet', 'inet-local', 'bind-ports', 'CAP_NET_BIND_SERVICE'],
      },
      {
        key: /^(?:module\(load|\$modload)$/,
        value: /omprog|improg|ommail|omusrmsg/,
        means: programs,
      },
      {key: /^\$privdropto(?:user|group)$/, means: 'user'},
      {
        key: /^\$(?:fileowner|filegroup|dirowner|dirgroup)$/,
        means: ['CAP_CHOWN', '@chown', '@privileged'],
      },
      {key: /^\S+\.\S+$/, value: /^-?\//, means: 'write'},
      {key: /^\$(?:workdirectory)$/, means: 'write'},
    ],
  },
  {
    programs: 'squid squid3',
    option: /^-f$/,
    files: ['/etc/squid/squid.conf'],
    statements: 'lines',
    comment: hash,
    port: 3128,
    rows: [
      {key: /^include$/, means: 'include'},
      {
        key: /^(?:http_port|https_port|icp_port|htcp_port|ftp_port|snmp_port)$/,
        value: /[1-9]/,
        means: 'port',
      },
      {
        key: /^(?:http_port|https_port)$/,
        value: /\b(?:tproxy|intercept)\b/,
        means: ['CAP_NET_ADMIN', 'CAP_NET_RAW'],
      },
      {key: /^cache_effective_user$/, means: 'user'},
      {key: /^chroot$/, means: 'chroot'},
      {
        key: /^(?:cache_log|cache_store_log|pid_filename|coredump_dir|access_log|cache_dir)$/,
        means: 'write',
      },
      {
        key: /^(?:auth_param|external_acl_type|url_rewrite_program|store_id_program|sslcrtd_program)$/,
        means: programs,
      },
      {key: /^max_filedescriptors$/, means: limits},
      {key: /^pinger_enable$/, value: /^(?!off)/, means: ['CAP_NET_RAW', 'privileges-by-exec']},
    ],
  },
]

/** Whether a value turns off what its key is about. */
export function turnsOff(value: string): boolean {
  return value === '' || off.test(value)
}
