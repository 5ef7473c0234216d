/*
 * A program that keeps every kind of kernel state alive and checks itself: what a container runs while it is
 * checkpointed and restored.
 *
 *   payload full PORT    everything below; control on PORT, echo on PORT+1, UDP on PORT+2, loopback pair on PORT+3 (127.0.0.1)
 *   payload demo PORT    a counter and the control port only
 *
 * Control: one command a line, one line of answer, over TCP.
 *   status               one line of JSON: every counter, "ok" and the first error ever seen
 *   counter              "counter N"
 *   hold | release       the echo server stops reading (bytes stay in the kernel's queue) | goes on
 *   push N               the echo server sends N bytes to each of its clients: byte i is i mod 251
 *   hold-fifo | release-fifo    the FIFO's reader stops | goes on
 *   write-fifo N         the FIFO's writer writes N more records at once
 *   touch                a file appears in and vanishes from the watched directory
 *   exit                 ends the program
 *
 * Each counter must go on from its last value. One that stands still for 10 s of running time, steps back or
 * whose content is wrong latches an error; nothing clears it. Running time excludes the time spent frozen.
 *
 * Sleeps use signals' restart rules: criu restores an interrupted relative sleep as EINTR, which is not an error here.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define DIRECTORY "/tmp/payload"
#define PATTERN_SIZE 65536
#define MAX_CONNECTIONS 128
/* Longer than a processor of a busy virtual machine is away while another one runs the main thread. */
#define STANDSTILL_MS 10000
#define UNLINKED_START 12345

typedef _Atomic uint64_t counter_t;

/* Shared by all processes of the payload: a MAP_SHARED anonymous mapping, itself one of the things to restore. */
static struct shared {
    counter_t worker, loopback, fifo_written, fifo_read, fifo_burst;
    _Atomic bool fifo_held;
    _Atomic int failed;
    char error[256];
} *shared;

static counter_t counter, thread_counter, timerfd_ticks, fast_timerfd_ticks, epoll_events, sigalrm_count, posix_timer_count;
static counter_t inotify_events, udp_answers, echo_bytes, checks;
static uint64_t counter_complement = ~0ull, touches, longest_gap_ms, awake_ms, memfd_writes, unlinked_reads, clock_steps_back;
static bool full, held;
static int port, epoll_fd, unlinked_fd = -1, memfd = -1, inotify_fd = -1, locked_fd = -1, queue[2], pipe_kept[2];
static unsigned char *memfd_map;
static pid_t own_pid, own_ppid, own_sid, own_pgid, thread_tid;
static uint64_t touched_at;

static void fail(const char *format, ...)
{
    int expected = 0;
    if (!atomic_compare_exchange_strong(&shared->failed, &expected, 1))
        return;
    char text[sizeof shared->error];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    for (char *c = text; *c; c++)
        if (*c == '"' || *c == '\\' || (unsigned char)*c < 32)
            *c = '\'';
    memcpy(shared->error, text, sizeof text);
    atomic_store(&shared->failed, 2);
    fprintf(stderr, "payload: %s\n", text);
}

static void die(const char *what)
{
    fprintf(stderr, "payload: %s: %s\n", what, strerror(errno));
    exit(1);
}

static uint64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void sleep_ms(long ms)
{
    struct timespec t = { ms / 1000, ms % 1000 * 1000000 };
    clock_nanosleep(CLOCK_MONOTONIC, 0, &t, NULL);
}

static unsigned char pattern(uint64_t i) { return (unsigned char)(i * 7 + i / 256 + 3); }

