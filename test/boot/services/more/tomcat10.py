"""Java, a server of applications: a page that it compiles."""
from client import page, write

packages = 'tomcat10'
patience = 60


def prepare():
    write('/var/lib/tomcat10/webapps/ROOT/x.jsp', '<%= "is " + (40 + 2) %>\n')


def ask():
    page(8080, '/x.jsp', 'is 42')
