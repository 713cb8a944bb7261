"""Go, a user of its own in another's group, a socket in /run that this group may use: files put below /srv, with their sums, and read by one of the group."""
import hashlib
import os
import time

from client import has, run

packages = 'golang-go,curl'
control = 'ReadOnlyPaths=/srv/filebox'
files = {
    '/etc/systemd/system/filebox.service': """[Unit]
Description=File box
After=network.target

[Service]
User=filebox
Group=www-data
RuntimeDirectory=filebox
Environment=GOMAXPROCS=2
ExecStart=/usr/local/bin/filebox --root /srv/filebox --socket /run/filebox/filebox.sock
ExecStopPost=-/bin/rm -f /run/filebox/filebox.sock
Restart=always

[Install]
WantedBy=multi-user.target
""",
    '/usr/src/filebox/go.mod': 'module filebox\n\ngo 1.21\n',
    '/usr/src/filebox/main.go': """package main

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/user"
	"path/filepath"
)

func main() {
	root := flag.String("root", ".", "folder")
	socket := flag.String("socket", "/run/filebox.sock", "socket")
	flag.Parse()
	os.Remove(*socket)
	listener, err := net.Listen("unix", *socket)
	if err != nil {
		log.Fatal(err)
	}
	if err := os.Chmod(*socket, 0660); err != nil {
		log.Fatal(err)
	}
	me, err := user.Current()
	if err != nil {
		log.Fatal(err)
	}
	log.Printf("serving %s as %s", *root, me.Username)
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		name := filepath.Join(*root, filepath.Base(r.URL.Path))
		if r.Method != "PUT" {
			http.ServeFile(w, r, name)
			return
		}
		part, err := os.CreateTemp("", "filebox-")
		if err != nil {
			http.Error(w, err.Error(), 500)
			return
		}
		defer os.Remove(part.Name())
		sum := sha256.New()
		io.Copy(io.MultiWriter(part, sum), r.Body)
		part.Seek(0, 0)
		target, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0640)
		if err != nil {
			http.Error(w, err.Error(), 500)
			return
		}
		io.Copy(target, part)
		target.Close()
		os.WriteFile(name+".sha256", []byte(hex.EncodeToString(sum.Sum(nil))), 0640)
		io.WriteString(w, hex.EncodeToString(sum.Sum(nil)))
	})
	log.Fatal(http.Serve(listener, nil))
}
""",
}


def prepare():
    run('sh', '-c', 'useradd -r filebox; mkdir -p /srv/filebox; chown filebox:www-data /srv/filebox; chmod 2750 /srv/filebox')
    run('sh', '-c', 'cd /usr/src/filebox && CGO_ENABLED=0 GOFLAGS=-p=2 GOCACHE=/root/.gocache go build -o /usr/local/bin/filebox .', check=True, timeout=600)


def ask():
    word = f'text {time.monotonic_ns()}'
    curl = ['runuser', '-u', 'www-data', '--', 'curl', '-fsS', '--unix-socket', '/run/filebox/filebox.sock']
    digest = hashlib.sha256(word.encode()).hexdigest()
    has(digest, run(*curl, '-X', 'PUT', '--data-binary', word, 'http://x/note.txt', check=True, cwd='/').stdout)
    has(word, run(*curl, 'http://x/note.txt', check=True, cwd='/').stdout)
    has(digest, run('runuser', '-u', 'www-data', '--', 'cat', '/srv/filebox/note.txt.sha256', check=True, cwd='/').stdout)
    assert os.stat('/srv/filebox/note.txt').st_gid == 33
