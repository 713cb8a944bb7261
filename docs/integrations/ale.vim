" For ALE: ale_linters/systemd/unitlint.vim in a folder of 'runtimepath'.
call ale#Set('systemd_unitlint_executable', 'unitlint')
call ale#Set('systemd_unitlint_options', '')

function! ale_linters#systemd#unitlint#GetCommand(buffer) abort
  return '%e' . ale#Pad(ale#Var(a:buffer, 'systemd_unitlint_options')) . ' --format compact --stdin --stdin-filename %s'
endfunction

function! ale_linters#systemd#unitlint#Handle(buffer, lines) abort
  let l:pattern = '\v^.+:(\d+):(\d+): (error|warning|info): (.+) \[([a-z/-]+)\]$'
  return map(ale#util#GetMatches(a:lines, l:pattern), {_, match -> {
  \ 'lnum': match[1] + 0,
  \ 'col': match[2] + 0,
  \ 'type': {'error': 'E', 'warning': 'W', 'info': 'I'}[match[3]],
  \ 'text': match[4],
  \ 'code': match[5],
  \}})
endfunction

call ale#linter#Define('systemd', {
\ 'name': 'unitlint',
\ 'executable': {b -> ale#Var(b, 'systemd_unitlint_executable')},
\ 'command': function('ale_linters#systemd#unitlint#GetCommand'),
\ 'callback': 'ale_linters#systemd#unitlint#Handle',
\})
