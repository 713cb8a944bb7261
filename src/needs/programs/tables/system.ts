import type {KnownPrograms} from './row.ts'
import {droppingPrivileges, loadingModules, mounting} from './row.ts'

/** Programs that deal with the kernel, the machine, and what is plugged into it. */
export const system: readonly KnownPrograms[] = [
  {
    programs:
      'mount mount.* mountall umount umount.* fusermount fusermount3 sshfs s3fs gcsfuse goofys mergerfs unionfs encfs gocryptfs cryfs securefs davfs2 curlftpfs bindfs ntfs-3g exfat-fuse squashfuse fuse-overlayfs glusterfs ceph-fuse rbd juicefs vmhgfs-fuse jmtpfs simple-mtpfs ifuse automount autofs amd zfs zpool zed btrfs bees beesd btrfsmaintenance lxcfs overlayroot dislocker cryptmount',
    needs: [...mounting, 'raw-devices', 'privileges-by-exec'],
    because: 'mounts file systems for others to see',
    source: 'measured for mount, umount, and sshfs; systemd.exec(5), PrivateMounts=',
  },
  {
    programs: 'rclone restic borg kopia juicefs',
    needs: [...mounting, 'raw-devices', 'privileges-by-exec'],
    because: 'mounts what it has stored',
    source: 'systemd.exec(5), PrivateMounts=',
    mode: 'mounts',
  },
  {
    programs:
      'hdparm sdparm smartctl smartd nvme nbd-client nbd-server iscsid iscsiadm tgtd targetctl targetcli fstrim fsfreeze blkid blkdiscard lsblk dd_rescue zramctl zramstart zram-generator zramswap hd-idle hddtemp ledmon sanoid syncoid',
    needs: [...mounting, 'raw-devices', 'CAP_SYS_RAWIO', '@raw-io', '@swap', ...loadingModules, 'kernel-tunables', 'root-files', 'privileges-by-exec'],
    because: 'works on disks and volumes',
    source: 'systemd.exec(5), PrivateDevices=',
  },
  {
    programs:
      'systemctl busctl midclt loginctl hostnamectl localectl timedatectl networkctl resolvectl homectl machinectl userdbctl coredumpctl journalctl initctl dbus-send gdbus systemd-resolve systemd-inhibit nmcli bluetoothctl firewall-cmd rndc wpa_cli',
    needs: ['unix-sockets', 'host-pids', 'root-files', 'superuser'],
    because: 'has a daemon of the system act for it',
    source: 'measured for systemctl and busctl',
  },
  {
    programs: 'systemctl reboot poweroff halt shutdown kexec',
    needs: ['@reboot', 'CAP_SYS_BOOT', 'unix-sockets', 'superuser'],
    because: 'can stop the machine itself',
    source: 'reboot(2)',
  },
  {
    programs: 'modprobe insmod rmmod lsmod depmod kmod dkms akmods akmodsbuild kmodtool',
    needs: [...loadingModules, 'superuser'],
    because: 'works on kernel modules',
    source: 'meta-seapath#283',
  },
  {
    programs:
      'dkms akmods update-initramfs mkinitramfs mkinitcpio dracut grub-mkconfig grub2-mkconfig update-grub grub-install kernel-install bootctl efibootmgr kexec installkernel ukify limine sbctl ldconfig update-pciids update-usbids mandb systemd-hwdb fc-cache gtk-update-icon-cache glib-compile-schemas',
    needs: ['write-system', 'write-config', 'write-anywhere', 'superuser', 'root-files', 'host-mounts'],
    because: 'writes what belongs to the system',
    source: 'systemd.exec(5), ProtectSystem=',
  },
  {
    programs:
      'pip pip3 pipx gem bundle cargo go npm yarn pnpm composer cpan cpanm conda mamba luarocks gradle mvn make cmake ninja meson rustup nvm gcc cc g++ clang ld cc1',
    needs: ['write-anywhere', 'home-read', 'home-write', 'suid-files', 'inet', 'pseudo-devices'],
    because: 'fetches and builds software',
    source: 'untried',
  },
  {programs: 'pip pip3 gem cpan cpanm ldconfig', needs: ['write-system'], because: 'installs for all users', source: 'systemd.exec(5), ProtectSystem='},
  {
    programs:
      'tuned tuned-adm irqbalance thermald powertop tlp auto-cpufreq cpupower cpufreqd cpufreq-set powerprofilesctl power-profiles-daemon ksmtuned ksmctl numad ananicy ananicy-cpp gamemoded scx_loader scx_* preload laptop_mode undervolt intel-undervolt throttled ryzenadj x86_energy_perf_policy turbostat rtcwake setserial',
    needs: [
      'kernel-tunables',
      'proc-files',
      'raw-devices',
      'CAP_SYS_RAWIO',
      '@raw-io',
      'CAP_SYS_ADMIN',
      'CAP_SYS_NICE',
      'superuser',
      ...loadingModules,
      'control-groups',
      'host-control-groups',
      'other-processes',
      'host-pids',
      'realtime',
      '@resources',
    ],
    because: 'tunes the kernel and other processes',
    source: 'systemd.exec(5), ProtectKernelTunables=',
  },
  {
    programs:
      'usbguard usbguard-daemon usbguard-dbus thinkfan fancontrol nbfc nbfc_service fand fan2go mbpfan i8kfan i8kmon macfanctld sensors sensors-detect coolercontrold liquidctl nvidia-smi nvidia-persistenced nvidia-powerd nvidia-modprobe nvidia-fabricmanager nv-hostengine amdgpu-fan lact lactd setpci ipmitool ipmi-sensors ipmievd openipmi-helper bmc-watchdog watchdog wd_keepalive rasdaemon mcelog edac-util edac-ctl acpid apcupsd upsd upsdrvctl upsmon nut-server apctest i2cset i2cget i2cdetect i2cdump gpioset gpioget gpiomon gpioinfo pigpiod tpm2-abrmd tcsd trousers swtpm rngd haveged jitterentropy-rngd hdapsd rfkill urfkilld brightnessctl xbacklight ddcutil beep setleds kbd_mode setfont loadkeys kbdrate setterm chvt openvt deallocvt fbset fbi v4l2-ctl ethtool phosphor-* fw_setenv fw_printenv flashrom flashcp nandwrite mtd_debug devmem devmem2',
    needs: ['raw-devices', 'kernel-tunables', 'CAP_SYS_RAWIO', '@raw-io', 'CAP_SYS_ADMIN', 'superuser', ...loadingModules, 'proc-files', 'netlink'],
    because: 'drives hardware',
    source: 'usbguard/usbguard#363; systemd.exec(5), PrivateDevices=',
  },
  {
    programs:
      'jellyfin Jellyfin plex plexmediaserver emby EmbyServer ffmpeg ffprobe gst-launch-1.0 vlc cvlc mpv mplayer frigate immich-server photoprism peertube motion motioneye meyectl mjpg_streamer ustreamer rpicam-vid rpicam-still libcamera-vid raspistill raspivid gphoto2 v4l2loopback-ctl v4l2rtspserver mediamtx go2rtc shinobi zoneminder zmpkg.pl zmdc.pl tvheadend vdr mythbackend mythfrontend minisatip oscam dvblast handbrake HandBrakeCLI tdarr unmanic obs',
    needs: ['raw-devices', 'shared-ipc', 'proc-files', 'netlink'],
    because: 'uses graphics processors, cameras or tuners where there are any',
    source: 'YunoHost-Apps/peertube_ynh#296; nixpkgs#347056; nixpkgs#152008',
  },
  {
    programs: 'cupsd cups-browsed lpd',
    needs: ['raw-devices', 'exotic-sockets', 'netlink'],
    because: 'prints by cable and by Bluetooth',
    source: 'backend(7): usb, serial, bluetooth; booted',
  },
  {
    programs:
      'zigbee2mqtt inputlircd zwave-js-ui zwavejs2mqtt deCONZ deconz ser2net ser2sock minicom picocom gpsd gpspipe ntripclient rtkrcv str2str usbmuxd usbip usbipd pcscd lircd lircmd irexec inputattach gpm keyd kmonad kanata evremap udevmon xremap input-remapper-service xboxdrv joycond ds4drv triggerhappy thd actkbd logkeys libinput-debug-events openrgb ckb-next-daemon ratbagd razer-daemon openrazer-daemon solaar fprintd saned scanbd scanbuttond octoprint klipper klippy klippy.py moonraker pronterface wmbusmeters rtl_433 rtl_tcp rtl_fm rtlamr dump1090 dump1090-fa dump1090-mutability dump978-fa readsb piaware acarsdec dumpvdl2 direwolf rigctld multimon-ng SoapySDRServer AIS-catcher openwebrx openhab hass homeassistant home-assistant domoticz fhem fhem.pl homegear vcontrold owserver owfs knxd ebusd mbusd mbpoll brltty speech-dispatcher adb adbd fastboot can-utils candump cansend canplayer slcand slcan_attach cannelloni socketcand',
    needs: ['raw-devices', 'exotic-sockets', 'netlink', 'CAP_SYS_RAWIO', 'kernel-tunables'],
    because: 'talks to devices that are plugged in',
    source: 'unit files of several projects; systemd.exec(5), PrivateDevices=',
  },
  {
    programs:
      'bluetoothctl bluealsa bluealsad bluez-alsa hciconfig hcitool hciattach hciattach_* rtk_hciattach btattach btmgmt brcm_patchram_plus bt-agent bt-network blueman-mechanism hass homeassistant home-assistant rfcomm sdptool obexpushd',
    needs: ['exotic-sockets', 'raw-devices', 'CAP_NET_ADMIN', 'CAP_NET_RAW', 'unix-sockets'],
    because: 'speaks Bluetooth',
    source: 'systemd.exec(5), RestrictAddressFamilies=',
  },
  {
    programs:
      'pipewire pipewire-pulse pipewire-media-session wireplumber pulseaudio pactl pacmd jackd jackdbus jack_control a2jmidid fluidsynth timidity qsynth mpd mopidy shairport-sync shairplay squeezelite squeezeslave librespot raspotify spotifyd snapserver snapclient alsactl aplay arecord amixer alsaloop upmpdcli gmediarender gmrender-resurrect roonbridge RoonBridge owntone forked-daapd camilladsp easyeffects sox play ardour mpg123 mpg321 mumble murmurd darkice ices ices2 liquidsoap butt',
    needs: ['realtime', 'raw-devices', 'CAP_SYS_NICE', 'CAP_IPC_LOCK', '@resources', '@memlock', 'locked-memory', 'shared-ipc', 'lasting-ipc', 'home-read'],
    because: 'plays or records sound in real time',
    source: 'storaged-project/udisks#647; mpd bug 4608',
  },
  {
    programs:
      'hackrf_* airspy_* rtl_biast rtl_test SoapySDRUtil uhd_* limesdr openocd avrdude stm32flash st-flash st-util esptool esptool.py dfu-util dfu-programmer picotool probe-rs JLinkExe JLinkGDBServer sigrok-cli gphoto2 scanimage brscan-skey brsaneconfig4 hp-plugin hplip lprint uhubctl usbreset usb_modeswitch sispmctl ykpersonalise ykchalresp opensc-tool pkcs11-tool pkcsslotd tpm2_* tpm2-abrmd upsdrvctl usbhid-ups blazer_usb nutdrv_qx snmp-ups rdmsr wrmsr i7z ryzenadj intel-undervolt amdctl x86_energy_perf_policy smbios-* dmidecode biosdecode vpddecode sensors sensors-detect pwmconfig nbfc nbfc_service liquidctl corsairmi evtest ydotoold uinput* wiimote* digitemp digitemp_* usbtemp pigpiod pigs gpioset gpioget gpiomon raspi-gpio pinctrl vcgencmd raspivid raspistill libcamera-* rpicam-* picamera* lirc-* cec-client cec-ctl stty setserial sg_* sas3ircu sas2ircu storcli storcli64 megacli MegaCli64 arcconf hpssacli ssacli ledmon ledctl sdparm blkdiscard badblocks ddrescue testdisk mtx mt tapeinfo',
    needs: ['raw-devices', 'CAP_SYS_RAWIO', '@raw-io', 'kernel-tunables', 'kernel-modules', 'superuser'],
    because: 'talks to hardware',
    source: 'manuals of the programs; systemd.exec(5), PrivateDevices=',
  },
  {
    programs:
      'chvt openvt deallocvt loadkeys dumpkeys setfont kbd_mode kbdrate setleds setvtrgb setterm fgconsole unicode_start fbset fbterm fbi con2fbmap kmscon',
    needs: ['raw-devices', 'CAP_SYS_TTY_CONFIG', 'superuser', 'root-files'],
    because: 'sets up consoles',
    source: 'chvt(1); loadkeys(1)',
  },
  {
    programs: 'kexec kdumpctl kdump-config makedumpfile crash',
    needs: [
      'CAP_SYS_BOOT',
      '@reboot',
      'kernel-modules',
      '@module',
      'CAP_SYS_MODULE',
      'kernel-tunables',
      'raw-devices',
      'proc-files',
      'root-files',
      'superuser',
    ],
    because: 'loads or looks at a kernel',
    source: 'kexec(8)',
  },
  {programs: 'criu', needs: ['anything'], because: 'freezes processes and brings them back with all that they have', source: 'criu(8)'},
  {programs: 'install mkdir', needs: ['suid-files'], because: 'sets the set-group-ID bit of what it makes', source: 'install(1)', mode: 'makesIdBits'},
  {
    programs: 'ptp4l phc2sys ts2phc timemaster',
    needs: ['packet-sockets', 'raw-devices', 'netlink', 'host-network', 'CAP_NET_RAW', 'CAP_NET_ADMIN', 'superuser'],
    because: 'times the packets of a network card',
    source: 'ptp4l(8)',
  },
  {
    programs:
      'apparmor_parser apparmor.systemd aa-enforce aa-complain aa-remove-unknown semodule load_policy restorecond setsebool smackload auditctl augenrules',
    needs: ['kernel-tunables', 'CAP_MAC_ADMIN', 'CAP_SYS_ADMIN', 'CAP_AUDIT_CONTROL', 'netlink', 'root-files', 'superuser', 'write-config', 'host-mounts'],
    because: 'loads a security policy into the kernel',
    source: 'apparmor_parser(8); semodule(8); auditctl(8)',
  },
  {
    programs: 'watchdog wd_keepalive corosync pacemakerd keepalived rtkit-daemon cyclictest linuxcnc ethercatctl ptp4l phc2sys timemaster chrt dpdk-testpmd',
    needs: ['realtime', 'CAP_SYS_NICE', 'CAP_IPC_LOCK', '@resources', '@memlock', 'locked-memory', 'shared-ipc'],
    because: 'asks for real-time scheduling',
    source: 'storaged-project/udisks#647',
  },
  {
    programs:
      'chronyd chronyc ntpd ntpdate ntpdig sntp openntpd ntpd-rs ntp-daemon systemd-timesyncd ptp4l phc2sys ts2phc timemaster hwclock adjtimex adjtimexconfig rdate htpdate tlsdate fake-hwclock swclock gpsd',
    needs: [
      'clock',
      '@clock',
      'CAP_SYS_TIME',
      'CAP_WAKE_ALARM',
      'raw-devices',
      'realtime',
      'CAP_SYS_NICE',
      'CAP_SYS_RESOURCE',
      'CAP_IPC_LOCK',
      '@resources',
      '@memlock',
      'locked-memory',
      'shared-ipc',
      'inet',
      ...droppingPrivileges,
    ],
    because: 'sets the clock',
    source: 'systemd#15313; systemd.exec(5), ProtectClock=',
  },
  {programs: 'date', needs: ['clock', '@clock', 'CAP_SYS_TIME'], because: 'sets the clock', source: 'date(1)', mode: 'setsClock'},
  {
    programs: 'dhclient dhcpcd udhcpc udhcpc6 systemd-hostnamed avahi-daemon ypbind ypserv',
    needs: ['hostname', 'CAP_SYS_ADMIN'],
    because: 'sets the host name or follows it',
    source: 'systemd.exec(5), ProtectHostname=',
  },
  {
    programs: 'hostname domainname nisdomainname ypdomainname dnsdomainname',
    needs: ['hostname', 'CAP_SYS_ADMIN'],
    because: 'sets the host name',
    source: 'measured',
    mode: 'setsHostName',
  },
  {
    programs:
      'dmesg rsyslogd syslog-ng syslogd klogd metalog sysklogd journalctl systemd-journald abrtd abrt-dump-oops abrt-dump-journal-core kdumpctl makedumpfile mcelog rasdaemon apport apport-autoreport whoopsie fluent-bit vector',
    needs: ['kernel-log', 'CAP_SYSLOG', 'root-files', 'superuser'],
    because: 'reads the kernel log',
    source: 'measured for dmesg; systemd#41030',
  },
  {
    programs: 'rsyslogd syslog-ng syslogd',
    // Threads with a policy of their own, for which pthread_create(3) fails without the calls;
    // /proc/kmsg.
    needs: ['unix-sockets', 'inet', 'bind-ports', 'write-anywhere', '@resources', 'proc-files', ...droppingPrivileges],
    because: 'collects logs and may drop its privileges',
    source: 'systemd#41030',
  },
  {
    programs: 'auditd auditctl augenrules audispd audisp-syslog auditbeat laurel go-audit',
    needs: ['netlink', 'exotic-sockets', 'CAP_AUDIT_CONTROL', 'CAP_AUDIT_READ', 'superuser', 'root-files', 'raw-devices'],
    because: 'reads the audit log of the kernel',
    source: 'audit(7)',
  },
  {programs: 'reboot poweroff shutdown halt', needs: ['anything'], because: 'has systemd stop the machine', source: 'reboot(8)'},
  {
    programs:
      'useradd userdel usermod groupadd groupdel groupmod gpasswd chpasswd passwd adduser addgroup deluser newusers vipw chage pwck grpck pwconv authselect authconfig',
    needs: [
      'write-config',
      'write-anywhere',
      'home-write',
      'home-read',
      'root-files',
      'superuser',
      'suid-files',
      'netlink',
      'CAP_AUDIT_WRITE',
      'CAP_CHOWN',
      'CAP_FOWNER',
      'CAP_DAC_OVERRIDE',
      '@chown',
    ],
    because: 'changes users and groups',
    source: 'systemd.exec(5), ProtectSystem=',
  },
  {
    programs:
      'certbot acme.sh lego dehydrated getssl uacme simp_le etckeeper update-ca-certificates update-ca-trust newaliases postmap makemap alternatives update-alternatives tzupdate locale-gen localedef geoipupdate resolvconf ssh-keygen dropbearkey sshd-keygen sshd_check_keys hpnssh-keygen',
    needs: ['write-config', 'root-files', 'superuser', 'inet'],
    because: 'writes below `/etc`',
    source: 'freeipa/freeipa-container#561',
  },
  {
    programs:
      'rpc.gssd rpc.svcgssd gssproxy cifs.upcall cifs.idmap keyctl ecryptfsd ecryptfs-* mount.ecryptfs fscrypt fscryptctl kstart k5start krenew aklog afsd kinit nfsidmap request-key e4crypt',
    needs: ['other-keyrings', '@keyring', 'superuser', 'root-files'],
    because: 'uses keys of other keyrings',
    source: 'systemd.exec(5), KeyringMode=',
  },
  {
    programs: 'cgcreate cgset cgexec cgclassify cgconfigparser cgclear cgrulesengd cgroupfs-mount lxcfs cadvisor',
    needs: ['control-groups', 'host-control-groups', 'host-mounts', '@mount', 'superuser'],
    because: 'works on control groups',
    source: 'systemd.exec(5), ProtectControlGroups=',
  },
  {
    programs: 'earlyoom nohang oomd systemd-oomd killall pkill skill slay psdoom xkill',
    needs: ['other-processes', 'host-pids', 'CAP_KILL', 'proc-files', 'host-users', 'superuser'],
    because: 'looks for processes of others and ends them',
    source: 'systemd.exec(5), ProtectProc=',
  },
  {
    programs: 'gdb gdbserver strace ltrace perf lldb bpftrace bpftool sysdig stap staprun valgrind criu delve dlv uftrace trace-cmd coredumpctl',
    needs: [
      '@debug',
      'CAP_SYS_PTRACE',
      'CAP_SYS_ADMIN',
      'CAP_BPF',
      'host-bpf',
      'CAP_PERFMON',
      'other-processes',
      'host-pids',
      'personality',
      'unlisted-system-calls',
      '@privileged',
      'kernel-tunables',
      'kernel-log',
    ],
    because: 'looks into other processes',
    source: 'measured for gdb and strace',
  },
]