static bool read_all(int fd, void *into, size_t length)
{
    for (size_t done = 0; done < length;) {
        ssize_t n = read(fd, (char *)into + done, length - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        done += n;
    }
    return true;
}

static bool write_all(int fd, const void *from, size_t length)
{
    for (size_t done = 0; done < length;) {
        ssize_t n = write(fd, (const char *)from + done, length - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        done += n;
    }
    return true;
}

static struct child { pid_t pid; const char *name; } children[8];
static int child_count;

static void child(const char *name, void (*body)(void))
{
    pid_t pid = fork();
    if (pid < 0)
        die("fork");
    if (pid == 0) {
        prctl(PR_SET_NAME, name);
        signal(SIGALRM, SIG_DFL);
        body();
        _exit(0);
    }
    children[child_count++] = (struct child){ pid, name };
}

static void worker_body(void)
{
    uint64_t own = 0;
    for (;;) {
        sleep_ms(20);
        if (atomic_load(&shared->worker) != own)
            fail("worker: the shared counter is %llu, its own %llu", (unsigned long long)shared->worker, (unsigned long long)own);
        atomic_store(&shared->worker, ++own);
    }
}

static void sleeper_body(void)
{
    for (;;) {
        pause();
        fail("sleeper: pause returned without a signal handler");
    }
}

static void fifo_writer_body(void)
{
    int fd = open(DIRECTORY "/fifo", O_WRONLY);
    uint64_t sequence = 0, bursts = 0;
    for (;;) {
        uint64_t wanted = atomic_load(&shared->fifo_burst);
        if (bursts == wanted)
            sleep_ms(5);
        else
            bursts++;
        sequence++;
        if (!write_all(fd, &sequence, sizeof sequence)) {
            fail("fifo: write %llu: %s", (unsigned long long)sequence, strerror(errno));
            return;
        }
        atomic_store(&shared->fifo_written, sequence);
    }
}

static void fifo_reader_body(void)
{
    int fd = open(DIRECTORY "/fifo", O_RDONLY);
    for (uint64_t expected = 1, got;; expected++) {
        while (atomic_load(&shared->fifo_held))
            sleep_ms(5);
        if (!read_all(fd, &got, sizeof got)) {
            fail("fifo: end of file or error instead of record %llu", (unsigned long long)expected);
            return;
        }
        if (got != expected) {
            fail("fifo: record %llu instead of %llu", (unsigned long long)got, (unsigned long long)expected);
            return;
        }
        atomic_store(&shared->fifo_read, got);
    }
}

static void nodelay(int fd)
{
    int one = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
}

static struct sockaddr_in loopback_address(void)
{
    return (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons(port + 3), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
}

/* Answers each number with the number plus one. */
static void loopback_server_body(void)
{
    struct sockaddr_in address = loopback_address();
    int listener = socket(AF_INET, SOCK_STREAM, 0), one = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 1)) {
        fail("loopback: bind: %s", strerror(errno));
        return;
    }
    int fd = accept(listener, NULL, NULL);
    nodelay(fd);
    for (uint64_t expected = 1, got; ; expected += 2) {
        if (!read_all(fd, &got, sizeof got) || got != expected) {
            fail("loopback: the server got %llu instead of %llu (%s)", (unsigned long long)got, (unsigned long long)expected, strerror(errno));
            return;
        }
        got++;
        if (!write_all(fd, &got, sizeof got)) {
            fail("loopback: the server cannot answer: %s", strerror(errno));
            return;
        }
    }
}

static void loopback_client_body(void)
{
    struct sockaddr_in address = loopback_address();
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    for (int tries = 0; connect(fd, (struct sockaddr *)&address, sizeof address); tries++) {
        if (tries == 500) {
            fail("loopback: connect: %s", strerror(errno));
            return;
        }
        close(fd);
        sleep_ms(10);
        fd = socket(AF_INET, SOCK_STREAM, 0);
    }
    nodelay(fd);
    for (uint64_t sequence = 1, got; ; sequence += 2) {
        if (!write_all(fd, &sequence, sizeof sequence) || !read_all(fd, &got, sizeof got) || got != sequence + 1) {
            fail("loopback: the client's number %llu was not answered (%s)", (unsigned long long)sequence, strerror(errno));
            return;
        }
        atomic_fetch_add(&shared->loopback, 1);
        sleep_ms(2);
    }
}

/* Collects ended children; as a container's init also those it inherited. */
static void reap(void)
{
    int status;
    pid_t pid;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
        for (int i = 0; i < child_count; i++)
            if (children[i].pid == pid)
                fail("child %s (%d) ended with status 0x%x", children[i].name, pid, status);
}

static __thread uint64_t thread_local_counter = 1000000;

static void *thread_body(void *argument)
{
    uint64_t on_stack = 0;
    prctl(PR_SET_NAME, "payload-thread");
    thread_tid = syscall(SYS_gettid);
    for (;;) {
        sleep_ms(10);
        on_stack++;
        thread_local_counter++;
        if (thread_local_counter != on_stack + 1000000 || atomic_load(&thread_counter) != on_stack - 1)
            fail("thread: local storage %llu, stack %llu, global %llu", (unsigned long long)thread_local_counter,
                 (unsigned long long)on_stack, (unsigned long long)thread_counter);
        if (syscall(SYS_gettid) != thread_tid)
            fail("thread: its id was %d and is %ld", thread_tid, syscall(SYS_gettid));
        atomic_store(&thread_counter, on_stack);
    }
    return argument;
}

static void on_alarm(int signal) { (void)signal; atomic_fetch_add(&sigalrm_count, 1); }
static void on_posix_timer(int signal) { (void)signal; atomic_fetch_add(&posix_timer_count, 1); }

static void start_timers(void)
{
    struct sigaction alarm_action = { .sa_handler = on_alarm, .sa_flags = SA_RESTART };
    sigaction(SIGALRM, &alarm_action, NULL);
    struct itimerval every = { { 0, 100000 }, { 0, 100000 } };
    if (setitimer(ITIMER_REAL, &every, NULL))
        die("setitimer");

    struct sigaction timer_action = { .sa_handler = on_posix_timer, .sa_flags = SA_RESTART };
    sigaction(SIGRTMIN + 1, &timer_action, NULL);
    struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN + 1 };
    timer_t timer;
    struct itimerspec period = { { 0, 70000000 }, { 0, 70000000 } };
    if (timer_create(CLOCK_MONOTONIC, &event, &timer) || timer_settime(timer, 0, &period, NULL))
        die("timer_create");
}

