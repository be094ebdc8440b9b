/** Runs one of the built command-line programs to its end, as an operator would. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** @throws Error with what the program said, unless it ends with 0 */
export async function runProgram(
  dist: string,
  program: string,
  words: readonly string[],
  env: Record<string, string>,
): Promise<void> {
  const child = spawn(process.execPath, [join(dist, program), ...words], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (said += data.toString()))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  process.off('exit', end)
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${said.trim()}`)
}
