import type {AccessId} from '../accesses.ts'

/** Programs with needs in common. */
interface KnownPrograms {
  /** Names of files, separated by spaces. */
  readonly programs: string
  readonly needs: readonly AccessId[]
}

const namespaces: readonly AccessId[] = [
  'user-namespaces',
  'mount-namespaces',
  'network-namespaces',
  'process-namespaces',
  'ipc-namespaces',
  'host-name-namespaces',
  'control-group-namespaces',
]
const mounter: readonly AccessId[] = ['host-mounts', '@mount', 'CAP_SYS_ADMIN', 'superuser']
const dropper: readonly AccessId[] = [
  'CAP_SETUID',
  'CAP_SETGID',
  'CAP_CHOWN',
  'CAP_DAC_OVERRIDE',
  'CAP_KILL',
  '@privileged',
  '@setuid',
  '@chown',
  '@resources',
  'superuser',
  'host-users',
  'root-files',
]

/** What programs need, as trackers, manuals and unit files of many projects tell. */
export const known: readonly KnownPrograms[] = [
  // Programs that run what others ask for: nothing can be known of what that needs.
  {
    programs:
      'sshd dropbear agetty getty mingetty login cron crond anacron fcron atd incrond systemd systemd-nspawn systemd-run docker dockerd docker-proxy containerd containerd-shim podman buildah kubelet k3s k0s rke2 crio runc crun lxc lxc-start lxd incus incusd lxcfs libvirtd virtqemud virtlxcd qemu-system-x86_64 nix-daemon guix-daemon snapd flatpak flatpak-system-helper gdm gdm3 sddm lightdm lxdm xdm ly greetd emptty X Xorg Xvfb startx xinit weston sway kwin gnome-shell gnome-session cage kodi-standalone gitlab-runner act_runner forgejo-runner jenkins jenkins-agent buildkite-agent buildbot buildbot-worker teleport newt cockpit-ws cockpit-session ttyd wetty shellinaboxd tmux screen supervisord runsvdir s6-svscan monit puppet puppet-agent chef-client salt-minion salt-master ansible-pull ansible-playbook cfengine cf-execd rundeck systemctl busctl udevadm systemd-udevd machinectl loginctl su sudo doas runuser polkitd pkexec packagekitd apt apt-get aptitude dpkg unattended-upgrade unattended-upgrades dnf dnf-automatic yum zypper pacman paru yay rpm-ostree ostree bootc rauc mender swupdate snapper emerge apk opkg xbps-install pm2 telnetd in.telnetd rlogind vncserver Xvnc x11vnc xrdp xrdp-sesman code-server rstudio-server jupyterhub slurmd slurmctld pbs_mom condor_master nomad wpa_supplicant NetworkManager ModemManager udisksd init runit dinit plymouthd',
    needs: ['anything'],
  },
  // Compilers at run time.
  {programs: 'node nodejs npm npx yarn pnpm pm2-runtime ts-node tsx electron bun deno', needs: ['write-exec-memory', 'netlink', 'proc-files', '@pkey']},
  {
    programs:
      'java jsvc catalina.sh tomcat tomcat9 tomcat10 elasticsearch opensearch logstash kafka-server-start.sh zookeeper zkServer.sh cassandra solr gradle mvn neo4j nifi.sh jetty activemq artemis jenkins.war h2o keycloak kc.sh sonar.sh nexus wildfly standalone.sh',
    needs: ['write-exec-memory', 'netlink', 'proc-files'],
  },
  {
    programs:
      'dotnet mono mono-sgen mono-service pwsh Jellyfin jellyfin Radarr radarr Sonarr sonarr Lidarr lidarr Prowlarr prowlarr Readarr readarr jackett Jackett emby EmbyServer',
    needs: ['write-exec-memory', 'netlink', 'proc-files'],
  },
  {
    programs:
      'luajit openresty pypy pypy3 sbcl guile julia R Rscript ruby puma unicorn sidekiq bundle rails chromium chromium-browser chrome google-chrome google-chrome-stable firefox firefox-esr puppeteer wasmtime wasmer polkadot monerod xmrig qbittorrent-nox grafana-image-renderer couchdb ejabberd ejabberdctl rabbitmq-server beam.smp elixir wine wine64',
    needs: ['write-exec-memory'],
  },
  {
    programs: 'chromium chromium-browser chrome google-chrome google-chrome-stable firefox firefox-esr brave electron bwrap bubblejail platformio pio esphome',
    needs: [...namespaces, 'suid-files', 'proc-files', '@mount', 'privileges-by-exec', 'lasting-ipc'],
  },
  {programs: 'gunicorn uwsgi celery daphne uvicorn hypercorn flower borgmatic', needs: ['write-exec-memory']},
  // Mounts.
  {
    programs:
      'mount umount mount.nfs mount.cifs mount.davfs mount.fuse fusermount fusermount3 sshfs rclone s3fs gcsfuse mergerfs unionfs encfs gocryptfs cryfs automount autofs davfs2 glusterfs ceph-fuse ceph-mon ceph-osd ntfs-3g exfat-fuse bindfs zfs zpool zed btrfs bees beesd mountall swapon swapoff losetup cryptsetup systemd-cryptsetup veritysetup kpartx multipathd vgchange lvchange lvcreate lvm lvmpolld dmeventd pvscan mdadm mdmon fsck e2fsck xfs_repair fsfreeze fstrim blkid',
    needs: [...mounter, 'raw-devices', 'kernel-modules', '@module'],
  },
  // The network of the host.
  {
    programs:
      'ip ifup ifdown ifconfig route brctl bridge tc nft iptables ip6tables iptables-restore ip6tables-restore iptables-save ebtables arptables ipset firewalld ufw shorewall fail2ban-server fail2ban-client wg wg-quick openvpn ipsec charon strongswan swanctl pppd xl2tpd tincd zerotier-one tailscaled netbird nebula n2n edge dhclient dhcpcd dhcpd udhcpc keepalived bird bird6 frr zebra bgpd ospfd babeld olsrd batctl hostapd iwd iw iwconfig rfkill ethtool ovs-vswitchd ovsdb-server conntrack conntrackd nftables sslh haproxy miniupnpd radvd lldpd snmpd cjdroute yggdrasil v2ray xray sing-box clash mihomo dae redsocks',
    needs: [
      'netlink',
      'inet',
      'inet-local',
      'host-network',
      'CAP_NET_ADMIN',
      'CAP_NET_RAW',
      'superuser',
      'packet-sockets',
      'kernel-modules',
      '@module',
      'CAP_SYS_MODULE',
      'kernel-tunables',
      'raw-devices',
      'proc-files',
      'exotic-sockets',
      'root-files',
    ],
  },
  {
    programs:
      'tcpdump dumpcap tshark wireshark suricata snort arping arpwatch arp-scan nmap masscan ntopng softflowd netsniff-ng darkstat vnstatd nethogs iftop bandwhich zeek p0f',
    needs: ['packet-sockets', 'netlink', 'inet', 'CAP_NET_RAW', 'CAP_NET_ADMIN', 'exotic-sockets'],
  },
  {
    programs: 'bluetoothd bluealsa bluez-alsa hciconfig hcitool hciattach btattach hass home-assistant homeassistant bt-agent',
    needs: ['exotic-sockets', 'raw-devices', 'netlink', 'CAP_NET_ADMIN', 'CAP_NET_RAW', 'kernel-tunables'],
  },
  {
    programs:
      'can-utils candump slcand cansend qemu-ga spice-vdagentd vmtoolsd VBoxService VBoxClient hv_kvp_daemon hv_vss_daemon hv_fcopy_daemon xe-daemon open-vm-tools cloud-init amazon-ssm-agent google_guest_agent waagent',
    needs: ['anything'],
  },
  // The kernel and the machine.
  {programs: 'modprobe insmod rmmod depmod kmod dkms systemd-modules-load', needs: ['kernel-modules', '@module', 'CAP_SYS_MODULE', 'superuser']},
  {
    programs:
      'sysctl tuned tuned-adm irqbalance thermald powertop tlp auto-cpufreq cpupower cpufreqd powerprofilesctl zramctl zram-generator zramswap zramstart usbguard usbguard-daemon earlyoom nohang systemd-oomd ksmtuned kexec x86_energy_perf_policy undervolt intel-undervolt throttled thinkfan fancontrol nbfc nbfc_service fand sensors i8kmon mbpfan hdparm smartctl smartd nvidia-smi nvidia-persistenced nvidia-powerd amdgpu-fan lact coolercontrold liquidctl ryzenadj setpci rtcwake upsd upsdrv upsmon apcupsd acpid laptop_mode numad preload ananicy ananicy-cpp gamemoded scx_loader rasdaemon mcelog edac-util',
    needs: [
      'kernel-tunables',
      'proc-files',
      'raw-devices',
      'CAP_SYS_RAWIO',
      'CAP_SYS_ADMIN',
      '@raw-io',
      'superuser',
      'other-processes',
      'host-pids',
      'CAP_SYS_NICE',
      'CAP_KILL',
      '@resources',
      'kernel-modules',
      '@module',
      'realtime',
      'control-groups',
      'host-control-groups',
      'clock',
    ],
  },
  {
    programs: 'chronyd chrony ntpd ntpdate sntp openntpd systemd-timesyncd ptp4l phc2sys hwclock adjtimex timedatectl gpsd ntpd-rs fake-hwclock',
    needs: [
      'clock',
      '@clock',
      'CAP_SYS_TIME',
      'CAP_WAKE_ALARM',
      'raw-devices',
      'inet',
      'realtime',
      'CAP_SYS_NICE',
      'CAP_SYS_RESOURCE',
      '@resources',
      ...dropper,
    ],
  },
  {programs: 'hostname hostnamectl cloud-init systemd-hostnamed avahi-daemon', needs: ['hostname']},
  {
    programs: 'dmesg rsyslogd syslog-ng syslogd klogd metalog journalctl abrtd abrt-dump-oops kdumpctl makedumpfile auditd audispd auditctl',
    needs: [
      'kernel-log',
      'CAP_SYSLOG',
      'superuser',
      'root-files',
      'netlink',
      'CAP_AUDIT_CONTROL',
      'CAP_AUDIT_READ',
      'exotic-sockets',
      'raw-devices',
      ...dropper,
    ],
  },
  {programs: 'reboot poweroff shutdown halt kexec systemd-shutdown', needs: ['@reboot', 'CAP_SYS_BOOT', 'superuser']},
  {
    programs:
      'pipewire pipewire-pulse wireplumber pulseaudio jackd jackdbus mpd mopidy shairport-sync squeezelite squeezeslave librespot raspotify spotifyd snapserver snapclient alsactl aplay alsa-restore upmpdcli gmrender-resurrect roonbridge corosync pacemakerd',
    needs: ['realtime', 'raw-devices', 'CAP_SYS_NICE', 'CAP_IPC_LOCK', '@resources', '@memlock', 'lasting-ipc', 'locked-memory', 'shared-ipc'],
  },
  // Hardware.
  {
    programs:
      'jellyfin plexmediaserver plex emby ffmpeg frigate immich ollama llama-server llama.cpp vllm photoprism peertube zigbee2mqtt zwavejs2mqtt zwave-js-ui deconz deCONZ mosquitto-serial ser2net usbmuxd pcscd lircd lirc inputattach gpm keyd kmonad kanata evremap interception-tools xboxdrv joycond ds4drv triggerhappy thd libinput-debug-events openrgb ckb-next-daemon ratbagd fwupd fwupdmgr boltd fprintd colord saned cupsd cups-browsed tpm2-abrmd tcsd trousers rngd haveged jitterentropy-rngd hdapsd ddcutil v4l2-ctl motion mjpg_streamer ustreamer rpicam-vid libcamera-vid gphoto2 minidlnad tvheadend vdr mythbackend oscam wmbusmeters rtl_433 rtl_tcp dump1090 dump1090-fa readsb piaware acarsdec nut-driver openhab klippy klipper octoprint moonraker vcontrold owserver pigpiod',
    needs: ['raw-devices', 'exotic-sockets', 'netlink', 'CAP_SYS_RAWIO', '@raw-io', 'shared-ipc', 'proc-files'],
  },
  // Looking at other processes.
  {
    programs:
      'node_exporter prometheus-node-exporter process-exporter netdata telegraf collectd datadog-agent zabbix_agentd zabbix_agent2 zabbix_server monitorix munin-node glances htop btop atop top sar sadc pcp pmcd sysstat newrelic-infra nagios nrpe icinga2 check_mk_agent checkmk cmk-agent-ctl osqueryd falco cilium-agent sysdig bpftrace parca-agent grafana-agent alloy otelcol otel-collector filebeat metricbeat auditbeat packetbeat promtail fluent-bit fluentd vector cadvisor below beszel-agent scrutiny lsof ps pgrep pkill killall pidof clamd clamonacc freshclam maldet rkhunter chkrootkit aide ossec wazuh-agentd crowdsec falcon-sensor',
    needs: [
      'other-processes',
      'host-pids',
      'proc-files',
      'CAP_SYS_PTRACE',
      'CAP_DAC_READ_SEARCH',
      'CAP_DAC_OVERRIDE',
      'home-read',
      'netlink',
      'inet',
      'host-network',
      'host-users',
      'root-files',
      'superuser',
      'raw-devices',
      'host-control-groups',
      'kernel-log',
      'CAP_BPF',
      'CAP_PERFMON',
      'CAP_SYS_ADMIN',
      '@debug',
      '@privileged',
      'unlisted-system-calls',
      'kernel-tunables',
      'host-mounts',
      'CAP_KILL',
      'packet-sockets',
      'privileges-by-exec',
      'CAP_SYSLOG',
      'kernel-modules',
    ],
  },
  // Mail: set-group-ID helpers and other users' files.
  {
    programs:
      'sendmail exim exim4 postfix master postdrop mail mailx mutt dovecot opensmtpd smtpd qmail-send nullmailer-send procmail fetchmail getmail maildrop courier-imapd cyrmaster amavisd amavisd-new mailman spamd',
    needs: ['privileges-by-exec', 'inet', 'unix-sockets', 'netlink', 'home-read', 'home-write', 'host-users', 'write-anywhere', 'suid-files', ...dropper],
  },
  {programs: 'crontab at batch ping ping6 traceroute mtr newuidmap newgidmap unix_chkpwd', needs: ['privileges-by-exec', 'inet', 'CAP_NET_RAW']},
  // Daemons that start as root and become another user.
  {
    programs:
      'nginx apache2 httpd lighttpd caddy haproxy squid varnishd php-fpm named bind9 unbound dnsmasq pdns_server pdns_recursor knotd kresd nsd stubby coredns vsftpd proftpd pure-ftpd smbd nmbd winbindd samba nfsd rpc.mountd rpc.statd rpc.gssd rpc.idmapd rpcbind slapd ns-slapd krb5kdc kadmind sssd nscd nslcd inetd xinetd tftpd in.tftpd memcached stunnel stunnel4 privoxy tor mysqld mariadbd postgres postmaster redis-server mongod freeradius radiusd murmurd mumble-server icecast2 ircd inspircd znc transmission-daemon deluged aria2c asterisk freeswitch kamailio prosody gunicorn uwsgi',
    needs: [...dropper, 'inet', 'inet-local', 'bind-ports', 'CAP_NET_BIND_SERVICE', 'unix-sockets', 'netlink'],
  },
  {programs: 'nginx apache2 httpd lighttpd php-fpm smbd vsftpd proftpd pure-ftpd nfsd', needs: ['home-read', 'home-write']},
  {programs: 'postgres postmaster pg_ctl pg_ctlcluster oracle zabbix_server', needs: ['shared-ipc', 'lasting-ipc']},
  {programs: 'mysqld mariadbd mysqld_safe redis-server valkey-server knotd nginx', needs: ['@resources', 'CAP_SYS_RESOURCE']},
  {programs: 'rpc.gssd mount.cifs cifs.upcall keyctl ecryptfsd fscrypt kstart k5start aklog afsd', needs: ['other-keyrings', 'host-mounts', 'superuser']},
  {
    programs:
      'certbot acme.sh lego dehydrated etckeeper update-ca-certificates authselect newaliases geoipupdate useradd usermod groupadd chpasswd passwd systemd-sysusers systemd-tmpfiles ssh-keygen',
    needs: ['write-config', 'root-files', 'superuser', 'inet', 'suid-files'],
  },
  {
    programs:
      'ldconfig pip pip3 gem cargo go npm update-initramfs dracut mkinitcpio grub-mkconfig update-grub kernel-install bootctl fwupdmgr efibootmgr update-pciids update-usbids mandb updatedb systemd-hwdb depmod',
    needs: ['write-system', 'write-config', 'write-anywhere', 'superuser', 'home-write'],
  },
  {programs: 'logrotate rsync tar unzip cpio dpkg-deb bsdtar install', needs: ['suid-files', 'write-anywhere', 'host-users']},
  {programs: 'dbus-daemon dbus-broker dbus-broker-launch dbus-launch', needs: ['anything']},
  {programs: 'setarch linux32 linux64 qemu-user box86 box64 fex-emu', needs: ['personality', 'foreign-abi']},
  {
    programs: 'steamcmd srcds_run srcds_linux hlds_run steam wine wine64 winetricks valheim_server.x86_64 PalServer.sh',
    needs: ['foreign-abi', 'personality', 'write-exec-memory', 'proc-files'],
  },
  {
    programs: 'syncthing resilio rslsync dropbox insync onedrive nextcloud-client nextcloudcmd megasync mega-cmd-server',
    needs: ['home-read', 'home-write', 'netlink', 'inet'],
  },
  {
    programs: 'curl wget ssh scp sftp rclone aws gsutil az dig host nslookup ddclient inadyn cloudflared ngrok frpc frps autossh socat nc ncat',
    needs: ['inet', 'inet-local', 'unix-sockets'],
  },
]
