-- For nvim-lint: lua/lint/linters/unitlint.lua. Then: require('lint').linters_by_ft = {systemd = {'unitlint'}}
local severities = {
  error = vim.diagnostic.severity.ERROR,
  warning = vim.diagnostic.severity.WARN,
  info = vim.diagnostic.severity.INFO,
}

return {
  cmd = 'unitlint',
  stdin = true,
  args = {
    '--format', 'compact', '--stdin', '--stdin-filename',
    function() return vim.api.nvim_buf_get_name(0) end,
  },
  stream = 'stdout',
  -- 1 is what it ends with where something is found.
  ignore_exitcode = true,
  parser = require('lint.parser').from_pattern(
    '^.+:(%d+):(%d+): (%a+): (.+) %[([%w/-]+)%]$',
    {'lnum', 'col', 'severity', 'message', 'code'},
    severities,
    {source = 'unitlint'}
  ),
}
