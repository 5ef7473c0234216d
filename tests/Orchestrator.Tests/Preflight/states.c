// Makes a small container and one state in it, for a check and for a dump by the criu command: states STATE ROOT CGROUP.
// Prints the host pid of the container's init when the state is there; ends when the init does.
// states STATE inside FD makes it in a container of somebody else, and writes a byte to FD; states STATE outside COMMAND... starts such a container's starter with what the state needs from outside.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/aio_abi.h>
#include <linux/bpf.h>
#include <linux/filter.h>
#include <linux/if.h>
#include <linux/if_packet.h>
#include <linux/if_tun.h>
#include <linux/netlink.h>
#include <linux/perf_event.h>
#include <linux/rtnetlink.h>
#include <linux/seccomp.h>
#include <linux/sockios.h>
#include <mqueue.h>
#include <net/if_arp.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/fanotify.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/shm.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static void die(const char *what)
{
	fprintf(stderr, "states: %s: %s\n", what, strerror(errno));
	// The init of a container that somebody else made and will end.
	while (getenv("STATES_STAY"))
		pause();
	_exit(99);
}

static int check(int result, const char *what)
{
	if (result == -1)
		die(what);
	return result;
}

static void sleep_forever(void)
{
	for (;;)
		pause();
}

static const char *the_root;
static int outside_fd = -1, outside_fd2 = -1;
static pid_t outsider;

static void write_file(const char *path, const char *text)
{
	int fd = check(open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644), path);
	check(write(fd, text, strlen(text)), path);
	close(fd);
}

// A child that sleeps; returns its pid here.
static pid_t sleeper(void)
{
	pid_t pid = check(fork(), "fork");
	if (pid == 0)
		sleep_forever();
	return pid;
}

static void wait_state(pid_t pid, char wanted)
{
	char path[64], text[512];
	for (int i = 0; i < 500; i++) {
		snprintf(path, sizeof path, "/proc/%d/stat", pid);
		int fd = open(path, O_RDONLY | O_CLOEXEC);
		ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
		close(fd);
		if (n > 0) {
			text[n] = 0;
			if (strrchr(text, ')')[2] == wanted)
				return;
		}
		usleep(2000);
	}
	errno = ETIMEDOUT;
	die("wait_state");
}

static int link_add(const char *name, const char *kind, const char *lower)
{
	struct {
		struct nlmsghdr h;
		struct ifinfomsg i;
		char data[512];
	} r = { .h = { .nlmsg_len = NLMSG_LENGTH(sizeof(struct ifinfomsg)), .nlmsg_type = RTM_NEWLINK,
		.nlmsg_flags = NLM_F_REQUEST | NLM_F_CREATE | NLM_F_EXCL | NLM_F_ACK } };
	int s = check(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE), "netlink");
#define ATTR(type, value, length) ({ struct rtattr *a = (void *)((char *)&r + NLMSG_ALIGN(r.h.nlmsg_len)); a->rta_type = type; \
		a->rta_len = RTA_LENGTH(length); memcpy(RTA_DATA(a), value, length); r.h.nlmsg_len = NLMSG_ALIGN(r.h.nlmsg_len) + RTA_ALIGN(a->rta_len); a; })
	ATTR(IFLA_IFNAME, name, strlen(name) + 1);
	if (lower) {
		int index = 0;
		struct ifreq q = {};
		strncpy(q.ifr_name, lower, IFNAMSIZ - 1);
		check(ioctl(s, SIOCGIFINDEX, &q), "lower link");
		index = q.ifr_ifindex;
		ATTR(IFLA_LINK, &index, 4);
	}
	struct rtattr *info = ATTR(IFLA_LINKINFO, "", 0);
	ATTR(IFLA_INFO_KIND, kind, strlen(kind) + 1);
	if (!strcmp(kind, "vlan")) {
		struct rtattr *data = ATTR(IFLA_INFO_DATA, "", 0);
		uint16_t id = 5;
		ATTR(1, &id, 2);
		data->rta_len = (char *)&r + r.h.nlmsg_len - (char *)data;
	}
	info->rta_len = (char *)&r + r.h.nlmsg_len - (char *)info;
	check(send(s, &r, r.h.nlmsg_len, 0), "send");
	char reply[1024];
	check(recv(s, reply, sizeof reply, 0), "recv");
	struct nlmsgerr *e = NLMSG_DATA((struct nlmsghdr *)reply);
	close(s);
	errno = -e->error;
	return e->error ? -1 : 0;
}

static void link_up(const char *name)
{
	int s = check(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), "socket");
	struct ifreq q = {};
	strncpy(q.ifr_name, name, IFNAMSIZ - 1);
	check(ioctl(s, SIOCGIFFLAGS, &q), "SIOCGIFFLAGS");
	q.ifr_flags |= IFF_UP;
	check(ioctl(s, SIOCSIFFLAGS, &q), "SIOCSIFFLAGS");
	close(s);
}

// ---- healthy

static void idle(void) {}

static void *thread_body(void *unused)
{
	(void)unused;
	sleep_forever();
	return NULL;
}

static void threads(void)
{
	pthread_t t;
	for (int i = 0; i < 4; i++)
		pthread_create(&t, NULL, thread_body, NULL);
}

static void children(void)
{
	for (int i = 0; i < 3; i++)
		if (check(fork(), "fork") == 0) {
			sleeper();
			sleep_forever();
		}
	usleep(50000);
}

static void zombie(void)
{
	pid_t pid = check(fork(), "fork");
	if (pid == 0)
		_exit(3);
	wait_state(pid, 'Z');
}

static void stopped(void)
{
	pid_t pid = sleeper();
	kill(pid, SIGSTOP);
	wait_state(pid, 'T');
}

static void pipes(void)
{
	int p[2];
	check(pipe(p), "pipe");
	check(write(p[1], "data", 4), "write");
	sleeper();
	mkfifo("/tmp/fifo", 0600);
	check(open("/tmp/fifo", O_RDWR), "fifo");
}

static void anonymous(void)
{
	check(eventfd(3, 0), "eventfd");
	int e = check(epoll_create1(0), "epoll"), p[2];
	check(pipe(p), "pipe");
	struct epoll_event v = { .events = EPOLLIN };
	check(epoll_ctl(e, EPOLL_CTL_ADD, p[0], &v), "epoll_ctl");
	struct itimerspec t = { { 100, 0 }, { 100, 0 } };
	check(timerfd_settime(check(timerfd_create(CLOCK_MONOTONIC, 0), "timerfd"), 0, &t, NULL), "settime");
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, NULL);
	check(signalfd(-1, &set, 0), "signalfd");
	kill(getpid(), SIGUSR1);
	int m = check(memfd_create("memory", 0), "memfd");
	check(write(m, "x", 1), "write");
	check(fanotify_init(FAN_CLASS_NOTIF, O_RDONLY), "fanotify");
	check(inotify_add_watch(check(inotify_init1(0), "inotify"), "/tmp", IN_CREATE), "watch");
	check(syscall(SYS_pidfd_open, sleeper(), 0), "pidfd");
}

static void files(void)
{
	write_file("/tmp/a", "content");
	check(open("/tmp/a", O_RDWR), "a");
	check(open("/tmp", O_RDONLY | O_DIRECTORY), "directory");
	int ghost = check(open("/tmp/ghost", O_RDWR | O_CREAT, 0600), "ghost");
	check(write(ghost, "boo", 3), "write");
	unlink("/tmp/ghost");
	check(open("/tmp", O_TMPFILE | O_RDWR, 0600), "tmpfile");
	check(open("/dev/null", O_RDWR), "null");
	check(open("/dev/zero", O_RDWR), "zero");
	check(open("/dev/urandom", O_RDONLY), "urandom");
	check(open("/proc/self/stat", O_RDONLY), "stat");
	check(open("/tmp/a", O_PATH), "path");
	mkdir("/tmp/gone", 0700);
	if (check(fork(), "fork") == 0) {
		chdir("/tmp/gone");
		sleep_forever();
	}
	usleep(50000);
	mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, open("/tmp/a", O_RDONLY), 0);
}