static void fill_with_pattern(int fd)
{
    unsigned char bytes[PATTERN_SIZE];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = pattern(i);
    if (!write_all(fd, bytes, sizeof bytes))
        die("write the pattern");
}

static void open_files(void)
{
    unlinked_fd = open(DIRECTORY "/unlinked", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (unlinked_fd < 0)
        die("open the file to unlink");
    fill_with_pattern(unlinked_fd);
    unlink(DIRECTORY "/unlinked");
    lseek(unlinked_fd, UNLINKED_START, SEEK_SET);

    memfd = memfd_create("payload", MFD_ALLOW_SEALING);
    if (memfd < 0)
        die("memfd_create");
    fill_with_pattern(memfd);
    memfd_map = mmap(NULL, PATTERN_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, memfd, 0);
    if (memfd_map == MAP_FAILED || fcntl(memfd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW))
        die("memfd mapping and seals");

    locked_fd = open(DIRECTORY "/locked", O_RDWR | O_CREAT, 0600);
    if (locked_fd < 0 || flock(locked_fd, LOCK_EX | LOCK_NB))
        die("flock");

    if (socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0, queue) || send(queue[0], "first", 5, 0) != 5 || send(queue[0], "second", 6, 0) != 6)
        die("socketpair");
    if (pipe2(pipe_kept, O_NONBLOCK) || write(pipe_kept[1], "kept in the pipe", 16) != 16)
        die("pipe");

    mkdir(DIRECTORY "/watched", 0755);
    inotify_fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (inotify_fd < 0 || inotify_add_watch(inotify_fd, DIRECTORY "/watched", IN_CREATE | IN_DELETE) < 0)
        die("inotify");
}

