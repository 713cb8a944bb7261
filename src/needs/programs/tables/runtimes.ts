import type {KnownPrograms} from './row.ts'
import {allNamespaces} from './row.ts'

/** Programs that translate while they run, and what their libraries want to know. */
export const runtimes: readonly KnownPrograms[] = [
  {
    programs: 'node nodejs electron bun deno jsc',
    needs: ['write-exec-memory'],
    because: 'compiles code while it runs',
    source: 'measured; gastownhall/gascity-dashboard#174; oven-sh/bun#41900',
    mode: 'compiles',
  },
  {programs: 'node bun deno electron', needs: ['netlink', 'proc-files', '@pkey'], because: 'asks for interfaces, processors and memory', source: 'measured'},
  {
    programs: 'java jsvc kotlin groovy scala clojure clj sbt',
    needs: ['write-exec-memory'],
    because: 'compiles code while it runs',
    source: 'measured',
  },
  {
    programs: 'java jsvc erl beam.smp dotnet',
    needs: ['proc-files', 'netlink', 'host-control-groups'],
    because: 'sizes itself by `/proc` and lists interfaces',
    source: 'AgOpenGPS-Official/AgOpenWeb#70; systemd.exec(5)',
  },
  {
    programs: 'dotnet mono mono-sgen mono-service mono-service2 pwsh powershell',
    needs: ['write-exec-memory'],
    because: 'compiles code while it runs',
    source: 'measured for mono',
  },
  {
    programs: 'luajit openresty pypy pypy3 sbcl ccl guile racket chez gforth julia R Rscript Rserve shiny-server squeak pharo smlnj',
    needs: ['write-exec-memory'],
    because: 'compiles code while it runs',
    source: 'measured for luajit, pypy, sbcl, and guile; untried for others',
  },
  {
    programs: 'beam.smp erl elixir iex mix',
    needs: ['write-exec-memory'],
    because: 'may compile code while it runs',
    source: 'processone/ejabberd#1233; works where measured',
  },
  {
    programs: 'php-fpm php php-cgi hhvm frankenphp rr',
    needs: ['write-exec-memory'],
    because: 'compiles patterns and scripts while it runs, slower when it may not',
    source: 'measured: works with a warning',
  },
  {
    programs: 'php-fpm php-cgi unitd apache2 httpd transmission-daemon',
    needs: ['privileges-by-exec'],
    because: 'sends mail through a set-group-ID helper when asked',
    source: 'nginx/unit#852; transmission/transmission#1951',
  },
  {
    programs: 'polkadot parity substrate subkey wasmtime wasmer wasmedge spin envoy wasmcloud',
    needs: ['write-exec-memory'],
    because: 'compiles WebAssembly while it runs',
    source: 'paritytech/polkadot#3512',
  },
  {
    programs: 'rspamd rspamadm dnsdist pdns_recursor kresd fluent-bit snort snort3 kong apisix ettercap wrk sysbench nageru',
    needs: ['write-exec-memory'],
    because: 'compiles Lua while it runs, and ends where it may not',
    source: 'measured for rspamd; dnsdist.service; LuaJIT, lj_mcode.c',
  },
  {
    programs: 'haproxy privoxy',
    needs: ['write-exec-memory'],
    because: 'compiles the patterns of its configuration, and does not start where it may not',
    source: 'measured; pcre2jit(3)',
  },
  {
    programs: 'suricata',
    needs: ['write-exec-memory'],
    because: 'compiles patterns and scripts while it runs',
    source: 'openbmc, suricata; suricata.io, Hyperscan',
  },
  {
    programs: 'monerod p2pool xmrig xmr-stak cpuminer minerd wownerod',
    needs: ['write-exec-memory', 'proc-files', 'realtime', 'kernel-tunables', 'raw-devices', 'CAP_SYS_RAWIO'],
    because: 'compiles RandomX programs and sets up the processor for them',
    source: 'monero-project/monero#10180',
  },
  {
    programs: 'qbittorrent-nox qbittorrent',
    needs: ['write-exec-memory', 'netlink'],
    because: 'compiles patterns while it runs and lists interfaces',
    source: 'unit files of several projects',
  },
  {
    programs:
      'ollama llama-server llama.cpp vllm localai local-ai koboldcpp whisper whisper-server piper wyoming-* immich-ml immich-machine-learning rembg stable-diffusion comfyui invokeai tritonserver tensorflow_model_server',
    needs: ['write-exec-memory', 'raw-devices', 'proc-files', 'locked-memory', 'shared-ipc', 'kernel-modules'],
    because: 'computes on graphics processors with code made while it runs',
    source: 'unit files of several projects; systemd.exec(5)',
  },
  {
    programs:
      'chromium chromium-browser chrome chromedriver google-chrome google-chrome-stable headless_shell brave brave-browser vivaldi opera firefox firefox-esr geckodriver epiphany falkon qutebrowser dwb browser surf signal-desktop slack discord teams element-desktop code codium obsidian puppeteer playwright grafana-image-renderer grafana-image-renderer-linux wkhtmltopdf gotenberg browserless qtwebengine cog WPEWebKit',
    needs: ['write-exec-memory', ...allNamespaces, 'proc-files', '@mount', 'privileges-by-exec', 'shared-tmp', 'raw-devices', 'lasting-ipc', 'suid-files'],
    because: 'compiles scripts and sandboxes pages',
    source: 'grafana-image-renderer and chromium in unit files; bubblejail#62',
  },
  {
    programs: 'bwrap platformio pio esphome esphome-dashboard nix-build nix-shell nix',
    needs: [
      ...allNamespaces,
      'suid-files',
      'proc-files',
      '@mount',
      'netlink',
      'unlisted-system-calls',
      'kernel-tunables',
      'kernel-log',
      'hostname',
      'personality',
    ],
    because: 'makes sandboxes of its own',
    source: 'measured for bwrap; nixpkgs, esphome module',
  },
  {
    programs: 'gjs cjs fwupd',
    needs: ['write-exec-memory'],
    because: 'makes callbacks that are compiled while it runs',
    source: 'fwupd/fwupd#359',
  },
  {
    programs: 'setarch linux32 linux64 uname26 qemu-i386 qemu-x86_64 qemu-arm qemu-aarch64 qemu-user-static box86 box64 fex-emu FEXInterpreter FEXLoader',
    needs: ['personality', 'foreign-abi', 'write-exec-memory'],
    because: 'runs programs of another architecture or execution domain',
    source: 'measured for setarch and linux32',
  },
  {
    programs:
      'steam steamcmd steamcmd.sh srcds_run srcds_linux srcds hlds_run hlds_linux wine wine64 wineserver winetricks proton valheim_server.x86_64 PalServer.sh RustDedicated ShooterGameServer ark arkmanager FactoryServer.sh 7DaysToDieServer.x86_64 arma3server',
    needs: ['foreign-abi', 'personality', 'write-exec-memory', 'proc-files', 'shared-tmp', 'home-write', 'home-read'],
    because: 'starts 32-bit or Windows programs',
    source: 'systemd.exec(5); untried',
  },
]

