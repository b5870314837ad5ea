/*
 * Loaded into a process by LD_PRELOAD, this library logs the process's operations on a SQLite database: every write with its bytes,
 * every file that is created or deleted, and the begin and end of each fsync. It also logs the standard output, so that the
 * acknowledgements at every moment are known. The log shows what a power cut at any moment could have left on the disk.
 *
 * POWERCUT_DATABASE is the path of the database, POWERCUT_LOG that of the log. The shared memory beside the database is left out:
 * SQLite recreates it. An entry is a struct record and its bytes.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind
{
    OPENED = 'O',     /* file, offset: 1 if it was created; bytes: the part of its name after the database's */
    WRITTEN = 'W',    /* file, offset, bytes */
    TRUNCATED = 'T',  /* file, offset: its new length */
    UNLINKED = 'U',   /* bytes: as for OPENED */
    SYNC_BEGAN = 'B', /* file, offset: the number of this fsync */
    SYNC_ENDED = 'E', /* offset: the number of the fsync */
    SAID = 'A',       /* bytes: the text written to standard output */
};

struct record
{
    uint32_t kind;
    uint32_t length;
    uint64_t file; /* the inode's number; 0 is the directory */
    int64_t offset;
};

enum { NOT_WATCHED, WATCHED, DIRECTORY, MAX_FDS = 65536 };

static struct { int kind; uint64_t inode; } fds[MAX_FDS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char database[PATH_MAX], directory[PATH_MAX];
static int log_fd = -1;
static int64_t syncs;
static struct stat64 output;

static int (*real_open)(const char *, int, ...);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off64_t);
static int (*real_ftruncate)(int, off64_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_unlink)(const char *);
static int (*real_close)(int);

/* At load, or at the first call if the constructor of another library makes one before. */
__attribute__((constructor)) static void start(void)
{
    if (real_close)
        return;
    real_open = dlsym(RTLD_NEXT, "open64");
    real_write = dlsym(RTLD_NEXT, "write");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    real_unlink = dlsym(RTLD_NEXT, "unlink");
    real_close = dlsym(RTLD_NEXT, "close");

    const char *path = getenv("POWERCUT_DATABASE"), *log = getenv("POWERCUT_LOG");
    if (!path || !log)
        return;
    strncpy(database, path, sizeof database - 1);
    strncpy(directory, path, sizeof directory - 1);
    *strrchr(directory, '/') = 0;
    log_fd = real_open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (log_fd < 0 || fstat64(STDOUT_FILENO, &output) != 0)
        abort();
}

/* The part of a path after the database's; null if the file does not belong to the database. */
static const char *suffix(const char *path)
{
    size_t length = strlen(database);
    if (log_fd < 0 || strncmp(path, database, length) != 0)
        return NULL;
    const char *rest = path + length;
    return !*rest || !strcmp(rest, "-wal") || !strcmp(rest, "-journal") ? rest : NULL;
}

/* One system call, so that a kill leaves the log intact except for its last entry. */
static void note(enum kind kind, uint64_t file, int64_t offset, const void *bytes, size_t length)
{
    struct record record = { kind, (uint32_t)length, file, offset };
    struct iovec parts[] = { { &record, sizeof record }, { (void *)bytes, length } };
    if (syscall(SYS_writev, log_fd, parts, 2) < 0)
        abort();
}

static int is(int fd, int kind)
{
    return fd >= 0 && fd < MAX_FDS && fds[fd].kind == kind;
}

/* Standard output may have other file descriptors as well. */
static int is_output(int fd)
{
    struct stat64 status;
    return log_fd >= 0 && fstat64(fd, &status) == 0 && status.st_ino == output.st_ino && status.st_dev == output.st_dev;
}

int open64(const char *path, int flags, ...)
{
    start();
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    const char *rest = suffix(path);
    if (!rest && (log_fd < 0 || strcmp(path, directory) != 0))
        return real_open(path, flags, mode);

    pthread_mutex_lock(&lock);
    int existed = access(path, F_OK) == 0;
    int fd = real_open(path, flags, mode);
    struct stat64 status;
    if (fd >= 0 && fd < MAX_FDS && fstat64(fd, &status) == 0)
    {
        fds[fd].kind = rest ? WATCHED : DIRECTORY;
        fds[fd].inode = rest ? status.st_ino : 0;
        if (rest)
            note(OPENED, status.st_ino, !existed, rest, strlen(rest));
    }
    pthread_mutex_unlock(&lock);
    return fd;
}

ssize_t write(int fd, const void *bytes, size_t length)
{
    start();
    /* Logged before it is written: a reader of the output may rely on the log up to it. */
    if (is_output(fd))
    {
        pthread_mutex_lock(&lock);
        note(SAID, 0, 0, bytes, length);
        pthread_mutex_unlock(&lock);
    }
    /* SQLite writes its files at an offset; otherwise the log would be useless. */
    if (is(fd, WATCHED))
        abort();
    return real_write(fd, bytes, length);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset)
{
    start();
    if (!is(fd, WATCHED))
        return real_pwrite(fd, bytes, length, offset);
    pthread_mutex_lock(&lock);
    ssize_t written = real_pwrite(fd, bytes, length, offset);
    if (written > 0)
        note(WRITTEN, fds[fd].inode, offset, bytes, (size_t)written);
    pthread_mutex_unlock(&lock);
    return written;
}

int ftruncate64(int fd, off64_t length)
{
    start();
    if (!is(fd, WATCHED))
        return real_ftruncate(fd, length);
    pthread_mutex_lock(&lock);
    int result = real_ftruncate(fd, length);
    if (result == 0)
        note(TRUNCATED, fds[fd].inode, length, NULL, 0);
    pthread_mutex_unlock(&lock);
    return result;
}

/* Bytes written during an fsync need not be on the disk when it ends. */
static int synced(int fd, int (**sync)(int))
{
    start();
    if (!is(fd, WATCHED) && !is(fd, DIRECTORY))
        return (*sync)(fd);
    pthread_mutex_lock(&lock);
    int64_t number = ++syncs;
    note(SYNC_BEGAN, fds[fd].inode, number, NULL, 0);
    pthread_mutex_unlock(&lock);
    int result = (*sync)(fd);
    if (result == 0)
    {
        pthread_mutex_lock(&lock);
        note(SYNC_ENDED, 0, number, NULL, 0);
        pthread_mutex_unlock(&lock);
    }
    return result;
}

int fsync(int fd)
{
    return synced(fd, &real_fsync);
}

int fdatasync(int fd)
{
    return synced(fd, &real_fdatasync);
}

int unlink(const char *path)
{
    start();
    const char *rest = suffix(path);
    if (!rest)
        return real_unlink(path);
    pthread_mutex_lock(&lock);
    int result = real_unlink(path);
    if (result == 0)
        note(UNLINKED, 0, 0, rest, strlen(rest));
    pthread_mutex_unlock(&lock);
    return result;
}

int close(int fd)
{
    start();
    if (fd >= 0 && fd < MAX_FDS)
        fds[fd].kind = NOT_WATCHED;
    return real_close(fd);
}

/* Where files are large anyway, both names are the same function. */
int open(const char *, int, ...) __attribute__((alias("open64")));
ssize_t pwrite(int, const void *, size_t, off_t) __attribute__((alias("pwrite64")));
int ftruncate(int, off_t) __attribute__((alias("ftruncate64")));
