/**
 * What the tests write for a while lies in memory where there is plenty: there a COMMIT and a change of schema wait for no
 * disk. Nothing is lost by it that a test could find: after kill -9 what was written is there, on a disk as in memory.
 */
import { statfsSync } from 'node:fs'
import { freemem } from 'node:os'

const MEMORY = '/dev/shm'
/** Of databases, clusters and browsers that run side by side. */
const ROOM = 6 * 2 ** 30

process.env['TMPDIR'] ??= hasRoom() ? MEMORY : '/tmp'

function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY)
    return Math.min(bavail * bsize, freemem()) > ROOM
  } catch {
    return false
  }
}
