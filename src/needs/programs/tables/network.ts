import type {KnownPrograms} from './row.ts'
import {droppingPrivileges, loadingModules, settingUpNetwork} from './row.ts'

/** Programs that set up or watch the network of the host. */
export const network: readonly KnownPrograms[] = [
  {
    programs: 'ip',
    needs: [...settingUpNetwork, 'proc-files', 'root-files'],
    because: 'sets up the network',
    source: 'measured',
    mode: 'changesNetwork',
  },
  {
    programs: 'ip',
    needs: ['host-mounts', 'mount-namespaces', 'network-namespaces', '@mount', 'CAP_SYS_ADMIN'],
    because: 'makes network namespaces that have names',
    source: 'wg-netns#20',
    mode: 'namesNetworkNamespaces',
  },
  {
    programs: 'wg-netns vopono slirp4netns pasta passt',
    needs: [...settingUpNetwork, 'host-mounts', 'mount-namespaces', 'network-namespaces', '@mount', 'CAP_SYS_ADMIN'],
    because: 'makes network namespaces',
    source: 'wg-netns#20',
  },
  {
    programs:
      'ifup ifdown ifconfig ifplugd ifreload ifquery route brctl bridge tc vconfig mii-tool iw iwconfig wpa_cli wpa_action hostapd hostapd_cli create_ap dhclient dhcpcd dhcpcd5 udhcpc udhcpc6 pump dhcp6c rdisc6 odhcp6c pppd pppoe pppoe-start pppoe-stop pppoe-server poff pon wvdial xl2tpd openl2tpd pptpd accel-pppd vpnc openconnect ocserv openfortivpn snx charon strongswan swanctl ipsec pluto racoon iked isakmpd wg wg-quick wireguard-go boringtun boringtun-cli openvpn tincd zerotier-one tailscaled netbird nebula supernode edge n2n cjdroute yggdrasil fastd innernet softether vpnserver vpnclient vpnbridge netmaker netclient iodine iodined sing-box mihomo clash clash-meta clash-premium v2ray v2raya xray hysteria tun2socks redsocks redsocks2 dae daed geph5-client geph4-client warp-svc mullvad-daemon nordvpnd protonvpn expressvpnd olm badvpn-tun2socks sshuttle badvpn-ncd netplan pritunl pritunl-web pritunl-client-service openvpnas PanGPS vpnagentd pia-daemon ivpn-service mozillavpn awg awg-quick',
    needs: [
      ...settingUpNetwork,
      'raw-devices',
      'kernel-tunables',
      ...loadingModules,
      'packet-sockets',
      'exotic-sockets',
      'proc-files',
      'write-config',
      'root-files',
    ],
    because: 'sets up interfaces, routes or tunnels',
    source: 'tailscale/tailscale#1063; systemd.exec(5), PrivateDevices= and ProtectKernelModules=',
  },
  {
    programs: 'nft',
    // The kernel loads the modules of what netlink asks for by itself.
    needs: [...settingUpNetwork, 'unix-sockets', 'proc-files', 'root-files', '@privileged'],
    because: 'sets up packet filters by netlink',
    source: 'booted: nftables.service; nft(8)',
  },
  {
    programs:
      'iptables ip6tables iptables-legacy iptables-nft iptables-restore ip6tables-restore iptables-save ip6tables-save iptables-apply ebtables ebtables-restore arptables arptables-restore ipset conntrack conntrackd ulogd nfacct ipvsadm firewalld firewall-cmd ufw ufw-init shorewall shorewall6 ferm firehol fireqos nftables.sh fail2ban-server fail2ban-client sshguard crowdsec-firewall-bouncer cs-firewall-bouncer csf lfd opensnitchd portmaster-core miniupnpd natpmpd upnpd netfilter-persistent iptables-flush sslh',
    needs: [...settingUpNetwork, ...loadingModules, 'kernel-tunables', 'proc-files', 'write-anywhere', 'root-files', 'exotic-sockets'],
    because: 'sets up packet filters',
    source: 'measured; systemd.exec(5), ProtectKernelModules=',
  },
  {
    programs: 'bird bird6',
    needs: [
      ...settingUpNetwork,
      ...droppingPrivileges,
      // It keeps a list that has it by capset(2), all or none.
      'CAP_NET_BROADCAST',
      'CAP_NET_BIND_SERVICE',
      'CAP_SETPCAP',
      'CAP_FOWNER',
      'bind-ports',
      'unix-sockets',
      'proc-files',
    ],
    because: 'routes for the host, and becomes another user',
    source: 'booted: bird; bird, sysdep/linux/syspriv.h',
  },
  {
    programs: 'keepalived',
    needs: [
      ...settingUpNetwork,
      ...droppingPrivileges,
      'packet-sockets',
      'kernel-tunables',
      'proc-files',
      ...loadingModules,
      'realtime',
      'CAP_SYS_NICE',
      'locked-memory',
      'unix-sockets',
      // It can run in a network namespace, and has scripts run as other users.
      'network-namespaces',
      'mount-namespaces',
      'host-mounts',
      '@mount',
      'CAP_SYS_ADMIN',
      'CAP_SYS_CHROOT',
      'privileges-by-exec',
      '@resources',
    ],
    because: 'fails over for the host, and runs scripts of the administrator',
    source: 'keepalived.conf(5), net_namespace, script_user, vrrp_rt_priority; booted',
  },
  {
    programs:
      'ucarp vrrpd heartbeat corosync frr frrinit.sh watchfrr zebra bgpd ospfd ospf6d ripd ripngd isisd pimd ldpd nhrpd eigrpd babeld bfdd staticd olsrd olsrd2 batctl batadv-vis alfred batmand quagga openbgpd gobgpd exabgp holod mrouted smcroute smcrouted igmpproxy mcproxy radvd dhcrelay dhcp-helper lldpd lldpad ladvd cdpr mstpd teamd ovs-vswitchd ovsdb-server ovs-ctl ovn-ctl ovn-controller ovn-northd ovs-vsctl ovs-systemd-reload calico-node felix cilium cilium-agent kube-router flanneld weave vpp vpp_main opensm targetctl rdma ibacm srp_daemon opensm-launch',
    needs: [
      ...settingUpNetwork,
      'packet-sockets',
      'exotic-sockets',
      // BIRD, Quagga and FRR keep a list that has it by capset(2), all or none.
      'CAP_NET_BROADCAST',
      'kernel-tunables',
      'proc-files',
      ...loadingModules,
      'realtime',
      'CAP_SYS_NICE',
      'raw-devices',
      'locked-memory',
    ],
    because: 'routes, switches or fails over for the host',
    source: 'systemd.exec(5), ProtectKernelTunables=; linux-rdma/rdma-core#1089',
  },
  {
    programs: 'dhcpd dhcpd6 kea-dhcp4 kea-dhcp6 kea-dhcp-ddns dnsmasq udhcpd dhcpy6d coredhcp AdGuardHome pihole-FTL pihole pixiecore',
    needs: ['packet-sockets', 'netlink', 'inet', 'bind-ports', 'CAP_NET_RAW', 'CAP_NET_ADMIN', 'CAP_NET_BIND_SERVICE', 'host-network', 'proc-files'],
    because: 'hands out addresses',
    source: 'danderson/netboot#57; AdguardTeam/AdGuardHome#1193',
  },
  {
    programs:
      'tcpdump dumpcap tshark wireshark suricata snort snort3 zeek bro arping arpwatch arp-scan arpalert addrwatch nmap masscan zmap ntopng nprobe pmacctd nfpcapd softflowd fprobe netsniff-ng ngrep darkstat vnstatd vnstat nethogs iftop iptraf iptraf-ng bandwhich bmon nload sflow hsflowd p0f kismet kismet_server aircrack-ng airmon-ng netdiscover ettercap bettercap packetbeat pwnagotchi etherwake wakeonlan zeekctl broctl nessusd nessus-service openvas ospd-openvas',
    needs: [
      'packet-sockets',
      'netlink',
      'inet',
      'CAP_NET_RAW',
      'CAP_NET_ADMIN',
      'CAP_SETUID',
      'CAP_SETGID',
      '@setuid',
      'exotic-sockets',
      'host-network',
      'superuser',
      'proc-files',
    ],
    because: 'captures or makes packets',
    source: 'measured for tcpdump and arping; systemd.exec(5), RestrictAddressFamilies=',
  },
  {
    programs: 'ping ping6 fping oping noping traceroute traceroute6 tracepath mtr mtr-packet smokeping',
    needs: ['inet', 'CAP_NET_RAW', '@setuid', 'privileges-by-exec'],
    because: 'sends probes by raw sockets',
    source: 'measured for ping',
  },
  {
    programs:
      'unbound unbound-anchor fdns avahi-daemon avahi-autoipd mdnsd mdnsresponder syncthing resilio rslsync transmission-daemon aria2c deluged rtorrent amuled ipfs kubo bitcoind geth lnd lightningd monerod mediamtx minidlnad gerbera rygel nmbd wsdd wsdd2 snmpd snmptrapd upsd nqptp dnscrypt-proxy stubby kresd knotd named pdns_recursor coredns consul nomad vault etcd serf memberlist ray raylet janus jicofo jvb turnserver coturn prosody tor i2pd i2prouter jackett homebridge matter-server chip-tool mosquitto syncplay dragonfly keydb-server rabbitmq-server beam.smp epmd',
    needs: ['netlink', 'inet', 'inet-local', 'bind-ports'],
    because: 'lists the interfaces of the host',
    source: 'NLnetLabs/unbound#350; netblue30/fdns#15; danderson/netboot#57',
  },
  {
    programs:
      'curl wget aria2c lftp ftp sftp scp ssh autossh mosh telnet nc ncat netcat socat dig host nslookup drill kdig whois rclone aws gsutil gcloud az doctl s3cmd mc hub gh ddclient inadyn ddns-go noip2 dynv6 cloudflared ngrok frpc frps bore rathole chisel gost ss-server ss-local ss-redir ss-tunnel ss-manager sslocal ssserver naive naiveproxy trojan trojan-go brook realm msmtp ssmtp swaks mbsync isync fetchmail offlineimap getmail imapfilter yt-dlp youtube-dl streamlink rsyncd unison lsyncd svnserve git-daemon tailscale speedtest speedtest-cli iperf iperf3 netperf netserver ntfy gotify apprise',
    needs: ['inet', 'inet-local'],
    because: 'talks to other hosts',
    source: 'systemd.exec(5), RestrictAddressFamilies=',
    mode: 'reachesOthers',
  },
  {
    programs: 'ssh scp sftp autossh git svn hg mosh rsync sshfs',
    needs: ['home-read'],
    because: 'reads keys and known hosts in the home directory',
    source: 'measured for ssh',
  },
  {
    programs: 'ssh scp sftp autossh mosh sshfs',
    needs: ['home-write'],
    because: 'notes the keys of hosts in the home directory',
    source: 'ssh(1); booted: rsync by ssh in a job of root',
    mode: 'notesHosts',
  },
  {
    programs: 'rsync',
    needs: ['home-write'],
    because: 'has `ssh` note the keys of hosts in the home directory',
    source: 'rsync(1), ssh(1); booted in a job of root',
    mode: 'notesHostsByShell',
  },
  {
    programs: 'chronyd ptp4l phc2sys',
    needs: ['CAP_NET_ADMIN'],
    because: 'can have the network card stamp packets',
    source: 'chrony.conf(5), hwtimestamp; SIOCSHWTSTAMP',
  },
  {
    programs: 'collectd collectdmon telegraf',
    needs: ['CAP_NET_ADMIN', 'CAP_NET_RAW'],
    because: 'can count what packet filters let through, and ping',
    source: 'collectd.conf(5), iptables and ping; telegraf, inputs.iptables',
  },
  {
    programs: 'socat',
    needs: ['CAP_NET_ADMIN', 'CAP_NET_RAW', 'packet-sockets', 'raw-devices', 'exotic-sockets', 'netlink', 'CAP_SYS_RAWIO', 'kernel-tunables'],
    because: 'can make and use network interfaces, and talk to devices that are plugged in',
    source: 'socat(1), TUN, INTERFACE, VSOCK-CONNECT, OPEN',
    mode: 'reachesBeyondSockets',
  },
  {
    programs: 'sslh haproxy envoy squid tinyproxy stunnel stunnel4 unbound tor trafficserver traffic_server',
    needs: ['CAP_NET_ADMIN', 'CAP_NET_RAW'],
    because: 'can take over foreign addresses',
    source: 'stunnel(8), transparent; unbound.conf(5), ip-transparent; tor(1), TransProxyType; untried',
  },
  {
    programs:
      'ndppd parprouted arpd farpd arp-scan arpalert igmpproxy pimd pim6sd smcroute smcrouted mrouted omping avahi-autoipd ndisc6 rdnssd radvdump nping nmap masscan zmap hping3 unicornscan ettercap bettercap airodump-ng airmon-ng aireplay-ng aircrack-ng kismet kismet_server kismet_cap_* ntopng nprobe fprobe softflowd pmacctd nfpcapd yaf argus p0f darkstat iftop nethogs bmon ngrep tcpflow tcpreplay tcpslice dumpcap netsniff-ng trafgen ifpps daemonlogger passivedns dnstop dnscap arpspoof dsniff sslsplit macchanger etherwake ether-wake wakeonlan rarpd bootparamd in.rarpd mrd6 olsrd olsrd2 babeld batmand alfred n2n edge supernode tincd fastd zerotier-one tailscaled nebula gvpe vtund openconnect vpnc strongswan charon charon-systemd pluto racoon',
    needs: [...settingUpNetwork, 'packet-sockets', 'exotic-sockets', 'raw-devices', 'kernel-tunables', 'proc-files', '@privileged'],
    because: 'reads or makes packets of the network itself',
    source: 'packet(7); raw(7); manuals of the programs',
  },
  {
    programs: 'mullvad-daemon',
    needs: ['control-groups', 'host-control-groups', 'host-mounts', '@mount', 'CAP_SYS_ADMIN'],
    because: 'keeps programs out of its tunnel by a control group that it mounts',
    isPartial: true,
    source: 'mullvad.net, split tunneling on Linux',
  },
  {
    programs: 'ulogd',
    needs: ['@resources', 'CAP_SYS_NICE'],
    because: 'comes before others, so that it loses no packet',
    isPartial: true,
    source: 'booted: ulogd2.service; ulogd(8)',
  },
  {
    programs: 'openvpn ospd-openvas openvas arpwatch addrwatch zeekctl broctl zeek suricata snort snort3',
    needs: ['privileges-by-exec', '@resources', 'CAP_SYS_NICE'],
    because: 'runs scripts and helpers that have privileges, and pins or renices itself where it is told to',
    isPartial: true,
    source: 'openvpn(8), nice; arpwatch(8); ospd-openvas, sudo; zeekctl, pin_cpus',
  },
  {
    programs:
      'gatus uptime-kuma upsnap smokeping_prober ping_exporter blackbox_exporter prometheus-blackbox-exporter hass homeassistant home-assistant librenms-service.py turnserver coturn domoticz',
    needs: ['privileges-by-exec', 'CAP_NET_RAW', 'CAP_NET_BIND_SERVICE', 'CAP_NET_ADMIN'],
    because: 'may have capabilities of its file, or run what has',
    isPartial: true,
    source: 'prometheus/blackbox_exporter, README; home-assistant.io, Bluetooth; setcap(8)',
  },
]
