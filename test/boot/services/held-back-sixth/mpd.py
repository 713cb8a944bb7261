"""Music, for others, starts as root and becomes a user, with many libraries: asked by its socket and by TCP, and a list of songs that it keeps."""
import os
import socket

from client import has, run, talk

packages = 'mpd'
patience = 30


def prepare():
    run('sh', '-c', 'printf \'music_directory "/srv/music"\\nplaylist_directory "/var/lib/mpd/playlists"\\ndb_file "/var/lib/mpd/tag_cache"\\nstate_file "/var/lib/mpd/state"\\nuser "mpd"\\nbind_to_address "127.0.0.1"\\nbind_to_address "/run/mpd/socket"\\naudio_output {\\n type "fifo"\\n name "f"\\n path "/var/lib/mpd/fifo"\\n format "44100:16:2"\\n}\\n\' > /etc/mpd.conf; mkdir -p /srv/music /var/lib/mpd/playlists; chown mpd /var/lib/mpd /var/lib/mpd/playlists')
    import wave
    with wave.open('/srv/music/song.wav', 'wb') as song:
        song.setnchannels(2), song.setsampwidth(2), song.setframerate(44100)
        song.writeframes(bytes(44100 * 4 * 3))


def ask():
    talk(6600, b'update\nclear\nadd song.wav\nplay\nstatus\n', b'state: play')
    with socket.socket(socket.AF_UNIX) as peer:
        peer.settimeout(3)
        peer.connect('/run/mpd/socket')
        has(b'OK MPD', peer.recv(100))
    talk(6600, b'save kept\nstatus\n', b'state: play')
    os.unlink('/var/lib/mpd/playlists/kept.m3u')
