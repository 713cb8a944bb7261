"""Keeps players of films in step, in Python, a user for the time, locked in already: one who comes into a room is told to another there."""
import json
import socket

packages = 'syncplay-server'
patience = 30


def come(name):
    peer = socket.create_connection(('127.0.0.1', 8999), timeout=5)
    peer.sendall(json.dumps({'Hello': {'username': name, 'room': {'name': 'r'}, 'version': '1.2.255', 'realversion': '1.7.3', 'features': {}}}).encode() + b'\r\n')
    until(peer, b'"Hello"')
    return peer


def until(peer, expected):
    said = b''
    while expected not in said:
        more = peer.recv(4096)
        assert more, said[-150:]
        said += more


def ask():
    with come('first') as first, come('second'):
        until(first, b'"second"')
