/** Takes a row out of the order of its making, which SQLite keeps beside every table: it would say when it was made. */
import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm'
import { isEmbedded } from './source.js'

/** In the transaction that made it. On a server rows lie in the order of their keys, which are drawn at random. */
export async function scatter<T extends ObjectLiteral>(
  db: EntityManager,
  entity: EntityTarget<T>,
  key: keyof T & string,
  value: string,
): Promise<void> {
  const { dataSource } = db
  if (!isEmbedded(dataSource)) return
  const table = dataSource.driver.escape(dataSource.getMetadata(entity).tableName)
  // Below those that are counted up, so that no later row is counted from it; of 62 bits.
  await db.query(`UPDATE ${table} SET rowid = -1 - (abs(random() / 2)) WHERE ${key} = ?`, [value])
}