static void locks(void)
{
	int f = check(open("/tmp/lock", O_RDWR | O_CREAT, 0600), "lock");
	check(flock(f, LOCK_EX), "flock");
	int g = check(open("/tmp/posix", O_RDWR | O_CREAT, 0600), "posix");
	struct flock l = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 10 };
	check(fcntl(g, F_SETLK, &l), "setlk");
}

static void ofd_lock(void)
{
	int g = check(open("/tmp/ofd", O_RDWR | O_CREAT, 0600), "ofd");
	struct flock l = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 10 };
	check(fcntl(g, F_OFD_SETLK, &l), "ofd_setlk");
}

static void sockets(void)
{
	int p[2];
	check(socketpair(AF_UNIX, SOCK_STREAM, 0, p), "pair");
	check(write(p[0], "queued", 6), "write");
	check(socketpair(AF_UNIX, SOCK_DGRAM, 0, p), "pair");
	struct sockaddr_un u = { AF_UNIX, "/tmp/socket" };
	int l = check(socket(AF_UNIX, SOCK_STREAM, 0), "unix");
	check(bind(l, (void *)&u, sizeof u), "bind");
	check(listen(l, 5), "listen");
	int c = check(socket(AF_UNIX, SOCK_STREAM, 0), "unix");
	check(connect(c, (void *)&u, sizeof u), "connect");
	check(accept(l, NULL, NULL), "accept");
	struct sockaddr_in i = { AF_INET, htons(7000), { htonl(INADDR_LOOPBACK) } };
	int t = check(socket(AF_INET, SOCK_STREAM, 0), "tcp");
	check(bind(t, (void *)&i, sizeof i), "bind");
	check(listen(t, 5), "listen");
	int d = check(socket(AF_INET, SOCK_DGRAM, 0), "udp");
	check(bind(d, (void *)&i, sizeof i), "bind");
	check(socket(AF_INET6, SOCK_DGRAM, 0), "udp6");
	check(socket(AF_INET, SOCK_RAW, IPPROTO_ICMP), "raw");
	check(socket(AF_PACKET, SOCK_RAW, 0), "packet");
	check(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE), "netlink");
}

static void closed_sockets(void)
{
	check(socket(AF_INET, SOCK_STREAM, 0), "tcp");
	check(socket(AF_INET6, SOCK_STREAM, 0), "tcp6");
	check(socket(AF_UNIX, SOCK_STREAM, 0), "unix");
	check(socket(AF_UNIX, SOCK_DGRAM, 0), "unix");
	check(socket(AF_UNIX, SOCK_SEQPACKET, 0), "unix");
}

static int make_pty(int *slave)
{
	int master = check(open("/dev/ptmx", O_RDWR | O_NOCTTY), "ptmx"), unlock = 0, number;
	check(ioctl(master, TIOCSPTLCK, &unlock), "unlock");
	check(ioctl(master, TIOCGPTN, &number), "number");
	char path[32];
	snprintf(path, sizeof path, "/dev/pts/%d", number);
	*slave = check(open(path, O_RDWR | O_NOCTTY), path);
	return master;
}

static void terminal(void)
{
	int slave;
	make_pty(&slave);
	if (check(fork(), "fork") == 0) {
		setsid();
		check(ioctl(slave, TIOCSCTTY, 0), "ctty");
		sleep_forever();
	}
	usleep(50000);
}

static void memory(void)
{
	int id = check(shmget(77, 8192, IPC_CREAT | 0600), "shmget");
	if (shmat(id, NULL, 0) == (void *)-1)
		die("shmat");
	mmap(NULL, 1 << 16, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
}

static void seccomp_filter(void)
{
	struct sock_filter code[] = { BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW) };
	struct sock_fprog program = { 1, code };
	check(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs");
	check(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program), "seccomp");
}

static void nested_mount_and_net(void)
{
	if (check(fork(), "fork") == 0) {
		check(unshare(CLONE_NEWNS), "unshare");
		check(mount("inner", "/mnt", "tmpfs", 0, NULL), "tmpfs");
		sleep_forever();
	}
	if (check(fork(), "fork") == 0) {
		check(unshare(CLONE_NEWNET), "unshare");
		link_up("lo");
		sleep_forever();
	}
	usleep(100000);
}

static void pending_signals(void)
{
	sigset_t set;
	sigfillset(&set);
	sigprocmask(SIG_BLOCK, &set, NULL);
	kill(getpid(), SIGUSR2);
	pid_t pid = sleeper();
	kill(pid, SIGTERM);
	usleep(20000);
}

static void links(void)
{
	check(link_add("br0", "bridge", NULL), "bridge");
	int t = check(open("/dev/net/tun", O_RDWR), "tun");
	struct ifreq q = { .ifr_flags = IFF_TAP | IFF_NO_PI };
	strcpy(q.ifr_name, "tap0");
	check(ioctl(t, TUNSETIFF, &q), "TUNSETIFF");
}

static void bind_inside(void)
{
	mkdir("/tmp/one", 0700);
	mkdir("/tmp/two", 0700);
	check(mount("/tmp/one", "/tmp/two", NULL, MS_BIND, NULL), "bind");
	check(mount(NULL, "/tmp/two", NULL, MS_BIND | MS_REMOUNT | MS_RDONLY, NULL), "remount");
	check(mount("/srv", "/mnt", NULL, MS_BIND, NULL), "bind of the root's");
}

static void dead_pidfd(void)
{
	pid_t pid = sleeper();
	check(syscall(SYS_pidfd_open, pid, 0), "pidfd");
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static void system_mounts(void)
{
	mkdir("/mnt/a", 0700);
	mkdir("/mnt/b", 0700);
	mkdir("/mnt/c", 0700);
	mount("debugfs", "/mnt/a", "debugfs", 0, NULL);
	check(mount("mqueue", "/mnt/b", "mqueue", 0, NULL), "mqueue");
	mount("pstore", "/mnt/c", "pstore", 0, NULL);
}

// ---- refused

static void leader_outside(void) {}

static void traced(void)
{
	pid_t target = sleeper();
	if (check(fork(), "fork") == 0) {
		check(ptrace(PTRACE_SEIZE, target, 0, 0), "seize");
		sleep_forever();
	}
	usleep(100000);
}

static void vfork_parent(void)
{
	pid_t pid = check(fork(), "fork");
	if (pid == 0) {
		if (vfork() == 0)
			sleep_forever();
		sleep_forever();
	}
	wait_state(pid, 'D');
}

static void nested(int flags)
{
	if (check(fork(), "fork") == 0) {
		check(unshare(flags), "unshare");
		if (flags & (CLONE_NEWPID | CLONE_NEWTIME))
			sleeper();
		sleep_forever();
	}
	usleep(100000);
}

static void nested_pid(void) { nested(CLONE_NEWPID); }
static void nested_uts(void) { nested(CLONE_NEWUTS); }
static void nested_ipc(void) { nested(CLONE_NEWIPC); }
static void nested_uts_other(void)
{
	if (check(fork(), "fork") == 0) {
		check(unshare(CLONE_NEWUTS), "unshare");
		check(sethostname("another", 7), "sethostname");
		sleep_forever();
	}
	usleep(100000);
}
static void nested_ipc_used(void)
{
	if (check(fork(), "fork") == 0) {
		check(unshare(CLONE_NEWIPC), "unshare");
		check(shmget(0x1234, 4096, IPC_CREAT | 0600), "shmget");
		sleep_forever();
	}
	usleep(100000);
}
static void nested_user(void) { nested(CLONE_NEWUSER); }
static void nested_cgroup(void) { nested(CLONE_NEWCGROUP); }
static void nested_time(void) { nested(CLONE_NEWTIME); }
static void pid_for_children(void)
{
	if (check(fork(), "fork") == 0) {
		check(unshare(CLONE_NEWPID), "unshare");
		sleep_forever();
	}
	usleep(50000);
}

static void exec_32bit(void)
{
	pid_t pid = check(fork(), "fork");
	if (pid == 0) {
		execl("/bin32", "bin32", NULL);
		die("bin32");
	}
	usleep(50000);
	if (kill(pid, 0) || waitpid(pid, NULL, WNOHANG))
		die("bin32 ended");
}

static void *leader_exit_body(void *unused)
{
	(void)unused;
	sleep_forever();
	return NULL;
}

static void zombie_leader(void)
{
	pid_t pid = check(fork(), "fork");
	if (pid == 0) {
		pthread_t t;
		pthread_create(&t, NULL, leader_exit_body, NULL);
		syscall(SYS_exit, 0);
	}
	wait_state(pid, 'Z');
}

static void pending_trap(void)
{
	pid_t pid = check(fork(), "fork");
	if (pid == 0) {
		sigset_t set;
		sigemptyset(&set);
		sigaddset(&set, SIGTRAP);
		sigprocmask(SIG_BLOCK, &set, NULL);
		kill(getpid(), SIGTRAP);
		sleep_forever();
	}
	usleep(50000);
}

static char stack[1 << 16];
static int clone_body(void *unused)
{
	(void)unused;
	sleep_forever();
	return 0;
}

static void clone_with(int flags) { check(clone(clone_body, stack + sizeof stack, flags | SIGCHLD, NULL), "clone"); }
static void shares_vm(void) { clone_with(CLONE_VM); }
static void shares_fs(void) { clone_with(CLONE_FS); }
static void shares_files(void) { clone_with(CLONE_FILES); }
static void shares_sighand(void) { clone_with(CLONE_VM | CLONE_SIGHAND); }

static void other_user(void)
{
	if (check(fork(), "fork") == 0) {
		check(setgid(1000), "setgid");
		check(setuid(1000), "setuid");
		sleep_forever();
	}
	usleep(50000);
}

static int ring(void)
{
	char params[120] = {};
	return check(syscall(425, 8, params), "io_uring_setup");
}

static void io_uring_fd(void) { ring(); }

static void io_uring_mapped(void)
{
	int fd = ring();
	if (mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, fd, 0x10000000) == MAP_FAILED)
		die("mmap");
	close(fd);
}

