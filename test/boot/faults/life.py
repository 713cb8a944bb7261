"""What becomes of services whose lines are at odds with how they live."""
from faults import shown, systemctl, units, until


def test_ExecStop_of_a_oneshot_that_does_not_remain_runs_at_once():
    units(a__service='[Service]\nType=oneshot\nExecStart=/bin/true\nExecStop=/bin/touch /run/stopped\n')
    systemctl('start', 'a.service')
    assert until(lambda: systemctl('is-active', 'a.service').stdout.strip() == 'inactive')
    assert open('/run/stopped').read() == ''


def test_with_RemainAfterExit_it_waits_for_the_stop():
    units(a__service='[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\nExecStop=/bin/touch /run/stopped-later\n')
    systemctl('start', 'a.service')
    assert shown('a.service', 'ActiveState') == 'active'
    systemctl('stop', 'a.service')
    assert open('/run/stopped-later').read() == ''
