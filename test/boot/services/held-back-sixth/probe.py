"""Ruby, a user of its own: hosts that it asks by ping and by a helper in C with a capability of its own, and a port."""
from client import run, talk

packages = 'ruby,tcc,libc6-dev,libcap2-bin,iputils-ping'
control = 'NoNewPrivileges=yes'
files = {
    '/etc/systemd/system/probe.service': """[Unit]
Description=probe
After=network.target

[Service]
User=probe
ExecStart=/opt/probe/probe.rb
Restart=on-failure

[Install]
WantedBy=multi-user.target
""",
    '/opt/probe/probe.rb': """#!/usr/bin/ruby
require 'socket'
require 'open3'
server = TCPServer.new('127.0.0.1', 8407)
loop do
  peer = server.accept
  host = peer.gets.strip
  raw, _, first = Open3.capture3('/opt/probe/raw', host)
  _, _, second = Open3.capture3('ping', '-c1', '-W1', host)
  web = begin
    TCPSocket.new(host, 8900).close
    true
  rescue SystemCallError
    false
  end
  peer.puts "#{raw.strip} #{first.success?} #{second.success?} #{web}"
  peer.close
end
""",
    '/usr/src/raw.c': r"""
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
int main(int n, char **of) {
  struct sockaddr_in to = {.sin_family = AF_INET};
  unsigned char packet[8] = {8, 0, 0xf7, 0xff}, answer[200];
  int s = socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
  if (s < 0) { perror("raw"); return 1; }
  inet_pton(AF_INET, of[1], &to.sin_addr);
  alarm(2);
  sendto(s, packet, 8, 0, (void *) &to, sizeof to);
  for (;;) {
    recv(s, answer, sizeof answer, 0);
    if (answer[20] == 0) { puts("echo"); return 0; }
  }
}
""",
}


def prepare():
    run('useradd', '-r', 'probe')
    run('sh', '-c', 'tcc -o /opt/probe/raw /usr/src/raw.c && setcap cap_net_raw+ep /opt/probe/raw; echo "0 2147483647" > /proc/sys/net/ipv4/ping_group_range', check=True)


def ask():
    talk(8407, b'127.0.0.1\n', b'echo true true true')
