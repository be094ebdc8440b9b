/** A disk of a few megabytes that can be filled up: a tmpfs, which is gone when the run has ended, however it ends. */
import { spawnSync } from 'node:child_process'
import { statfsSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ownFolder } from './place.js'

export interface SmallDisk {
  folder: string
  /** Writes until not a byte more is taken. */
  fill(): Promise<void>
  /** Gives back what `fill` took. */
  makeRoom(): Promise<void>
  remove(): void
}

const CHUNK = Buffer.alloc(64 * 1024)

/** @throws Error that names what is missing */
export async function smallDisk(megabytes: number): Promise<SmallDisk> {
  const { folder, remove: removeFolder } = await ownFolder('disk')
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { encoding: 'utf8' })
  if (mounted.status !== 0) {
    removeFolder()
    throw new Error(`a small disk (tmpfs) could not be mounted, which takes root on Linux: ${mounted.stderr.trim()}`)
  }
  const ballast = join(folder, 'ballast')
  const unmount = () => {
    process.off('exit', unmount)
    // Also while somebody still has a file open there.
    spawnSync('umount', ['-l', folder])
    removeFolder()
  }
  // Before the folder's own: what is below a mount cannot be removed.
  process.prependOnceListener('exit', unmount)
  return {
    folder,
    async fill() {
      const file = await open(ballast, 'a')
      try {
        for (let length = CHUNK.length; length >= 1; ) {
          const { bytesWritten } = await file.write(CHUNK, 0, length).catch(() => ({ bytesWritten: 0 }))
          if (bytesWritten < length) length = Math.floor(length / 2)
        }
      } finally {
        await file.close()
      }
    },
    makeRoom: () => rm(ballast, { force: true }),
    remove: unmount,
  }
}

export const freeOf = (folder: string): number => {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}
