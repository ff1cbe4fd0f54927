/*
 * A disk that is full for as long as somebody says so. Preloaded into the server: while the file that FULL_DISK names
 * is there, files whose path contains one of its lines do not grow. What they have can be overwritten, as on a disk
 * that is full.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

/* Does a line of the file occur in the path of what is open there? */
static int
is_on_full_disk(int fd)
{
	const char *list = getenv("FULL_DISK");
	char link[64], path[4096], lines[4096], *line, *rest;
	ssize_t length;
	int file;

	if (list == NULL || (file = open(list, O_RDONLY | O_CLOEXEC)) < 0)
		return 0;
	length = read(file, lines, sizeof lines - 1);
	close(file);
	if (length <= 0)
		return 0;
	lines[length] = '\0';
	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	length = readlink(link, path, sizeof path - 1);
	if (length <= 0)
		return 0;
	path[length] = '\0';
	for (line = strtok_r(lines, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest))
		if (strstr(path, line) != NULL)
			return 1;
	return 0;
}

static int
fits(int fd, off_t end)
{
	int before = errno;
	struct stat status;
	int result = fstat(fd, &status) != 0 || !S_ISREG(status.st_mode) || end <= status.st_size || !is_on_full_disk(fd);

	errno = result ? before : ENOSPC;
	return result;
}

static off_t
end_of_write(int fd, size_t size)
{
	return lseek(fd, 0, SEEK_CUR) + (off_t) size;
}

static off_t
size_of(const struct iovec *parts, int count)
{
	off_t size = 0;
	int i;

	for (i = 0; i < count; i++)
		size += (off_t) parts[i].iov_len;
	return size;
}

#define NEXT(name) ((__typeof__(&name)) dlsym(RTLD_NEXT, #name))

ssize_t
write(int fd, const void *data, size_t size)
{
	return fits(fd, end_of_write(fd, size)) ? NEXT(write)(fd, data, size) : -1;
}

ssize_t
pwrite(int fd, const void *data, size_t size, off_t offset)
{
	return fits(fd, offset + (off_t) size) ? NEXT(pwrite)(fd, data, size, offset) : -1;
}

ssize_t
pwrite64(int fd, const void *data, size_t size, off64_t offset)
{
	return fits(fd, offset + (off_t) size) ? NEXT(pwrite64)(fd, data, size, offset) : -1;
}

ssize_t
pwritev(int fd, const struct iovec *parts, int count, off_t offset)
{
	return fits(fd, offset + size_of(parts, count)) ? NEXT(pwritev)(fd, parts, count, offset) : -1;
}

ssize_t
pwritev64(int fd, const struct iovec *parts, int count, off64_t offset)
{
	return fits(fd, offset + size_of(parts, count)) ? NEXT(pwritev64)(fd, parts, count, offset) : -1;
}

int
posix_fallocate(int fd, off_t offset, off_t size)
{
	return fits(fd, offset + size) ? NEXT(posix_fallocate)(fd, offset, size) : ENOSPC;
}

int
posix_fallocate64(int fd, off64_t offset, off64_t size)
{
	return fits(fd, offset + size) ? NEXT(posix_fallocate64)(fd, offset, size) : ENOSPC;
}
