"""Lisp, compiled as it runs, a user of its own: a word answered that it compiled a function for."""
from client import USER, talk

packages = 'sbcl'
patience = 40
files = {
    '/etc/systemd/system/sbcl-app.service': f"""[Unit]
Description=Words in Lisp
After=network.target

[Service]
User={USER}
WorkingDirectory=/srv
ExecStart=/usr/bin/sbcl --script /srv/words.lisp
Restart=on-failure

[Install]
WantedBy=multi-user.target
""",
    '/srv/words.lisp': """
(require :sb-bsd-sockets)
(let ((server (make-instance 'sb-bsd-sockets:inet-socket :type :stream :protocol :tcp)))
  (setf (sb-bsd-sockets:sockopt-reuse-address server) t)
  (sb-bsd-sockets:socket-bind server #(127 0 0 1) 8102)
  (sb-bsd-sockets:socket-listen server 5)
  (loop
    (let* ((peer (sb-bsd-sockets:socket-accept server))
           (stream (sb-bsd-sockets:socket-make-stream peer :input t :output t :buffering :full))
           (word (read-line stream nil ""))
           (twice (compile nil '(lambda (x) (concatenate 'string x x)))))
      (sb-ext:gc :full t)
      (write-line (funcall twice (string-trim '(#\\Return) word)) stream)
      (finish-output stream)
      (sb-bsd-sockets:socket-close peer))))
""",
}


def ask():
    talk(8102, b'word\n', b'wordword')
