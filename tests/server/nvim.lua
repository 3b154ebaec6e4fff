-- Opens the file in NNLINT_FILE, waits for the finding, applies the first action whose title has NNLINT_WANTED
-- in it, and prints what it saw.
vim.opt.swapfile = false
local file, wanted = vim.env.NNLINT_FILE, vim.env.NNLINT_WANTED
local function fail(words)
  io.stdout:write("FAILED " .. words .. "\n")
  vim.cmd("cquit")
end
vim.cmd("edit " .. file)
local id = vim.lsp.start_client({
  name = "nnlint",
  cmd = { vim.env.NNLINT_PYTHON, "-m", "nnlint", "server" },
  root_dir = vim.fn.fnamemodify(file, ":h"),
})
vim.lsp.buf_attach_client(0, id)
local function found()
  return vim.diagnostic.get(0)
end
if not vim.wait(60000, function() return #found() > 0 end, 50) then
  fail("no diagnostic")
end
local one = found()[1]
for _, each in ipairs(found()) do
  if wanted:find(each.code or each.user_data.lsp.code, 1, true) then
    one = each
  end
end
io.stdout:write(("SHOWN %d:%d %s %s\n"):format(one.lnum, one.col, one.code or one.user_data.lsp.code, one.source))
vim.api.nvim_win_set_cursor(0, { one.lnum + 1, one.col })
local params = vim.lsp.util.make_range_params()
params.context = { diagnostics = {} }
local answer = vim.lsp.buf_request_sync(0, "textDocument/codeAction", params, 60000)
for _, each in pairs(answer or {}) do
  for _, action in ipairs(each.result or {}) do
    if action.title:find(wanted, 1, true) then
      vim.lsp.util.apply_workspace_edit(action.edit, vim.lsp.get_client_by_id(id).offset_encoding)
      io.stdout:write("APPLIED " .. action.title .. "\n")
      if not vim.wait(60000, function() return #found() == 0 end, 50) then
        fail("the diagnostic stays")
      end
      vim.cmd("write")
      vim.cmd("qall!")
    end
  end
end
fail("no such action")
