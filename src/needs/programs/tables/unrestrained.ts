import type {KnownPrograms} from './row.ts'

/** Programs that do what others ask of them, so that nothing can be known of what they need. */
export const unrestrained: readonly KnownPrograms[] = [
  {
    programs:
      'sshd sshd-session hpnsshd dropbear telnetd in.telnetd utelnetd rlogind in.rlogind rshd in.rshd agetty getty mingetty fgetty mgetty login sulogin systemd-sulogin-shell ttyd wetty gotty shellinaboxd cockpit-ws cockpit-session cockpit-tls code-server code-tunnel openvscode-server rserver rstudio-server jupyterhub jupyter jupyter-lab jupyter-notebook vncserver x0vncserver Xvnc x11vnc xrdp xrdp-sesman teleport newt mosh-server emacs emacsclient tmate tigervncsession tigervncsession-start x2gothinclientd x2gocdmanager veyon-service veyon-server dbus-daemon dbus-broker dbus-broker-launch dbus-launch at-spi-bus-launcher tailscaled netbird code code-insiders codium vncsession vncsession-start Xtigervnc tigervncserver vncserver-x11-serviced vncserver-x11-core wayvnc vino-server kasmvncserver etserver etterminal gnome-remote-desktop-daemon krdpserver xpra nxserver nxserver.bin nxd nxexec nxnode parsecd tinysshd tinysshnoneauthd zeppelin-daemon.sh zeppelin.sh coder',
    needs: ['anything'],
    because: 'lets users in, who run what they like',
    source: 'fosrl/newt#383; freeipa/freeipa-container#561; tailscale(8), up --ssh',
  },
  {
    programs:
      'tmux screen dtach abduco zellij supervisord circusd runit runsv runsvdir s6-svscan s6-svc s6-supervise s6-rc dinit init openrc monit systemd systemd-run systemd-socket-activate pm2 pm2-runtime foreman honcho overmind god bluepill inetd inetutils-inetd openbsd-inetd xinetd rlinetd tcpserver tcpsvd ipsvd svscanboot pacemakerd pacemaker-remoted pacemaker_remoted ctdbd bosserver runsvdir-start drbd-reactor',
    needs: ['anything'],
    because: 'starts other services',
    source: 'systemd.exec(5)',
  },
  {
    programs:
      'direvent oddjobd sec ps-watcher snmptt iwatch autosuspend ldirectord clsync corosync-notifyd networkd-dispatcher netplugd laptop_mode laptop-mode usb_modeswitch_dispatcher irexec thd triggerhappy scanbd swhkd swayidle hypridle xidlehook xautolock xss-lock',
    needs: ['anything'],
    because: 'runs what its configuration has it run',
    source: 'the manual of each',
  },
  {
    programs: 'fcgiwrap spawn-fcgi multiwatch webhook',
    needs: ['anything'],
    because: 'runs the scripts of others',
    source: 'booted: fcgiwrap with a script that leaves a file in /tmp',
  },
  {
    programs:
      'cron crond go-crond gocron dkron cronsun crontab-ui anacron fcron dcron cronie atd incrond supercronic ofelia rundeck rundeckd airflow prefect dagster luigid n8n node-red huginn slurmd arched arc-arex-start arc-arex-ws-start slurmctld slurmstepd pbs_mom pbs_server condor_master sge_execd nomad boinc boinc_client globus-gatekeeper node-red-pi fah-client FAHClient awx-manage semaphore dagu kestra cronicle',
    needs: ['anything'],
    because: 'runs the jobs of others',
    source: 'fosrl/newt#383',
  },
  {
    programs: 'codex gemini gemini-cli opencode openclaw clawdbot moltbot aider goosed crush cursor-agent copilot qwen-code openhands opendray hermes-agent',
    needs: ['anything'],
    because: 'runs what a model tells it to',
    source: 'Opendray/opendray#218',
  },
  {
    programs:
      'github-runner gitlab-runner debci act_runner forgejo-runner gitea-runner Runner.Listener runsvc.sh jenkins jenkins-agent jenkins.war agent.jar swarm-client remoting buildkite-agent buildbot buildbot-worker buildslave bamboo-agent teamcity-agent TeamCity.sh drone-runner woodpecker-agent concourse gocd go-agent zuul-executor hydra-queue-runner nix-daemon lix-daemon guix-daemon koji kojid mock bazel distccd icecc-scheduler iceccd debomatic lava-worker lava-dispatcher-host lava-dispatcher-host-server bs_worker obsworker',
    needs: ['anything'],
    because: 'builds and tests what others give it',
    source: 'systemd/systemd#43314; nixpkgs#377827',
  },
  {
    programs: 'docker',
    needs: ['anything'],
    because: 'runs containers, which may need anything',
    source: 'k0sproject/k0s#5958; systemd.exec(5)',
    mode: 'worksOnContainers',
  },
  {
    programs: 'docker',
    needs: ['unix-sockets', 'home-read'],
    because: 'asks a daemon by its socket, as a config in the home of its user says',
    source: 'docker(1), docker-config-json(5)',
  },
  {
    programs:
      'dockerd docker-proxy docker-compose dockerd-rootless.sh containerd containerd-shim nerdctl ctr podman podman-compose buildah buildkitd kubelet kube-proxy k3s k3s-agent k0s rke2 microk8s minikube kind crio cri-o cri-dockerd runc crun youki lxc lxc-start lxc-stop lxc-autostart lxcfs lxd incus incusd incus-user systemd-nspawn rkt balena-engine balenad kata-runtime firecracker jailer fireactions singularity apptainer hassio-supervisor flanneld flannel',
    needs: ['anything'],
    because: 'runs containers, which may need anything',
    source: 'k0sproject/k0s#5958; systemd.exec(5)',
  },
  {
    programs:
      'libvirtd virtqemud virtlxcd virtnetworkd virtstoraged virtnodedevd virtlogd qemu-system-* qemu-kvm kvm qemu-pr-helper vboxwebsrv VBoxHeadless VBoxSVC vboxmanage VBoxManage vmware-hostd vmware-networks vmrun xl xenstored xenconsoled cloud-hypervisor crosvm pve-cluster pmxcfs pvedaemon pveproxy qmeventd waydroid',
    needs: ['anything'],
    because: 'runs virtual machines',
    source: 'meta-seapath#283',
  },
  {
    programs: 'snapd flatpak flatpak-system-helper flatpak-session-helper appimaged bubblejail firejail toolbox distrobox',
    needs: ['anything'],
    because: 'runs applications in sandboxes of its own',
    source: 'bubblejail#62',
  },
  {
    programs:
      'gdm gdm3 gdm-wayland-session sddm lightdm lxdm xdm kdm wdm tdm slim ly greetd emptty nodm X Xorg Xwayland Xephyr startx xinit xorg-launch weston sway kwin_wayland kwin_x11 plasmashell mutter gnome-shell gnome-session gnome-session-binary cage labwc river hyprland Hyprland niri phosh kodi kodi-standalone bspwm i3 dwm openbox awesome xmonad termite alacritty kitty foot xterm st urxvt urxvtd gnome-terminal-server sunshine',
    needs: ['anything'],
    because: 'starts the programs of its user',
    source: 'systemd.exec(5)',
  },
  {
    programs:
      'puppet puppet-agent chef-client chef-solo cinc-client salt-minion salt-master salt-call ansible-pull ansible-playbook cfengine cf-execd cf-agent cf-serverd cf-monitord cf-hub cf-reactor rudder itamae cloud-init cloud-final cloud-config nodeadm nodeadm-internal amazon-ssm-agent google_guest_agent google_metadata_script_runner google_metadata_script_runner_adapt google_startup_scripts waagent afterburn ignition coreos-installer coreos-metadata fioconfig landscape-client rhsmcertd insights-client foreman-tasks mcollectived tacticalrmm meshagent rustdesk anydesk teamviewerd osqueryd google_osconfig_agent elastic-agent glpi-agent fusioninventory-agent ocsinventory-agent wazuh-control ossec-control wazuh-execd qualys-cloud-agent start-amazon-cloudwatch-agent',
    needs: ['anything'],
    because: 'sets up the system as it is told from elsewhere',
    source: 'freeipa/freeipa-container#561',
  },
  {
    programs:
      'apt apt-get aptitude dpkg pihole dpkg-reconfigure unattended-upgrade unattended-upgrades unattended-upgrade-shutdown apt.systemd.daily packagekitd dnf dnf5 dnf-automatic dnf-3 yum yum-cron microdnf rpm zypper transactional-update pacman pacman-key paccache paru yay pamac pamac-daemon checkupdates emerge eix-sync apk opkg xbps-install swupd eopkg rpm-ostree rpm-ostreed ostree bootc rauc mender mender-update swupdate aktualizr systemd-sysupdate systemd-sysext systemd-confext snapper timeshift brew topgrade uupd fwupdmgr fwupd',
    needs: ['anything'],
    because: 'installs software, whose scripts may do anything',
    source: 'fwupd/fwupd#7342; freeipa/freeipa-container#561',
  },
  {
    programs:
      'systemd-sysusers systemd-firstboot systemd-machine-id-setup systemd-growfs systemd-makefs systemd-repart systemd-cryptsetup systemd-cryptenroll systemd-udevd systemd-modules-load systemd-sysctl systemd-hwdb systemd-tty-ask-password-agent systemd-networkd-wait-online systemd-logind systemd-networkd systemd-resolved systemd-homed systemd-machined udevadm udevd eudev mdev service rc-service invoke-rc.d telinit portablectl bootctl homectl netctl netctl-auto',
    needs: ['anything'],
    because: 'sets up the system',
    source: 'systemd.exec(5)',
  },
  {
    programs: 'systemd-tmpfiles',
    needs: ['anything'],
    because: 'sets up the system',
    source: 'systemd.exec(5)',
    mode: 'setsUpSystem',
  },
  {
    programs: 'systemd-tmpfiles',
    needs: [
      'write-system',
      'write-config',
      'write-anywhere',
      'home-read',
      'home-write',
      'shared-tmp',
      'kernel-tunables',
      'raw-devices',
      'suid-files',
      'group-writable-files',
      'world-writable-files',
      'root-files',
      'host-users',
      'superuser',
      'fixed-user',
      'proc-files',
      'unix-sockets',
      '@chown',
      '@privileged',
      'CAP_CHOWN',
      'CAP_DAC_OVERRIDE',
      'CAP_DAC_READ_SEARCH',
      'CAP_FOWNER',
      'CAP_FSETID',
      'CAP_MKNOD',
      'CAP_LINUX_IMMUTABLE',
      'CAP_SETFCAP',
      'CAP_MAC_ADMIN',
      'CAP_SYS_ADMIN',
    ],
    because: 'makes files, folders and devices with the owners and rights that its lists say',
    source: 'tmpfiles.d(5); booted: nut-server',
  },
  {
    programs:
      'fsck fsck.* systemd-fsck e2fsck e2scrub e2scrub_all tune2fs resize2fs xfs_repair xfs_growfs mkfs mkfs.* mke2fs mkswap swapon swapoff cryptsetup veritysetup integritysetup losetup kpartx multipath multipathd lvm lvmpolld lvmetad lvmdbusd dmeventd dmsetup vgchange vgscan vgcreate vgextend lvchange lvcreate lvextend lvremove lvs pvscan pvcreate mdadm mdmon parted partprobe sgdisk sfdisk fdisk growpart bcache-super-show stratisd vdo drbdadm drbdsetup sbd sanlock wdmd sanlk-resetd dlm_controld lvmlockd e4defrag xfs_fsr xfs_scrub xfs_scrub_all quotaon quotaoff quotacheck checkarray mdcheck eject badblocks',
    needs: ['anything'],
    because: 'works on disks and volumes, often while the system starts',
    source: 'borgmatic, sample unit; systemd-swap#154',
  },
  {
    programs:
      'sudo su doas runuser pkexec polkitd polkit-agent-helper-1 polkit-gnome-authentication-agent-1 run0 gosu su-exec setpriv chpst setuidgid s6-setuidgid capsh',
    needs: ['superuser', 'privileges-by-exec', '@setuid', 'CAP_SETUID', 'CAP_SETGID', 'host-users'],
    because: 'acts as another user',
    source: 'measured',
  },
  {
    programs: 'sudo su runuser',
    needs: ['CAP_AUDIT_WRITE', 'netlink'],
    because: 'tells the audit what it does, or fails as root',
    source: 'pam(8); booted: nagios-nrpe-server with a command by sudo',
  },
  {
    programs: 'polkitd rtkit-daemon elogind',
    needs: ['other-processes', 'host-pids', 'proc-files'],
    because: 'looks up in /proc who asks',
    source: 'booted: polkitd asked by pkcheck -p about a process of root',
  },
  {
    programs:
      'NetworkManager nm-online nm-dispatcher connmand connmand-wait-online wicked wickedd wickedd-nanny ModemManager ofonod wpa_supplicant iwd udisksd udisks-daemon udevil udiskie upowerd accounts-daemon gvfsd colord rtkit-daemon boltd switcheroo-control geoclue bluetoothd obexd plymouthd plymouth psplash psplash-systemd vmtoolsd VGAuthService VBoxService VBoxClient VBoxDRMClient qemu-ga spice-vdagentd spice-vdagent hv_kvp_daemon hv_vss_daemon hv_fcopy_daemon hypervkvpd hypervvssd hypervfcopyd prltoolsd seatd seatd-launch asusd supergfxd system76-power com.system76.PowerDaemon tccd legiond slimbookbattery slimbookbattery-service prime-select',
    needs: ['anything'],
    because: 'manages hardware, networks or the guest for the whole system',
    source: 'storaged-project/udisks#647; hughsie/colord#153',
  },
  {
    programs:
      'plinth freedombox-privileged yunohost yunohost-api omv-engined webmin miniserv.pl ajenti-panel casaos casaos-local-storage casaos-app-management 1panel 1panel-core 1panel-agent BT-Panel lscpd umbreld middlewared xapi zentyal univention-management-console-server univention-directory-listener',
    needs: ['anything'],
    because: 'administers the whole system, by `sudo` where it is not root',
    source: 'booted: plinth.service; webmin/webmin, mount; truenas/middleware, plugins/sysctl; IceWhaleTech/CasaOS-LocalStorage, service/v2/mount.go',
  },
  {
    programs: 'lynis oscap',
    needs: ['anything'],
    because: 'audits the system, and would audit the sandbox instead',
    source: 'lynis(8); oscap(8)',
  },
  {
    programs: 'kvmd-certbot',
    needs: ['anything'],
    because: 'has `sudo` ask for certificates, and tries them behind mounts of its own',
    source: 'pikvm/kvmd, scripts/kvmd-certbot',
  },
  {
    programs: 'spamassassin-maint',
    needs: ['anything'],
    because: 'runs the hooks of other packages after an update',
    source: 'its own text in spamassassin of Debian; sa-update-hooks.d',
  },
  {
    programs: 'sitesummary-client',
    needs: ['anything'],
    because: 'runs all scripts of a folder, which list what the machine has',
    source: 'sitesummary-client(8); its collect.d: dmidecode, ipmitool, hdparm, lspci',
  },
  {
    programs:
      'ds_agent cbagentd cbdaemon falcond falcon-sensor falconctl sentinelctl wdavdaemon mdatp sophos_watchdog savd traps_pmd pmd eraagent esets_daemon eea oaeventd kesl bdsrvscand xagt velociraptor system-probe security-agent',
    needs: ['anything'],
    because: 'guards the whole system, and does what it is told to from elsewhere',
    source: 'the manual of each',
  },
]
