/**
 * Directives of processes and control groups that have no row among those that sandbox, by the
 * reason.
 *
 * A new directive of systemd belongs here or gets a row: that nobody has said is no answer.
 */
export const withoutRow: Readonly<Record<string, string>> = {
  'limits how much of a resource the unit may use, or says who goes first': `
    AllowedCPUs AllowedMemoryNodes CPUAffinity CPUQuota CPUQuotaPeriodSec CPUSchedulingPolicy CPUSchedulingPriority
    CPUSchedulingResetOnFork CPUSetPartition CPUWeight IODeviceLatencyTargetSec IODeviceWeight IOReadBandwidthMax
    IOReadIOPSMax IOSchedulingClass IOSchedulingPriority IOWeight IOWriteBandwidthMax IOWriteIOPSMax LimitAS LimitCORE
    LimitCPU LimitDATA LimitFSIZE LimitLOCKS LimitMSGQUEUE LimitNICE LimitNOFILE LimitNPROC LimitRSS LimitRTPRIO
    LimitRTTIME LimitSIGPENDING LimitSTACK MemoryHigh MemoryKSM MemoryLow MemoryMax MemoryMin MemorySwapMax MemoryTHP
    MemoryZSwapMax MemoryZSwapWriteback NUMAMask NUMAPolicy Nice OOMScoreAdjust StartupAllowedCPUs
    StartupAllowedMemoryNodes StartupCPUWeight StartupIOWeight StartupMemoryHigh StartupMemoryLow StartupMemoryMax
    StartupMemorySwapMax StartupMemoryZSwapMax TasksMax TimerSlackNSec`,
  'counts or watches what the unit uses': `
    CPUPressureThresholdSec CPUPressureWatch IOAccounting IOPressureThresholdSec IOPressureWatch IPAccounting
    ManagedOOMMemoryPressure ManagedOOMMemoryPressureDurationSec ManagedOOMMemoryPressureLimit ManagedOOMPreference
    ManagedOOMSwap MemoryAccounting MemoryPressureThresholdSec MemoryPressureWatch OOMRules TasksAccounting`,
  'places the unit in the control group tree': 'DelegateSubgroup DisableControllers Slice',
  'tells others of the unit, and takes nothing from it': 'CoredumpReceive NFTSet',
  'binds sockets to an interface that the unit still may leave': 'BindNetworkInterface',
  'says where and with what environment, streams and terminal processes start': `
    CoredumpFilter Environment EnvironmentFile ExecSearchPath IgnoreSIGPIPE PAMName PassEnvironment Personality
    SetLoginEnvironment StandardError StandardInput StandardInputData StandardInputText StandardOutput TTYColumns TTYPath
    TTYReset TTYRows TTYVHangup TTYVTDisallocate UnsetEnvironment UtmpIdentifier UtmpMode WorkingDirectory`,
  'says how the unit logs': `
    LogExtraFields LogFilterPatterns LogLevelMax LogRateLimitBurst LogRateLimitIntervalSec SyslogFacility SyslogIdentifier
    SyslogLevel SyslogLevelPrefix`,
  'makes directories that the unit may use': `
    CacheDirectory CacheDirectoryAccounting CacheDirectoryMode CacheDirectoryQuota ConfigurationDirectory
    ConfigurationDirectoryMode LogsDirectory LogsDirectoryAccounting LogsDirectoryMode LogsDirectoryQuota RuntimeDirectory
    RuntimeDirectoryMode RuntimeDirectoryPreserve StateDirectory StateDirectoryAccounting StateDirectoryMode
    StateDirectoryQuota TimeoutCleanSec`,
  'hands credentials to the unit': `
    ImportCredential LoadCredential LoadCredentialEncrypted SetCredential SetCredentialEncrypted`,
  'says how an image is mounted that another directive names': `
    ExtensionImagePolicy MountImagePolicy RootEphemeral RootHash RootHashSignature RootImageOptions RootImagePolicy
    RootVerity`,
}