static void user_faultfd(void) { check(syscall(SYS_userfaultfd, O_CLOEXEC | 1), "userfaultfd"); }

static void perf_event(void)
{
	struct perf_event_attr a = { .type = PERF_TYPE_SOFTWARE, .size = sizeof a, .config = PERF_COUNT_SW_TASK_CLOCK };
	check(syscall(SYS_perf_event_open, &a, 0, -1, -1, 0), "perf_event_open");
}

static void bpf_map(void)
{
	union bpf_attr a = { .map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 4, .max_entries = 1 };
	check(syscall(SYS_bpf, BPF_MAP_CREATE, &a, sizeof a), "bpf");
}

static void bpf_program(void)
{
	struct bpf_insn code[] = { { .code = 0xb7 }, { .code = 0x95 } };
	union bpf_attr a = { .prog_type = BPF_PROG_TYPE_SOCKET_FILTER, .insn_cnt = 2, .insns = (uintptr_t)code, .license = (uintptr_t)"GPL" };
	check(syscall(SYS_bpf, BPF_PROG_LOAD, &a, sizeof a), "bpf");
}

static void fs_context(void) { check(syscall(430, "tmpfs", 0), "fsopen"); }

static void landlock(void)
{
	uint64_t handled = 1;
	check(syscall(444, &handled, sizeof handled, 0), "landlock");
}

static void device(const char *name, mode_t type, int major, int minor)
{
	mknod(name, type | 0600, makedev(major, minor));
	check(open(name, O_RDWR | O_NONBLOCK), name);
}

static void device_fuse(void) { device("/dev/fuse", S_IFCHR, 10, 229); }
static void device_loop(void) { device("/dev/loop-control", S_IFCHR, 10, 237); }
static void device_block(void)
{
	mknod("/dev/block", S_IFBLK | 0600, makedev(254, 0));
	check(open("/dev/block", O_RDONLY), "block");
}
static void device_kmsg(void) { device("/dev/kmsg", S_IFCHR, 1, 11); }
static void device_console(void) { device("/dev/console", S_IFCHR, 5, 1); }
static void device_tty0(void) { device("/dev/tty0", S_IFCHR, 4, 0); }
static void device_serial(void) { device("/dev/ttyS0", S_IFCHR, 4, 64); }
static void device_tun_unattached(void) { device("/dev/net/tun", S_IFCHR, 10, 200); }
static void device_cpu(void) { device("/dev/cpu_dma_latency", S_IFCHR, 10, 123); }

static void device_mapped(void)
{
	mknod("/dev/mem0", S_IFCHR | 0600, makedev(1, 1));
	int fd = check(open("/dev/mem0", O_RDONLY), "mem");
	if (mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0xf0000) == MAP_FAILED)
		die("mmap");
	close(fd);
}

static void secret_memory(void)
{
	int fd = check(syscall(447, 0), "memfd_secret");
	check(ftruncate(fd, 4096), "truncate");
	if (mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) == MAP_FAILED)
		die("mmap");
	close(fd);
}

static void secret_memory_fd(void) { check(syscall(447, 0), "memfd_secret"); }

static void lock_by_ended(void)
{
	int f = check(open("/tmp/inherited", O_RDWR | O_CREAT, 0600), "lock");
	pid_t pid = check(fork(), "fork");
	if (pid == 0) {
		flock(f, LOCK_EX);
		_exit(0);
	}
	waitpid(pid, NULL, 0);
}

static void lock_outside(void)
{
	// The descriptor came from outside, and its lock is held there.
	outside_fd2 = outside_fd;
}

static void lease(void)
{
	int f = check(open("/tmp/lease", O_RDONLY | O_CREAT, 0600), "lease");
	check(fcntl(f, F_SETLEASE, F_RDLCK), "setlease");
}

static void big_ghost(void)
{
	int f = check(open("/srv/big", O_RDWR | O_CREAT, 0600), "big");
	char block[65536] = { 1 };
	for (int i = 0; i < 32; i++)
		check(write(f, block, sizeof block), "write");
	fsync(f);
	unlink("/srv/big");
}

static void big_ghost_mapped(void)
{
	int f = check(open("/srv/big", O_RDWR | O_CREAT, 0600), "big");
	char block[65536] = { 1 };
	for (int i = 0; i < 32; i++)
		check(write(f, block, sizeof block), "write");
	fsync(f);
	unlink("/srv/big");
	if (mmap(NULL, 4096, PROT_READ, MAP_SHARED, f, 0) == MAP_FAILED)
		die("mmap");
	close(f);
}

static void removed_name(void)
{
	write_file("/srv/first", "x");
	check(link("/srv/first", "/srv/second"), "link");
	check(open("/srv/first", O_RDWR), "open");
	unlink("/srv/first");
}

static void removed_name_of_two(void)
{
	write_file("/srv/first", "x");
	check(link("/srv/first", "/srv/second"), "link");
	check(open("/srv/second", O_RDWR), "open");
	check(open("/srv/first", O_RDWR), "open");
	unlink("/srv/first");
}

static void name_reused(void)
{
	write_file("/srv/under", "x");
	write_file("/srv/over", "y");
	check(open("/srv/under", O_RDWR), "open");
	check(mount("/srv/over", "/srv/under", NULL, MS_BIND, NULL), "bind");
}

static void overmounted(void)
{
	check(mount("one", "/mnt", "tmpfs", 0, NULL), "tmpfs");
	write_file("/mnt/file", "x");
	check(open("/mnt/file", O_RDWR), "open");
	check(mount("two", "/mnt", "tmpfs", 0, NULL), "tmpfs");
}

static void foreign_file(void) { outside_fd2 = outside_fd; }

static void detached_mount(void)
{
	check(mount("one", "/mnt", "tmpfs", 0, NULL), "tmpfs");
	write_file("/mnt/file", "x");
	check(open("/mnt/file", O_RDWR), "open");
	check(umount2("/mnt", MNT_DETACH), "umount");
}

static void packet_pipe(void)
{
	int p[2];
	check(pipe2(p, O_DIRECT), "pipe2");
}