static void check_unlinked(void)
{
    struct stat stat;
    unsigned char byte;
    off_t expected = UNLINKED_START + (off_t)(unlinked_reads % (PATTERN_SIZE - UNLINKED_START));
    off_t offset = lseek(unlinked_fd, 0, SEEK_CUR);
    if (fstat(unlinked_fd, &stat) || stat.st_nlink != 0 || stat.st_size != PATTERN_SIZE)
        fail("unlinked file: %ld links, %ld bytes", (long)stat.st_nlink, (long)stat.st_size);
    else if (offset != expected)
        fail("unlinked file: offset %ld instead of %ld", (long)offset, (long)expected);
    else if (read(unlinked_fd, &byte, 1) != 1 || byte != pattern(expected))
        fail("unlinked file: wrong byte at %ld", (long)expected);
    unlinked_reads++;
    if (unlinked_reads % (PATTERN_SIZE - UNLINKED_START) == 0)
        lseek(unlinked_fd, UNLINKED_START, SEEK_SET);
}

static void check_memfd(void)
{
    uint64_t stored = 0, expected = memfd_writes;
    if (memfd_writes > 0 && (pread(memfd, &stored, sizeof stored, 4096) != sizeof stored || stored != expected))
        fail("memfd: holds %llu instead of %llu", (unsigned long long)stored, (unsigned long long)expected);
    if (memfd_map[100] != pattern(100) || memfd_map[PATTERN_SIZE - 1] != pattern(PATTERN_SIZE - 1))
        fail("memfd: the mapping lost its content");
    if ((fcntl(memfd, F_GET_SEALS) & (F_SEAL_SHRINK | F_SEAL_GROW)) != (F_SEAL_SHRINK | F_SEAL_GROW))
        fail("memfd: the seals are gone");
    memfd_writes++;
    memcpy(memfd_map + 4096, &memfd_writes, sizeof memfd_writes);
}

static void check_queues(void)
{
    char text[32];
    ssize_t n = recv(queue[1], text, sizeof text, MSG_PEEK | MSG_DONTWAIT);
    if (n != 5 || memcmp(text, "first", 5))
        fail("unix socket: the queued datagram has %zd bytes", n);
    int pending = 0;
    if (ioctl(pipe_kept[0], FIONREAD, &pending) || pending != 16)
        fail("pipe: %d bytes instead of 16 are pending", pending);
    int other = open(DIRECTORY "/locked", O_RDWR);
    if (other < 0)
        fail("lock: open: %s", strerror(errno));
    else if (flock(other, LOCK_EX | LOCK_NB) == 0)
        fail("lock: the file lock is gone");
    close(other);
}

static void check_process(void)
{
    char directory[64];
    struct rlimit limit;
    /* Only init does not end before its child. */
    if (getpid() != own_pid || (own_ppid <= 1 && getppid() != own_ppid) || getsid(0) != own_sid || getpgid(0) != own_pgid)
        fail("process: pid %d ppid %d sid %d pgid %d were %d %d %d %d", getpid(), getppid(), getsid(0), getpgid(0), own_pid, own_ppid, own_sid, own_pgid);
    if (!getcwd(directory, sizeof directory) || strcmp(directory, DIRECTORY))
        fail("process: the working directory is %s", directory);
    mode_t mask = umask(027);
    if (mask != 027)
        fail("process: the umask is 0%o", mask);
    if (getrlimit(RLIMIT_CORE, &limit) || limit.rlim_cur != 4096)
        fail("process: RLIMIT_CORE is %lu", (unsigned long)limit.rlim_cur);
    if (counter_complement != ~atomic_load(&counter))
        fail("counter: %llu, its complement says %llu", (unsigned long long)counter, (unsigned long long)~counter_complement);
}

static void touch(void)
{
    int fd = open(DIRECTORY "/watched/file", O_WRONLY | O_CREAT, 0600);
    if (fd < 0)
        fail("touch: %s", strerror(errno));
    close(fd);
    unlink(DIRECTORY "/watched/file");
    touches++;
    touched_at = awake_ms;
}

