/** What the service writes is readable by nobody else on the machine, whatever it was started under. */
import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './running.js'

describe('the files the service writes', () => {
  it('are closed to others', async function () {
    this.timeout(120_000)
    const dataDir = await mkdtemp(join(tmpdir(), 'shenhuan-umask-'))
    const service = await run({ NODE_ENV: 'test', PORT: '0', DATA_DIR: dataDir, DEMO: 'off', LOG_LEVEL: 'error' })
    try {
      const names = await readdir(dataDir, { recursive: true })
      assert.ok(names.includes('shenhuan.db'))
      const open: string[] = []
      for (const name of names) if (((await stat(join(dataDir, name))).mode & 0o077) !== 0) open.push(name)
      assert.deepEqual(open, [])
    } finally {
      await service.stop()
      await rm(dataDir, { recursive: true, force: true })
    }
  })
})
