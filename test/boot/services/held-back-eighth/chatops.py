"""Ruby, a daemon as of old, that forks, becomes a user and writes its file of a process: a word by a port, told in its log, which it opens anew."""
import os
import time

from client import has, read, run, talk

packages = 'ruby'
control = 'CapabilityBoundingSet=~CAP_SETUID'
files = {
    '/etc/systemd/system/chatops.service': """[Unit]
Description=Chat commands for the office
After=network.target

[Service]
Type=forking
PIDFile=/run/chatops/chatops.pid
ExecStartPre=/bin/mkdir -p /run/chatops /var/log/chatops
ExecStart=/usr/bin/ruby /opt/chatops/chatops.rb --daemon --user chatops --pid /run/chatops/chatops.pid --log /var/log/chatops/chatops.log
ExecReload=/bin/kill -USR1 $MAINPID
ExecStopPost=/bin/rm -f /run/chatops/chatops.pid
Restart=on-failure

[Install]
WantedBy=multi-user.target
""",
    '/opt/chatops/chatops.rb': """
require 'etc'
require 'optparse'
require 'socket'
require 'fileutils'
require_relative 'commands'

options = {}
OptionParser.new do |o|
  o.on('--daemon') { options[:daemon] = true }
  o.on('--user NAME') { |v| options[:user] = v }
  o.on('--pid FILE') { |v| options[:pid] = v }
  o.on('--log FILE') { |v| options[:log] = v }
end.parse!

server = TCPServer.new('127.0.0.1', 704)
user = Etc.getpwnam(options[:user])
FileUtils.touch(options[:log])
FileUtils.chown(user.uid, user.gid, [options[:log], File.dirname(options[:log])])
if options[:daemon]
  Process.daemon
  File.write(options[:pid], Process.pid.to_s)
end
Process.initgroups(options[:user], user.gid)
Process::GID.change_privilege(user.gid)
Process::UID.change_privilege(user.uid)

log = File.open(options[:log], 'a')
log.sync = true
trap('USR1') do
  log.reopen(options[:log], 'a')
  log.sync = true
end
trap('TERM') { exit }
loop do
  client = server.accept
  Thread.new(client) do |peer|
    word = peer.gets.to_s.strip
    log.puts "#{Time.now} #{word}"
    peer.puts Commands.run(word)
    peer.close
  end
end
""",
    '/opt/chatops/commands.rb': """
module Commands
  def self.run(word)
    case word
    when 'who' then Etc.getpwuid(Process.euid).name
    when 'uptime' then `uptime`
    when 'disk' then `df -h / | tail -1`
    else "unknown #{word}"
    end
  end
end
""",
}


def prepare():
    run('useradd', '-r', 'chatops')


def ask():
    talk(704, b'who\n', b'chatops')
    talk(704, b'uptime\n', b'load average')
    talk(704, b'disk\n', b'%')
    os.rename('/var/log/chatops/chatops.log', '/var/log/chatops/chatops.log.1')
    run('systemctl', 'reload', 'chatops', check=True)
    time.sleep(0.5)
    word = f'w{time.monotonic_ns()}'
    talk(704, f'{word}\n'.encode(), b'unknown')
    has(word, read('/var/log/chatops/chatops.log'))
