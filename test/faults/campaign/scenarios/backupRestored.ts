/** A backup is taken while people work, and put back elsewhere: whatever was acknowledged before it began is there. */
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { check } from '../checker.js'
import { environmentOf, ownFolder } from '../place.js'
import { runProgram } from '../program.js'
import type { Scenario, Stage } from '../stage.js'

const WRITES = 80
const FILE = 'under-load.tar'
/** The keys, and the seals of the trail's days: kept apart from backups on purpose, and brought by the operator. */
const APART = ['keys', 'digests']

/** When each backup began: two storages may be tried side by side. */
const beginnings = new WeakMap<Stage, number>()

export const backupRestored: Scenario = {
  name: 'backup under load, restored',
  about: 'npm run backup under load; restored into an empty place it holds all that was acknowledged before it began',
  on: ['embedded', 'MariaDB', 'cluster'],
  deadlineS: 240,
  async run(stage) {
    const { place, dist, progress, faultBegins } = stage
    await progress(WRITES)
    faultBegins()
    beginnings.set(stage, performance.now())
    await runProgram(dist, 'database/backup/backup.js', [join(place.dataDir, FILE)], place.env)
    await progress(WRITES)
  },
  async after(stage) {
    const { storage, place, load, dist, remark } = stage
    const begunAt = beginnings.get(stage) ?? 0
    const { folder, remove } = await ownFolder('restored')
    try {
      const env = environmentOf(folder, await storage.createDatabase())
      for (const name of APART) await cp(join(place.dataDir, name), join(folder, name), { recursive: true })
      await runProgram(dist, 'database/backup/restore.js', [join(place.dataDir, FILE)], env)
      const { stories, commands } = load.ledger
      const before = commands.filter(({ acknowledged }) => acknowledged && acknowledged.at <= begunAt).length
      remark(`${before} of them were acknowledged before the backup began, and are held against what was restored`)
      return await check({ ...place, dataDir: folder, env }, stories, begunAt)
    } finally {
      remove()
    }
  },
}