static void inotify_deleted(void)
{
	write_file("/tmp/watched", "x");
	int held = check(open("/tmp/watched", O_RDONLY), "open");
	check(inotify_add_watch(check(inotify_init1(0), "inotify"), "/tmp/watched", IN_MODIFY), "watch");
	unlink("/tmp/watched");
	(void)held;
}

static void inotify_deleted_disk(void)
{
	write_file("/srv/watched", "x");
	int held = check(open("/srv/watched", O_RDONLY), "open");
	check(inotify_add_watch(check(inotify_init1(0), "inotify"), "/srv/watched", IN_MODIFY), "watch");
	unlink("/srv/watched");
	(void)held;
}

static void inotify_unmounted(void)
{
	check(mount("one", "/mnt", "tmpfs", 0, NULL), "tmpfs");
	check(inotify_add_watch(check(inotify_init1(0), "inotify"), "/mnt", IN_MODIFY), "watch");
	int held = check(open("/mnt", O_PATH), "open");
	(void)held;
	check(umount2("/mnt", MNT_DETACH), "umount");
	close(held);
}

static void inotify_disk(void)
{
	write_file("/srv/watched", "x");
	check(inotify_add_watch(check(inotify_init1(0), "inotify"), "/srv/watched", IN_MODIFY), "watch");
}

static void epoll_escaped(void)
{
	int e = check(epoll_create1(0), "epoll"), p[2];
	check(pipe(p), "pipe");
	struct epoll_event v = { .events = EPOLLIN };
	check(epoll_ctl(e, EPOLL_CTL_ADD, p[0], &v), "epoll_ctl");
	if (check(fork(), "fork") == 0)
		sleep_forever();
	close(p[0]);
}

static void epoll_duplicated(void)
{
	int e = check(epoll_create1(0), "epoll"), p[2];
	check(pipe(p), "pipe");
	struct epoll_event v = { .events = EPOLLIN };
	check(epoll_ctl(e, EPOLL_CTL_ADD, p[0], &v), "epoll_ctl");
	check(fcntl(p[0], F_DUPFD, 50), "dup");
	close(p[0]);
}

static void pidfd_outside(void) { outside_fd2 = outside_fd; }
static void pidfd_thread(void)
{
	pid_t pid = sleeper();
	check(syscall(SYS_pidfd_open, pid, O_EXCL), "pidfd_thread");
}

static void unix_outside(void) { outside_fd2 = outside_fd; }
static void unix_other_net(void) { outside_fd2 = outside_fd; }
static void inet_other_net(void) { outside_fd2 = outside_fd; }
static void netlink_other_net(void) { outside_fd2 = outside_fd; }

static void netlink_pending(void)
{
	int s = check(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE), "netlink");
	struct { struct nlmsghdr h; struct ifinfomsg i; } r = { { sizeof r, RTM_GETLINK, NLM_F_REQUEST | NLM_F_DUMP, 1, 0 }, {} };
	check(send(s, &r, sizeof r, 0), "send");
}

static void netlink_groups(void)
{
	int s = check(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE), "netlink"), group = 33;
	check(setsockopt(s, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof group), "membership");
}

static void netlink_group_low(void)
{
	int s = check(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE), "netlink"), group = 1;
	check(setsockopt(s, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof group), "membership");
}

static void tcp(int family, int accepted)
{
	struct sockaddr_in6 six = { AF_INET6, htons(7100), 0, IN6ADDR_LOOPBACK_INIT };
	struct sockaddr_in four = { AF_INET, htons(7100), { htonl(INADDR_LOOPBACK) } };
	struct sockaddr *address = family == AF_INET ? (void *)&four : (void *)&six;
	socklen_t length = family == AF_INET ? sizeof four : sizeof six;
	int l = check(socket(family, SOCK_STREAM, 0), "tcp"), on = 1, c = check(socket(family, SOCK_STREAM, 0), "tcp");
	setsockopt(l, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	check(bind(l, address, length), "bind");
	check(listen(l, 5), "listen");
	check(connect(c, address, length), "connect");
	if (accepted)
		check(accept(l, NULL, NULL), "accept");
}

static void tcp_established(void) { tcp(AF_INET, 1); }
static void tcp6_established(void) { tcp(AF_INET6, 1); }
static void tcp_backlog(void) { tcp(AF_INET, 0); }

static void protocol(int type, int proto)
{
	check(socket(AF_INET, type, proto), "socket");
}

static void mptcp(void) { protocol(SOCK_STREAM, 262); }
static void sctp(void) { protocol(SOCK_STREAM, 132); }
static void udplite(void) { protocol(SOCK_DGRAM, 136); }
static void ping_socket(void)
{
	write_file("/proc/sys/net/ipv4/ping_group_range", "0 2147483647");
	protocol(SOCK_DGRAM, IPPROTO_ICMP);
}

static void udp_cork(void)
{
	int d = check(socket(AF_INET, SOCK_DGRAM, 0), "udp"), on = 1;
	struct sockaddr_in i = { AF_INET, htons(7000), { htonl(INADDR_LOOPBACK) } };
	check(connect(d, (void *)&i, sizeof i), "connect");
	check(setsockopt(d, IPPROTO_UDP, UDP_CORK, &on, sizeof on), "cork");
	check(send(d, "x", 1, 0), "send");
}

static void vsock(void) { check(socket(AF_VSOCK, SOCK_STREAM, 0), "vsock"); }
static void alg(void) { check(socket(AF_ALG, SOCK_SEQPACKET, 0), "alg"); }
static void key(void) { check(socket(AF_KEY, SOCK_RAW, 2), "key"); }
static void xdp(void) { check(socket(AF_XDP, SOCK_RAW, 0), "xdp"); }

static void unix_connecting(void)
{
	struct sockaddr_un u = { AF_UNIX, "/tmp/pending" };
	int l = check(socket(AF_UNIX, SOCK_STREAM, 0), "unix");
	check(bind(l, (void *)&u, sizeof u), "bind");
	check(listen(l, 5), "listen");
	int c = check(socket(AF_UNIX, SOCK_STREAM, 0), "unix");
	check(connect(c, (void *)&u, sizeof u), "connect");
}

static void unix_connecting_closed(void)
{
	struct sockaddr_un u = { AF_UNIX, "/tmp/pending" };
	int l = check(socket(AF_UNIX, SOCK_STREAM, 0), "unix");
	check(bind(l, (void *)&u, sizeof u), "bind");
	check(listen(l, 5), "listen");
	int c = check(socket(AF_UNIX, SOCK_STREAM, 0), "unix");
	check(connect(c, (void *)&u, sizeof u), "connect");
	close(c);
}

static void unix_connecting_written(void)
{
	struct sockaddr_un u = { AF_UNIX, "/tmp/pending" };
	int l = check(socket(AF_UNIX, SOCK_STREAM, 0), "unix");
	check(bind(l, (void *)&u, sizeof u), "bind");
	check(listen(l, 5), "listen");
	int c = check(socket(AF_UNIX, SOCK_STREAM, 0), "unix");
	check(connect(c, (void *)&u, sizeof u), "connect");
	check(write(c, "x", 1), "write");
}

static void unix_descriptor_queued(void)
{
	int p[2];
	check(socketpair(AF_UNIX, SOCK_STREAM, 0, p), "pair");
	char control[CMSG_SPACE(sizeof(int))] = {};
	struct iovec v = { "x", 1 };
	struct msghdr m = { .msg_iov = &v, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control };
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(c), &p[0], sizeof(int));
	check(sendmsg(p[0], &m, 0), "sendmsg");
}

static void unix_half(void)
{
	int p[2];
	check(socketpair(AF_UNIX, SOCK_STREAM, 0, p), "pair");
	close(p[1]);
}

static void mount_of(const char *type, const char *source, const char *data)
{
	check(mount(source, "/mnt", type, 0, data), type);
}

