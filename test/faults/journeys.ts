/** The mini-program's main journeys, clicked through in a browser on a database of one's own choice, whatever happens to it. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const SPEC = 'test/e2e/journeys.test.ts'
const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Needs the mini-program built for the browser (npm run preview). How many journeys were walked.
 * @throws Error with what mocha printed, when a step was not seen or something was refused
 */
export function walkJourneys(databaseUrl: string): Promise<number> {
  const mocha = spawn(process.execPath, ['node_modules/mocha/bin/mocha.js', SPEC], {
    cwd: root,
    env: { ...process.env, STAGE_DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: mocha's program starts another one that does the work.
    detached: true,
  })
  const end = () => process.kill(-(mocha.pid ?? 0), 'SIGKILL')
  process.once('exit', end)
  let report = ''
  for (const stream of [mocha.stdout, mocha.stderr]) stream.on('data', (text: Buffer) => (report += text.toString()))
  return new Promise((resolve, reject) => {
    mocha.once('error', reject)
    mocha.once('close', (code) => {
      process.off('exit', end)
      const walked = Number(/^\s*(\d+) passing/m.exec(report)?.[1] ?? 0)
      if (code === 0 && walked > 0) resolve(walked)
      else reject(new Error(`the mini-program's journeys were not walked to their end:\n${report}`))
    })
  })
}
