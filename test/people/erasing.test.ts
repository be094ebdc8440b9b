/** What the embedded database was told to forget cannot be read from its files. */
import assert from 'node:assert/strict'
import { chmod, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Person } from '../../src/people/person.js'
import { world } from '../world.js'

describe('the files of the embedded database', () => {
  it('hold nothing of who was erased, neither in free pages nor in the log', async () => {
    const w = await world('embedded')
    try {
      const { manager } = w.service.house.ds
      const dir = w.service.house.config.dataDir
      const traces = async (marks: (string | null)[]) => {
        const names = (await readdir(dir)).filter((name) => name.startsWith('shenhuan.db'))
        const files = await Promise.all(names.map((name) => readFile(join(dir, name))))
        return marks.filter((mark) => files.some((file) => file.includes(mark ?? '?')))
      }
      const leaver = await w.as('leaver')
      await leaver.call('person.update', { name: '欧阳明月' })
      await leaver.call('person.bindPhone', { code: 'phone:13812345678' })
      const { id } = await leaver.call('session.me', {})
      const { openidHash, phoneHash } = await manager.findOneByOrFail(Person, { id })
      const marks = [openidHash, phoneHash]
      assert.equal((await traces(marks)).length, marks.length)
      await leaver.call('person.erase', { confirm: '注销' })
      await w.drainJobs()
      assert.deepEqual(await traces(marks), [])
    } finally {
      await w.stop()
    }
  })

  it('lie in a directory that is nobody else’s, though it was open to all before', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'shenhuan-open-'))
    await chmod(dir, 0o755)
    const w = await world('embedded', { env: { DATA_DIR: dir } })
    try {
      assert.equal((await stat(dir)).mode & 0o777, 0o700)
    } finally {
      await w.stop()
      await rm(dir, { recursive: true, force: true })
    }
  })
})
