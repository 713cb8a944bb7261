/** The directives whose values are commands (systemd.service(5), "command lines"). */
export const commandKeys = [
  'ExecCondition',
  'ExecStartPre',
  'ExecStart',
  'ExecStartPost',
  'ExecReload',
  'ExecReloadPost',
  'ExecStop',
  'ExecStopPre',
  'ExecStopPost',
] as const
