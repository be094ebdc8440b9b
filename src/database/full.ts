// Reads the errors by which a database or a file system says that it has no room left, or cannot write at all.

import { QueryFailedError } from 'typeorm'

interface SystemError {
  errno?: unknown
  code?: unknown
  message?: unknown
}

/** By `errno` or `code`. MariaDB's numbers as in its errmsg-utf8.txt and my_base.h; the rest as in SQLite and errno(3). */
const FULL = new Set<unknown>([
  'SQLITE_FULL',
  'ENOSPC',
  'EDQUOT',
  1021, // ER_DISK_FULL
  1114, // ER_RECORD_FILE_FULL: a table cannot be made longer
])

/** MariaDB's general errors name the system's: 28 is ENOSPC. */
const NO_SPACE = /\b(?:error|errno)[: ]+28\b|no space left/i

/** The disk fails, or was mounted again for reading only. */
const BROKEN = /^(?:SQLITE_(?:IOERR|READONLY|CANTOPEN)(?:_\w+)?|EIO|EROFS)$/

function systemError(error: unknown): SystemError {
  const inner: unknown = error instanceof QueryFailedError ? error.driverError : error
  return typeof inner === 'object' && inner !== null ? (inner as SystemError) : {}
}

/** There was no room to write: nothing was done, and nothing will be until somebody makes room. */
export function isFull(error: unknown): boolean {
  const { errno, code, message } = systemError(error)
  return FULL.has(errno) || FULL.has(code) || ('sqlMessage' in systemError(error) && NO_SPACE.test(String(message)))
}

/** The storage itself fails: no fault of the request's, and perhaps over in a moment. */
export function isBroken(error: unknown): boolean {
  return BROKEN.test(String(systemError(error).code))
}
