// What the system can be told about files that Swift's own modules do not show.
#pragma once

#ifdef __linux__
extern int sync_file_range(int file, long start, long length, unsigned flags);
#endif

/// Lets the disk begin with a part of a file, and does not wait for it: a flush later on finds less to do.
///
/// Nothing where the system has no such call. What fails is said by that flush.
static inline void begin_writing(int file, long start, long length) {
#ifdef __linux__
  sync_file_range(file, start, length, 2);  // SYNC_FILE_RANGE_WRITE
#else
  (void)file, (void)start, (void)length;
#endif
}