static void read_inotify(void)
{
    char buffer[4096] __attribute__((aligned(8)));
    ssize_t n = read(inotify_fd, buffer, sizeof buffer);
    for (ssize_t at = 0; at < n;) {
        struct inotify_event *event = (struct inotify_event *)(buffer + at);
        if (event->len && !strcmp(event->name, "file"))
            atomic_fetch_add(&inotify_events, 1);
        else
            fail("inotify: an event 0x%x for %s", event->mask, event->len ? event->name : "the directory");
        at += sizeof *event + event->len;
    }
}

static struct probe { const char *name; counter_t *value; uint64_t last, since; } probes[16];
static int probe_count;

static void probe(const char *name, counter_t *value) { probes[probe_count++] = (struct probe){ name, value, 0, 0 }; }

static void check_probes(void)
{
    for (struct probe *p = probes; p < probes + probe_count; p++) {
        uint64_t value = atomic_load(p->value);
        if (value < p->last)
            fail("%s: went back from %llu to %llu", p->name, (unsigned long long)p->last, (unsigned long long)value);
        bool excused = p->value == &shared->fifo_read && atomic_load(&shared->fifo_held);
        excused |= p->value == &shared->fifo_written && atomic_load(&shared->fifo_held);
        if (value != p->last || excused) {
            p->last = value;
            p->since = awake_ms;
        } else if (awake_ms - p->since > STANDSTILL_MS)
            fail("%s: stands still at %llu for %llu ms", p->name, (unsigned long long)value, (unsigned long long)(awake_ms - p->since));
    }
    if (touches * 2 != atomic_load(&inotify_events) && awake_ms - touched_at > STANDSTILL_MS)
        fail("inotify: %llu events after %llu touches", (unsigned long long)inotify_events, (unsigned long long)touches);
}

enum kind { FREE, CONTROL_LISTENER, ECHO_LISTENER, UDP, TIMERFD, FAST_TIMERFD, EVENTFD, INOTIFY, CONTROL, ECHO };

static struct connection { enum kind kind; int fd; size_t length, sent; char *buffer; } connections[MAX_CONNECTIONS];
#define BUFFER_SIZE (1 << 20)
#define LINE_SIZE 256

static void watch(struct connection *c)
{
    uint32_t events = EPOLLIN;
    if (c->kind == ECHO)
        events = c->sent < c->length ? EPOLLOUT : held ? 0 : EPOLLIN;
    struct epoll_event event = { events, { .u64 = 0xC0DE000000000000ull | (uint64_t)(c - connections) } };
    if (epoll_ctl(epoll_fd, EPOLL_CTL_MOD, c->fd, &event) && errno == ENOENT && epoll_ctl(epoll_fd, EPOLL_CTL_ADD, c->fd, &event))
        die("epoll_ctl");
}

static struct connection *add(enum kind kind, int fd)
{
    if (fd < 0)
        die("descriptor");
    for (struct connection *c = connections; c < connections + MAX_CONNECTIONS; c++)
        if (c->kind == FREE) {
            *c = (struct connection){ .kind = kind, .fd = fd };
            if (kind == CONTROL || kind == ECHO)
                c->buffer = malloc(BUFFER_SIZE);
            watch(c);
            return c;
        }
    close(fd);
    return NULL;
}

static void drop(struct connection *c)
{
    close(c->fd);
    free(c->buffer);
    c->kind = FREE;
}

/* Both families on one socket when the kernel has IPv6. */
static int bound(int type, int at)
{
    int one = 1, zero = 0;
    int fd = socket(AF_INET6, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd >= 0) {
        struct sockaddr_in6 any = { .sin6_family = AF_INET6, .sin6_port = htons(at), .sin6_addr = IN6ADDR_ANY_INIT };
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &zero, sizeof zero);
        if (bind(fd, (struct sockaddr *)&any, sizeof any) == 0)
            goto ready;
        close(fd);
    }
    fd = socket(AF_INET, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    struct sockaddr_in any = { .sin_family = AF_INET, .sin_port = htons(at) };
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(fd, (struct sockaddr *)&any, sizeof any))
        die("bind");
