/** A job over many rows, some at a time: each slice is one short transaction, the next one a job of its own. */
import { type EntityManager, type FindManyOptions, type FindOptionsWhere, MoreThan } from 'typeorm'
import { enqueue } from './queue.js'

const ROWS = 25

/** What a slice's job carries: the last row of the slice before it. */
export interface Slice {
  after?: string
}

interface Sliced<Row> {
  /** The job's own kind, under which what is left goes on. */
  kind: string
  payload: Slice
  entity: new () => Row
  where: FindOptionsWhere<Row> | FindOptionsWhere<Row>[]
  now: Date
}

/** Runs `work` over the rows after the last slice's, in the order of their ids, and puts the rest into another job. */
export async function slice<Row extends { id: string }>(
  db: EntityManager,
  { kind, payload: { after = '' }, entity, where, now }: Sliced<Row>,
  work: (rows: Row[]) => Promise<void>,
): Promise<void> {
  const wheres = (Array.isArray(where) ? where : [where]).map((one) => ({ ...one, id: MoreThan(after) }))
  const first = { where: wheres, order: { id: 'ASC' }, take: ROWS } as FindManyOptions<Row>
  const rows = await db.find(entity, first)
  await work(rows)
  const last = rows.at(-1)
  if (rows.length === ROWS && last) await enqueue(db, [{ kind, payload: { after: last.id } }], now)
}
