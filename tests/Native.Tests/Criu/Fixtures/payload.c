/* A small container to dump: own net, mount, pid, uts and ipc namespaces, an own root, four timerfds.
   Build: gcc -static -o ROOTFS/payload payload.c ; run by ./make-images */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#define MUST(call) do { if ((call) < 0) { perror(#call); exit(1); } } while (0)

static void timer(int clock, long value_ms, long interval_ms)
{
    struct itimerspec when = {
        { interval_ms / 1000, interval_ms % 1000 * 1000000 },
        { value_ms / 1000, value_ms % 1000 * 1000000 },
    };
    int fd = timerfd_create(clock, 0);
    MUST(fd);
    MUST(timerfd_settime(fd, 0, &when, NULL));
}

static void contained(void)
{
    int dead;
    syscall(SYS_close_range, 0, ~0U, 0);
    timer(CLOCK_MONOTONIC, 5, 5);         /* periodic, expired when dumped */
    timer(CLOCK_BOOTTIME, 5, 3600000);    /* periodic, expired once */
    timer(CLOCK_MONOTONIC, 5, 0);         /* one shot, expired: disarmed is right */
    timer(CLOCK_MONOTONIC, 3600000, 0);   /* one shot, far */
    MUST(open("/data file", O_RDWR | O_CREAT | O_APPEND, 0640));
    MUST(prctl(PR_SET_PDEATHSIG, 9));
    MUST(dead = fork());
    if (!dead)
        _exit(3);
    for (;;)
        pause();
}

int main(int argc, char **argv)
{
    if (argc < 2)
        contained();
    MUST(unshare(CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWUTS | CLONE_NEWIPC));
    pid_t child = fork();
    MUST(child);
    if (child) {
        printf("%d\n", child);
        fflush(stdout);
        waitpid(child, NULL, 0);
        return 0;
    }
    setsid();
    MUST(mount("", "/", NULL, MS_REC | MS_PRIVATE, NULL));
    MUST(mount(argv[1], argv[1], NULL, MS_BIND, NULL));
    MUST(chdir(argv[1]));
    MUST(syscall(SYS_pivot_root, ".", "old"));
    MUST(chdir("/"));
    MUST(mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL));
    MUST(mount("space name", "/tmp", "tmpfs", MS_NOSUID, "size=64k,mode=1777"));
    MUST(mount("", "/tmp", NULL, MS_SHARED, NULL));
    MUST(umount2("/old", MNT_DETACH));
    /* From the new root: criu needs the program on a mount it can see. */
    MUST(execl("/payload", "payload", NULL));
}