ready:
    if (type == SOCK_STREAM && listen(fd, 64))
        die("listen");
    return fd;
}

static void echo_flush(struct connection *c)
{
    while (c->sent < c->length) {
        ssize_t n = send(c->fd, c->buffer + c->sent, c->length - c->sent, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && errno == EAGAIN)
            break;
        if (n < 0) {
            drop(c);
            return;
        }
        c->sent += n;
    }
    if (c->sent == c->length)
        c->sent = c->length = 0;
    watch(c);
}

static void echo_read(struct connection *c)
{
    ssize_t n = recv(c->fd, c->buffer, 65536, 0);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n <= 0) {
        drop(c);
        return;
    }
    atomic_fetch_add(&echo_bytes, n);
    c->length = n;
    c->sent = 0;
    echo_flush(c);
}

static void hold(bool wanted)
{
    held = wanted;
    for (struct connection *c = connections; c < connections + MAX_CONNECTIONS; c++)
        if (c->kind == ECHO)
            watch(c);
}

static void push(size_t length)
{
    for (struct connection *c = connections; c < connections + MAX_CONNECTIONS; c++)
        if (c->kind == ECHO && c->length == 0) {
            c->length = length < BUFFER_SIZE ? length : BUFFER_SIZE;
            for (size_t i = 0; i < c->length; i++)
                c->buffer[i] = (char)(i % 251);
            echo_flush(c);
        }
}

static int status(char *into, size_t size)
{
    int connected = 0;
    for (struct connection *c = connections; c < connections + MAX_CONNECTIONS; c++)
        connected += c->kind == ECHO;
    bool ok = atomic_load(&shared->failed) == 0;
#define U(x) (unsigned long long)(x)
    int n = snprintf(into, size, "{\"ok\":%s,\"error\":%s%s%s,\"pid\":%d,\"counter\":%llu,\"awakeMs\":%llu,\"longestGapMs\":%llu,\"clockStepsBack\":%llu",
                     ok ? "true" : "false", ok ? "" : "\"", ok ? "null" : shared->error, ok ? "" : "\"", own_pid,
                     U(counter), U(awake_ms), U(longest_gap_ms), U(clock_steps_back));
    if (full)
        n += snprintf(into + n, size - n,
                      ",\"thread\":%llu,\"worker\":%llu,\"loopback\":%llu,\"fifoWritten\":%llu,\"fifoRead\":%llu,\"timerfd\":%llu,\"fastTimerfd\":%llu,\"epoll\":%llu,"
                      "\"sigalrm\":%llu,\"posixTimer\":%llu,\"touches\":%llu,\"inotify\":%llu,\"udp\":%llu,\"echoBytes\":%llu,\"echoConnections\":%d,"
                      "\"unlinked\":%llu,\"memfd\":%llu,\"checks\":%llu,\"held\":%s,\"fifoHeld\":%s",
                      U(thread_counter), U(shared->worker), U(shared->loopback), U(shared->fifo_written), U(shared->fifo_read), U(timerfd_ticks), U(fast_timerfd_ticks), U(epoll_events),
                      U(sigalrm_count), U(posix_timer_count), U(touches), U(inotify_events), U(udp_answers), U(echo_bytes), connected,
                      U(unlinked_reads), U(memfd_writes), U(checks), held ? "true" : "false", atomic_load(&shared->fifo_held) ? "true" : "false");
    return n + snprintf(into + n, size - n, "}\n");
}

