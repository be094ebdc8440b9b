/** What is left of a test process when it ends without having been able to say good-bye: SIGTERM and kill -9 run none of its code. */
import { spawn } from 'node:child_process'
import type { Socket } from 'node:net'

/** Forgets it: there is nothing left to clear. */
export type Forget = () => void

/**
 * Runs `script` in a shell, with these arguments from `$0` on, once this process has ended, however it ended: the shell
 * waits for the other end of its pipe to be gone, and belongs to no group that is told to end together with us.
 */
export function afterUs(script: string, ...parameters: string[]): Forget {
  const shell = spawn('sh', ['-c', `read _; ${script}`, ...parameters], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  shell.unref()
  // A test process does not wait for it.
  ;(shell.stdin as Socket).unref()
  return () => void shell.kill('SIGKILL')
}

/** A folder of processes that are ended in the same way: they may still write for a moment. */
export const removedAfterUs = (folder: string): Forget => afterUs('sleep 1; rm -rf "$0"', folder)

export const killedAfterUs = (pid: number | undefined): Forget => afterUs('kill -9 "$0"', String(pid))