static void mount_unsupported(void) { mount_of("ramfs", "ramfs", NULL); }
static void mount_configfs(void) { mount_of("configfs", "configfs", NULL); }
static void mount_bpf(void) { mount_of("bpf", "bpf", NULL); }
static void mount_hugetlbfs(void) { mount_of("hugetlbfs", "hugetlbfs", NULL); }
static void mount_tracefs(void) { mount_of("tracefs", "tracefs", NULL); }
static void mount_squash(void) { mount_of("squashfs", "/image.squash", NULL); }
static void mount_pstore(void) { mount_of("pstore", "pstore", NULL); }
static void mount_binfmt(void) { mount_of("binfmt_misc", "binfmt_misc", NULL); }
static void mount_efivarfs(void) { mount_of("efivarfs", "efivarfs", NULL); }
static void mount_cgroup2(void) { mount_of("cgroup2", "cgroup2", NULL); }
static void mount_securityfs(void) { mount_of("securityfs", "securityfs", NULL); }

static void mount_fuse(void)
{
	mknod("/dev/fuse", S_IFCHR | 0600, makedev(10, 229));
	int fd = check(open("/dev/fuse", O_RDWR), "fuse");
	char data[128];
	snprintf(data, sizeof data, "fd=%d,rootmode=40000,user_id=0,group_id=0", fd);
	check(mount("dummy", "/mnt", "fuse", 0, data), "fuse");
	close(fd);
}

static void mount_autofs(void)
{
	int p[2];
	check(pipe(p), "pipe");
	char data[128];
	snprintf(data, sizeof data, "fd=%d,pgrp=%d,minproto=5,maxproto=5,direct", p[1], getpgrp());
	check(mount("auto", "/mnt", "autofs", 0, data), "autofs");
	close(p[0]);
	close(p[1]);
}

static void mount_sub(void)
{
	// A directory of a file system that is then mounted nowhere as a whole.
	check(mount("part", "/mnt", "tmpfs", 0, NULL), "tmpfs");
	mkdir("/mnt/sub", 0700);
	mkdir("/tmp/place", 0700);
	check(mount("/mnt/sub", "/tmp/place", NULL, MS_BIND, NULL), "bind");
	check(umount("/mnt"), "umount");
}

static void mount_twice(void)
{
	check(mount("one", "/mnt", "tmpfs", 0, NULL), "tmpfs");
	int tree = check(syscall(428, AT_FDCWD, "/tmp", 1 | O_CLOEXEC), "open_tree");
	// MOVE_MOUNT_BENEATH: a second child of the same parent at the same point.
	check(syscall(429, tree, "", AT_FDCWD, "/mnt", 4 | 0x200), "move_mount");
	close(tree);
}

static void mount_slave(void) {}

static void mount_slave_of(const char *root)
{
	char path[4096];
	snprintf(path, sizeof path, "%s/mnt", root);
	check(mount(NULL, path, NULL, MS_SLAVE, NULL), "slave");
}

static void mqueue_full(void)
{
	check(mount("mqueue", "/mnt", "mqueue", 0, NULL), "mqueue");
	struct mq_attr a = { .mq_maxmsg = 2, .mq_msgsize = 8 };
	int queue = check(syscall(SYS_mq_open, "queue", O_RDWR | O_CREAT, 0600, &a), "mq_open");
	close(queue);
}

static void mqueue_open(void)
{
	struct mq_attr a = { .mq_maxmsg = 2, .mq_msgsize = 8 };
	check(syscall(SYS_mq_open, "queue", O_RDWR | O_CREAT, 0600, &a), "mq_open");
}

static void chrooted(void) { check(chroot("/srv"), "chroot"); check(chdir("/"), "chdir"); }

static void chrooted_child(void)
{
	if (check(fork(), "fork") == 0) {
		check(chroot("/srv"), "chroot");
		chdir("/");
		sleep_forever();
	}
	usleep(50000);
}

static void link_of(const char *kind)
{
	check(link_add("lxn0", kind, NULL), kind);
}

static void link_dummy(void) { link_of("dummy"); }
static void link_ifb(void) { link_of("ifb"); }
static void link_bond(void) { link_of("bond"); }
static void link_wireguard(void) { link_of("wireguard"); }
static void link_vlan(void)
{
	check(link_add("br0", "bridge", NULL), "bridge");
	check(link_add("br0.5", "vlan", "br0"), "vlan");
}
static void link_vxlan(void) { link_of("vxlan"); }
static void link_veth_inside(void) { check(link_add("v0", "veth", NULL), "veth"); }
static void link_macvlan_inside(void)
{
	check(link_add("br0", "bridge", NULL), "bridge");
	check(link_add("mv0", "macvlan", "br0"), "macvlan");
}
static void link_sit(void) { link_of("sit"); }
static void link_vcan(void) { link_of("vcan"); }

static void tty_orphan(void)
{
	int slave, master = make_pty(&slave);
	close(master);
}

static void tty_outside(void) { outside_fd2 = outside_fd; }

static void tty_held(void)
{
	// LXC's monitor holds the other end of a terminal of the container (lxc.tty.max).
	if (check(fork(), "fork") == 0) {
		while (open("/dev/pts/0", O_RDWR | O_NOCTTY) == -1)
			usleep(2000);
		sleep_forever();
	}
}

static void tty_control_outside(void)
{
	int slave, master = make_pty(&slave);
	check(ioctl(slave, TIOCSCTTY, 0), "ctty");
	close(master);
	close(slave);
}

static void tty_named_gone(void)
{
	// A program that keeps /dev/tty open, and leaves the terminal that this was.
	int slave, ready[2];
	make_pty(&slave);
	check(pipe(ready), "pipe");
	if (check(fork(), "fork") == 0) {
		setsid();
		signal(SIGHUP, SIG_IGN);
		check(ioctl(slave, TIOCSCTTY, 0), "ctty");
		int named = check(open("/dev/tty", O_RDWR), "/dev/tty");
		check(ioctl(named, TIOCNOTTY), "no ctty");
		close(slave);
		close(ready[0]);
		close(ready[1]);
		sleep_forever();
	}
	close(slave);
	close(ready[1]);
	char end;
	check(read(ready[0], &end, 1), "ready");
	close(ready[0]);
}

static void tty_leader_ended(void)
{
	int slave;
	make_pty(&slave);
	pid_t pid = check(fork(), "fork");
	if (pid == 0) {
		setsid();
		check(ioctl(slave, TIOCSCTTY, 0), "ctty");
		signal(SIGHUP, SIG_IGN);
		sleeper();
		_exit(0);
	}
	waitpid(pid, NULL, 0);
}

static void session_leader_ended(void)
{
	pid_t pid = check(fork(), "fork");
	if (pid == 0) {
		setsid();
		sleeper();
		_exit(0);
	}
	waitpid(pid, NULL, 0);
}

static void aio(void)
{
	aio_context_t context = 0;
	check(syscall(SYS_io_setup, 4, &context), "io_setup");
}

static void frozen(void) {}
static void stranger(void) {}
static void shares_net(void) {}
static void shares_ipc(void) { memory(); }
static void exe_outside(void) {}
static void namespace_outside(void) {}
static void directory_outside(void) {}
static void mapped_outside(void)
{
	if (mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, 3, 0) == MAP_FAILED)
		die("mmap");
	close(3);
}

static void tcp_connecting(void)
{
	struct sockaddr_in four = { AF_INET, htons(7200), { htonl(INADDR_LOOPBACK) } };
	int l = check(socket(AF_INET, SOCK_STREAM, 0), "tcp");
	check(bind(l, (void *)&four, sizeof four), "bind");
	check(listen(l, 0), "listen");
	for (int i = 0; i < 4; i++)
		connect(check(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), "tcp"), (void *)&four, sizeof four);
}

static void tcp_bound(void)
{
	struct sockaddr_in four = { AF_INET, htons(7400), { htonl(INADDR_LOOPBACK) } };
	check(bind(check(socket(AF_INET, SOCK_STREAM, 0), "tcp"), (void *)&four, sizeof four), "bind");
}

static void tcp_closing(void)
{
	struct sockaddr_in four = { AF_INET, htons(7300), { htonl(INADDR_LOOPBACK) } };
	int l = check(socket(AF_INET, SOCK_STREAM, 0), "tcp"), c = check(socket(AF_INET, SOCK_STREAM, 0), "tcp");
	check(bind(l, (void *)&four, sizeof four), "bind");
	check(listen(l, 5), "listen");
	check(connect(c, (void *)&four, sizeof four), "connect");
	int a = check(accept(l, NULL, NULL), "accept");
	shutdown(a, SHUT_WR);
}

