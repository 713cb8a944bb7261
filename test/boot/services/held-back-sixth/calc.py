"""Ruby, a system user without a home: expressions compiled by a compiler of C into /var/tmp, run from there with a function of Ruby that C calls."""
from client import run, talk

packages = 'ruby,tcc,libc6-dev'
control = 'NoExecPaths=/var/tmp'
patience = 30
files = {
    '/etc/systemd/system/calc.service': """[Unit]
Description=calc
After=network.target

[Service]
User=calc
ExecStart=/usr/bin/ruby /usr/local/share/calc/calc.rb
Restart=on-failure

[Install]
WantedBy=multi-user.target
""",
    '/usr/local/share/calc/calc.rb': """
require 'socket'
require 'fiddle'
require 'tmpdir'
server = TCPServer.new('127.0.0.1', 8404)
loop do
  peer = server.accept
  what = peer.gets.strip
  Dir.mktmpdir('calc', '/var/tmp') do |folder|
    File.write("#{folder}/c.c", "#include <stdio.h>\\nint main() { printf(\\"%d\\\\n\\", #{what}); return 0; }\\n")
    system('tcc', '-o', "#{folder}/c", "#{folder}/c.c")
    ran = `#{folder}/c`
    less = Class.new(Fiddle::Closure) { def call(a, b) = a[0, 1].ord - b[0, 1].ord }.new(Fiddle::TYPE_INT, [Fiddle::TYPE_VOIDP, Fiddle::TYPE_VOIDP])
    letters = Fiddle::Pointer['qsort'.dup]
    sort = Fiddle::Function.new(Fiddle.dlopen(nil)['qsort'], [Fiddle::TYPE_VOIDP, Fiddle::TYPE_SIZE_T, Fiddle::TYPE_SIZE_T, Fiddle::TYPE_VOIDP], Fiddle::TYPE_VOID)
    sort.call(letters, 5, 1, less)
    peer.puts "#{ran.strip} #{letters.to_s}"
  end
  peer.close
end
""",
}


def prepare():
    run('useradd', '-r', '-d', '/nonexistent', 'calc')


def ask():
    talk(8404, b'6*7\n', b'42 oqrst')