/** Programs that run on another one, and need what it needs. */
export const runsOn: Readonly<Record<string, string>> = {
  node: 'clightning-rest mempool mempool-backend rtl RTL nodejs npm npx yarn yarnpkg pnpm pnpx corepack ts-node tsx tsc next nuxt vite nodemon forever pm2 pm2-runtime serve http-server gatsby meteor ghost hexo eslint_d prettierd zigbee2mqtt homebridge hb-service zwave-js-ui zwavejs2mqtt node-red uptime-kuma etherpad wiki.js directus strapi nodebb peertube iobroker iobroker.js-controller',
  java: 'jsvc catalina.sh startup.sh tomcat tomcat8 tomcat9 tomcat10 tomcat-start.sh elasticsearch elasticsearch-keystore opensearch logstash kafka-server-start.sh connect-distributed.sh zookeeper zookeeper-server-start.sh zkServer.sh cassandra solr gradle mvn neo4j nifi.sh jetty jetty.sh activemq artemis artemis-service h2o keycloak kc.sh kcadm.sh sonar.sh nexus wildfly standalone.sh domain.sh jboss glassfish asadmin payara karaf hbase hbase-daemon.sh hdfs hadoop yarn-daemon.sh hadoop-daemon.sh start-dfs.sh spark-class start-master.sh start-worker.sh flink jobmanager.sh taskmanager.sh presto trino launcher druid pinot-admin.sh crate opentsdb tsdb graylogctl openhab openhab.sh i2prouter wrapper freenet minecraft minecraft_server paper spigot forge fabric velocity waterfall bungeecord bitbucket confluence jira start-jira.sh stash youtrack.sh hub.sh teamcity-server.sh unifi ace.jar airsonic subsonic libresonic tika-server signald signal-cli davmail jicofo jicofo.sh jvb jvb.sh jigasi rundeckd schemaregistry schema-registry-start ksql-server-start zipkin cerebro kafdrop metabase metabase.jar languagetool',
  python3:
    'synapse synapse_homeserver synapse_worker python gunicorn gunicorn3 uvicorn hypercorn daphne waitress-serve granian celery flower rq rqworker dramatiq huey_consumer huey_consumer.py uwsgi uwsgi_python3 flask django-admin manage.py poetry pipenv pdm uv pipx twistd twistd3 supervisord circusd salt-minion salt-master salt-api borgmatic certbot hass homeassistant home-assistant esphome esphome-dashboard appdaemon octoprint klippy moonraker streamlit jupyter jupyter-lab jupyter-notebook jupyterhub mlflow airflow prefect superset ipython synctl homeserver synapse_homeserver synapse.app.homeserver synapse.app.generic_worker nova-api nova-compute nova-conductor nova-scheduler neutron-server neutron-dhcp-agent neutron-l3-agent neutron-metadata-agent neutron-openvswitch-agent cinder-api cinder-volume cinder-scheduler glance-api keystone-wsgi-public heat-engine heat-api swift-proxy-server swift-object-server ironic-conductor octavia-worker ceph-mgr fail2ban-server fail2ban-client firewalld tuned blueman-applet deluged deluge deluge-web sabnzbdplus SABnzbd.py sickbeard.py CouchPotato.py bazarr bazarr.py mopidy beet calibre-server calibre-web electrum electrumx electrumx_server searx searxng radicale mailman mailman3 mailman-web hyperkitty patroni pgadmin4 pgcli scrapyd glances nicotine osc powerline-daemon offlineimap getmail imapfilter yt-dlp youtube-dl gallery-dl streamlink wsdd archivebox paperless paperless-webserver paperless-consumer paperless-task-queue mitmproxy mitmdump mitmweb locust buildbot buildbot-worker pgbarman barman kea-shell weewxd weewx sdrtrunk wyoming-* vdirsyncer khal waagent cloud-init networkd-dispatcher unattended-upgrade landscape-client apport',
  ruby: 'bundle bundler rails rake puma pumactl unicorn unicorn_rails passenger passenger-start thin falcon sidekiq resque sidekiqmon foreman rackup jekyll fluentd td-agent god bluepill discourse vagrant chef-client puppet puppet-agent r10k smashing dashing zammad huginn redmine',
  php: 'php-fpm php-cgi php-cli artisan composer drush occ wp wp-cli symfony roadrunner octane horizon reverb console workerman',
  perl: 'spamd amavisd amavisd-new munin-node munin-graph sqlgrey postgrey mrtg smokeping ddclient monitorix webmin miniserv.pl squeezeboxserver slimserver logitechmediaserver starman plackup twiggy hypnotoad morbo ikiwiki rt-server backuppc BackupPC exiqgrep exigrep logwatch logcheck swatchdog fwknopd sanoid syncoid automysqlbackup pg_ctlcluster pg_createcluster pveproxy pvedaemon pvestatd pve-firewall fhem.pl',
  erl: 'beam.smp rabbitmq-server rabbitmqctl couchdb ejabberd ejabberdctl emqx vernemq riak elixir iex mix mongooseim tsung zotonic pleroma pleroma_ctl plausible livebook',
  luajit: 'openresty knot-resolver kresd wrk',
  mono: 'mono-sgen mono-service mono-service2 xsp4 fastcgi-mono-server4 jackett NzbDrone.exe KestrelServer OpenSim.exe',
  dotnet:
    'jellyfin Jellyfin Radarr radarr Sonarr sonarr Lidarr lidarr Prowlarr prowlarr Readarr readarr Whisparr jackett Jackett JackettConsole emby EmbyServer emby-server Ombi ombi pwsh lidarr BitwardenServer TShock.Server TerrariaServer vintagestory VintagestoryServer duplicati duplicati-server Technitium DnsServerApp.dll btcpayserver nbxplorer roon RoonServer RoonAppliance',
}
