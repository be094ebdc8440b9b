/** The words migrations are written in: columns and tables that mean the same on SQLite, MariaDB and MySQL. */
import { type QueryRunner, Table, type TableColumnOptions, type TableIndexOptions } from 'typeorm'
import { isEmbedded } from './source.js'

export const varchar = (name: string, length: number): TableColumnOptions => ({
  name,
  type: 'varchar',
  length: String(length),
})
/** A UUIDv7 or another key of ours. */
export const key = (name: string) => varchar(name, 36)
/** A day, `YYYY-MM-DD`. */
export const day = (name: string) => varchar(name, 10)
export const text = (name: string): TableColumnOptions => ({ name, type: 'text' })
export const integer = (name: string): TableColumnOptions => ({ name, type: 'integer' })
export const boolean = (name: string): TableColumnOptions => ({ name, type: 'boolean' })
/** UTC, with milliseconds. */
export const instant = (name: string): TableColumnOptions => ({ name, type: 'datetime', precision: 3 })
/** What an entity declares as `simple-json`. */
export const json = (name: string): TableColumnOptions => ({ name, type: 'text' })
export const optional = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isNullable: true })
export const primary = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isPrimary: true })
/** The columns of an entity that extends Tracked. */
export const tracked = (): TableColumnOptions[] => [primary(key('id')), integer('version'), varchar('auditHead', 64)]

export const index = (name: string, ...columnNames: string[]): TableIndexOptions => ({ name, columnNames })
export const unique = (name: string, ...columnNames: string[]): TableIndexOptions => ({
  name,
  columnNames,
  isUnique: true,
})

/** On a server it may be run again after a failure further on: a table is there with its indices, or not at all. */
export async function createTable(
  runner: QueryRunner,
  name: string,
  columns: TableColumnOptions[],
  indices: TableIndexOptions[] = [],
): Promise<void> {
  await runner.createTable(new Table({ name, columns, indices }), !isEmbedded(runner.dataSource))
}
