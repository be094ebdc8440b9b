/** Counts how often a process has the disk confirm what it wrote: killing it proves nothing of that, as the page cache stays. */
import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ownFolder } from './place.js'

const CALLS = ['fdatasync', 'fsync', 'msync', 'sync_file_range'] as const

export interface SyncCalls {
  calls: number
  /** Such as `fdatasync 120, fsync 3`. */
  byName: string
}

/** Of files whose path ends so, while `work` goes on. @throws Error that says why nobody may look */
export async function countSyncCalls(pid: number, ending: string, work: () => Promise<void>): Promise<SyncCalls> {
  const { folder, remove } = await ownFolder('strace')
  const output = join(folder, 'calls')
  const strace = spawn('strace', ['-f', '-y', '-e', `trace=${CALLS.join(',')}`, '-o', output, '-p', String(pid)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const end = () => strace.kill('SIGKILL')
  process.once('exit', end)
  const ended = new Promise<void>((resolve) => strace.once('close', () => resolve()))
  try {
    await attached()
    await work()
    // It lets go of the process, which goes on.
    strace.kill('SIGINT')
    await ended
    const lines = (await readFile(output, 'utf8')).split('\n')
    const counts = CALLS.map(
      (name) =>
        [name, lines.filter((line) => line.includes(` ${name}(`) && line.includes(`${ending}>`)).length] as const,
    )
    return {
      calls: counts.reduce((sum, [, n]) => sum + n, 0),
      byName: counts.flatMap(([name, n]) => (n === 0 ? [] : [`${name} ${n}`])).join(', ') || 'none',
    }
  } finally {
    process.off('exit', end)
    strace.kill('SIGINT')
    await ended
    remove()
  }

  function attached(): Promise<void> {
    return new Promise((resolve, reject) => {
      let said = ''
      strace.stderr.on('data', (data: Buffer) => {
        said += data.toString()
        if (said.includes('attached')) resolve()
      })
      strace.once('error', reject)
      void ended.then(() => reject(new Error(`strace could not look at process ${pid}: ${said.trim()}`)))
    })
  }
}
