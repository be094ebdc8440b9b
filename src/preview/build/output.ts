/** Puts a finished build in the place of the one before, so that nobody ever reads half of one. */
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** A new folder beside the output: on the same disk, so that it can be renamed. */
export function openOutput(out: string): string {
  mkdirSync(dirname(out), { recursive: true })
  const made = mkdtempSync(join(dirname(out), `.${basename(out)}-`))
  chmodSync(made, 0o755) // the service may run as somebody else
  return made
}

export function replaceOutput(out: string, made: string): void {
  const old = `${made}-old`
  try {
    renameSync(out, old)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  renameSync(made, out)
  rmSync(old, { recursive: true, force: true })
}
