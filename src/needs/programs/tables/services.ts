import type {KnownPrograms} from './row.ts'
import {droppingPrivileges} from './row.ts'

/** Servers, jobs and what watches them. */
export const services: readonly KnownPrograms[] = [
  {
    programs:
      'borg restic duplicity duplicati rsnapshot backintime timeshift rdiff-backup tarsnap kopia urbackupclientbackend urbackupsrv bacula-fd bacula-sd bareos-fd bareos-sd amandad proxmox-backup-client proxmox-backup-proxy snapraid snapraid-runner rsync',
    needs: ['root-files', 'host-users', 'superuser', 'CAP_DAC_READ_SEARCH', 'CAP_DAC_OVERRIDE'],
    because: 'copies the files of others',
    source: 'borgmatic, sample unit',
  },
  {
    programs:
      'borg restic duplicity duplicati rsnapshot backintime timeshift rdiff-backup tarsnap kopia urbackupclientbackend urbackupsrv bacula-fd bacula-sd bareos-fd bareos-sd amandad proxmox-backup-client proxmox-backup-proxy snapraid snapraid-runner rsync',
    needs: ['home-read'],
    because: 'is told elsewhere what to copy',
    source: 'borgmatic#78',
    mode: 'copiesUnnamed',
  },
  {
    programs:
      'nginx angie tengine openresty apache2 apache2ctl apachectl httpd lighttpd haproxy squid varnishd tinyproxy privoxy pound hitch stunnel stunnel4 sockd danted php-fpm unitd mosquitto pg_ctlcluster named bind9 rndc unbound dnsmasq pdns_server pdns_recursor knotd nsd maradns smbd nmbd winbindd samba vsftpd proftpd pure-ftpd pure-ftpd-mysql ftpd in.ftpd tftpd in.tftpd atftpd rpcbind rpc.mountd rpc.statd rpc.idmapd nfsd rpc.nfsd exportfs slapd ns-slapd krb5kdc kadmind kpropd kpasswdd sssd sssd_be nscd nslcd ypserv ypbind inetd xinetd radiusd freeradius tac_plus saslauthd memcached tor icecast icecast2 ircd inspircd unrealircd charybdis ngircd bitlbee mysqld mariadbd mysqld_safe mysqld_multi asterisk safe_asterisk freeswitch kamailio opensips rtpengine lircd saned cupsd avahi-daemon ntpd openntpd chronyd slpd rwhod in.fingerd fingerd identd oidentd talkd svnserve git-daemon cvsd rsyncd distccd darkhttpd thttpd webfsd boa mini_httpd uhttpd cherokee hiawatha monkey nbd-server dictd spamd opendkim opendmarc amavisd clamd clamav-milter snmpd snmptrapd zabbix_server zabbix_agentd zabbix_proxy nrpe munin-node collectd uwsgi murmurd mumble-server teamspeak ts3server minidlnad gmond gmetad lpd postgrey',
    needs: [...droppingPrivileges, 'CAP_NET_BIND_SERVICE', 'inet', 'inet-local', 'bind-ports', 'unix-sockets'],
    because: 'starts as root and becomes another user',
    source: 'measured for programs that drop privileges; systemd#41030',
  },
  {
    programs:
      'named unbound bind9 vsftpd dovecot nsd openntpd ntpd chronyd haproxy postfix master smtpd tor privoxy proftpd lighttpd php-fpm avahi-daemon saned dhcpd thttpd',
    needs: ['CAP_SYS_CHROOT', '@mount', 'unlisted-system-calls'],
    because: 'can shut itself into a directory',
    source: 'measured for chroot',
  },
  {
    programs:
      'nginx apache2 apache2ctl apachectl httpd haproxy mysqld mariadbd mysqld_safe redis-server valkey-server keydb-server mongod mongos postgres squid unbound knotd kresd named php-fpm elasticsearch slapd ns-slapd clickhouse-server scylla etcd influxd memcached envoy trafficserver traffic_server',
    needs: ['@resources', 'CAP_SYS_RESOURCE', 'CAP_SYS_NICE'],
    because: 'raises limits or pins its threads',
    source: 'nixpkgs#148543',
  },
  {
    programs: 'knotd kresd named unbound dnsdist nsd scylla clickhouse-server mysqld mariadbd java mongod redis-server foundationdb fdbserver aerospike asd',
    needs: ['proc-files'],
    because: 'asks for processors and memory',
    source: 'nixpkgs#148543',
  },
  {
    programs:
      'apache2 httpd smbd nmbd winbindd samba vsftpd proftpd pure-ftpd pure-ftpd-mysql ftpd in.ftpd nfsd rpc.nfsd rpc.mountd exportfs netatalk afpd syncthing dufs copyparty filebrowser unftp',
    needs: ['home-read', 'home-write', 'host-users', 'root-files'],
    because: 'serves home directories where it is told to',
    source: 'nixpkgs#81623',
  },
  {
    programs:
      'postgres postmaster pg_ctl pg_ctlcluster pg_createcluster postgresql postgresql-check-db-dir patroni pg_autoctl stolon-keeper repmgrd dbstart lsnrctl db2start zabbix_server zabbix_proxy zabbix_agentd firebird oninit sapstartsrv',
    needs: ['shared-ipc', 'lasting-ipc'],
    because: 'keeps shared memory and semaphores',
    source: 'systemd#4532; systemd#2039; supabase/postgres#488',
  },
  {
    programs:
      'postgres postmaster pg_ctl pg_ctlcluster pgbouncer mysqld mariadbd mysqld_safe mongod mongos uwsgi xrdp kadmind krb5kdc opencpu webhook salt-api snapserver shairport-sync mpd pulseaudio',
    needs: ['shared-tmp'],
    because: 'may keep its socket or tickets in `/tmp`',
    source: 'supabase/postgres#1763; unbit/uwsgi-docs#475; adnanh/webhook#551; booted',
  },
  {
    programs: 'php-fpm gunicorn uwsgi puma unicorn postgres mysqld mariadbd redis-server mailman dovecot',
    needs: ['group-shared-files', 'world-readable-files'],
    because: 'makes sockets and files that others open',
    source: 'systemd.exec(5), UMask=',
  },
  {
    programs:
      'sendmail sendmail.postfix sendmail.sendmail exim exim4 postfix master postdrop postqueue postsuper postmulti mail mailx s-nail mutt dovecot doveadm lmtpd opensmtpd smtpd smtpctl qmail-send qmail-start svscan svscanboot nullmailer-send procmail maildrop courier-imapd courierd imapd cyrmaster master.cyrus amavisd amavisd-new mailman mailmanctl sympa fetchmail getmail checkmail logwatch logcheck apticron cron-apt stalwart stalwart-mail chasquid',
    needs: [
      'privileges-by-exec',
      'inet',
      'inet-local',
      'unix-sockets',
      'netlink',
      'home-read',
      'home-write',
      'write-anywhere',
      'suid-files',
      'group-shared-files',
      ...droppingPrivileges,
    ],
    because: 'delivers mail to users',
    source: 'measured for postfix; nginx/unit#852; transmission/transmission#1951',
  },
  {
    programs: 'node_exporter node-exporter prometheus-node-exporter netdata alloy grafana-agent vmagent ntptime adjtimex ntpstat ntpsec-ntpviz',
    needs: ['@clock'],
    because: 'reads how far the clock is off, by a call that also sets it',
    source: 'node_exporter, timex collector; adjtimex(2)',
  },
  {
    programs:
      'nscd unscd proftpd squid suricata ntpd ntpsec-ntpd chronyd dnsmasq named tor vsftpd avahi-daemon rpcbind pdns_recursor dnsdist knotd kresd irqbalance smartd rsyslogd syslog-ng pure-ftpd pure-ftpd-* frrinit.sh watchfrr zebra pluto vdr ganesha.nfsd diod fastd iceccd',
    needs: ['CAP_SETPCAP'],
    because: 'sets a list of capabilities of its own, which fails as a whole where one is missing',
    source: 'capset(2); sources of the programs',
  },
  {
    programs: 'nscd unscd proftpd dbus-daemon',
    needs: ['CAP_AUDIT_WRITE', 'CAP_SETUID', 'CAP_SETGID', 'CAP_NET_BIND_SERVICE'],
    because: 'keeps this in the list of capabilities that it sets',
    source: 'glibc, nscd; proftpd, mod_cap',
  },
  {
    programs: 'pure-ftpd pure-ftpd-*',
    needs: [
      'CAP_SYS_NICE',
      'CAP_NET_ADMIN',
      'CAP_DAC_READ_SEARCH',
      'CAP_SYS_CHROOT',
      'CAP_AUDIT_WRITE',
      'CAP_SETUID',
      'CAP_SETGID',
      'CAP_CHOWN',
      'CAP_NET_BIND_SERVICE',
    ],
    because: 'keeps this in the list of capabilities that it sets',
    source: 'measured; Pure-FTPd, caps_p.h',
  },
  {
    programs: 'frr frrinit.sh watchfrr zebra mgmtd bgpd ospfd ospf6d ripd ripngd isisd pimd pim6d ldpd nhrpd eigrpd bfdd vrrpd staticd',
    needs: ['CAP_SYS_ADMIN', 'CAP_DAC_OVERRIDE', 'CAP_SETUID', 'CAP_SETGID', 'CAP_NET_BIND_SERVICE'],
    because: 'keeps this in the list of capabilities that it sets',
    source: 'measured; FRR, lib/privs.c',
  },
  {
    programs: 'syslog-ng',
    needs: ['CAP_SYSLOG', 'CAP_NET_BROADCAST', 'CAP_NET_RAW', 'CAP_DAC_READ_SEARCH'],
    because: 'keeps this in the list of capabilities that it sets',
    source: 'measured; syslog-ng(8), --caps',
  },
  {
    programs: 'vdr',
    needs: ['CAP_SYS_TIME', 'CAP_SYS_NICE'],
    because: 'keeps this in the list of capabilities that it sets',
    source: 'vdr, vdr.c',
  },
  {
    programs: 'pluto',
    needs: ['CAP_IPC_LOCK', 'CAP_AUDIT_WRITE'],
    because: 'keeps this in the list of capabilities that it sets',
    source: 'Libreswan, programs/pluto/plutomain.c',
  },
  {
    programs: 'rsyslogd',
    needs: ['CAP_BLOCK_SUSPEND', 'CAP_NET_RAW', 'CAP_LEASE', 'CAP_NET_ADMIN', 'CAP_SYS_ADMIN', 'CAP_SYS_CHROOT', 'CAP_SYS_RESOURCE', 'CAP_SYSLOG'],
    because: 'keeps this in the list of capabilities that it sets',
    source: 'rsyslog, runtime/rsyslog.c',
  },
  {
    programs: 'suricata',
    needs: ['CAP_SYS_NICE', 'CAP_NET_ADMIN', 'CAP_NET_RAW', 'CAP_IPC_LOCK'],
    because: 'keeps this in the list of capabilities that it sets',
    source: 'suricata, util-privs.c',
  },
  {
    programs:
      'consul-template envconsul confd swatch postfix master local pipe exim exim4 sendmail procmail maildrop dovecot lmtpd opensmtpd smtpd qmail-send qmail-start qmail-lspawn fetchmail getmail getmail6 mailman mailman3 cyrmaster fdm mpop mbsync offlineimap gitolite gitolite-shell smartd upsmon upssched acpid triggerhappy thd devmon fcgiwrap inotifywait watchexec entr lsyncd incron incrond syslog-ng snmptrapd',
    needs: ['shared-tmp', 'privileges-by-exec', 'run-anywhere', 'write-exec-memory', 'proc-files', 'suid-files', '@resources'],
    because: 'runs what its users or the administrator have it run',
    source: 'local(8), pipe(8); procmailrc(5); smartd.conf(5); acpid(8); snmptrapd.conf(5), traphandle; syslog-ng.conf(5), program()',
  },
  {
    programs: 'logrotate munin-node munin-run collectd collectdmon spamd amavisd amavisd-new',
    needs: ['@resources'],
    because: 'runs what the administrator adds, by `nice` or `ionice` where they like',
    source: 'logrotate(8), postrotate; munin-node.conf(5); ionice(1)',
  },
  {
    programs: 'privoxy',
    needs: ['write-exec-memory'],
    because: 'translates patterns to machine code, and does not start where it cannot',
    source: 'booted: privoxy with MemoryDenyWriteExecute=yes',
  },
  {
    programs: 'smbd samba',
    needs: ['CAP_SYS_ADMIN'],
    because: 'can keep access lists of Windows in attributes that only the system may set',
    source: 'vfs_acl_xattr(8), security.NTACL; xattr(7)',
  },
  {
    programs: 'configure-instance.sh',
    needs: ['write-anywhere', 'root-files', 'host-users', 'superuser', 'CAP_CHOWN', 'CAP_FOWNER', 'CAP_DAC_OVERRIDE', '@chown', 'unix-sockets'],
    because: 'copies what postfix needs into the directory that it shuts itself into',
    source: 'its own text in postfix of Debian; booted',
  },
  {
    programs: 'netdata',
    needs: ['privileges-by-exec', 'kernel-tunables', 'kernel-modules', 'kernel-log', 'unlisted-system-calls', '@debug', '@mount'],
    because: 'starts plugins that have privileges from their files',
    source: 'MichaIng/DietPi and netdata, unit files',
  },
  {
    programs: 'clamd clamav-daemon',
    needs: ['shared-tmp'],
    because: 'scans files that others name to it, in `/tmp` too',
    source: 'flyingcircusio/fc-nixos, clamav',
  },
  {
    programs: 'systemd-socket-proxyd',
    needs: ['inet', 'inet-local', 'unix-sockets', 'abstract-sockets', 'root-files', 'CAP_DAC_OVERRIDE'],
    because: 'passes on what its sockets are given, to a port or to a socket of another user',
    source: 'systemd-socket-proxyd(8); booted',
  },
  {programs: 'meilisearch', needs: ['proc-files'], because: 'sizes itself by `/proc/meminfo`', source: 'nixpkgs, meilisearch module'},
  {
    programs: 'crontab at atq batch newuidmap newgidmap unix_chkpwd ssh-keysign dumpcap fusermount fusermount3 chsh chfn newgrp passwd pmount',
    needs: ['privileges-by-exec'],
    because: 'has privileges from its file',
    source: 'measured for crontab and fusermount',
  },
  {
    programs:
      'node_exporter prometheus-node-exporter process-exporter process_exporter node-exporter netdata go.d.plugin telegraf collectd datadog-agent dd-agent zabbix_agentd zabbix_agent2 zabbix_agent munin-node munin-run glances htop btop bpytop atop atopacctd top sar sadc sa1 sysstat pcp pmcd pmlogger pmie newrelic-infra nagios nrpe icinga2 check_mk_agent cmk-agent-ctl ganglia gmond monitorix snmpd osqueryd below beszel-agent beszel cadvisor grafana-agent alloy otelcol otelcol-contrib otel-collector vmagent zenith conky polybar waybar i3status i3blocks swayidle mackerel-agent instana-agent oneagent wazuh-agentd ossec-agentd sensu-agent sensu-backend',
    needs: [
      'other-processes',
      'host-pids',
      'proc-files',
      'CAP_SYS_PTRACE',
      'CAP_DAC_READ_SEARCH',
      'home-read',
      'netlink',
      'inet',
      'host-network',
      'host-users',
      'root-files',
      'superuser',
      'raw-devices',
      'host-control-groups',
    ],
    because: 'watches processes, disks and users of the host',
    source: 'systemd.exec(5), ProtectProc=; borgbackupserver#485',
  },
  {
    programs:
      'nrpe nagios nagios4 naemon icinga icinga2 centengine check_mk_agent cmk-agent-ctl zabbix_agentd zabbix_agent2 zabbix_agent zabbix_server zabbix_proxy telegraf collectd sensu-agent sensu-backend netdata snmpd xymonlaunch',
    needs: ['privileges-by-exec', 'superuser', '@setuid', '@resources', '@privileged', 'CAP_SETUID', 'CAP_SETGID', 'host-users'],
    because: 'runs checks that people write, by `sudo` where they have to',
    source: 'booted: nagios-nrpe-server with a command by sudo; nrpe(8), command_prefix; zabbix_agentd.conf, UserParameter; snmpd.conf(5), extend',
  },
  {
    programs:
      'datadog-agent falco tetragon cilium-agent sysdig parca-agent pyroscope alloy beyla tracee inspektor-gadget ebpf_exporter bpfd falcon-sensor falcond sentinelctl mdatp wdavdaemon elastic-agent elastic-endpoint auditbeat packetbeat opensnitchd portmaster-core pwru retis sysmon velociraptor',
    needs: [
      'CAP_BPF',
      'host-bpf',
      'CAP_PERFMON',
      'CAP_SYS_ADMIN',
      'CAP_SYS_PTRACE',
      '@debug',
      '@privileged',
      'unlisted-system-calls',
      'kernel-tunables',
      'host-mounts',
      'locked-memory',
      '@memlock',
      '@resources',
      'other-processes',
      'host-pids',
      'kernel-log',
      'kernel-modules',
      'host-control-groups',
      'packet-sockets',
      'root-files',
      'superuser',
    ],
    because: 'watches the kernel through eBPF',
    source: 'unit files of Grafana Alloy; bpf(2)',
  },
  {
    programs:
      'filebeat metricbeat heartbeat promtail fluent-bit fluentd td-agent vector logstash rsyslogd syslog-ng goaccess awstats logrotate clamd clamonacc clamscan freshclam maldet rkhunter chkrootkit aide aideinit tripwire ossec wazuh-agentd crowdsec sagan logcheck swatchdog multitail tail updatedb locate mlocate plocate tracker-miner-fs baloo_file recoll recollindex bees rmlint duperemove',
    needs: ['root-files', 'host-users', 'superuser', 'CAP_DAC_READ_SEARCH', 'CAP_DAC_OVERRIDE', 'home-read'],
    because: 'reads the files of others',
    source: 'borgmatic, sample unit',
  },
  {
    programs: 'ps pgrep pidof lsof fuser w who users uptime free vmstat iostat mpstat pmap pstree top htop slabtop lsns lscpu lsmem numactl nproc iotop',
    needs: ['proc-files'],
    because: 'reads `/proc`',
    source: 'measured',
  },
  {
    programs: 'ps pgrep pidof pkill killall lsof fuser pmap pstree w top htop atop iotop',
    needs: ['other-processes', 'host-pids'],
    because: 'looks at processes of others',
    source: 'measured',
  },
  {
    programs: 'borgmatic',
    needs: ['write-exec-memory', 'home-read', 'home-write', 'root-files', 'host-users', 'CAP_DAC_READ_SEARCH', 'CAP_NET_RAW', 'CAP_FOWNER', 'inet'],
    because: 'backs up with hooks of its own',
    source: 'borgmatic, sample unit',
  },
  {programs: 'borg borgmatic vorta', needs: ['home-read', 'home-write'], because: 'keeps its cache in the home directory', source: 'restic/restic#1473'},
  {
    programs: 'restic resticprofile autorestic crestic backrest rustic borg kopia duplicity rclone tarsnap',
    needs: ['inet', 'inet-local'],
    because: 'reaches its repository over the network',
    source: 'systemd.exec(5), PrivateNetwork=',
    mode: 'storesElsewhere',
  },
  {
    programs: 'rsnapshot rdiff-backup duplicity snapraid',
    needs: ['CAP_CHOWN', 'CAP_FOWNER', '@chown', 'host-users', 'write-anywhere', 'suid-files'],
    because: 'keeps the owners of files',
    source: 'measured for rsync and tar',
  },
  {programs: 'rsync', needs: ['suid-files'], because: 'keeps set-user-ID and set-group-ID bits', source: 'systemd#43314', mode: 'keepsOwners'},
  {
    programs: 'restic borg kopia',
    needs: ['suid-files', 'CAP_CHOWN', 'CAP_FOWNER', 'CAP_DAC_OVERRIDE', '@chown', 'host-users', 'write-anywhere'],
    because: 'brings files back with their owners and modes',
    source: 'measured for restic and borg; systemd#43314',
    mode: 'restores',
  },
  {
    programs: 'start-stop-daemon killproc',
    needs: ['host-pids', 'CAP_KILL'],
    because: 'ends the process of another user',
    source: 'start-stop-daemon(8)',
  },
  {
    programs: 'start-stop-daemon killproc',
    needs: ['other-processes', 'proc-files', 'CAP_SYS_PTRACE'],
    because: 'finds the process of another user',
    source: 'booted: /etc/init.d/slapd stop; start-stop-daemon(8)',
    mode: 'looksForProcesses',
  },
  {
    programs: 'slapd cupsd wpa_supplicant openvpn asterisk transmission-daemon pihole-FTL openhab named webmin miniserv.pl',
    needs: ['write-config'],
    because: 'keeps what it is told while it runs among its settings in `/etc`',
    source: 'booted: slapd with a line of cn=config changed; cupsd(8); wpa_supplicant.conf(5), update_config; openvpn(8), ifconfig-pool-persist',
  },
  {
    programs: 'php-fpm-socket-helper',
    needs: ['write-config', 'write-anywhere', 'root-files', 'CAP_DAC_OVERRIDE'],
    because: 'keeps the link to its socket among the alternatives of the system',
    source: 'its own text; update-alternatives(1)',
  },
  {
    programs: 'debian-start',
    needs: ['unix-sockets', 'root-files', 'home-read', 'write-anywhere', 'temporary-files', 'fixed-user'],
    because: 'checks the tables of the database through its socket',
    source: 'its own text in mariadb-server and mysql-server; mariadb-upgrade(1)',
  },
  {
    programs: 'update-apparmor-samba-profile',
    needs: ['write-config', 'write-anywhere', 'kernel-tunables', 'CAP_MAC_ADMIN', 'root-files', 'superuser'],
    because: 'loads an AppArmor profile of what is shared',
    source: 'its own text; apparmor_parser(8)',
  },
  {
    programs: 'logrotate savelog newsyslog',
    needs: ['suid-files', 'write-anywhere', 'host-users', 'CAP_CHOWN', 'CAP_FOWNER', 'CAP_DAC_OVERRIDE', 'CAP_KILL', '@chown', 'unix-sockets', 'host-pids'],
    because: 'replaces logs of others and tells their programs',
    source: 'logrotate/logrotate#345',
  },
  {
    programs: 'tar bsdtar unzip unar',
    needs: ['suid-files', '@chown', 'CAP_CHOWN', 'CAP_FOWNER', 'host-users'],
    because: 'unpacks with owners and modes',
    source: 'systemd#43314',
    mode: 'extracts',
  },
  {
    programs: 'chroot arch-chroot debootstrap mmdebstrap pbuilder sbuild schroot systemd-nspawn',
    needs: ['CAP_SYS_CHROOT', '@mount', 'unlisted-system-calls', 'superuser', 'host-mounts', 'CAP_SYS_ADMIN', 'CAP_MKNOD', 'raw-devices', 'suid-files'],
    because: 'works in another root directory',
    source: 'measured for chroot',
  },
  {
    programs: 'Xvfb',
    needs: ['host-users', 'other-processes', 'world-writable-files', 'write-exec-memory', '@privileged', '@setuid', 'root-files'],
    because: 'shows something on the screen of its user',
    source: 'booted',
  },
  {
    programs:
      'Xorg Xvfb picom compton sxhkd xautolock xset xsetroot xrandr xmodmap xbindkeys unclutter redshift gammastep dunst feh nitrogen xclip xsel xidlehook xss-lock i3lock slock xfreerdp x11-record x11-v4l2 autorandr xsettingsd parcellite clipit copyq flameshot notify-send lxpolkit nm-applet blueman-applet pasystray udiskie volumeicon conky plank tint2 stalonetray',
    needs: ['unix-sockets', 'abstract-sockets', 'shared-tmp', 'shared-ipc', 'home-read', 'home-write'],
    because: 'shows something on the screen of its user',
    source: 'systemd.exec(5), PrivateTmp=',
  },
  {
    programs: 'swaymsg swaybg swayidle swaylock swayrd swaync kanshi kanshictl mako waybar wl-paste wlsunset wlr-randr wofi fuzzel hypridle hyprpaper eww',
    needs: ['unix-sockets', 'home-read', 'home-write', 'raw-devices'],
    because: 'shows something on the screen of its user',
    source: 'untried',
  },
  {
    programs:
      'saslauthd pam_* vsftpd proftpd pure-ftpd pure-ftpd-wrapper in.ftpd cupsd dovecot dovecot-auth webmin miniserv.pl usermin ajenti-panel netatalk afpd atftpd smbd samba winbindd nslcd sssd oddjobd xdm-auth radiusd freeradius openfortivpn ocserv softhsm pam-auth-update',
    needs: ['CAP_AUDIT_WRITE', 'CAP_SETUID', 'CAP_SETGID', 'CAP_DAC_READ_SEARCH', 'root-files', 'host-users', 'netlink', 'privileges-by-exec'],
    because: 'has PAM check passwords, or opens sessions',
    source: 'pam(8); pam_unix(8)',
  },
  {
    programs:
      'i3lock swaylock swaylock-effects hyprlock gtklock waylock slock xlock xscreensaver xsecurelock physlock vlock light-locker mate-screensaver cinnamon-screensaver gnome-screensaver xss-lock xautolock betterlockscreen kscreenlocker_greet kcheckpass',
    needs: ['privileges-by-exec', 'root-files', 'host-users', '@setuid', 'CAP_SETUID', 'CAP_SETGID', 'CAP_DAC_READ_SEARCH', 'CAP_AUDIT_WRITE', 'netlink'],
    because: 'has PAM check a password, through a set-user-ID helper',
    source: 'unix_chkpwd(8)',
  },
  {
    programs: 'ssh-agent gpg-agent gpg-connect-agent gpgconf keychain gnome-keyring-daemon kwalletd5 kwalletd6 secret-tool pass',
    needs: ['unix-sockets', 'shared-tmp', 'home-read', 'home-write', 'locked-memory'],
    because: 'keeps keys of its user and listens on a socket',
    source: 'systemd.exec(5), PrivateTmp=',
  },
  {
    programs:
      'syncthing resilio rslsync btsync dropbox dropboxd insync onedrive nextcloud nextcloud-client nextcloudcmd owncloudcmd megasync mega-cmd-server maestral vdirsyncer unison lsyncd seafile-daemon seaf-cli seadrive owncloud pcloudcc mbsync offlineimap',
    needs: ['home-read', 'home-write', 'netlink', 'inet'],
    because: 'keeps files of its user in step with others',
    source: 'abraunegg/onedrive#1657',
  },
  {
    programs: 'ping curl dig host getent nslookup id groups whoami getfacl',
    needs: ['unix-sockets'],
    because: 'may ask the name service over a local socket',
    source: 'nss-systemd(8)',
  },
  {
    programs: 'logger systemd-cat wall write notify-send dbus-send gdbus qdbus dbus-monitor luna-send',
    needs: ['unix-sockets'],
    because: 'talks to a daemon over a local socket',
    source: 'measured for logger',
  },
  {programs: 'systemd-notify', needs: ['unix-sockets', 'notify', 'child-notify'], because: 'reports the state of the service', source: 'measured'},
  {
    programs:
      'mysql mysqladmin mariadb mariadb-admin mysqldump mariadb-dump psql pg_dump pg_dumpall pg_isready pg_basebackup createdb redis-cli valkey-cli mongosh mongodump influx clickhouse-client sqlcmd cqlsh rabbitmqctl virsh ovs-vsctl ovs-appctl birdc doveadm rndc unbound-control nsd-control varnishadm postqueue chronyc wpa_cli supervisorctl tailscale zerotier-cli tincctl lxc-attach caddy',
    needs: ['unix-sockets', 'inet', 'inet-local'],
    because: 'talks to a server',
    source: 'systemd.exec(5), RestrictAddressFamilies=',
  },
  {
    programs: 'mysqldump mariadb-dump pg_dump pg_dumpall mysql psql mariadb',
    needs: ['shared-tmp', 'home-read'],
    because: 'finds sockets in `/tmp` and passwords in the home directory',
    source: 'supabase/postgres#1763',
  },
  {
    programs:
      'caddy traefik envoy prometheus prometheus-* alertmanager pushgateway blackbox_exporter grafana grafana-server loki tempo mimir thanos victoria-metrics vmagent influxd etcd consul vault minio garage weed gitea forgejo gogs gitlab-workhorse gitaly syncthing navidrome vaultwarden miniflux mattermost synapse dendrite conduit tuwunel coturn turnserver livekit-server mediamtx nats-server mosquitto emqx redis-server valkey-server memcached mongod mysqld mariadbd postgres clickhouse-server elasticsearch meilisearch typesense qdrant gunicorn uvicorn hypercorn puma unicorn thin daphne uwsgi http.server webfsd static-web-server miniserve photoprism komga kavita audiobookshelf calibre-server calibre-web transmission-daemon deluged deluge-web rtorrent sabnzbdplus nzbget aria2c bitcoind lnd geth beacon-chain validator teku nimbus erigon nethermind reth besu gaiad osmosisd cosmovisor celestia-appd solana-validator agave-validator neard avalanchego subspace-node ipfs kubo storagenode substrate polkadot filebrowser radarr sonarr lidarr prowlarr bazarr ombi overseerr jellyseerr tautulli jellyfin plexmediaserver headscale ddns-go frps realm gost wstunnel dufs dnscrypt-proxy cloudflared blocky coredns smartdns mosdns chinadns-ng stubby dnsproxy unbound znc thelounge weechat-headless soju gotosocial pleroma akkoma lemmy_server writefreely anki-sync-server radicale xandikos davmail maddy',
    needs: ['inet', 'inet-local', 'bind-ports'],
    because: 'serves the network',
    source: 'systemd.exec(5), PrivateNetwork=',
  },
  {
    programs: '*_exporter *-exporter',
    needs: ['inet', 'inet-local', 'bind-ports', 'proc-files', 'netlink'],
    because: 'serves metrics',
    source: 'systemd.exec(5), ProcSubset=',
  },
]