static void mount_overlay(void)
{
	mkdir("/srv/l", 0700);
	mkdir("/srv/u", 0700);
	mkdir("/srv/w", 0700);
	mount_of("overlay", "over", "lowerdir=/srv/l,upperdir=/srv/u,workdir=/srv/w");
}

static void inotify_overlay(void)
{
	mount_overlay();
	check(inotify_add_watch(check(inotify_init1(0), "inotify"), "/mnt", IN_CREATE), "watch");
}

static void tty_bound(void)
{
	// What lxc.tty.max does: the slave is bound to a name, its master is held by nobody in the container.
	int slave, master = make_pty(&slave);
	write_file("/dev/tty1", "");
	check(mount("/dev/pts/0", "/dev/tty1", NULL, MS_BIND, NULL), "bind");
	close(slave);
	close(master);
}

static void lo_down(void) {}

static void packet_group(void)
{
	int s = check(socket(AF_PACKET, SOCK_RAW, 0), "packet");
	struct packet_mreq m = { .mr_ifindex = 1, .mr_type = PACKET_MR_PROMISC };
	check(setsockopt(s, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &m, sizeof m), "membership");
	check(setsockopt(s, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &m, sizeof m), "membership");
}

static void ghost_directory(void)
{
	mkdir("/srv/gone", 0700);
	check(open("/srv/gone", O_RDONLY | O_DIRECTORY), "open");
	rmdir("/srv/gone");
}

static void memory_file_deleted(void)
{
	write_file("/srv/mapped", "content");
	int f = check(open("/srv/mapped", O_RDWR), "open");
	if (mmap(NULL, 4096, PROT_READ, MAP_SHARED, f, 0) == MAP_FAILED)
		die("mmap");
	close(f);
	unlink("/srv/mapped");
}

// Not of the table: 1,000 tasks and 500 mounts, to see what a look costs.
static void many(void)
{
	char path[32];
	for (int i = 0; i < 500; i++) {
		snprintf(path, sizeof path, "/tmp/m%d", i);
		mkdir(path, 0700);
		check(mount("many", path, "tmpfs", 0, NULL), "tmpfs");
	}
	for (int i = 0; i < 1000; i++)
		sleeper();
}

static void busy_disk(void)
{
	// Opens a fifo's other end nobody has: interruptible sleep, as most waits are.
	mkfifo("/tmp/wait", 0600);
	if (check(fork(), "fork") == 0)
		open("/tmp/wait", O_RDONLY);
	usleep(20000);
}

// ---- what was restored wrongly, or not at all, although criu dumps it

static void subreaper_leader_ended(void)
{
	if (check(fork(), "fork") == 0) {
		check(prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), "subreaper");
		pid_t leader = check(fork(), "fork");
		if (leader == 0) {
			setsid();
			sleeper();
			_exit(0);
		}
		waitpid(leader, NULL, 0);
		sleep_forever();
	}
	usleep(100000);
}

static void removed_directory_bound(void)
{
	mkdir("/tmp/gone", 0700);
	mkdir("/tmp/place", 0700);
	check(mount("/tmp/gone", "/mnt", NULL, MS_BIND, NULL), "bind");
	check(mount("/tmp/gone", "/tmp/place", NULL, MS_BIND, NULL), "bind");
	check(rmdir("/tmp/gone"), "rmdir");
}

static void removed_directory_nested(void)
{
	mkdir("/tmp/gone", 0700);
	check(mount("/tmp/gone", "/mnt", NULL, MS_BIND, NULL), "bind");
	if (check(fork(), "fork") == 0) {
		check(unshare(CLONE_NEWNS), "unshare");
		sleep_forever();
	}
	usleep(100000);
	check(rmdir("/tmp/gone"), "rmdir");
}

static void file_below_a_mount(void)
{
	mkdir("/srv/d", 0700);
	write_file("/srv/d/file", "x");
	check(open("/srv/d/file", O_RDWR), "open");
	check(mount("over", "/srv/d", "tmpfs", 0, NULL), "tmpfs");
}

static void directory_below_a_mount(void)
{
	mkdir("/srv/d", 0700);
	check(open("/srv/d", O_RDONLY | O_DIRECTORY), "open");
	check(mount("over", "/srv/d", "tmpfs", 0, NULL), "tmpfs");
}

static void scheduling(void)
{
	cpu_set_t set;
	CPU_ZERO(&set);
	CPU_SET(0, &set);
	check(sched_setaffinity(0, sizeof set, &set), "affinity");
	check(syscall(SYS_ioprio_set, 1, 0, 2 << 13 | 6), "ioprio");
	check(prctl(PR_SET_TIMERSLACK, 123456, 0, 0, 0), "timerslack");
	check(syscall(SYS_setpriority, 0, 0, 5), "nice");
	write_file("/proc/self/coredump_filter", "0x11");
	write_file("/proc/self/oom_score_adj", "77");
}

static void multicast(void)
{
	int d = check(socket(AF_INET, SOCK_DGRAM, 0), "udp");
	struct ip_mreqn m = { { htonl(0xe0000063) }, { htonl(INADDR_LOOPBACK) }, 1 };
	check(setsockopt(d, IPPROTO_IP, IP_ADD_MEMBERSHIP, &m, sizeof m), "membership");
}

// Whoever makes /srv/ask is told the options in /srv/told.
static void socket_options(void)
{
	struct sockaddr_in four = { AF_INET, htons(7500), { htonl(INADDR_LOOPBACK) } };
	int l = check(socket(AF_INET, SOCK_STREAM, 0), "tcp"), seconds = 7, patience = 12345, ttl = 3;
	check(setsockopt(l, IPPROTO_TCP, TCP_DEFER_ACCEPT, &seconds, sizeof seconds), "defer");
	check(bind(l, (void *)&four, sizeof four), "bind");
	check(listen(l, 5), "listen");
	int d = check(socket(AF_INET, SOCK_STREAM, 0), "tcp");
	check(setsockopt(d, IPPROTO_TCP, TCP_USER_TIMEOUT, &patience, sizeof patience), "timeout");
	check(setsockopt(d, IPPROTO_IP, IP_MINTTL, &ttl, sizeof ttl), "minttl");
	if (check(fork(), "fork"))
		return;
	for (;; usleep(20000)) {
		if (access("/srv/ask", F_OK) || !access("/srv/told", F_OK))
			continue;
		int values[3] = {};
		socklen_t length = sizeof(int);
		getsockopt(l, IPPROTO_TCP, TCP_DEFER_ACCEPT, &values[0], &length);
		getsockopt(d, IPPROTO_TCP, TCP_USER_TIMEOUT, &values[1], &length);
		getsockopt(d, IPPROTO_IP, IP_MINTTL, &values[2], &length);
		char text[64];
		snprintf(text, sizeof text, "defer %d timeout %d ttl %d\n", values[0], values[1], values[2]);
		write_file("/srv/telling", text);
		rename("/srv/telling", "/srv/told");
	}
}

static void epoll_number_reused(void)
{
	int e = check(epoll_create1(0), "epoll"), p[2], q[2];
	check(pipe(p), "pipe");
	struct epoll_event v = { .events = EPOLLIN };
	check(epoll_ctl(e, EPOLL_CTL_ADD, p[0], &v), "epoll_ctl");
	check(fcntl(p[0], F_DUPFD, 50), "dup");
	check(pipe(q), "pipe");
	check(dup2(q[0], p[0]), "dup2");
	check(epoll_ctl(e, EPOLL_CTL_ADD, p[0], &v), "epoll_ctl");
	close(q[0]);
}

static void second_name_in_memory(void)
{
	int f = check(open("/tmp/first", O_RDWR | O_CREAT, 0600), "first");
	check(ftruncate(f, 4096), "truncate");
	if (mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, f, 0) == MAP_FAILED)
		die("mmap");
	check(link("/tmp/first", "/tmp/named"), "link");
	unlink("/tmp/first");
}

