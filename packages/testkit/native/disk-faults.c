/*
 * Preloaded into a process, this library lets the disk fail at a chosen call, kills the process there, or writes
 * down what reaches the disk in which order. It looks only at files whose paths match, and counts over all the
 * processes that share the counter's file.
 *
 *   DISK_FAULT_PATHS    patterns of fnmatch(3), separated by colons
 *   DISK_FAULT_CALLS    which calls count: w(rite) s(ync) t(runcate) u(nlink) r(ename and link) c(reate)
 *   DISK_FAULT_COUNTER  a file of 8 bytes: how many matching calls there were
 *   DISK_FAULT_AT       the number of the call that fails, from 1; 0: none
 *   DISK_FAULT_FOR      how many calls fail from there on; 0: all of them
 *   DISK_FAULT_ACTION   ENOSPC, EIO, kill (the process group, before the call) or torn (after half of the write)
 *   DISK_FAULT_LOG      a file that all matching calls are appended to, with what they wrote; a sync with the
 *                       file's whole content, which has reached the disk with it
 *
 * Kills go to the process group: start the program as the leader of one of its own.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

/* One record of the log: this header, the path, the second path or the data. */
struct record {
  uint32_t kind;
  uint32_t path_length;
  uint64_t inode;
  uint64_t offset;
  uint64_t length;
};

static char *patterns[32];
static int pattern_count;
static char calls[32] = "wst";
static long fail_at, fail_for = 1;
static char action[16] = "EIO";
static volatile int64_t *counter;
static int log_descriptor = -1;
static pthread_mutex_t log_lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

