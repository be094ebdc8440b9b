/** Readings that belong together: a row and its parts, which are read one after the other, are shown as of one moment. */
import type { DataSource, EntityManager } from 'typeorm'
import { READING } from './serial.js'
import { isEmbedded } from './source.js'
import { transact } from './transaction.js'

/** Runs `read`, which writes nothing, on the data as it stands when it first looks; again where the connection is lost. */
export function snapshot<T>(ds: DataSource, read: (db: EntityManager) => Promise<T>): Promise<T> {
  // The session's READ COMMITTED would look anew with each statement.
  return transact(ds, read, { isRepeatable: true, level: isEmbedded(ds) ? READING : 'REPEATABLE READ' })
}
