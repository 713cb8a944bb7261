/** What makes a process, or a thread. */
export const makers: ReadonlySet<string> = new Set(['clone', 'clone3', 'fork', 'vfork'])

/** What is called so often, or tells so little, that it is only noted that it was. */
export const dull: ReadonlySet<string> = new Set(
  'read write pread64 pwrite64 readv writev lseek close fstat mmap2 munmap brk futex rt_sigaction rt_sigprocmask rt_sigreturn getpid gettid getppid clock_gettime gettimeofday epoll_create1 dup dup2 dup3 pipe pipe2 getrandom getdents64 sysinfo uname madvise'.split(
    ' ',
  ),
)

/** What a service does when it has started. */
export const waiting: ReadonlySet<string> = new Set(
  'accept accept4 epoll_wait epoll_pwait epoll_pwait2 poll ppoll select pselect6 pause rt_sigsuspend rt_sigtimedwait nanosleep clock_nanosleep wait4 waitid io_getevents io_uring_enter recvfrom recvmsg'.split(
    ' ',
  ),
)

/** Programs that are set-user-ID or set-group-ID where they are installed. */
export const settingIds: ReadonlySet<string> = new Set(
  'sudo su doas pkexec mount umount fusermount fusermount3 newuidmap newgidmap passwd chsh chfn chage expiry gpasswd newgrp crontab at postdrop postqueue sendmail exim4 unix_chkpwd ssh-agent ping ping6 traceroute6 wall write bwrap dumpcap ssh-keysign polkit-agent-helper-1 dbus-daemon-launch-helper Xorg.wrap mail-lock mail-unlock mail-touchlock lockfile procmail screen utempter'.split(
    ' ',
  ),
)
