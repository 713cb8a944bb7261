# Completion of unitlint for bash. Made by `npm run generate`. Do not edit.

_unitlint_files() { # units, all or folders
  local file IFS=$'\n'
  compopt -o filenames 2> /dev/null
  for file in $(compgen -f -- "$cur"); do
    if [[ -d $file || ($1 == all || $1 == units && $file =~ \.(service|socket|mount|automount|swap|timer|path|slice|scope|target|device|container|volume|network|kube|image|build|artifact|pod)$|\.d/[^/]*\.conf$) && $1 != folders ]]; then COMPREPLY+=("$file"); fi
  done
}

_unitlint() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} command=
  # bash takes --preset=strict for three words.
  if [[ $cur == = ]]; then cur=; elif [[ $prev == = ]]; then prev=${COMP_WORDS[COMP_CWORD - 2]}; fi
  if ((COMP_CWORD > 1)); then
    case ${COMP_WORDS[1]} in security | harden | why-not | try | doctor | trace | show | explain | upgrade | rules | targets | print-config | merge-reports | completion | init | new-rule | lsp) command=${COMP_WORDS[1]} ;; esac
  fi
  COMPREPLY=()
  case $command:$prev in
    :--fix-only) COMPREPLY=($(compgen -W "$_unitlint_words_0" -- "$cur")); return ;;
    :--fix-to) COMPREPLY=($(compgen -W "$_unitlint_words_1" -- "$cur")); return ;;
    :--preset) COMPREPLY=($(compgen -W "$_unitlint_words_2" -- "$cur")); return ;;
    :--config) _unitlint_files all; return ;;
    :-c) _unitlint_files all; return ;;
    :--rule) COMPREPLY=($(compgen -W "$_unitlint_words_3" -- "$cur")); return ;;
    :--target) COMPREPLY=($(compgen -W "$_unitlint_words_4" -- "$cur")); return ;;
    :--evidence) _unitlint_files all; return ;;
    :--root) _unitlint_files folders; return ;;
    :--instance) :; return ;;
    :--trace) _unitlint_files all; return ;;
    :--format) COMPREPLY=($(compgen -W "$_unitlint_words_5" -- "$cur")); return ;;
    :-f) COMPREPLY=($(compgen -W "$_unitlint_words_5" -- "$cur")); return ;;
    :--output-file) _unitlint_files all; return ;;
    :-o) _unitlint_files all; return ;;
    :--max-warnings) :; return ;;
    :--max-exposure) :; return ;;
    :--exposure-baseline) _unitlint_files all; return ;;
    :--baseline) _unitlint_files all; return ;;
    :--stdin-filename) _unitlint_files all; return ;;
    :--changed-since) :; return ;;
    :--shard) :; return ;;
    security:--json) COMPREPLY=($(compgen -W "$_unitlint_words_6" -- "$cur")); return ;;
    security:--threshold) :; return ;;
    security:--security-policy) _unitlint_files all; return ;;
    security:--top) :; return ;;
    security:--offline) :; return ;;
    security:--preset) COMPREPLY=($(compgen -W "$_unitlint_words_2" -- "$cur")); return ;;
    security:--config) _unitlint_files all; return ;;
    security:-c) _unitlint_files all; return ;;
    security:--rule) COMPREPLY=($(compgen -W "$_unitlint_words_3" -- "$cur")); return ;;
    security:--target) COMPREPLY=($(compgen -W "$_unitlint_words_4" -- "$cur")); return ;;
    security:--evidence) _unitlint_files all; return ;;
    security:--root) _unitlint_files folders; return ;;
    security:--instance) :; return ;;
    security:--stdin-filename) _unitlint_files all; return ;;
    security:--trace) _unitlint_files all; return ;;
    harden:--report) COMPREPLY=($(compgen -W "$_unitlint_words_7" -- "$cur")); return ;;
    harden:--fix-to) COMPREPLY=($(compgen -W "$_unitlint_words_1" -- "$cur")); return ;;
    harden:--preset) COMPREPLY=($(compgen -W "$_unitlint_words_2" -- "$cur")); return ;;
    harden:--config) _unitlint_files all; return ;;
    harden:-c) _unitlint_files all; return ;;
    harden:--rule) COMPREPLY=($(compgen -W "$_unitlint_words_3" -- "$cur")); return ;;
    harden:--target) COMPREPLY=($(compgen -W "$_unitlint_words_4" -- "$cur")); return ;;
    harden:--evidence) _unitlint_files all; return ;;
    harden:--root) _unitlint_files folders; return ;;
    harden:--instance) :; return ;;
    why-not:--preset) COMPREPLY=($(compgen -W "$_unitlint_words_2" -- "$cur")); return ;;
    why-not:--config) _unitlint_files all; return ;;
    why-not:-c) _unitlint_files all; return ;;
    why-not:--rule) COMPREPLY=($(compgen -W "$_unitlint_words_3" -- "$cur")); return ;;
    why-not:--target) COMPREPLY=($(compgen -W "$_unitlint_words_4" -- "$cur")); return ;;
    why-not:--evidence) _unitlint_files all; return ;;
    why-not:--root) _unitlint_files folders; return ;;
    why-not:--instance) :; return ;;
    why-not:--trace) _unitlint_files all; return ;;
    why-not:--stdin-filename) _unitlint_files all; return ;;
    try:--check) :; return ;;
    try:--check-timeout) :; return ;;
    try:--settle) :; return ;;
    try:--start-timeout) :; return ;;
    try:--starts) :; return ;;
    try:--keep) COMPREPLY=($(compgen -W "$_unitlint_words_8" -- "$cur")); return ;;
    try:--line) :; return ;;
    try:--format) COMPREPLY=($(compgen -W "$_unitlint_words_9" -- "$cur")); return ;;
    try:-f) COMPREPLY=($(compgen -W "$_unitlint_words_9" -- "$cur")); return ;;
    try:--preset) COMPREPLY=($(compgen -W "$_unitlint_words_2" -- "$cur")); return ;;
    try:--config) _unitlint_files all; return ;;
    try:-c) _unitlint_files all; return ;;
    try:--target) COMPREPLY=($(compgen -W "$_unitlint_words_4" -- "$cur")); return ;;
    try:--evidence) _unitlint_files all; return ;;
    try:--instance) :; return ;;
    doctor:--journal) _unitlint_files all; return ;;
    doctor:--format) COMPREPLY=($(compgen -W "$_unitlint_words_9" -- "$cur")); return ;;
    doctor:-f) COMPREPLY=($(compgen -W "$_unitlint_words_9" -- "$cur")); return ;;
    doctor:--config) _unitlint_files all; return ;;
    doctor:-c) _unitlint_files all; return ;;
    doctor:--target) COMPREPLY=($(compgen -W "$_unitlint_words_4" -- "$cur")); return ;;
    doctor:--root) _unitlint_files folders; return ;;
    doctor:--instance) :; return ;;
    trace:--summary) _unitlint_files all; return ;;
    trace:--unit) :; return ;;
    trace:--output-file) _unitlint_files all; return ;;
    trace:-o) _unitlint_files all; return ;;
    trace:--log) _unitlint_files all; return ;;
    trace:--check) :; return ;;
    trace:--settle) :; return ;;
    show:--config) _unitlint_files all; return ;;
    show:-c) _unitlint_files all; return ;;
    show:--target) COMPREPLY=($(compgen -W "$_unitlint_words_4" -- "$cur")); return ;;
    show:--root) _unitlint_files folders; return ;;
    show:--instance) :; return ;;
    show:--stdin-filename) _unitlint_files all; return ;;
    explain:--config) _unitlint_files all; return ;;
    explain:-c) _unitlint_files all; return ;;
    explain:--base-time) :; return ;;
    explain:--iterations) :; return ;;
    upgrade:--from) COMPREPLY=($(compgen -W "$_unitlint_words_4" -- "$cur")); return ;;
    upgrade:--to) COMPREPLY=($(compgen -W "$_unitlint_words_4" -- "$cur")); return ;;
    upgrade:--format) COMPREPLY=($(compgen -W "$_unitlint_words_9" -- "$cur")); return ;;
    upgrade:-f) COMPREPLY=($(compgen -W "$_unitlint_words_9" -- "$cur")); return ;;
    upgrade:--config) _unitlint_files all; return ;;
    upgrade:-c) _unitlint_files all; return ;;
    upgrade:--root) _unitlint_files folders; return ;;
    upgrade:--instance) :; return ;;
    rules:--config) _unitlint_files all; return ;;
    rules:-c) _unitlint_files all; return ;;
    print-config:--preset) COMPREPLY=($(compgen -W "$_unitlint_words_2" -- "$cur")); return ;;
    print-config:--config) _unitlint_files all; return ;;
    print-config:-c) _unitlint_files all; return ;;
    print-config:--rule) COMPREPLY=($(compgen -W "$_unitlint_words_3" -- "$cur")); return ;;
    print-config:--target) COMPREPLY=($(compgen -W "$_unitlint_words_4" -- "$cur")); return ;;
    print-config:--evidence) _unitlint_files all; return ;;
    merge-reports:--format) COMPREPLY=($(compgen -W "$_unitlint_words_5" -- "$cur")); return ;;
    merge-reports:-f) COMPREPLY=($(compgen -W "$_unitlint_words_5" -- "$cur")); return ;;
    merge-reports:--output-file) _unitlint_files all; return ;;
    merge-reports:-o) _unitlint_files all; return ;;
    merge-reports:--max-warnings) :; return ;;
  esac
  case $cur:$command in
    -*:) COMPREPLY=($(compgen -W "$_unitlint_words_10" -- "$cur")) ;;
    -*:security) COMPREPLY=($(compgen -W "$_unitlint_words_11" -- "$cur")) ;;
    -*:harden) COMPREPLY=($(compgen -W "$_unitlint_words_12" -- "$cur")) ;;
    -*:why-not) COMPREPLY=($(compgen -W "$_unitlint_words_13" -- "$cur")) ;;
    -*:try) COMPREPLY=($(compgen -W "$_unitlint_words_14" -- "$cur")) ;;
    -*:doctor) COMPREPLY=($(compgen -W "$_unitlint_words_15" -- "$cur")) ;;
    -*:trace) COMPREPLY=($(compgen -W "$_unitlint_words_16" -- "$cur")) ;;
    -*:show) COMPREPLY=($(compgen -W "$_unitlint_words_17" -- "$cur")) ;;
    -*:explain) COMPREPLY=($(compgen -W "$_unitlint_words_18" -- "$cur")) ;;
    -*:upgrade) COMPREPLY=($(compgen -W "$_unitlint_words_19" -- "$cur")) ;;
    -*:rules) COMPREPLY=($(compgen -W "$_unitlint_words_20" -- "$cur")) ;;
    -*:targets) COMPREPLY=($(compgen -W "$_unitlint_words_21" -- "$cur")) ;;
    -*:print-config) COMPREPLY=($(compgen -W "$_unitlint_words_22" -- "$cur")) ;;
    -*:merge-reports) COMPREPLY=($(compgen -W "$_unitlint_words_23" -- "$cur")) ;;
    -*:completion) COMPREPLY=($(compgen -W "$_unitlint_words_24" -- "$cur")) ;;
    -*:init) COMPREPLY=($(compgen -W "$_unitlint_words_24" -- "$cur")) ;;
    -*:new-rule) COMPREPLY=($(compgen -W "$_unitlint_words_25" -- "$cur")) ;;
    -*:lsp) COMPREPLY=($(compgen -W "$_unitlint_words_24" -- "$cur")) ;;
    *:) _unitlint_files units ;;
    *:security) _unitlint_files units ;;
    *:harden) _unitlint_files units ;;
    *:why-not) COMPREPLY=($(compgen -W "$_unitlint_words_26" -- "$cur")); _unitlint_files units ;;
    *:try) _unitlint_files units ;;
    *:doctor) _unitlint_files units ;;
    *:trace) _unitlint_files units ;;
    *:show) _unitlint_files units ;;
    *:explain) COMPREPLY=($(compgen -W "$_unitlint_words_27" -- "$cur")) ;;
    *:upgrade) _unitlint_files units ;;
    *:rules) : ;;
    *:targets) : ;;
    *:print-config) _unitlint_files units ;;
    *:merge-reports) _unitlint_files all ;;
    *:completion) COMPREPLY=($(compgen -W "$_unitlint_words_28" -- "$cur")) ;;
    *:init) : ;;
    *:new-rule) : ;;
    *:lsp) : ;;
  esac
  if ((COMP_CWORD == 1)) && [[ $cur != -* ]]; then COMPREPLY+=($(compgen -W 'security harden why-not try doctor trace show explain upgrade rules targets print-config merge-reports completion init new-rule lsp' -- "$cur")); fi
}

