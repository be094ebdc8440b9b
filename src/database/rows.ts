/**
 * Reads and changes whole rows by statements put together from what is made once for each entity: TypeORM's query
 * builder makes everything anew each time, which was a third of the processor time of `case.read`.
 */
import type { EntityManager, ObjectLiteral } from 'typeorm'
import { isEmbedded } from './source.js'

/** Fields with the value that a row has to have in each, or with several of which it has one. */
export type Sought<T> = { [field in keyof T]?: T[field] | readonly T[field][] }

interface Reading<T> {
  /** Rows come in its order, the smallest first. */
  order?: keyof T & string
  /** Holds the rows until the transaction ends. SQLite has one writer, so needs none. */
  lock?: boolean
  atMost?: number
}

interface Field {
  property: string
  /** As it stands in SQL. */
  name: string
  column: string
  /** From what the driver gives to what the entity holds. */
  read(value: unknown): unknown
  /** The other way. */
  write(value: unknown): unknown
}

interface Shape {
  table: string
  head: string
  fields: readonly Field[]
  byProperty: ReadonlyMap<string, Field>
}

type Entity<T> = new () => T

const shapes = new WeakMap<object, Map<unknown, Shape>>()
/** What a driver gives as the entity holds it. */
const plainTypes: readonly unknown[] = ['varchar', 'text', 'integer']

/** Every row that has what is sought; none for a field sought among no values. */
export async function rowsBy<T extends ObjectLiteral>(
  db: EntityManager,
  entity: Entity<T>,
  sought: Sought<T>,
  { order, lock = false, atMost }: Reading<T> = {},
): Promise<T[]> {
  const { head, fields, byProperty } = shapeOf(db, entity)
  const where = whereOf(byProperty, sought)
  if (where === undefined) return []
  const ordered = order === undefined ? '' : ` ORDER BY ${known(byProperty, order).name}`
  const cut = atMost === undefined ? '' : ` LIMIT ${atMost}`
  const held = lock && !isEmbedded(db.dataSource) ? ' FOR UPDATE' : ''
  const found = (await db.query(`${head}${where.sql}${ordered}${cut}${held}`, where.params)) as ObjectLiteral[]
  return found.map((raw) => {
    const row = new entity() as ObjectLiteral
    for (const { property, column, read } of fields) row[property] = read(raw[column])
    return row as T
  })
}

/** The row that has what is sought, or null. */
export async function rowBy<T extends ObjectLiteral>(
  db: EntityManager,
  entity: Entity<T>,
  sought: Sought<T>,
  reading: Reading<T> = {},
): Promise<T | null> {
  const [row] = await rowsBy(db, entity, sought, { ...reading, atMost: 1 })
  return row ?? null
}

/** Changes the rows that have what is sought, in the open transaction; how many there were. Undefined leaves a field as it is. */
export async function changeRows<T extends ObjectLiteral>(
  db: EntityManager,
  entity: Entity<T>,
  sought: Sought<T>,
  patch: Partial<T>,
): Promise<number> {
  const { queryRunner } = db
  if (!queryRunner) throw new Error('Rows are changed in an open transaction')
  const { table, byProperty } = shapeOf(db, entity)
  const where = whereOf(byProperty, sought)
  const changed = Object.entries(patch).filter(([, value]) => value !== undefined)
  if (where === undefined || changed.length === 0) return 0
  const set = changed.map(([property]) => `${known(byProperty, property).name} = ?`).join(', ')
  const values = changed.map(([property, value]) => known(byProperty, property).write(value))
  const sql = `UPDATE ${table} SET ${set}${where.sql}`
  const { affected } = await queryRunner.query(sql, [...values, ...where.params], true)
  return affected ?? 0
}

/** Undefined where nothing can be found. @throws Error for a value that is missing, which would find anything or nothing */
function whereOf(byProperty: Shape['byProperty'], sought: object): { sql: string; params: unknown[] } | undefined {
  const parts: string[] = []
  const params: unknown[] = []
  for (const [property, value] of Object.entries(sought) as [string, unknown][]) {
    const { name, write } = known(byProperty, property)
    const values = (Array.isArray(value) ? value : [value]) as unknown[]
    if (values.length === 0) return undefined
    if (values.some((one) => one === null || one === undefined))
      throw new Error(`${property} is sought without a value`)
    parts.push(Array.isArray(value) ? `${name} IN (${values.map(() => '?').join(', ')})` : `${name} = ?`)
    params.push(...values.map(write))
  }
  if (parts.length === 0) throw new Error('Nothing is sought')
  return { sql: ` WHERE ${parts.join(' AND ')}`, params }
}

function known(byProperty: Shape['byProperty'], property: string): Field {
  const field = byProperty.get(property)
  if (!field) throw new Error(`${property} is no column`)
  return field
}

function shapeOf<T extends ObjectLiteral>({ dataSource }: EntityManager, entity: Entity<T>): Shape {
  const ours = shapes.get(dataSource) ?? new Map<unknown, Shape>()
  shapes.set(dataSource, ours)
  const found = ours.get(entity)
  if (found) return found
  const { driver } = dataSource
  const { tableName, columns } = dataSource.getMetadata(entity)
  const fields = columns.map((column): Field => {
    const isPlain = plainTypes.includes(column.type) && column.transformer === undefined
    return {
      property: column.propertyName,
      name: driver.escape(column.databaseName),
      column: column.databaseName,
      read: isPlain ? (value) => value : (value) => driver.prepareHydratedValue(value, column) as unknown,
      write: (value) => (value === null ? null : (driver.preparePersistentValue(value, column) as unknown)),
    }
  })
  const table = driver.escape(tableName)
  const shape = {
    table,
    head: `SELECT ${fields.map(({ name }) => name).join(', ')} FROM ${table}`,
    fields,
    byProperty: new Map(fields.map((field) => [field.property, field])),
  }
  ours.set(entity, shape)
  return shape
}
