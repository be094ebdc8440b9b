/** Clears away what was uploaded and never attached, and the bytes that no file names any more. */
import { type DataSource, In, IsNull, LessThan } from 'typeorm'
import { job } from '../audit/jobKind.js'
import { before } from '../retention.js'
import type { BlobStore, StoredBlob } from './store.js'
import { StoredFile } from './storedFile.js'

const BATCH = 200

/** The rows go first and for good: bytes without a row are found again by the next sweep, a row without bytes by nobody. */
export const sweepJob = job({
  async claim({ db, now }) {
    const at = before('uploads', now)
    await db.delete(StoredFile, { ownerId: IsNull(), uploadedAt: LessThan(at) })
    return at
  },
  async outside({ claimed: at, house, outside }) {
    let batch: StoredBlob[] = []
    for await (const blob of outside.blobs.list()) {
      if (blob.storedAt < at) batch.push(blob)
      if (batch.length < BATCH) continue
      await removeNameless(house.ds, outside.blobs, batch, at)
      batch = []
    }
    await removeNameless(house.ds, outside.blobs, batch, at)
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
