"""Films and music for the house, as a user: what it is, and a file that comes while it runs."""
import time

from client import page, run, write

packages = 'minidlna'
patience = 40
control = 'PrivateNetwork=yes'


def prepare():
    write('/var/lib/minidlna/x.mp3', 'ID3\x03\0\0\0\0\0\x0f')
    run('chown', '-R', 'minidlna:minidlna', '/var/lib/minidlna')


def ask():
    page(8200, '/rootDesc.xml', 'MediaServer')
    page(8200, '/', 'MiniDLNA')
    soap = '<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><s:Body><u:Browse xmlns:u="urn:schemas-upnp-org:service:ContentDirectory:1"><ObjectID>0</ObjectID><BrowseFlag>BrowseDirectChildren</BrowseFlag><Filter>*</Filter><StartingIndex>0</StartingIndex><RequestedCount>10</RequestedCount><SortCriteria></SortCriteria></u:Browse></s:Body></s:Envelope>'
    page(8200, '/ctl/ContentDir', 'Music', data=soap.encode(), headers={'SOAPAction': '"urn:schemas-upnp-org:service:ContentDirectory:1#Browse"', 'Content-Type': 'text/xml'})
    time.sleep(0.2)
