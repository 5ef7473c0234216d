/*
 * The process 1 of a benchmark's container.
 *
 *   payload PROCESSES MEGABYTES SOCKETS PORT [ring]
 *
 * Starts PROCESSES - 1 sleeping children, the last of them with an io_uring if asked, which criu finds out late that it cannot dump; touches MEGABYTES of memory, opens SOCKETS more sockets, answers TCP on PORT and UDP on PORT + 1 with what it gets.
 * A second thread is a pause meter: while the host asks for it in /meter (three 64-bit words: active, longest gap in nanoseconds, beats) it looks at the clock
 * every 100 microseconds and keeps the longest time between two looks.
 */
#define _GNU_SOURCE
#include <netinet/in.h>
#include <netinet/tcp.h>
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

#define CONNECTIONS 16

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
            if (argc > 5 && i == processes - 1 && syscall(SYS_io_uring_setup, 1, parameters) < 0)
                _exit(6);
            for (;;)
                pause();
        }

    int fd = open("/meter", O_RDWR);
    meter = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (meter == MAP_FAILED)
        return 5;
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
                if (n <= 0 || write(polls[i].fd, buffer, n) != n) {
                    close(polls[i].fd);
                    polls[i].fd = -1;
                }
            }
    }
}
