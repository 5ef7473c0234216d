using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Fidelity;

/// <summary>The rows of docs/fidelity.md.</summary>
internal static class FidelityStates
{
    private const string Status = "print(*[l for l in open(f'/proc/{P}/status') if l.startswith(({0}))], sep='')";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<FidelityState> All { get; } =
    [
        new("processes: pids, parents, groups, sessions, threads, one that was not waited for",
            """
            import threading
            if os.fork() == 0: os.setsid(); time.sleep(1e6)
            if os.fork() == 0: os._exit(3)
            threading.Thread(target=time.sleep, args=(1e6,), daemon=True).start()
            """,
            """
            for p in sorted(map(int, filter(str.isdigit, os.listdir('/proc')))):
                s = open(f'/proc/{p}/stat').read().rsplit(')', 1)
                if p != os.getpid(): w = s[1].split(); print(p, s[0], w[0] == 'Z', *w[1:4], w[17])
            """),
        new("memory, and a program that counts in it", "nonce = os.urandom(8).hex()\ndef answer(): return [nonce, goes_on(lambda: ticks[0])]"),
        new("TCP connections of the container with itself, with what is not read yet",
            """
            l = socket.socket(); l.bind(('127.0.0.1', 7100)); l.listen(); c = socket.create_connection(('127.0.0.1', 7100)); a, _ = l.accept()
            c.send(b'unread'); a.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            def answer(): c.send(b'.'); time.sleep(.1); return [a.recv(6, socket.MSG_PEEK), a.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE), l.getsockname()]
            """),
        new("a TCP connection with the host", "") { IsConnected = true },
        new("UNIX sockets: a pair with what is not read yet, one with a name",
            """
            a, b = socket.socketpair(); a.send(b'unread'); l = socket.socket(socket.AF_UNIX); l.bind('/a.sock'); l.listen(3)
            def answer():
                c = socket.socket(socket.AF_UNIX); c.connect('/a.sock'); s, _ = l.accept(); c.send(b'x'); return [b.recv(9, socket.MSG_PEEK), s.recv(1)]
            """),
        new("pipes, event counters, epoll",
            """
            r, w = os.pipe(); os.write(w, b'unread'); e = os.eventfd(5) if hasattr(os, 'eventfd') else libc.eventfd(5, 0); ep = select.epoll(); ep.register(r)
            def answer():
                n = fcntl.ioctl(r, termios.FIONREAD, b'....'); i = open(f'/proc/self/fdinfo/{e}').read().split('eventfd-count:')[1].split()[0]
                return [n, i, ep.poll(0) != [], fcntl.fcntl(w, fcntl.F_GETPIPE_SZ)]
            """),
        new("a tmpfs with its size, files, owners and attributes",
            """
            os.makedirs('/t', exist_ok=True); os.system('mount -t tmpfs -o size=10m,mode=750 none /t'); open('/t/a', 'w').write('a'); os.chown('/t/a', 7, 8)
            os.link('/t/a', '/t/b'); os.setxattr('/t/a', 'trusted.x', b'y'); os.truncate('/t/b', 1000)
            """,
            """
            s = os.statvfs('/t'); f = os.stat('/t/a'); print(s.f_blocks, oct(os.stat('/t').st_mode), f.st_uid, f.st_gid, f.st_nlink, f.st_size)
            print(os.listxattr('/t/a'))
            """),
        new("a timer that fires 100 times a second (setitimer)",
            """
            n = [0]
            def alarm(*_): n[0] += 1
            signal.signal(signal.SIGALRM, alarm); signal.setitimer(signal.ITIMER_REAL, .01, .01)
            def answer(): return goes_on(lambda: n[0])
            """),
        new("a timer that fires 100 times a second (timerfd), not read for a while",
            """
            t = libc.timerfd_create(1, 0o4000); libc.timerfd_settime(t, 0, struct.pack('qqqq', 0, 10**7, 0, 10**7), None); time.sleep(.1)
            def fired():
                try: return os.read(t, 8)
                except BlockingIOError: return None
            def answer():
                fired(); time.sleep(.3); return fired() is not None
            """),
        new("addresses, routes, rules of routing",
            """
            os.system('ip addr add 10.99.1.1/24 dev eth0; ip -6 addr add fd99::1/64 dev eth0; ip route add 10.98.0.0/16 via 10.99.1.9 metric 7')
            os.system('ip route add 10.97.0.0/16 dev eth0 table 77; ip rule add from 10.99.1.1 table 77; ip route add blackhole 10.96.0.0/16')
            time.sleep(2.5)
            """)
        {
            FromHost = container => string.Concat(((string[])["-4 addr", "-6 addr", "route", "-6 route", "route show table 77", "rule"])
                .Select(what => Scrub(container.Inside("net", "ip", what.Split(' ')).Output))),
        },
        new("the network device: name, index, MAC, MTU", "os.system('ip link set eth0 mtu 1400')",
            "print(*[open(f'/sys/class/net/eth0/{f}').read() for f in ('address', 'mtu', 'ifindex', 'tx_queue_len')])")
        { FromHost = container => Scrub(container.Inside("net", "ip", "link", "show", "eth0").Output) },
        new("its end on the host: name, MAC, bridge, settings of the port", "")
        {
            Make = container => Command.Output("bridge", "link", "set", "dev", container.HostLinks[0], "cost", "55", "hairpin", "on"),
            FromHost = container =>
            {
                container.FindHostLinks();
                return Scrub(Command.Run("ip", "-d", "link", "show", container.HostLinks[0]).Output);
            },
        },
        new("rule sets (nftables)", "")
        {
            Make = container => container.Inside("net", "nft", "add table inet t; add chain inet t c { type filter hook input priority 0; }; "
                + "add rule inet t c tcp dport 22 accept; add set inet t s { type ipv4_addr; flags interval; elements = { 10.1.0.0/16 }; }").OrThrow(),
            FromHost = container => container.Inside("net", "nft", "list", "ruleset").Output,
        },
        new("settings of the network (sysctl)", "")
        {
            Make = container => container.Inside("net", "sysctl", "-w", "net.ipv4.ip_forward=1", "net.ipv4.tcp_keepalive_time=777", "net.core.somaxconn=99",
                "net.ipv4.conf.eth0.rp_filter=2").OrThrow(),
            FromHost = container => container.Inside("net", "sysctl", "net.ipv4.ip_forward", "net.ipv4.tcp_keepalive_time", "net.core.somaxconn",
                "net.ipv4.conf.eth0.rp_filter").Output,
        },
        new("limits of the cgroups", "")
        {
            Configuration = ["lxc.cgroup.memory.limit_in_bytes = 300M", "lxc.cgroup.pids.max = 100", "lxc.cgroup.cpu.shares = 512"],
            FromHost = container => Cgroups(container, "memory.limit_in_bytes", "pids.max", "cpu.shares"),
        },
        new("rules of devices", "")
        {
            Configuration = ["lxc.cgroup.devices.deny = a", "lxc.cgroup.devices.allow = c 1:* rwm", "lxc.cgroup.devices.allow = c 5:2 rw"],
            FromHost = container => Cgroups(container, "devices.list"),
        },
        new("what of the host is bound read-only", "",
            "print(*sorted(f'{w[4]} {w[5]}\\n' for w in map(str.split, open('/proc/1/mountinfo')) if 'lib' in w[4]), sep='')"),
        new("mounts made inside: flags and propagation",
            """
            os.makedirs('/m1', exist_ok=True); os.makedirs('/m2', exist_ok=True)
            os.system('mount -t tmpfs none /m1; mount --make-shared /m1; mount -o bind /m1 /m2; mount --make-slave /m2; mount -o remount,bind,ro,nosuid,noexec /m2')
            """,
            """
            for w in sorted(map(str.split, open('/proc/1/mountinfo')), key=lambda w: w[4]):
                if w[4] in ('/m1', '/m2'): print(w[4], w[5], [o.split(':')[0] for o in w[6:w.index('-')]])
            """),
        new("capabilities, no-new-privileges, resource limits",
            """
            libc.prctl(24, 13, 0, 0, 0); libc.prctl(38, 1, 0, 0, 0); resource.setrlimit(resource.RLIMIT_NOFILE, (123, 456))
            """,
            Status.Replace("{0}", "'Cap', 'NoNewPrivs'", StringComparison.Ordinal) + "; print(open(f'/proc/{P}/limits').read())"),
        new("a seccomp filter",
            """
            f = struct.pack('HBBIHBBIHBBIHBBI', 0x20, 0, 0, 0, 0x15, 0, 1, 168, 6, 0, 0, 0x5004d, 6, 0, 0, 0x7fff0000)
            b = ctypes.create_string_buffer(f); libc.prctl(38, 1, 0, 0, 0); libc.prctl(22, 2, ctypes.c_char_p(struct.pack('HxxxxxxQ', 4, ctypes.addressof(b))))
            def answer(): libc.syscall(168, 0); return [ctypes.get_errno(), [l for l in open('/proc/self/status') if l.startswith('Seccomp')]]
            """),
        new("a terminal: settings, size, what was typed and not read",
            """
            m, s = os.openpty(); fcntl.ioctl(s, termios.TIOCSWINSZ, struct.pack('HHHH', 33, 99, 0, 0)); a = termios.tcgetattr(s)
            a[3] &= ~(termios.ECHO | termios.ICANON); termios.tcsetattr(s, termios.TCSANOW, a); os.write(m, b'typed')
            def answer(): return [termios.tcgetattr(s)[:4], fcntl.ioctl(s, termios.TIOCGWINSZ, b'.' * 8), fcntl.ioctl(s, termios.FIONREAD, b'....'), os.ttyname(s)]
            """),
        new("open files: without a name, with a position, locked",
            """
            f = open('/gone', 'w+'); f.write('content'); f.flush(); os.unlink('/gone'); f.seek(3)
            k = open('/locked', 'w'); fcntl.flock(k, fcntl.LOCK_EX); p = open('/posix', 'w'); fcntl.lockf(p, fcntl.LOCK_EX, 10, 5)
            def answer():
                o = open('/locked', 'w')
                try: fcntl.flock(o, fcntl.LOCK_EX | fcntl.LOCK_NB); held = False
                except BlockingIOError: held = True
                g = fcntl.fcntl(open('/posix', 'w'), fcntl.F_GETLK, struct.pack('hhqqi', fcntl.F_WRLCK, 0, 0, 0, 0))
                return [os.pread(f.fileno(), 9, 0), os.lseek(f.fileno(), 0, 1), held, os.fstat(f.fileno()).st_nlink]
            """),
        new("a watch on a directory (inotify)",
            """
            i = libc.inotify_init1(0o4000); os.makedirs('/w', exist_ok=True); libc.inotify_add_watch(i, b'/w', 0x100)
            def answer():
                open(f'/w/{time.time_ns()}', 'w').close(); time.sleep(.1)
                try: return len(os.read(i, 4096)) > 0
                except BlockingIOError: return False
            """),
        new("System V memory, semaphores, message queues",
            """
            libc.shmget(77, 8192, 0o1640); libc.semget(78, 3, 0o1600); q = libc.msgget(79, 0o1666); libc.msgsnd(q, struct.pack('q', 1) + b'unread', 6, 0)
            """,
            "[print([w[i] for i in (0, 1, 2, 3)]) for k in ('shm', 'sem', 'msg') for w in [l.split() for l in open(f'/proc/sysvipc/{k}')][1:]]"),
        new("scheduling: nice, policy, processors, out-of-memory score",
            """
            os.nice(5); os.sched_setaffinity(0, {0}); open('/proc/self/oom_score_adj', 'w').write('321')
            if os.fork() == 0: os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0)); time.sleep(1e6)
            """,
            """
            for p in [P] + [int(p) for p in open(f'/proc/{P}/task/{P}/children').read().split()]:
                print(os.getpriority(os.PRIO_PROCESS, p), os.sched_getscheduler(p), os.sched_getaffinity(p), open(f'/proc/{p}/oom_score_adj').read())
            """),
        new("signals: pending, blocked, ignored",
            """
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
            if os.fork() == 0: signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR2, signal.SIGTERM}); os.kill(os.getpid(), signal.SIGUSR2); time.sleep(1e6)
            """,
            """
            for p in [P] + [int(p) for p in open(f'/proc/{P}/task/{P}/children').read().split()]:
                print(*[l for l in open(f'/proc/{p}/status') if l.startswith(('SigP', 'SigB', 'SigI', 'SigC', 'Shd'))], sep='')
            """),
        new("membership in a multicast group",
            """
            m = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); m.bind(('', 7200))
            m.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton('239.1.2.3') + socket.inet_aton('127.0.0.1'))
            """,
            "print('030201EF' in open(f'/proc/{P}/net/igmp').read())"),
        new("host name", "socket.sethostname('changed')", "print(socket.gethostname())"),
        new("LXC knows it: lxc-info, lxc-attach", "")
        {
            FromHost = container => Command.Run("lxc-info", "-n", container.Name, "-s", "-H").Output
                + Command.Run("lxc-attach", "-n", container.Name, "--", "/bin/echo", "attached").Output,
        },
    ];

    // Indexes on the other side, and what counts on.
    private static string Scrub(string text) => System.Text.RegularExpressions.Regex.Replace(text,
        @"(?m)@if\d+| tentative| +$|^\d+(?=: veth)|link-netnsid \d+|link-netns \S+|"
        + @"(hello|topology_change|tcn|message_age|hold|forward_delay|gc)_timer\s+[\d.]+|valid_lft \S+|"
        + @"root_port|designated_(cost|port|bridge|root) \S+|bridge_id \S+|promiscuity \d+|allmulti \d+", "");

    private static string Cgroups(LxcContainer container, params string[] files) => string.Concat(
        from directory in CgroupTree.Of(container.Name)
        where directory.Contains("payload", StringComparison.Ordinal)
        from file in files
        let path = Path.Combine(directory, file)
        where File.Exists(path) && Path.GetFileName(directory).StartsWith("lxc.payload", StringComparison.Ordinal)
        orderby path
        select $"{file} {File.ReadAllText(path)}");
}
