/** Clears away what was uploaded and never attached, and the bytes that no file names any more. */
import { type DataSource, In, IsNull, LessThan } from 'typeorm'
import { job } from '../audit/jobKind.js'
import type { BlobStore, StoredBlob } from './store.js'
import { StoredFile } from './storedFile.js'

const UNATTACHED_MS = 24 * 3_600_000
const BATCH = 200

/** The rows go first and for good: bytes without a row are found again by the next sweep, a row without bytes by nobody. */
export const sweepJob = job({
  async claim({ db, now }) {
    const before = new Date(now.getTime() - UNATTACHED_MS)
    await db.delete(StoredFile, { ownerId: IsNull(), uploadedAt: LessThan(before) })
    return before
  },
  async outside({ claimed: before, house, outside }) {
    let batch: StoredBlob[] = []
    for await (const blob of outside.blobs.list()) {
      if (blob.storedAt < before) batch.push(blob)
      if (batch.length < BATCH) continue
      await removeNameless(house.ds, outside.blobs, batch, before)
      batch = []
    }
    await removeNameless(house.ds, outside.blobs, batch, before)
  },
  async handle() {},
})

/** An upload puts its bytes before it writes its row, so bytes put lately are spared even where no row names them yet. */
async function removeNameless(ds: DataSource, blobs: BlobStore, batch: StoredBlob[], before: Date): Promise<void> {
  if (batch.length === 0) return
  const where = { hash: In(batch.map((blob) => blob.hash)) }
  const named = new Set((await ds.manager.find(StoredFile, { select: { hash: true }, where })).map(({ hash }) => hash))
  for (const { hash } of batch) if (!named.has(hash)) await blobs.remove(hash, before)
}