static void mount_autofs_served(void)
{
	// Its control device, which a restore needs.
	mknod("/dev/autofs", S_IFCHR | 0600, makedev(10, 235));
	int p[2];
	check(pipe(p), "pipe");
	char data[128];
	snprintf(data, sizeof data, "fd=%d,pgrp=%d,minproto=5,maxproto=5,direct", p[1], getpgrp());
	check(mount("auto", "/mnt", "autofs", 0, data), "autofs");
	close(p[1]);
}

static void bound_foreign(void)
{
	struct sockaddr_in four = { AF_INET, htons(7600), { htonl(0xcb007105) } };
	int l = check(socket(AF_INET, SOCK_STREAM, 0), "tcp"), on = 1;
	check(setsockopt(l, IPPROTO_IP, IP_FREEBIND, &on, sizeof on), "freebind");
	check(bind(l, (void *)&four, sizeof four), "bind");
	check(listen(l, 5), "listen");
}

static void bridge_with_port(void)
{
	check(link_add("br0", "bridge", NULL), "bridge");
	check(link_add("v0", "veth", NULL), "veth");
	int s = check(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), "socket");
	struct ifreq q = {};
	strcpy(q.ifr_name, "v0");
	check(ioctl(s, SIOCGIFINDEX, &q), "index");
	strcpy(q.ifr_name, "br0");
	check(ioctl(s, SIOCBRADDIF, &q), "SIOCBRADDIF");
	close(s);
	link_up("br0");
	link_up("v0");
	link_up("veth0");
	usleep(300000);
}

static void tcp_link_local(void)
{
	check(link_add("v0", "veth", NULL), "veth");
	write_file("/proc/sys/net/ipv6/conf/v0/accept_dad", "0");
	link_up("v0");
	link_up("veth0");
	struct sockaddr_in6 six = { AF_INET6, htons(7700) };
	for (int i = 0; i < 300 && !six.sin6_scope_id; usleep(20000), i++) {
		FILE *list = fopen("/proc/net/if_inet6", "re");
		char hex[33], name[32];
		unsigned index, length, scope, flags;
		while (list && fscanf(list, "%32s %x %x %x %x %31s", hex, &index, &length, &scope, &flags, name) == 6)
			if (!strcmp(name, "v0") && !(flags & 0x40)) {
				six.sin6_scope_id = index;
				for (int k = 0; k < 16; k++)
					sscanf(hex + 2 * k, "%2hhx", &six.sin6_addr.s6_addr[k]);
			}
		if (list)
			fclose(list);
	}
	int l = check(socket(AF_INET6, SOCK_STREAM, 0), "tcp"), c = check(socket(AF_INET6, SOCK_STREAM, 0), "tcp");
	check(bind(l, (void *)&six, sizeof six), "bind");
	check(listen(l, 5), "listen");
	check(connect(c, (void *)&six, sizeof six), "connect");
	check(accept(l, NULL, NULL), "accept");
}

// As on a busy disk: nearly always uninterruptible, and never for long.
static void waits_again(void)
{
	if (check(fork(), "fork") == 0)
		for (;;)
			if (vfork() == 0) {
				usleep(60000);
				_exit(0);
			} else
				waitpid(-1, NULL, 0);
	usleep(100000);
}

static const struct state {
	const char *name;
	void (*make)(void);
} states[] = {
#define S(name) { #name, name }
	S(idle), S(threads), S(children), S(zombie), S(stopped), S(pipes), S(anonymous), S(files), S(locks), S(ofd_lock), S(sockets), S(closed_sockets),
	S(terminal), S(memory), S(seccomp_filter), S(nested_mount_and_net), S(pending_signals), S(links), S(bind_inside), S(dead_pidfd), S(system_mounts),
	S(leader_outside), S(traced), S(vfork_parent), S(nested_pid), S(nested_uts), S(nested_uts_other), S(nested_ipc), S(nested_ipc_used), S(nested_user), S(nested_cgroup),
	S(nested_time), S(pid_for_children), S(exec_32bit), S(zombie_leader), S(pending_trap), S(shares_vm), S(shares_fs), S(shares_files),
	S(shares_sighand), S(other_user), S(io_uring_fd), S(io_uring_mapped), S(user_faultfd), S(perf_event), S(bpf_map), S(bpf_program), S(fs_context),
	S(landlock), S(device_fuse), S(device_loop), S(device_block), S(device_kmsg), S(device_console), S(device_tty0), S(device_serial),
	S(device_tun_unattached), S(device_cpu), S(device_mapped), S(secret_memory), S(secret_memory_fd), S(lock_by_ended), S(lock_outside), S(lease),
	S(big_ghost), S(big_ghost_mapped), S(removed_name), S(removed_name_of_two), S(name_reused), S(overmounted), S(foreign_file), S(detached_mount), S(packet_pipe),
	S(inotify_deleted), S(inotify_deleted_disk), S(inotify_overlay), S(inotify_unmounted), S(inotify_disk), S(epoll_escaped), S(epoll_duplicated), S(pidfd_outside), S(pidfd_thread),
	S(unix_outside), S(unix_other_net), S(inet_other_net), S(netlink_other_net), S(netlink_pending), S(netlink_groups), S(netlink_group_low),
	S(tcp_established), S(tcp6_established), S(tcp_backlog), S(mptcp), S(sctp), S(udplite), S(ping_socket), S(udp_cork), S(vsock), S(alg), S(key),
	S(xdp), S(unix_connecting), S(unix_connecting_closed), S(unix_connecting_written), S(unix_descriptor_queued), S(unix_half), S(mount_unsupported),
	S(mount_configfs), S(mount_bpf), S(mount_hugetlbfs), S(mount_tracefs), S(mount_squash), S(mount_pstore), S(mount_binfmt), S(mount_efivarfs),
	S(mount_cgroup2), S(mount_securityfs), S(mount_fuse), S(mount_autofs), S(mount_sub), S(mount_twice), S(mount_slave), S(mqueue_full),
	S(mqueue_open), S(chrooted), S(chrooted_child), S(link_dummy), S(link_ifb), S(link_bond), S(link_wireguard), S(link_vlan), S(link_vxlan),
	S(link_veth_inside), S(link_macvlan_inside), S(link_sit), S(link_vcan), S(tty_orphan), S(tty_outside), S(tty_held),
	S(tty_control_outside), S(tty_named_gone), S(tty_leader_ended), S(session_leader_ended), S(aio), S(frozen), S(stranger), S(shares_net), S(shares_ipc),
	S(busy_disk), S(many), S(exe_outside), S(namespace_outside), S(directory_outside), S(mapped_outside), S(tcp_connecting), S(tcp_closing), S(tcp_bound), S(mount_overlay), S(tty_bound), S(lo_down), S(packet_group), S(ghost_directory), S(memory_file_deleted),
	S(subreaper_leader_ended), S(removed_directory_bound), S(removed_directory_nested), S(file_below_a_mount), S(directory_below_a_mount), S(scheduling), S(multicast), S(socket_options),
	S(epoll_number_reused), S(waits_again), S(second_name_in_memory), S(mount_autofs_served), S(bound_foreign), S(bridge_with_port), S(tcp_link_local),
};

static void node(const char *name, int major, int minor)
{
	mknod(name, S_IFCHR | 0666, makedev(major, minor));
}

static void build_root(void)
{
	if (outsider)
		mount_slave_of(the_root);
	else
		check(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL), "private");
	check(mount(the_root, the_root, NULL, MS_BIND | (outsider ? MS_REC : 0), NULL), "bind root");
	check(chdir(the_root), "chdir");
	static const char *directories[] = { "proc", "sys", "dev", "tmp", "srv", "mnt", "old" };
	for (unsigned i = 0; i < sizeof directories / sizeof *directories; i++)
		mkdir(directories[i], 0755);
	check(syscall(SYS_pivot_root, ".", "old"), "pivot_root");
	check(chdir("/"), "chdir /");
	check(mount("proc", "/proc", "proc", 0, NULL), "proc");
	check(mount("sysfs", "/sys", "sysfs", 0, NULL), "sysfs");
	check(mount("none", "/dev", "tmpfs", 0, "mode=755"), "dev");
	mkdir("/dev/pts", 0755);
	mkdir("/dev/net", 0755);
	check(mount("devpts", "/dev/pts", "devpts", 0, "newinstance,ptmxmode=0666,mode=0620"), "devpts");
	symlink("pts/ptmx", "/dev/ptmx");
	node("/dev/null", 1, 3);
	node("/dev/zero", 1, 5);
	node("/dev/random", 1, 8);
	node("/dev/urandom", 1, 9);
	node("/dev/tty", 5, 0);
	node("/dev/net/tun", 10, 200);
	check(mount("tmp", "/tmp", "tmpfs", 0, NULL), "tmp");
}

