"""Go, a user of its own at a port below 1024 by a capability: names for long addresses, kept in a file of /opt that is written anew."""
import json
import time

from client import page, read, run

packages = 'golang-go'
control = 'ReadOnlyPaths=/opt/shortener'
files = {
    '/etc/systemd/system/shortener.service': """[Unit]
Description=URL shortener
After=network.target

[Service]
Type=simple
User=shortener
WorkingDirectory=/opt/shortener
AmbientCapabilities=CAP_NET_BIND_SERVICE
ExecStart=/opt/shortener/bin/shortener -listen :81 -data ./data/links.json
Restart=always
LimitNOFILE=65536

[Install]
WantedBy=multi-user.target
""",
    '/usr/src/shortener/go.mod': 'module shortener\n\ngo 1.21\n',
    '/usr/src/shortener/main.go': """package main

import (
	"encoding/json"
	"flag"
	"log"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"
)

var (
	lock  sync.Mutex
	links = map[string]string{}
)

func save(path string) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".links-*")
	if err != nil {
		return err
	}
	if err := json.NewEncoder(file).Encode(links); err != nil {
		return err
	}
	if err := file.Sync(); err != nil {
		return err
	}
	file.Close()
	return os.Rename(file.Name(), path)
}

func main() {
	listen := flag.String("listen", ":8080", "address")
	data := flag.String("data", "links.json", "where links are kept")
	flag.Parse()
	if text, err := os.ReadFile(*data); err == nil {
		json.Unmarshal(text, &links)
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM)
	go func() { <-stop; log.Print("stopping"); os.Exit(0) }()
	http.HandleFunc("/new", func(w http.ResponseWriter, r *http.Request) {
		lock.Lock()
		defer lock.Unlock()
		links[r.FormValue("name")] = r.FormValue("url")
		if err := save(*data); err != nil {
			log.Print(err)
			http.Error(w, err.Error(), 500)
			return
		}
		w.Write([]byte("kept"))
	})
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		lock.Lock()
		defer lock.Unlock()
		w.Write([]byte(links[r.URL.Path[1:]]))
	})
	log.Fatal(http.ListenAndServe(*listen, nil))
}
""",
    '/opt/shortener/data/.keep': '',
}


def prepare():
    run('useradd', '-r', 'shortener')
    run('sh', '-c', 'cd /usr/src/shortener && mkdir -p /opt/shortener/bin && CGO_ENABLED=0 GOFLAGS=-p=2 GOCACHE=/root/.gocache go build -o /opt/shortener/bin/shortener .', check=True, timeout=600)
    run('chown', '-R', 'shortener:', '/opt/shortener/data')


def ask():
    word = f'u{time.monotonic_ns()}'
    page(81, f'/new?name=x&url=https://example.org/{word}', 'kept')
    page(81, '/x', word)
    assert word in json.loads(read('/opt/shortener/data/links.json'))['x']
