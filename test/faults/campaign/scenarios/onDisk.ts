/** Nothing breaks; but the disk is counted: what is acknowledged has been confirmed by it, as a power cut would show. */
import type { Scenario, Stage } from '../stage.js'
import { countSyncCalls } from '../syncCalls.js'
import { faultless } from '../verdict.js'

const WRITES = 40
/** A commit is safe once these are: data files are synced for other reasons, too. */
const REDO_LOG = '/ib_logfile0'
const WRITE_AHEAD_LOG = '/shenhuan.db-wal'

/** What a power cut would have lost. */
const unconfirmed = new WeakMap<Stage, string[]>()

export const onDisk: Scenario = {
  name: 'on the disk',
  about:
    'fdatasync and fsync calls on the log of the database, counted by strace: at least one for each acknowledged write',
  on: ['embedded', 'MariaDB'],
  // One after the other: commits at the same moment may share a call.
  load: { clients: 1, rudeness: 0 },
  async run(stage) {
    const { storage, fleet, load, progress, faultBegins, remark } = stage
    const pid = storage.server ? storage.server.pid : fleet.pid(0)
    if (pid === undefined) throw new Error('nobody keeps the data')
    faultBegins()
    const before = load.ledger.acknowledged
    let writes = 0
    const since = performance.now()
    const { calls, byName } = await countSyncCalls(pid, storage.server ? REDO_LOG : WRITE_AHEAD_LOG, async () => {
      await progress(WRITES)
      // Counted before strace lets go, and one less: the first may have been on the disk when it came.
      writes = load.ledger.acknowledged - before - 1
    })
    remark(`${writes} acknowledged writes, ${byName}: ${(calls / writes).toFixed(1)} a write`)
    // A server whose commits wait for nothing still asks once a second.
    const ofCommits = Math.max(0, calls - Math.ceil((performance.now() - since) / 1000))
    const said = `of ${writes} acknowledged writes, at most ${ofCommits} are on the disk`
    unconfirmed.set(stage, ofCommits >= writes ? [] : [said])
  },
  after: async (stage) => ({ ...faultless(), lost: unconfirmed.get(stage) ?? [] }),
}