static void answer(struct connection *c, const char *line)
{
    char text[2048];
    int n = snprintf(text, sizeof text, "ok\n");
    unsigned long long number = 0;
    if (!strcmp(line, "status"))
        n = status(text, sizeof text);
    else if (!strcmp(line, "counter"))
        n = snprintf(text, sizeof text, "counter %llu\n", (unsigned long long)counter);
    else if (!strcmp(line, "exit")) {
        for (int i = 0; i < child_count; i++)
            kill(children[i].pid, SIGKILL);
        exit(0);
    }
    else if (full && !strcmp(line, "hold"))
        hold(true);
    else if (full && !strcmp(line, "release"))
        hold(false);
    else if (full && sscanf(line, "push %llu", &number) == 1)
        push(number);
    else if (full && !strcmp(line, "hold-fifo"))
        atomic_store(&shared->fifo_held, true);
    else if (full && !strcmp(line, "release-fifo"))
        atomic_store(&shared->fifo_held, false);
    else if (full && sscanf(line, "write-fifo %llu", &number) == 1)
        atomic_fetch_add(&shared->fifo_burst, number);
    else if (full && !strcmp(line, "touch"))
        touch();
    else
        n = snprintf(text, sizeof text, "unknown command\n");
    send(c->fd, text, n, MSG_NOSIGNAL);
}

static void control_read(struct connection *c)
{
    ssize_t n = recv(c->fd, c->buffer + c->length, LINE_SIZE - 1 - c->length, 0);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n <= 0) {
        drop(c);
        return;
    }
    c->length += n;
    c->buffer[c->length] = 0;
    for (char *end; (end = strchr(c->buffer, '\n'));) {
        *end = 0;
        answer(c, c->buffer);
        size_t used = end + 1 - c->buffer;
        memmove(c->buffer, end + 1, c->length - used + 1);
        c->length -= used;
    }
    if (c->length == LINE_SIZE - 1)
        drop(c);
}

static void udp_read(int fd)
{
    char text[1024];
    struct sockaddr_storage from;
    socklen_t size = sizeof from;
    ssize_t n = recvfrom(fd, text, sizeof text, 0, (struct sockaddr *)&from, &size);
    if (n < 0)
        return;
    atomic_fetch_add(&udp_answers, 1);
    sendto(fd, text, n, 0, (struct sockaddr *)&from, size);
}

