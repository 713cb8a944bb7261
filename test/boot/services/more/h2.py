"""Java, a database of a user's: a table made, filled, read by another Java."""
from client import USER, run

packages = 'default-jre-headless,libh2-java'
patience = 40
files = {
    '/etc/systemd/system/h2.service': f"""[Unit]
Description=H2
After=network.target

[Service]
User={USER}
WorkingDirectory=/home/{USER}
ExecStart=/usr/bin/java -Xmx128m -cp /usr/share/java/h2.jar org.h2.tools.Server -tcp -tcpPort 9092 -ifNotExists -baseDir /home/{USER}
SuccessExitStatus=143
Restart=on-failure

[Install]
WantedBy=multi-user.target
""",
}


def ask():
    sql = 'create table if not exists t (a int); insert into t values (42); select max(a) from t'
    said = run('java', '-cp', '/usr/share/java/h2.jar', 'org.h2.tools.Shell', '-url', 'jdbc:h2:tcp://127.0.0.1/kept', '-user', 'sa', '-password', 'x', '-sql', sql, check=True)
    assert '42' in said.stdout.split('\n', 3)[-1], said.stdout
