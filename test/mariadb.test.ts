/** The servers that tests start are gone with the test, however it ends. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const STARTS = `
  const { startMariaDb } = await import('./test/mariadb.ts')
  const { pid } = await startMariaDb({ isOwn: true, within: process.env.PLACE })
  console.log(JSON.stringify({ pid }))
  setInterval(() => {}, 1000)
`

describe('a MariaDB of a test whose process is told to end, or killed', () => {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    it(`ends with it, and leaves no folder (${signal})`, async () => {
      const place = mkdtempSync(path.join(tmpdir(), 'shenhuan-orphans-'))
      const test = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', STARTS], {
        env: { ...process.env, PLACE: place },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const said: string = await new Promise((resolve) =>
        test.stdout.once('data', (data: Buffer) => resolve(data.toString())),
      )
      const { pid } = JSON.parse(said) as { pid: number }
      assert.ok(existsSync(`/proc/${pid}`))
      assert.equal(readdirSync(place).length, 1)
      test.kill(signal)
      while (existsSync(`/proc/${pid}`) || readdirSync(place).length > 0) await delay(50)
      rmSync(place, { recursive: true })
    })
  }
})