__attribute__((constructor)) static void begin(void) {
  const char *paths = getenv("DISK_FAULT_PATHS");
  if (paths == NULL) return;
  char *save, *copy = strdup(paths);
  for (char *each = strtok_r(copy, ":", &save); each != NULL && pattern_count < 32; each = strtok_r(NULL, ":", &save)) patterns[pattern_count++] = each;
  const char *text;
  if ((text = getenv("DISK_FAULT_CALLS")) != NULL) snprintf(calls, sizeof calls, "%s", text);
  if ((text = getenv("DISK_FAULT_AT")) != NULL) fail_at = atol(text);
  if ((text = getenv("DISK_FAULT_FOR")) != NULL) fail_for = atol(text);
  if ((text = getenv("DISK_FAULT_ACTION")) != NULL) snprintf(action, sizeof action, "%s", text);
  if ((text = getenv("DISK_FAULT_COUNTER")) != NULL) {
    int descriptor = (int)syscall(SYS_openat, AT_FDCWD, text, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor >= 0 && syscall(SYS_ftruncate, descriptor, 8L) == 0) {
      void *page = mmap(NULL, 8, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
      if (page != MAP_FAILED) counter = page;
    }
    if (descriptor >= 0) syscall(SYS_close, descriptor);
  }
  if ((text = getenv("DISK_FAULT_LOG")) != NULL) log_descriptor = (int)syscall(SYS_openat, AT_FDCWD, text, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int matches(const char *path) {
  for (int index = 0; index < pattern_count; index++)
    if (fnmatch(patterns[index], path, 0) == 0) return 1;
  return 0;
}

/* The path of an open file; 0 where it does not match. */
static int path_of(int descriptor, char *path) {
  if (pattern_count == 0) return 0;
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  char *deleted = strstr(path, " (deleted)");
  if (deleted != NULL && deleted[10] == 0) *deleted = 0;
  return matches(path);
}

static const char *absolute(const char *path, char *buffer) {
  if (path[0] == '/') return path;
  char folder[PATH_MAX];
  if (getcwd(folder, sizeof folder) == NULL) return path;
  if (snprintf(buffer, PATH_MAX, "%.2000s/%.2000s", folder, path) < 0) return path;
  return buffer;
}

/* Counts a call. Returns 0, or the error that it has to fail with; -1 asks for half of the write and the end. */
static int strike(char kind) {
  if (counter == NULL || strchr(calls, kind) == NULL) return 0;
  int64_t number = __atomic_add_fetch(counter, 1, __ATOMIC_SEQ_CST);
  if (fail_at == 0 || number < fail_at || (fail_for != 0 && number >= fail_at + fail_for)) return 0;
  if (strcmp(action, "torn") == 0 && kind == 'w') return -1;
  if (strcmp(action, "kill") == 0 || strcmp(action, "torn") == 0) {
    kill(0, SIGKILL);
    pause();
  }
  return strcmp(action, "ENOSPC") == 0 ? ENOSPC : EIO;
}

static void note(char kind, const char *path, uint64_t inode, uint64_t offset, const void *data, uint64_t length) {
  if (log_descriptor < 0) return;
  struct record header = {(uint32_t)kind, (uint32_t)strlen(path), inode, offset, length};
  struct iovec parts[3] = {{&header, sizeof header}, {(void *)path, header.path_length}, {(void *)data, data == NULL ? 0 : length}};
  int kept = errno;
  pthread_mutex_lock(&log_lock);
  syscall(SYS_writev, log_descriptor, parts, data == NULL ? 2 : 3);
  pthread_mutex_unlock(&log_lock);
  errno = kept;
}

static uint64_t inode_of(int descriptor) {
  struct stat status;
  return fstat(descriptor, &status) == 0 ? status.st_ino : 0;
}

static uint64_t inode_at(const char *path) {
  struct stat status;
  return lstat(path, &status) == 0 ? status.st_ino : 0;
}

/* Through a descriptor that is never closed: closing one would drop the locks that SQLite holds on the file. */
static void note_content(const char *path, const struct stat *status) {
  if (log_descriptor < 0) return;
  static struct { uint64_t inode; int descriptor; } kept[64];
  static int kept_count;
  int descriptor = -1;
  for (int index = 0; index < kept_count; index++)
    if (kept[index].inode == status->st_ino) descriptor = kept[index].descriptor;
  if (descriptor < 0) {
    descriptor = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
    if (descriptor < 0) return;
    if (kept_count < 64) {
      kept[kept_count].inode = status->st_ino;
      kept[kept_count++].descriptor = descriptor;
    }
  }
  char *content = malloc((size_t)status->st_size + 1);
  if (content == NULL) return;
  long length = syscall(SYS_pread64, descriptor, content, (size_t)status->st_size, 0L);
  if (length >= 0) note('s', path, status->st_ino, 0, content, (uint64_t)length);
  free(content);
}

static ssize_t write_at(int descriptor, const void *data, size_t length, off64_t offset, int positioned) {
  char path[PATH_MAX];
  if (!path_of(descriptor, path)) return positioned ? syscall(SYS_pwrite64, descriptor, data, length, offset) : syscall(SYS_write, descriptor, data, length);
  int error = strike('w');
  if (error > 0) {
    errno = error;
    return -1;
  }
  if (!positioned) {
    off64_t now = lseek64(descriptor, 0, SEEK_CUR);
    offset = (fcntl(descriptor, F_GETFL) & O_APPEND) != 0 ? lseek64(descriptor, 0, SEEK_END) : now;
  }
  if (error < 0) length /= 2;
  ssize_t written = positioned ? syscall(SYS_pwrite64, descriptor, data, length, offset) : syscall(SYS_write, descriptor, data, length);
  if (error < 0) {
    kill(0, SIGKILL);
    pause();
  }
  if (written > 0) note('w', path, inode_of(descriptor), (uint64_t)offset, data, (uint64_t)written);
  return written;
}

ssize_t write(int descriptor, const void *data, size_t length) { return write_at(descriptor, data, length, 0, 0); }
ssize_t pwrite(int descriptor, const void *data, size_t length, off_t offset) { return write_at(descriptor, data, length, offset, 1); }
ssize_t pwrite64(int descriptor, const void *data, size_t length, off64_t offset) { return write_at(descriptor, data, length, offset, 1); }

static int sync_with(int descriptor, long call) {
  char path[PATH_MAX];
  if (!path_of(descriptor, path)) return (int)syscall(call, descriptor);
  int error = strike('s');
  if (error != 0) {
    errno = error;
    return -1;
  }
  int result = (int)syscall(call, descriptor);
  if (result == 0) {
    struct stat status;
    if (fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode)) note('d', path, status.st_ino, 0, NULL, 0);
    else note_content(path, &status);
  }
  return result;
}

int fsync(int descriptor) { return sync_with(descriptor, SYS_fsync); }
int fdatasync(int descriptor) { return sync_with(descriptor, SYS_fdatasync); }

static int truncate_to(int descriptor, off64_t length) {
  char path[PATH_MAX];
  if (!path_of(descriptor, path)) return (int)syscall(SYS_ftruncate, descriptor, length);
  int error = strike('t');
  if (error != 0) {
    errno = error;
    return -1;
  }
  int result = (int)syscall(SYS_ftruncate, descriptor, length);
  if (result == 0) note('t', path, inode_of(descriptor), (uint64_t)length, NULL, 0);
  return result;
}

int ftruncate(int descriptor, off_t length) { return truncate_to(descriptor, length); }
int ftruncate64(int descriptor, off64_t length) { return truncate_to(descriptor, length); }

int unlink(const char *name) {
  char buffer[PATH_MAX];
  const char *path = absolute(name, buffer);
  if (!matches(path)) return REAL(unlink)(name);
  int error = strike('u');
  if (error != 0) {
    errno = error;
    return -1;
  }
  uint64_t inode = inode_at(path);
  int result = REAL(unlink)(name);
  if (result == 0) note('u', path, inode, 0, NULL, 0);
  return result;
}

static int move(const char *from, const char *to, char kind) {
  char first[PATH_MAX], second[PATH_MAX];
  const char *source = absolute(from, first), *target = absolute(to, second);
  int counted = matches(source) || matches(target);
  int error = counted ? strike('r') : 0;
  if (error != 0) {
    errno = error;
    return -1;
  }
  uint64_t inode = inode_at(source);
  int result = kind == 'r' ? REAL(rename)(from, to) : REAL(link)(from, to);
  if (counted && result == 0) note(kind, source, inode, 0, target, strlen(target));
  return result;
}

int rename(const char *from, const char *to) { return move(from, to, 'r'); }
int link(const char *from, const char *to) { return move(from, to, 'l'); }

static int open_at(const char *name, int flags, mode_t mode) {
  char buffer[PATH_MAX];
  const char *path = absolute(name, buffer);
  if ((flags & O_CREAT) == 0 || !matches(path)) {
    int descriptor = (int)syscall(SYS_openat, AT_FDCWD, name, flags, mode);
    if (descriptor >= 0 && (flags & O_TRUNC) != 0 && matches(path)) note('t', path, inode_of(descriptor), 0, NULL, 0);
    return descriptor;
  }
  int created = inode_at(path) == 0;
  int error = created ? strike('c') : 0;
  if (error != 0) {
    errno = error;
    return -1;
  }
  int descriptor = (int)syscall(SYS_openat, AT_FDCWD, name, flags, mode);
  if (descriptor >= 0 && created) note('c', path, inode_of(descriptor), 0, NULL, 0);
  else if (descriptor >= 0 && (flags & O_TRUNC) != 0) note('t', path, inode_of(descriptor), 0, NULL, 0);
  return descriptor;
}

int open(const char *name, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  mode_t mode = (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(arguments, mode_t) : 0;
  va_end(arguments);
  return open_at(name, flags, mode);
}

int open64(const char *name, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  mode_t mode = (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(arguments, mode_t) : 0;
  va_end(arguments);
  return open_at(name, flags | O_LARGEFILE, mode);
}