static void make_and_wait(const struct state *state, int ready)
{
	if (!strcmp(state->name, "lock_outside"))
		check(open("/locked", O_RDWR), "locked");
	state->make();
	dup2(0, 2);
	check(write(ready, "x", 1), "ready");
	close(ready);
	sleep_forever();
}

int main(int argc, char **argv)
{
	int starts = argc > 3 && !strcmp(argv[2], "outside");
	if (argc != 4 && !starts)
		die("arguments: STATE ROOT CGROUP");
	const struct state *state = NULL;
	for (unsigned i = 0; i < sizeof states / sizeof *states; i++)
		if (!strcmp(states[i].name, argv[1]))
			state = &states[i];
	if (state && argc == 4 && !strcmp(argv[2], "inside"))
		make_and_wait(state, atoi(argv[3]));
	if (!state)
		die("no such state");
	// Nothing of who started this.
	syscall(SYS_close_range, 3, ~0u, 0);
	the_root = argv[2];
	int is(const char *name) { return !strcmp(argv[1], name); }

	char path[4096];
	if (!starts)
		mkdir(argv[3], 0755);

	int pair[2] = { -1, -1 }, pty_slave = -1;
	if (is("unix_other_net") || is("unix_outside"))
		check(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), "pair");
	if (is("unix_other_net"))
		outside_fd = pair[0];
	if (is("inet_other_net"))
		outside_fd = check(socket(AF_INET, SOCK_STREAM, 0), "tcp");
	if (is("netlink_other_net"))
		outside_fd = check(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE), "netlink");
	if (is("foreign_file"))
		outside_fd = check(open("/etc/hostname", O_RDONLY), "hostname");
	if (is("pidfd_outside"))
		check(fcntl(outside_fd = check(syscall(SYS_pidfd_open, getpid(), 0), "pidfd"), F_SETFD, 0), "cloexec");
	if (is("namespace_outside"))
		outside_fd = check(open("/proc/self/ns/net", O_RDONLY), "ns");
	if (is("directory_outside"))
		outside_fd = check(open("/etc", O_RDONLY | O_DIRECTORY), "etc");
	if (is("mapped_outside"))
		outside_fd = check(open("/etc/passwd", O_RDONLY), "passwd");
	if (is("tty_outside")) {
		outside_fd = check(open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC), "ptmx");
		int unlock = 0;
		ioctl(outside_fd, TIOCSPTLCK, &unlock);
		pty_slave = check(ioctl(outside_fd, TIOCGPTPEER, O_RDWR | O_NOCTTY), "peer");
		int master = outside_fd;
		outside_fd = pty_slave;
		pair[0] = master;
	}
	if (starts) {
		// The starter gets the descriptor; what belongs to it stays here.
		pid_t starter = check(fork(), "fork");
		if (starter == 0) {
			for (int i = 0; i < 2; i++)
				if (pair[i] >= 0 && pair[i] != outside_fd)
					close(pair[i]);
			execvp(argv[3], argv + 3);
			die(argv[3]);
		}
		waitpid(starter, NULL, 0);
		return 0;
	}
	if (is("lock_outside")) {
		snprintf(path, sizeof path, "%s/locked", the_root);
		int f = check(open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600), "lock");
		struct flock l = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 10 };
		check(fcntl(f, F_SETLK, &l), "setlk");
	}

	if (is("mount_slave")) {
		// The master is in a mount namespace that only a process outside keeps.
		check(unshare(CLONE_NEWNS), "unshare");
		check(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL), "private");
		snprintf(path, sizeof path, "%s/mnt", the_root);
		mkdir(path, 0755);
		check(mount("shared", path, "tmpfs", 0, NULL), "tmpfs");
		check(mount(NULL, path, NULL, MS_SHARED, NULL), "shared");
		outsider = sleeper();
	}
	int flags = CLONE_NEWPID | CLONE_NEWUTS;
	if (!is("shares_net"))
		flags |= CLONE_NEWNET;
	if (!is("shares_ipc"))
		flags |= CLONE_NEWIPC;
	check(unshare(flags), "unshare");
	if (is("unix_outside")) {
		close(pair[0]);
		close(pair[1]);
		check(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), "pair");
		outside_fd = pair[0];
	}

	int ready[2];
	check(pipe(ready), "pipe");
	pid_t pid = check(fork(), "fork");
	if (pid == 0) {
		close(ready[0]);
		snprintf(path, sizeof path, "%s/cgroup.procs", argv[3]);
		write_file(path, "0");
		check(unshare(CLONE_NEWNS | CLONE_NEWCGROUP), "unshare");
		if (pair[0] >= 0 && pair[0] != outside_fd)
			close(pair[0]);
		if (pair[1] >= 0)
			close(pair[1]);
		if (!is("leader_outside"))
			setsid();
		build_root();
		int null = check(open("/dev/null", O_RDWR), "null");
		for (int i = 0; i < 3; i++)
			dup2(null, i == 2 ? 1 : i);
		close(null);
		check(umount2("/old", MNT_DETACH), "umount");
		rmdir("/old");
		if (!is("shares_net") && !is("lo_down"))
			link_up("lo");
		if (is("exe_outside"))
			make_and_wait(state, ready[1]);
		// The container's program is a file of its own root.
		snprintf(path, sizeof path, "%d", ready[1]);
		execl("/states", "states", argv[1], "inside", path, NULL);
		die("/states");
	}
	close(ready[1]);
	char byte;
	if (read(ready[0], &byte, 1) != 1) {
		waitpid(pid, NULL, 0);
		return 98;
	}
	if (is("stranger")) {
		outsider = check(fork(), "fork");
		if (outsider == 0) {
			snprintf(path, sizeof path, "%s/cgroup.procs", argv[3]);
			write_file(path, "0");
			sleep_forever();
		}
		usleep(100000);
	}
	if (is("tty_held")) {
		// Opened in the container's instance by a process outside; the container's own end waits for it.
		snprintf(path, sizeof path, "/proc/%d/root/dev/pts/ptmx", pid);
		int unlock = 0;
		check(ioctl(check(open(path, O_RDWR | O_NOCTTY), path), TIOCSPTLCK, &unlock), "unlock");
		usleep(200000);
	}
	const char *frozen = is("frozen") ? strrchr(argv[3], '/') : NULL;
	if (frozen) {
		char number[16];
		snprintf(number, sizeof number, "%d", pid);
		snprintf(path, sizeof path, "/sys/fs/cgroup/freezer%s", frozen);
		check(mkdir(path, 0755), path);
		snprintf(path, sizeof path, "/sys/fs/cgroup/freezer%s/cgroup.procs", frozen);
		write_file(path, number);
		snprintf(path, sizeof path, "/sys/fs/cgroup/freezer%s/freezer.state", frozen);
		write_file(path, "FROZEN");
	}
	printf("%d\n", pid);
	fflush(stdout);
	// The pipe at standard input closes when the test is done.
	while (read(0, &byte, 1) > 0)
		;
	if (frozen)
		write_file(path, "THAWED");
	// Before the init: the end of a pid namespace waits until everybody in it is reaped.
	if (outsider) {
		kill(outsider, SIGKILL);
		waitpid(outsider, NULL, 0);
	}
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	if (frozen) {
		*strrchr(path, '/') = 0;
		rmdir(path);
	}
	for (int i = 0; i < 50 && rmdir(argv[3]); i++)
		usleep(20000);
	return 0;
}
