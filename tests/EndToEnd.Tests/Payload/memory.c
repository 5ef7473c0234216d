/* memory MB RATE: has MB of memory whose pages follow from their index and from how often they were written to, and writes to RATE of them a second; maps,
 * moves and unmaps others, forks, and has pages of all kinds. Writes /ready when it has all of it, and after each SIGUSR1 what it finds into /result. */
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PAGE 4096
#define WORDS (PAGE / sizeof(uint64_t))
#define FAR (1UL << 39)

static size_t pages;
static long rate;
static uint64_t *memory;
static uint64_t written;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static uint64_t word(uint64_t page, uint64_t times, size_t at)
{
    return page * 2654435761u + times * 40503u + at;
}

static void fill(size_t page, uint64_t times)
{
    uint64_t *words = memory + page * WORDS;
    words[0] = page;
    words[1] = times;
    for (size_t at = 2; at < WORDS; at++)
        words[at] = word(page, times, at);
}

static int is_wrong(size_t page)
{
    const uint64_t *words = memory + page * WORDS;
    if (words[0] != page)
        return 1;
    for (size_t at = 2; at < WORDS; at++)
        if (words[at] != word(page, words[1], at))
            return 1;
    return 0;
}

static void *write_pages(void *unused)
{
    (void)unused;
    unsigned seed = 1;
    const struct timespec millisecond = { 0, 1000000 };
    for (;;) {
        for (long i = 0; i < rate / 1000; i++) {
            size_t page = rand_r(&seed) % pages;
            pthread_mutex_lock(&lock);
            fill(page, memory[page * WORDS + 1] + 1);
            written++;
            pthread_mutex_unlock(&lock);
        }
        nanosleep(&millisecond, NULL);
    }
    return NULL;
}

static void *change_mappings(void *unused)
{
    (void)unused;
    const struct timespec pause = { 0, 3000000 };
    char *former = NULL;
    size_t length = 0;
    for (int round = 0;; round++) {
        size_t wanted = (1 + round % 64) * PAGE;
        char *made = mmap(NULL, wanted, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        memset(made, round, wanted);
        if (former) {
            for (size_t i = 0; i < length; i++)
                if (former[i] != (char)(round - 1))
                    abort();
            former = mremap(former, length, length + PAGE, MREMAP_MAYMOVE);
            munmap(former, length + PAGE);
        }
        former = made;
        length = wanted;
        void *block = malloc(1000 + round % 100000);
        memset(block, 1, 100);
        if (round % 3)
            free(block);
        if (round % 20 == 0) {
            pid_t child = fork();
            if (!child)
                _exit(0);
            waitpid(child, NULL, 0);
        }
        nanosleep(&pause, NULL);
    }
    return NULL;
}

static char *anonymous(size_t length, int protection, int kind)
{
    return mmap(NULL, length, protection, kind | MAP_ANONYMOUS, -1, 0);
}

static void tell(const char *name, const char *text)
{
    FILE *file = fopen("/told", "w");
    fputs(text, file);
    fclose(file);
    rename("/told", name);
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    pages = atol(argv[1]) * (1024 * 1024 / PAGE);
    rate = atol(argv[2]);
    sigset_t asked;
    sigemptyset(&asked);
    sigaddset(&asked, SIGUSR1);
    sigprocmask(SIG_BLOCK, &asked, NULL);
    memory = (uint64_t *)anonymous(pages * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE);
    for (size_t page = 0; page < pages; page++)
        fill(page, 0);

    char *hidden = anonymous(PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE);
    strcpy(hidden, "hidden");
    mprotect(hidden, PAGE, PROT_NONE);
    char *constant = anonymous(PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE);
    strcpy(constant, "constant");
    mprotect(constant, PAGE, PROT_READ);
    char *shared = anonymous(PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);
    strcpy(shared, "shared");
    char *reserved = anonymous(2 * FAR, PROT_NONE, MAP_PRIVATE | MAP_NORESERVE);
    mprotect(reserved + FAR, PAGE, PROT_READ | PROT_WRITE);
    strcpy(reserved + FAR, "far");
    /* mov $42, %eax; ret */
    char *code = anonymous(PAGE, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE);
    memcpy(code, "\xb8\x2a\0\0\0\xc3", 6);

    pid_t child = fork();
    if (!child)
        for (;;)
            pause();
    pthread_t writer, changer;
    pthread_create(&writer, NULL, write_pages, NULL);
    pthread_create(&changer, NULL, change_mappings, NULL);
    tell("/ready", "1\n");
    for (;;) {
        int signal;
        sigwait(&asked, &signal);
        pthread_mutex_lock(&lock);
        size_t wrong = 0;
        for (size_t page = 0; page < pages; page++)
            wrong += is_wrong(page);
        mprotect(hidden, PAGE, PROT_READ);
        int others = strcmp(hidden, "hidden") || strcmp(constant, "constant") || strcmp(shared, "shared") || strcmp(reserved + FAR, "far")
            || ((int (*)(void))code)() != 42;
        mprotect(hidden, PAGE, PROT_NONE);
        char text[100];
        snprintf(text, sizeof text, "wrong %zu others %d written %llu\n", wrong, others, (unsigned long long)written);
        pthread_mutex_unlock(&lock);
        tell("/result", text);
    }
}