_unitlint_words_0='errors ambient-capabilities capability-bounding-set delegate device-allow device-policy ip-address-deny keyring-mode lock-personality memory-deny-write-execute no-accept-mismatch no-ambiguous-time no-closed-directory no-closed-settings no-coarse-timer no-contradictory-dependency no-default-target no-doubtful-denial no-eager-activation no-empty-instance no-guessed-process no-hidden-path no-idle-notify-access no-idle-option no-idle-restart no-idle-start-limit no-idle-timer no-ignored-line no-immediate-stop no-impossible-date no-ineffective-directive no-invalid-install no-invalid-value no-lasting-job no-late-path no-literal-comma no-literal-glob no-literal-quotes no-lone-namespace no-lone-option no-loose-mode no-lost-capability no-lost-network no-lost-variable no-misplaced-directive no-missing-activated-unit no-missing-unit no-misspelt-program no-misspelt-unit no-needed-denial no-new-privileges no-obsolete-directive no-ordering-cycle no-overridden-value no-path-loop no-placeholder no-private-tmp-socket no-quoted-command no-refused-placement no-refused-quadlet no-refused-unit no-restart-loop no-restless-timer no-risky-denial no-root-specifier no-secret-environment no-self-dependency no-shared-bus-name no-shared-ipc-removal no-shared-runtime-directory no-shell-syntax no-shutdown-conflict no-skipped-value no-sudo no-surviving-process no-swallowed-line no-system-directive no-system-order no-system-requirement no-taken-address no-trailing-comment no-type-mismatch no-unawaited-target no-unescaped-percent no-unexpanded-variable no-unfed-watchdog no-unitless-time no-unknown-directive no-unknown-section no-unordered-requirement no-unprivileged-command no-unpulled-target no-unreached-unit no-unreadable-unit no-unsent-notification no-unstopped-service no-unsupported-directive no-unsupported-here no-user-dependency no-vanishing-socket no-warned-line no-writable-file no-wrong-install-target notify-access private-bpf private-devices private-ipc private-mounts private-network private-pids private-tmp private-users proc-subset protect-clock protect-control-groups protect-home protect-hostname protect-kernel-logs protect-kernel-modules protect-kernel-tunables protect-proc protect-system read-write-paths remove-ipc restrict-address-families restrict-namespaces restrict-realtime restrict-suid-sgid root-directory supplementary-groups system-call-architectures system-call-error-number system-call-filter umask user'
_unitlint_words_1='inline dropin'
_unitlint_words_2='all auto backup-job database hardened monitoring-agent network-daemon recommended strict timer-job verify web-service worker'
_unitlint_words_3='ambient-capabilities capability-bounding-set delegate device-allow device-policy ip-address-deny keyring-mode lock-personality memory-deny-write-execute no-accept-mismatch no-ambiguous-time no-closed-directory no-closed-settings no-coarse-timer no-contradictory-dependency no-default-target no-doubtful-denial no-eager-activation no-empty-instance no-guessed-process no-hidden-path no-idle-notify-access no-idle-option no-idle-restart no-idle-start-limit no-idle-timer no-ignored-line no-immediate-stop no-impossible-date no-ineffective-directive no-invalid-install no-invalid-value no-lasting-job no-late-path no-literal-comma no-literal-glob no-literal-quotes no-lone-namespace no-lone-option no-loose-mode no-lost-capability no-lost-network no-lost-variable no-misplaced-directive no-missing-activated-unit no-missing-unit no-misspelt-program no-misspelt-unit no-needed-denial no-new-privileges no-obsolete-directive no-ordering-cycle no-overridden-value no-path-loop no-placeholder no-private-tmp-socket no-quoted-command no-refused-placement no-refused-quadlet no-refused-unit no-restart-loop no-restless-timer no-risky-denial no-root-specifier no-secret-environment no-self-dependency no-shared-bus-name no-shared-ipc-removal no-shared-runtime-directory no-shell-syntax no-shutdown-conflict no-skipped-value no-sudo no-surviving-process no-swallowed-line no-system-directive no-system-order no-system-requirement no-taken-address no-trailing-comment no-type-mismatch no-unawaited-target no-unescaped-percent no-unexpanded-variable no-unfed-watchdog no-unitless-time no-unknown-directive no-unknown-section no-unordered-requirement no-unprivileged-command no-unpulled-target no-unreached-unit no-unreadable-unit no-unsent-notification no-unstopped-service no-unsupported-directive no-unsupported-here no-user-dependency no-vanishing-socket no-warned-line no-writable-file no-wrong-install-target notify-access private-bpf private-devices private-ipc private-mounts private-network private-pids private-tmp private-users proc-subset protect-clock protect-control-groups protect-home protect-hostname protect-kernel-logs protect-kernel-modules protect-kernel-tunables protect-proc protect-system read-write-paths remove-ipc restrict-address-families restrict-namespaces restrict-realtime restrict-suid-sgid root-directory supplementary-groups system-call-architectures system-call-error-number system-call-filter umask user'
_unitlint_words_4='247 248 249 250 251 252 253 254 255 256 257 258 259 260 261 262 debian-11 debian-12 debian-13 ubuntu-22.04 ubuntu-24.04 ubuntu-26.04 rhel-9 rhel-10 centos-9 centos-10 almalinux-9 almalinux-10 rocky-9 rocky-10 fedora-40 fedora-41 fedora-42 fedora-43 opensuse-leap-15.6 opensuse-leap-16.0 amazon-2023 bullseye bookworm trixie jammy noble resolute'
_unitlint_words_5='stylish compact json github sarif gitlab junit checkstyle rdjson markdown html'
_unitlint_words_6='short pretty off'
_unitlint_words_7='pr'
_unitlint_words_8='dropin inline none'
_unitlint_words_9='text json'
_unitlint_words_10='--fix --unsafe-fixes --fix-only --diff --undo --fix-to --preset --config -c --no-config --rule --target --evidence --user --root --instance --gitignore --no-gitignore --error-on-unmatched-pattern --no-error-on-unmatched-pattern --trace --format -f --output-file -o --statistics --quiet --max-warnings --max-exposure --exposure-baseline --baseline --update-baseline --stdin --stdin-filename --inline-config --no-inline-config --report-unused-disables --changed-since --shard --timing --color --no-color --version --help -h'
_unitlint_words_11='--json --threshold --security-policy --plan --top --honest --offline --pager --no-pager --preset --config -c --no-config --rule --target --evidence --user --root --instance --gitignore --no-gitignore --error-on-unmatched-pattern --no-error-on-unmatched-pattern --stdin-filename --trace --color --no-color --help -h'
_unitlint_words_12='--yes -y --unsafe-fixes --report --fix-to --preset --config -c --no-config --rule --target --evidence --user --root --instance --color --no-color --help -h'
_unitlint_words_13='--preset --config -c --no-config --rule --target --evidence --user --root --instance --trace --stdin-filename --help -h'
_unitlint_words_14='--check --check-timeout --settle --start-timeout --starts --keep --line --canary --learn --restore --format -f --preset --config -c --no-config --target --evidence --instance --help -h'
_unitlint_words_15='--journal --format -f --config -c --no-config --target --user --root --instance --help -h'
_unitlint_words_16='--summary --unit --output-file -o --log --check --settle --help -h'
_unitlint_words_17='--json --all --config -c --no-config --target --user --root --instance --stdin-filename --color --no-color --help -h'
_unitlint_words_18='--config -c --no-config --base-time --iterations --color --no-color --help -h'
_unitlint_words_19='--from --to --all --format -f --config -c --no-config --user --root --instance --gitignore --no-gitignore --error-on-unmatched-pattern --no-error-on-unmatched-pattern --help -h'
_unitlint_words_20='--json --config -c --no-config --help -h'
_unitlint_words_21='--json --environments --help -h'
_unitlint_words_22='--preset --config -c --no-config --rule --target --evidence --user --help -h'
_unitlint_words_23='--format -f --output-file -o --max-warnings --color --no-color --help -h'
_unitlint_words_24='--help -h'
_unitlint_words_25='--js --help -h'
_unitlint_words_26='Accept AcceptFileDescriptors AccuracySec Activating ActivatingConcurrencyMax After Alias AllowGroup AllowIsolate AllowUser AllowWorld AllowedCPUs AllowedMemoryNodes Also AmbientCapabilities AppArmorProfile AssertACPower AssertArchitecture AssertCPUFeature AssertCPUPressure AssertCPUs AssertCapability AssertControlGroupController AssertCredential AssertDirectoryNotEmpty AssertEnvironment AssertFileIsExecutable AssertFileNotEmpty AssertFirstBoot AssertFraction AssertGroup AssertHost AssertIOPressure AssertKernelCommandLine AssertKernelModuleLoaded AssertKernelVersion AssertMachineTag AssertMemory AssertMemoryPressure AssertNeedsUpdate AssertNull AssertOSRelease AssertPathExists AssertPathExistsGlob AssertPathIsDirectory AssertPathIsEncrypted AssertPathIsMountPoint AssertPathIsReadWrite AssertPathIsSocket AssertPathIsSymbolicLink AssertSecurity AssertUser AssertVersion AssertVirtualization BPFDelegateAttachments BPFDelegateCommands BPFDelegateMaps BPFDelegatePrograms BPFProgram Backlog Before BindIPv6Only BindLogSockets BindNetworkInterface BindPaths BindReadOnlyPaths BindTo BindToDevice BindsTo BlockIOAccounting BlockIODeviceWeight BlockIOReadBandwidth BlockIOWeight BlockIOWriteBandwidth Broadcast BusName BusPolicy CPUAccounting CPUAffinity CPUPressureThresholdSec CPUPressureWatch CPUQuota CPUQuotaPeriodSec CPUSchedulingPolicy CPUSchedulingPriority CPUSchedulingResetOnFork CPUSetPartition CPUShares CPUWeight CacheDirectory CacheDirectoryAccounting CacheDirectoryMode CacheDirectoryQuota Capabilities CapabilityBoundingSet CollectMode ConcurrencyHardMax ConcurrencySoftMax ConditionACPower ConditionArchitecture ConditionCPUFeature ConditionCPUPressure ConditionCPUs ConditionCapability ConditionControlGroupController ConditionCredential ConditionDirectoryNotEmpty ConditionEnvironment ConditionFileIsExecutable ConditionFileNotEmpty ConditionFirmware ConditionFirstBoot ConditionFraction ConditionGroup ConditionHost ConditionIOPressure ConditionKernelCommandLine ConditionKernelModuleLoaded ConditionKernelVersion ConditionMachineTag ConditionMemory ConditionMemoryPressure ConditionNeedsUpdate ConditionNull ConditionOSRelease ConditionPathExists ConditionPathExistsGlob ConditionPathIsDirectory ConditionPathIsEncrypted ConditionPathIsMountPoint ConditionPathIsReadWrite ConditionPathIsSocket ConditionPathIsSymbolicLink ConditionSecurity ConditionUser ConditionVersion ConditionVirtualization ConfigurationDirectory ConfigurationDirectoryMode Conflicts ControlGroup ControlGroupAttribute ControlGroupModify ControlGroupPersistent CoredumpFilter CoredumpReceive DefaultDependencies DefaultInstance DefaultMemoryLow DefaultMemoryMin DefaultStartupMemoryLow DeferAcceptSec DeferReactivation DeferTrigger DeferTriggerMaxSec Delegate DelegateNamespaces DelegateSubgroup Description DeviceAllow DeviceDeny DevicePolicy DirectoryMode DirectoryNotEmpty DisableControllers Documentation DynamicUser Environment EnvironmentFile ExecCondition ExecPaths ExecReload ExecReloadPost ExecSearchPath ExecStart ExecStartPost ExecStartPre ExecStop ExecStopPost ExecStopPre ExitType ExtensionDirectories ExtensionImagePolicy ExtensionImages ExtraOptions FailureAction FailureActionExitStatus FileDescriptorName FileDescriptorStoreMax FileDescriptorStorePreserve FinalKillSignal FixedRandomDelay FlushPending ForceUnmount FreeBind FsckPassNo Group GuessMainPID IOAccounting IODeviceLatencyTargetSec IODeviceWeight IOPressureThresholdSec IOPressureWatch IOReadBandwidthMax IOReadIOPSMax IOSchedulingClass IOSchedulingPriority IOWeight IOWriteBandwidthMax IOWriteIOPSMax IPAccounting IPAddressAllow IPAddressDeny IPCNamespacePath IPEgressFilterPath IPIngressFilterPath IPTOS IPTTL IgnoreOnIsolate IgnoreOnSnapshot IgnoreSIGPIPE ImportCredential InaccessibleDirectories InaccessiblePaths JobRunningTimeoutSec JobTimeoutAction JobTimeoutRebootArgument JobTimeoutSec JoinsNamespaceOf KeepAlive KeepAliveIntervalSec KeepAliveProbes KeepAliveTimeSec KeyringMode KillMode KillSignal LUOSession LazyUnmount LimitAS LimitCORE LimitCPU LimitDATA LimitFSIZE LimitLOCKS LimitMEMLOCK LimitMSGQUEUE LimitNICE LimitNOFILE LimitNPROC LimitRSS LimitRTPRIO LimitRTTIME LimitSIGPENDING LimitSTACK ListenDatagram ListenFIFO ListenMessageQueue ListenNetlink ListenSequentialPacket ListenSpecial ListenStream ListenUSBFunction LoadCredential LoadCredentialEncrypted LockPersonality LogExtraFields LogFilterPatterns LogLevelMax LogNamespace LogRateLimitBurst LogRateLimitIntervalSec LogsDirectory LogsDirectoryAccounting LogsDirectoryMode LogsDirectoryQuota MakeDirectory ManagedOOMMemoryPressure ManagedOOMMemoryPressureDurationSec ManagedOOMMemoryPressureLimit ManagedOOMMemoryPressureLimitPercent ManagedOOMPreference ManagedOOMSwap Mark MaxConnections MaxConnectionsPerSource MemoryAccounting MemoryDenyWriteExecute MemoryHigh MemoryKSM MemoryLimit MemoryLow MemoryMax MemoryMin MemoryPressureThresholdSec MemoryPressureWatch MemorySoftLimit MemorySwapMax MemoryTHP MemoryZSwapMax MemoryZSwapWriteback MessageQueueMaxMessages MessageQueueMessageSize MountAPIVFS MountFlags MountImagePolicy MountImages NFTSet NUMAMask NUMAPolicy Name Names NetClass NetworkNamespacePath Nice NoDelay NoExecPaths NoNewPrivileges NonBlocking NotifyAccess OOMPolicy OOMRules OOMScoreAdjust OnActiveSec OnBootSec OnCalendar OnClockChange OnFailure OnFailureIsolate OnFailureJobMode OnStartupSec OnSuccess OnSuccessJobMode OnTimezoneChange OnUnitActiveSec OnUnitInactiveSec OpenFile Options PAMName PIDFile PartOf PassCredentials PassEnvironment PassFileDescriptorsToExec PassPIDFD PassPacketInfo PassSecurity PathChanged PathExists PathExistsGlob PathModified PermissionsStartOnly Persistent Personality PipeSize PollLimitBurst PollLimitIntervalSec Priority PrivateBPF PrivateDevices PrivateIPC PrivateMounts PrivateNetwork PrivatePIDs PrivateTmp PrivateUsers ProcSubset PropagateReloadFrom PropagateReloadTo PropagatesReloadTo PropagatesStopTo ProtectClock ProtectControlGroups ProtectHome ProtectHostname ProtectKernelLogs ProtectKernelModules ProtectKernelTunables ProtectProc ProtectSystem RandomizedDelaySec RandomizedOffsetSec ReadOnlyDirectories ReadOnlyPaths ReadWriteDirectories ReadWriteOnly ReadWritePaths RebootArgument ReceiveBuffer RefreshOnReload RefuseManualStart RefuseManualStop ReloadPropagatedFrom ReloadSignal RemainAfterElapse RemainAfterExit RemoveIPC RemoveOnStop RequiredBy Requires RequiresMountsFor RequiresOverridable Requisite RequisiteOverridable Restart RestartForceExitStatus RestartKillSignal RestartMaxDelaySec RestartMode RestartPreventExitStatus RestartRandomizedDelaySec RestartSec RestartSteps RestrictAddressFamilies RestrictFileSystems RestrictNamespaces RestrictNetworkInterfaces RestrictRealtime RestrictSUIDSGID ReusePort RootDirectory RootDirectoryStartOnly RootEphemeral RootHash RootHashSignature RootImage RootImageOptions RootImagePolicy RootMStack RootVerity RuntimeDirectory RuntimeDirectoryMode RuntimeDirectoryPreserve RuntimeMaxSec RuntimeRandomizedExtraSec SELinuxContext SELinuxContextFromNet SecureBits SendBuffer SendSIGHUP SendSIGKILL Service SetCredential SetCredentialEncrypted SetLoginEnvironment Slice SloppyOptions SmackLabel SmackLabelIPIn SmackLabelIPOut SmackProcessLabel SocketBindAllow SocketBindDeny SocketGroup SocketMode SocketProtocol SocketUser Sockets SourcePath StandardError StandardInput StandardInputData StandardInputText StandardOutput StartLimitAction StartLimitBurst StartLimitInterval StartLimitIntervalSec StartupAllowedCPUs StartupAllowedMemoryNodes StartupBlockIOWeight StartupCPUShares StartupCPUWeight StartupIOWeight StartupMemoryHigh StartupMemoryLow StartupMemoryMax StartupMemorySwapMax StartupMemoryZSwapMax StateDirectory StateDirectoryAccounting StateDirectoryMode StateDirectoryQuota StopPropagatedFrom StopWhenUnneeded SuccessAction SuccessActionExitStatus SuccessExitStatus SupplementaryGroups SurviveFinalKillSignal Symlinks SysVStartPriority SyslogFacility SyslogIdentifier SyslogLevel SyslogLevelPrefix SystemCallArchitectures SystemCallErrorNumber SystemCallFilter SystemCallLog TCPCongestion TCPWrapName TTYColumns TTYPath TTYReset TTYRows TTYVHangup TTYVTDisallocate TasksAccounting TasksMax TemporaryFileSystem TimeoutAbortSec TimeoutCleanSec TimeoutIdleSec TimeoutSec TimeoutStartFailureMode TimeoutStartSec TimeoutStopFailureMode TimeoutStopSec TimerSlackNSec Timestamping Transparent TriggerLimitBurst TriggerLimitIntervalSec Type UMask USBFunctionDescriptors USBFunctionStrings Unit UnsetEnvironment UpheldBy Upholds User UserNamespacePath UtmpIdentifier UtmpMode WakeSystem WantedBy Wants WantsMountsFor WatchdogSec WatchdogSignal What Where WorkingDirectory Writable XAttrAccept XAttrEntryPoint XAttrListen'
_unitlint_words_27='ambient-capabilities capability-bounding-set delegate device-allow device-policy ip-address-deny keyring-mode lock-personality memory-deny-write-execute no-accept-mismatch no-ambiguous-time no-closed-directory no-closed-settings no-coarse-timer no-contradictory-dependency no-default-target no-doubtful-denial no-eager-activation no-empty-instance no-guessed-process no-hidden-path no-idle-notify-access no-idle-option no-idle-restart no-idle-start-limit no-idle-timer no-ignored-line no-immediate-stop no-impossible-date no-ineffective-directive no-invalid-install no-invalid-value no-lasting-job no-late-path no-literal-comma no-literal-glob no-literal-quotes no-lone-namespace no-lone-option no-loose-mode no-lost-capability no-lost-network no-lost-variable no-misplaced-directive no-missing-activated-unit no-missing-unit no-misspelt-program no-misspelt-unit no-needed-denial no-new-privileges no-obsolete-directive no-ordering-cycle no-overridden-value no-path-loop no-placeholder no-private-tmp-socket no-quoted-command no-refused-placement no-refused-quadlet no-refused-unit no-restart-loop no-restless-timer no-risky-denial no-root-specifier no-secret-environment no-self-dependency no-shared-bus-name no-shared-ipc-removal no-shared-runtime-directory no-shell-syntax no-shutdown-conflict no-skipped-value no-sudo no-surviving-process no-swallowed-line no-system-directive no-system-order no-system-requirement no-taken-address no-trailing-comment no-type-mismatch no-unawaited-target no-unescaped-percent no-unexpanded-variable no-unfed-watchdog no-unitless-time no-unknown-directive no-unknown-section no-unordered-requirement no-unprivileged-command no-unpulled-target no-unreached-unit no-unreadable-unit no-unsent-notification no-unstopped-service no-unsupported-directive no-unsupported-here no-user-dependency no-vanishing-socket no-warned-line no-writable-file no-wrong-install-target notify-access private-bpf private-devices private-ipc private-mounts private-network private-pids private-tmp private-users proc-subset protect-clock protect-control-groups protect-home protect-hostname protect-kernel-logs protect-kernel-modules protect-kernel-tunables protect-proc protect-system read-write-paths remove-ipc restrict-address-families restrict-namespaces restrict-realtime restrict-suid-sgid root-directory supplementary-groups system-call-architectures system-call-error-number system-call-filter umask user Accept AcceptFileDescriptors AccuracySec Activating ActivatingConcurrencyMax After Alias AllowGroup AllowIsolate AllowUser AllowWorld AllowedCPUs AllowedMemoryNodes Also AmbientCapabilities AppArmorProfile AssertACPower AssertArchitecture AssertCPUFeature AssertCPUPressure AssertCPUs AssertCapability AssertControlGroupController AssertCredential AssertDirectoryNotEmpty AssertEnvironment AssertFileIsExecutable AssertFileNotEmpty AssertFirstBoot AssertFraction AssertGroup AssertHost AssertIOPressure AssertKernelCommandLine AssertKernelModuleLoaded AssertKernelVersion AssertMachineTag AssertMemory AssertMemoryPressure AssertNeedsUpdate AssertNull AssertOSRelease AssertPathExists AssertPathExistsGlob AssertPathIsDirectory AssertPathIsEncrypted AssertPathIsMountPoint AssertPathIsReadWrite AssertPathIsSocket AssertPathIsSymbolicLink AssertSecurity AssertUser AssertVersion AssertVirtualization BPFDelegateAttachments BPFDelegateCommands BPFDelegateMaps BPFDelegatePrograms BPFProgram Backlog Before BindIPv6Only BindLogSockets BindNetworkInterface BindPaths BindReadOnlyPaths BindTo BindToDevice BindsTo BlockIOAccounting BlockIODeviceWeight BlockIOReadBandwidth BlockIOWeight BlockIOWriteBandwidth Broadcast BusName BusPolicy CPUAccounting CPUAffinity CPUPressureThresholdSec CPUPressureWatch CPUQuota CPUQuotaPeriodSec CPUSchedulingPolicy CPUSchedulingPriority CPUSchedulingResetOnFork CPUSetPartition CPUShares CPUWeight CacheDirectory CacheDirectoryAccounting CacheDirectoryMode CacheDirectoryQuota Capabilities CapabilityBoundingSet CollectMode ConcurrencyHardMax ConcurrencySoftMax ConditionACPower ConditionArchitecture ConditionCPUFeature ConditionCPUPressure ConditionCPUs ConditionCapability ConditionControlGroupController ConditionCredential ConditionDirectoryNotEmpty ConditionEnvironment ConditionFileIsExecutable ConditionFileNotEmpty ConditionFirmware ConditionFirstBoot ConditionFraction ConditionGroup ConditionHost ConditionIOPressure ConditionKernelCommandLine ConditionKernelModuleLoaded ConditionKernelVersion ConditionMachineTag ConditionMemory ConditionMemoryPressure ConditionNeedsUpdate ConditionNull ConditionOSRelease ConditionPathExists ConditionPathExistsGlob ConditionPathIsDirectory ConditionPathIsEncrypted ConditionPathIsMountPoint ConditionPathIsReadWrite ConditionPathIsSocket ConditionPathIsSymbolicLink ConditionSecurity ConditionUser ConditionVersion ConditionVirtualization ConfigurationDirectory ConfigurationDirectoryMode Conflicts ControlGroup ControlGroupAttribute ControlGroupModify ControlGroupPersistent CoredumpFilter CoredumpReceive DefaultDependencies DefaultInstance DefaultMemoryLow DefaultMemoryMin DefaultStartupMemoryLow DeferAcceptSec DeferReactivation DeferTrigger DeferTriggerMaxSec Delegate DelegateNamespaces DelegateSubgroup Description DeviceAllow DeviceDeny DevicePolicy DirectoryMode DirectoryNotEmpty DisableControllers Documentation DynamicUser Environment EnvironmentFile ExecCondition ExecPaths ExecReload ExecReloadPost ExecSearchPath ExecStart ExecStartPost ExecStartPre ExecStop ExecStopPost ExecStopPre ExitType ExtensionDirectories ExtensionImagePolicy ExtensionImages ExtraOptions FailureAction FailureActionExitStatus FileDescriptorName FileDescriptorStoreMax FileDescriptorStorePreserve FinalKillSignal FixedRandomDelay FlushPending ForceUnmount FreeBind FsckPassNo Group GuessMainPID IOAccounting IODeviceLatencyTargetSec IODeviceWeight IOPressureThresholdSec IOPressureWatch IOReadBandwidthMax IOReadIOPSMax IOSchedulingClass IOSchedulingPriority IOWeight IOWriteBandwidthMax IOWriteIOPSMax IPAccounting IPAddressAllow IPAddressDeny IPCNamespacePath IPEgressFilterPath IPIngressFilterPath IPTOS IPTTL IgnoreOnIsolate IgnoreOnSnapshot IgnoreSIGPIPE ImportCredential InaccessibleDirectories InaccessiblePaths JobRunningTimeoutSec JobTimeoutAction JobTimeoutRebootArgument JobTimeoutSec JoinsNamespaceOf KeepAlive KeepAliveIntervalSec KeepAliveProbes KeepAliveTimeSec KeyringMode KillMode KillSignal LUOSession LazyUnmount LimitAS LimitCORE LimitCPU LimitDATA LimitFSIZE LimitLOCKS LimitMEMLOCK LimitMSGQUEUE LimitNICE LimitNOFILE LimitNPROC LimitRSS LimitRTPRIO LimitRTTIME LimitSIGPENDING LimitSTACK ListenDatagram ListenFIFO ListenMessageQueue ListenNetlink ListenSequentialPacket ListenSpecial ListenStream ListenUSBFunction LoadCredential LoadCredentialEncrypted LockPersonality LogExtraFields LogFilterPatterns LogLevelMax LogNamespace LogRateLimitBurst LogRateLimitIntervalSec LogsDirectory LogsDirectoryAccounting LogsDirectoryMode LogsDirectoryQuota MakeDirectory ManagedOOMMemoryPressure ManagedOOMMemoryPressureDurationSec ManagedOOMMemoryPressureLimit ManagedOOMMemoryPressureLimitPercent ManagedOOMPreference ManagedOOMSwap Mark MaxConnections MaxConnectionsPerSource MemoryAccounting MemoryDenyWriteExecute MemoryHigh MemoryKSM MemoryLimit MemoryLow MemoryMax MemoryMin MemoryPressureThresholdSec MemoryPressureWatch MemorySoftLimit MemorySwapMax MemoryTHP MemoryZSwapMax MemoryZSwapWriteback MessageQueueMaxMessages MessageQueueMessageSize MountAPIVFS MountFlags MountImagePolicy MountImages NFTSet NUMAMask NUMAPolicy Name Names NetClass NetworkNamespacePath Nice NoDelay NoExecPaths NoNewPrivileges NonBlocking NotifyAccess OOMPolicy OOMRules OOMScoreAdjust OnActiveSec OnBootSec OnCalendar OnClockChange OnFailure OnFailureIsolate OnFailureJobMode OnStartupSec OnSuccess OnSuccessJobMode OnTimezoneChange OnUnitActiveSec OnUnitInactiveSec OpenFile Options PAMName PIDFile PartOf PassCredentials PassEnvironment PassFileDescriptorsToExec PassPIDFD PassPacketInfo PassSecurity PathChanged PathExists PathExistsGlob PathModified PermissionsStartOnly Persistent Personality PipeSize PollLimitBurst PollLimitIntervalSec Priority PrivateBPF PrivateDevices PrivateIPC PrivateMounts PrivateNetwork PrivatePIDs PrivateTmp PrivateUsers ProcSubset PropagateReloadFrom PropagateReloadTo PropagatesReloadTo PropagatesStopTo ProtectClock ProtectControlGroups ProtectHome ProtectHostname ProtectKernelLogs ProtectKernelModules ProtectKernelTunables ProtectProc ProtectSystem RandomizedDelaySec RandomizedOffsetSec ReadOnlyDirectories ReadOnlyPaths ReadWriteDirectories ReadWriteOnly ReadWritePaths RebootArgument ReceiveBuffer RefreshOnReload RefuseManualStart RefuseManualStop ReloadPropagatedFrom ReloadSignal RemainAfterElapse RemainAfterExit RemoveIPC RemoveOnStop RequiredBy Requires RequiresMountsFor RequiresOverridable Requisite RequisiteOverridable Restart RestartForceExitStatus RestartKillSignal RestartMaxDelaySec RestartMode RestartPreventExitStatus RestartRandomizedDelaySec RestartSec RestartSteps RestrictAddressFamilies RestrictFileSystems RestrictNamespaces RestrictNetworkInterfaces RestrictRealtime RestrictSUIDSGID ReusePort RootDirectory RootDirectoryStartOnly RootEphemeral RootHash RootHashSignature RootImage RootImageOptions RootImagePolicy RootMStack RootVerity RuntimeDirectory RuntimeDirectoryMode RuntimeDirectoryPreserve RuntimeMaxSec RuntimeRandomizedExtraSec SELinuxContext SELinuxContextFromNet SecureBits SendBuffer SendSIGHUP SendSIGKILL Service SetCredential SetCredentialEncrypted SetLoginEnvironment Slice SloppyOptions SmackLabel SmackLabelIPIn SmackLabelIPOut SmackProcessLabel SocketBindAllow SocketBindDeny SocketGroup SocketMode SocketProtocol SocketUser Sockets SourcePath StandardError StandardInput StandardInputData StandardInputText StandardOutput StartLimitAction StartLimitBurst StartLimitInterval StartLimitIntervalSec StartupAllowedCPUs StartupAllowedMemoryNodes StartupBlockIOWeight StartupCPUShares StartupCPUWeight StartupIOWeight StartupMemoryHigh StartupMemoryLow StartupMemoryMax StartupMemorySwapMax StartupMemoryZSwapMax StateDirectory StateDirectoryAccounting StateDirectoryMode StateDirectoryQuota StopPropagatedFrom StopWhenUnneeded SuccessAction SuccessActionExitStatus SuccessExitStatus SupplementaryGroups SurviveFinalKillSignal Symlinks SysVStartPriority SyslogFacility SyslogIdentifier SyslogLevel SyslogLevelPrefix SystemCallArchitectures SystemCallErrorNumber SystemCallFilter SystemCallLog TCPCongestion TCPWrapName TTYColumns TTYPath TTYReset TTYRows TTYVHangup TTYVTDisallocate TasksAccounting TasksMax TemporaryFileSystem TimeoutAbortSec TimeoutCleanSec TimeoutIdleSec TimeoutSec TimeoutStartFailureMode TimeoutStartSec TimeoutStopFailureMode TimeoutStopSec TimerSlackNSec Timestamping Transparent TriggerLimitBurst TriggerLimitIntervalSec Type UMask USBFunctionDescriptors USBFunctionStrings Unit UnsetEnvironment UpheldBy Upholds User UserNamespacePath UtmpIdentifier UtmpMode WakeSystem WantedBy Wants WantsMountsFor WatchdogSec WatchdogSignal What Where WorkingDirectory Writable XAttrAccept XAttrEntryPoint XAttrListen all auto backup-job database hardened monitoring-agent network-daemon recommended strict timer-job verify web-service worker'
_unitlint_words_28='bash zsh fish'
complete -F _unitlint unitlint
