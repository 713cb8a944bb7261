"""Perl, a web server that forks and takes its own place, as a user: a note kept, before and after it was told to begin anew."""
from client import USER, page, run

packages = 'libmojolicious-perl'
files = {
    '/etc/systemd/system/hypnotoad.service': f"""[Unit]
Description=Notes in Perl
After=network.target

[Service]
Type=forking
User={USER}
PIDFile=/srv/perl/hypnotoad.pid
ExecStart=/usr/bin/hypnotoad /srv/perl/app.pl
ExecReload=/usr/bin/hypnotoad /srv/perl/app.pl

[Install]
WantedBy=multi-user.target
""",
    '/srv/perl/app.pl': """#!/usr/bin/perl
use Mojolicious::Lite -signatures;
app->config(hypnotoad => {listen => ['http://127.0.0.1:8104'], workers => 2});
app->secrets(['x']);
get '/' => sub ($c) {
  my $file = Mojo::File->new('/srv/perl/note');
  $file->spurt($c->param('note')) if Mojo::File->can('spurt') && !Mojo::File->can('spew');
  $file->spew($c->param('note')) if Mojo::File->can('spew');
  $c->render(text => 'kept ' . $file->slurp);
};
app->start;
""",
}


def prepare():
    run('chown', '-R', f'{USER}:{USER}', '/srv/perl')


def ask():
    page(8104, '/?note=a-word', 'kept a-word')
