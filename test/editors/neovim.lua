-- What test/editors/neovim.sh has Neovim do; it quits with status 1 where something is not as it should be.
local root, cli = vim.env.UNITLINT_FOLDER, vim.env.UNITLINT_CLI

local function check(what, is)
  io.stdout:write((is and 'ok: ' or 'not ok: ') .. what .. '\n')
  if not is then vim.cmd('cquit 1') end
end

vim.cmd('edit ' .. root .. '/web.service')
local client = vim.lsp.start_client({name = 'unitlint', cmd = {'node', cli, 'lsp', '--stdio'}, root_dir = root})
check('the server starts', client ~= nil)
vim.lsp.buf_attach_client(0, client)

local function diagnostics()
  return vim.diagnostic.get(0, {severity = vim.diagnostic.severity.ERROR})
end

check('diagnostics appear', vim.wait(30000, function() return #diagnostics() == 1 end, 50))
check('with their rule', diagnostics()[1].code == 'no-invalid-value' and diagnostics()[1].lnum == 2)

local function ask(method, line, character, more)
  local params = vim.tbl_extend('force', {textDocument = vim.lsp.util.make_text_document_params(), position = {line = line, character = character}}, more or {})
  local answers = vim.lsp.buf_request_sync(0, method, params, 30000)
  local _, answer = next(answers or {})
  return answer and answer.result
end

local hover = ask('textDocument/hover', 2, 3)
check('hover answers', hover and hover.contents.value:find('### Restart=', 1, true) ~= nil)

local function has(list, label)
  for _, item in ipairs(list.items or list) do
    if item.label == label then return true end
  end
  return false
end

check('completion answers', has(ask('textDocument/completion', 2, 10), 'on-failure'))
check('completion knows directives', has(ask('textDocument/completion', 3, 0), 'ProtectSystem'))

local range = {start = {line = 2, character = 8}, ['end'] = {line = 2, character = 13}}
local actions = ask('textDocument/codeAction', 2, 8, {range = range, context = {diagnostics = {}}})
local fixed = false
for _, action in ipairs(actions) do
  if action.isPreferred then
    vim.lsp.util.apply_workspace_edit(action.edit, 'utf-16')
    fixed = true
    break
  end
end
check('a code action fixes', fixed and vim.api.nvim_buf_get_lines(0, 2, 3, true)[1] == 'Restart=always')
check('diagnostics go', vim.wait(30000, function() return #diagnostics() == 0 end, 50))

vim.api.nvim_buf_set_lines(0, 2, 3, true, {'Restart=alwayss'})
check('diagnostics follow what is typed', vim.wait(30000, function() return #diagnostics() == 1 end, 50))

vim.lsp.stop_client(client)
check('the server stops', vim.wait(10000, function() return vim.lsp.get_client_by_id(client) == nil or vim.lsp.get_client_by_id(client).is_stopped() end, 50))
vim.cmd('qall!')
