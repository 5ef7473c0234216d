/*
 * The process 1 of a benchmark's container.
 *
 *   payload PROCESSES MEGABYTES SOCKETS PORT [ring|inside]
 *
 * Starts PROCESSES - 1 sleeping children, the last of them with an io_uring if asked, which criu finds out late that it cannot dump; touches MEGABYTES of memory, opens SOCKETS more sockets, answers TCP on PORT and UDP on PORT + 1 with what it gets.
 * A second thread is a pause meter: while the host asks for it in /meter (three 64-bit words: active, longest gap in nanoseconds, beats) it looks at the clock
 * every 100 microseconds and keeps the longest time between two looks. With "inside" two of the children talk over loopback, and a fourth word of /meter has the longest time without data.
 */
#define _GNU_SOURCE
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define CONNECTIONS 64

static volatile uint64_t *meter;

static uint64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000ull + t.tv_nsec;
}

static void *measure(void *unused)
{
    (void)unused;
    uint64_t last = now();
    for (;;) {
        usleep(meter[0] ? 100 : 20000);
        uint64_t at = now();
        if (meter[0] == 2 && at - last > meter[1])
            meter[1] = at - last;
        if (meter[0] == 1)
            meter[0] = 2;
        meter[2]++;
        last = at;
    }
}

static volatile uint64_t *map_meter(void)
{
    void *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, open("/meter", O_RDWR), 0);
    if (at == MAP_FAILED)
        _exit(5);
    return at;
}

static int open_socket(int type, int port)
{
    int one = 1, fd = socket(AF_INET, type, 0);
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(port) };
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0)
        _exit(3);
    if (type == SOCK_STREAM && listen(fd, CONNECTIONS) < 0)
        _exit(4);
    return fd;
}

static struct sockaddr_in inside_address(int port)
{
    return (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons(port + 2), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
}

static void hear(int port)
{
    int fd = accept(open_socket(SOCK_STREAM, port + 2), NULL, NULL);
    char buffer[4096];
    meter = map_meter();
    for (uint64_t last = now(); read(fd, buffer, sizeof buffer) > 0;) {
        uint64_t at = now();
        if (at - last > meter[3])
            meter[3] = at - last;
        last = at;
    }
    _exit(7);
}

/* Without TCP_NODELAY: a small write waits for the acknowledgement of the one before. */
static void tell(int port)
{
    struct sockaddr_in address = inside_address(port);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    while (connect(fd, (struct sockaddr *)&address, sizeof address) < 0) {
        close(fd);
        usleep(1000);
        fd = socket(AF_INET, SOCK_STREAM, 0);
    }
    while (write(fd, "12345678", 8) == 8)
        usleep(300);
    _exit(8);
}

/* A write that waits when its process is stopped comes back with what it has written so far. */
static int write_all(int fd, const char *bytes, ssize_t count)
{
    while (count > 0) {
        ssize_t n = write(fd, bytes, count);
        if (n <= 0 && errno != EINTR)
            return -1;
        if (n > 0) {
            bytes += n;
            count -= n;
        }
    }
    return 0;
}

int main(int argc, char **argv)
{
    if (argc < 5)
        return 2;
    int processes = atoi(argv[1]), sockets = atoi(argv[3]), port = atoi(argv[4]);
    size_t bytes = (size_t)atoi(argv[2]) << 20;
    struct rlimit files = { 65536, 65536 };
    setrlimit(RLIMIT_NOFILE, &files);

    for (int i = 1; i < processes; i++)
        if (fork() == 0) {
            char parameters[120] = { 0 };
            int inside = argc > 5 && strcmp(argv[5], "inside") == 0;
            if (inside && i == 1)
                hear(port);
            if (inside && i == 2)
                tell(port);
            if (argc > 5 && !inside && i == processes - 1 && syscall(SYS_io_uring_setup, 1, parameters) < 0)
                _exit(6);
            for (;;)
                pause();
        }

    meter = map_meter();
    char *memory = mmap(NULL, bytes + 1, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    for (size_t i = 0; i < bytes; i += 4096)
        memory[i] = (char)(i >> 12) | 1;
    for (int i = 0; i < sockets; i++)
        open_socket(SOCK_DGRAM, 0);
    pthread_t thread;
    pthread_create(&thread, NULL, measure, NULL);

    struct pollfd polls[2 + CONNECTIONS] = { { open_socket(SOCK_STREAM, port), POLLIN, 0 }, { open_socket(SOCK_DGRAM, port + 1), POLLIN, 0 } };
    for (int i = 2; i < 2 + CONNECTIONS; i++)
        polls[i] = (struct pollfd){ -1, POLLIN, 0 };
    for (;;) {
        char buffer[65536];
        struct sockaddr_in from;
        socklen_t size = sizeof from;
        if (poll(polls, 2 + CONNECTIONS, -1) < 0)
            continue;
        if (polls[0].revents) {
            int one = 1, connection = accept(polls[0].fd, NULL, NULL);
            setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
            for (int i = 2; i < 2 + CONNECTIONS; i++)
                if (polls[i].fd < 0) {
                    polls[i].fd = connection;
                    connection = -1;
                    break;
                }
            if (connection >= 0)
                close(connection);
        }
        if (polls[1].revents) {
            ssize_t n = recvfrom(polls[1].fd, buffer, sizeof buffer, MSG_DONTWAIT, (struct sockaddr *)&from, &size);
            if (n >= 0)
                sendto(polls[1].fd, buffer, n, 0, (struct sockaddr *)&from, size);
        }
        for (int i = 2; i < 2 + CONNECTIONS; i++)
            if (polls[i].fd >= 0 && polls[i].revents) {
                ssize_t n = read(polls[i].fd, buffer, sizeof buffer);
                if (n <= 0 || write_all(polls[i].fd, buffer, n) < 0) {
                    close(polls[i].fd);
                    polls[i].fd = -1;
                }
            }
    }
}
