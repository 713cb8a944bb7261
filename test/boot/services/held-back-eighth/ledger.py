"""Java, a plain jar, a user of its own: entries by HTTP, kept in a file below a folder of state that is locked, and told over its restart."""
import time

from client import page, run, read

packages = 'openjdk-21-jdk-headless'
patience = 40
control = 'ReadOnlyPaths=/var/lib/ledger'
files = {
    '/etc/systemd/system/ledger.service': """[Unit]
Description=Ledger
After=syslog.target network.target

[Service]
User=ledger
Environment="JAVA_OPTS=-Xmx128m -Djava.net.preferIPv4Stack=true"
EnvironmentFile=-/etc/default/ledger
ExecStart=/usr/bin/java $JAVA_OPTS -jar /opt/ledger/ledger.jar --data=/var/lib/ledger --port=8703
SuccessExitStatus=143
StateDirectory=ledger
TimeoutStopSec=20

[Install]
WantedBy=multi-user.target
""",
    '/etc/default/ledger': 'JAVA_OPTS="-Xmx96m -XX:+HeapDumpOnOutOfMemoryError"\n',
    '/usr/src/ledger/Ledger.java': """
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.concurrent.Executors;

public class Ledger {
  public static void main(String[] args) throws Exception {
    Path data = Path.of(".");
    int port = 8080;
    for (String arg : args) {
      if (arg.startsWith("--data=")) data = Path.of(arg.substring(7));
      if (arg.startsWith("--port=")) port = Integer.parseInt(arg.substring(7));
    }
    FileChannel guard = FileChannel.open(data.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = guard.tryLock();
    if (lock == null) throw new IllegalStateException("already running");
    Path book = data.resolve("book.txt");
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    server.setExecutor(Executors.newFixedThreadPool(4));
    server.createContext("/", exchange -> {
      String query = exchange.getRequestURI().getQuery();
      byte[] body;
      if (query != null) {
        Path scratch = Files.createTempFile("ledger", ".entry");
        Files.writeString(scratch, query + "\\n");
        Files.writeString(book, Files.readString(scratch), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Files.delete(scratch);
      }
      body = Files.exists(book) ? Files.readAllBytes(book) : new byte[0];
      exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    Path closed = data.resolve("closed.txt");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      try {
        Files.writeString(closed, "closed");
      } catch (Exception error) {
        error.printStackTrace();
      }
    }));
    server.start();
    System.out.println("ledger is open on " + port);
  }
}
""",
}


def prepare():
    run('useradd', '-r', 'ledger')
    run('sh', '-c', 'cd /usr/src/ledger && mkdir -p /opt/ledger && javac -d classes Ledger.java && jar --create --file /opt/ledger/ledger.jar --main-class Ledger -C classes .', check=True, timeout=180)


starts_seen = []


def ask():
    word = f'entry-{time.monotonic_ns()}'
    page(8703, f'/?{word}', word)
    invocation = run('systemctl', 'show', '-P', 'InvocationID', 'ledger').stdout
    if invocation not in starts_seen:
        if starts_seen:
            assert read('/var/lib/ledger/closed.txt') == 'closed'
        starts_seen.append(invocation)
