;;; What test/editors/eglot.sh has Emacs do; it ends with status 1 where something is not as it should be.  -*- lexical-binding: t -*-

(dolist (folder (directory-files "/usr/share/emacs/site-lisp/elpa" t "^[a-z]"))
  (add-to-list 'load-path folder))
(require 'eglot)
(require 'flymake)
(require 'conf-mode)

(defun check (what is)
  (princ (format "%s: %s\n" (if is "ok" "not ok") what))
  (unless is (kill-emacs 1)))

(defun wait-for (is)
  "Whether IS answers with something within half a minute."
  (let ((end (+ (float-time) 30)) found)
    (while (and (not (setq found (funcall is))) (< (float-time) end))
      (accept-process-output nil 0.05))
    found))

(defvar said nil "The diagnostics that the server told last.")
(cl-defmethod eglot-handle-notification :after (_server (_method (eql textDocument/publishDiagnostics)) &key diagnostics &allow-other-keys)
  (setq said (append diagnostics nil)))

(defun errors ()
  (seq-filter (lambda (one) (eql (plist-get one :severity) 1)) said))

(add-to-list 'eglot-server-programs
             `(conf-mode . ("node" ,(getenv "UNITLINT_CLI") "lsp" "--stdio")))
(setq eglot-sync-connect 30 eglot-autoshutdown t eglot-confirm-server-initiated-edits nil
      project-find-functions (list (lambda (folder) (cons 'transient folder))))

(find-file (expand-file-name "web.service" (getenv "UNITLINT_FOLDER")))
(conf-unix-mode)
(apply #'eglot (list '(conf-unix-mode) (project-current) 'eglot-lsp-server (list "node" (getenv "UNITLINT_CLI") "lsp" "--stdio") "systemd"))
(check "the server starts" (eglot-current-server))
(check "diagnostics appear" (wait-for (lambda () (= (length (errors)) 1))))
(check "with their rule" (equal (plist-get (car (errors)) :code) "no-invalid-value"))

(defun ask (method params)
  (jsonrpc-request (eglot-current-server) method params))

(goto-char (point-min))
(search-forward "Restart=")
(let ((hover (ask :textDocument/hover (eglot--TextDocumentPositionParams))))
  (check "hover answers" (string-match-p "### Restart=" (plist-get (plist-get hover :contents) :value))))
(let* ((list (ask :textDocument/completion (eglot--TextDocumentPositionParams)))
       (labels (mapcar (lambda (item) (plist-get item :label)) (plist-get list :items))))
  (check "completion answers" (member "on-failure" labels)))
(let ((candidates (nth 2 (eglot-completion-at-point))))
  (check "completion is offered at point" (member "on-failure" (all-completions "" candidates))))

(let ((actions (eglot-code-actions (point) (point))) fixed)
  (dolist (action (append actions nil))
    (when (and (not fixed) (eq (plist-get action :isPreferred) t))
      (setq fixed t)
      (eglot--apply-workspace-edit (plist-get action :edit))))
  (check "a code action fixes"
         (and fixed (save-excursion (goto-char (point-min)) (search-forward "Restart=always\n" nil t)))))
(eglot--signal-textDocument/didChange)
(check "diagnostics go" (wait-for (lambda () (null (errors)))))
(eglot-shutdown (eglot-current-server))
(check "the server stops" (null (eglot-current-server)))