static void ready(struct connection *c)
{
    uint64_t value;
    int fd;
    switch (c->kind) {
    case CONTROL_LISTENER:
    case ECHO_LISTENER:
        while ((fd = accept4(c->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
            nodelay(fd);
            add(c->kind == CONTROL_LISTENER ? CONTROL : ECHO, fd);
        }
        break;
    case UDP: udp_read(c->fd); break;
    case TIMERFD:
    case FAST_TIMERFD:
        if (read(c->fd, &value, sizeof value) == sizeof value)
            atomic_fetch_add(c->kind == TIMERFD ? &timerfd_ticks : &fast_timerfd_ticks, value);
        break;
    case EVENTFD:
        if (read(c->fd, &value, sizeof value) == sizeof value)
            atomic_fetch_add(&epoll_events, value);
        break;
    case INOTIFY: read_inotify(); break;
    case CONTROL: control_read(c); break;
    case ECHO:
        if (c->sent < c->length)
            echo_flush(c);
        else
            echo_read(c);
        break;
    case FREE: break;
    }
}

static void add_timerfd(enum kind kind, long ms)
{
    int timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    struct itimerspec period = { { 0, ms * 1000000 }, { 0, ms * 1000000 } };
    timerfd_settime(timer, 0, &period, NULL);
    add(kind, timer);
}

static void set_up_full(struct connection **event)
{
    open_files();
    if (mkfifo(DIRECTORY "/fifo", 0600) && errno != EEXIST)
        die("mkfifo");
    child("p-worker", worker_body);
    child("p-sleeper", sleeper_body);
    child("p-fifo-write", fifo_writer_body);
    child("p-fifo-read", fifo_reader_body);
    child("p-lo-server", loopback_server_body);
    child("p-lo-client", loopback_client_body);

    /* The timers' signals belong to the main thread only. */
    sigset_t timers, before;
    sigemptyset(&timers);
    sigaddset(&timers, SIGALRM);
    sigaddset(&timers, SIGRTMIN + 1);
    pthread_sigmask(SIG_BLOCK, &timers, &before);
    pthread_t thread;
    if (pthread_create(&thread, NULL, thread_body, NULL))
        die("pthread_create");
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    start_timers();

    add(ECHO_LISTENER, bound(SOCK_STREAM, port + 1));
    add(UDP, bound(SOCK_DGRAM, port + 2));
    add_timerfd(TIMERFD, 50);
    /* Shorter than any freeze: it has always expired when it is dumped. */
    add_timerfd(FAST_TIMERFD, 5);
    *event = add(EVENTFD, eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
    add(INOTIFY, inotify_fd);

    probe("thread", &thread_counter);
    probe("worker", &shared->worker);
    probe("loopback", &shared->loopback);
    probe("fifo writer", &shared->fifo_written);
    probe("fifo reader", &shared->fifo_read);
    probe("timerfd", &timerfd_ticks);
    probe("fast timerfd", &fast_timerfd_ticks);
    probe("epoll", &epoll_events);
    probe("itimer", &sigalrm_count);
    probe("posix timer", &posix_timer_count);
}

static void check_all(struct connection *event)
{
    uint64_t one = 1;
    reap();
    check_probes();
    if (!full)
        return;
    check_unlinked();
    check_memfd();
    check_queues();
    check_process();
    if (write(event->fd, &one, sizeof one) != sizeof one)
        fail("eventfd: %s", strerror(errno));
    atomic_fetch_add(&checks, 1);
}

int main(int argc, char **argv)
{
    if (argc != 3 || (strcmp(argv[1], "full") && strcmp(argv[1], "demo"))) {
        fprintf(stderr, "usage: payload full|demo PORT\n");
        return 2;
    }
    full = !strcmp(argv[1], "full");
    port = atoi(argv[2]);
    signal(SIGPIPE, SIG_IGN);
    setsid();
    umask(027);
    mkdir("/tmp", 01777);
    mkdir(DIRECTORY, 0755);
    if (chdir(DIRECTORY))
        die("chdir " DIRECTORY);
    int log = open(DIRECTORY "/log", O_WRONLY | O_CREAT | O_APPEND, 0644);
    if (log >= 0)
        dup2(log, 2);
    struct rlimit core = { 4096, 4096 };
    setrlimit(RLIMIT_CORE, &core);
    own_pid = getpid();
    own_ppid = getppid();
    own_sid = getsid(0);
    own_pgid = getpgid(0);

    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    if (shared == MAP_FAILED || epoll_fd < 0)
        die("shared memory and epoll");
    struct connection *event = NULL;
    probe("counter", &counter);
    if (full)
        set_up_full(&event);
    add(CONTROL_LISTENER, bound(SOCK_STREAM, port));

    uint64_t last = now_ms(), next_count = last + 10, next_check = last + 20;
    for (;;) {
        struct epoll_event events[32];
        int n = epoll_wait(epoll_fd, events, 32, 5);
        if (n < 0 && errno != EINTR)
            fail("epoll_wait: %s", strerror(errno));
        for (int i = 0; i < n; i++) {
            uint64_t index = events[i].data.u64 & 0xFFFFFFFFFFFFull;
            if (events[i].data.u64 >> 48 != 0xC0DE || index >= MAX_CONNECTIONS || connections[index].kind == FREE)
                fail("epoll: an event with the data %llx", (unsigned long long)events[i].data.u64);
            else
                ready(&connections[index]);
        }

        uint64_t now = now_ms();
        if (now < last) {
            /* Restored on a machine whose clock started later. */
            clock_steps_back++;
            last = next_count = next_check = now;
        }
        uint64_t passed = now - last;
        last = now;
        awake_ms += passed < 50 ? passed : 50;
        if (passed > longest_gap_ms)
            longest_gap_ms = passed;
        if (now >= next_count) {
            counter_complement = ~(atomic_fetch_add(&counter, 1) + 1);
            next_count = now < next_count + 10 ? next_count + 10 : now + 10;
        }
        if (now >= next_check) {
            check_all(event);
            next_check = now + 20;
        }
    }
}
