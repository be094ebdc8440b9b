/** Instants in raw SQL: SQLite keeps them as UTC text, MariaDB as datetime(3). */
import type { DataSource, EntityManager } from 'typeorm'

type Source = Pick<DataSource, 'options'>
const optionsOf = (db: EntityManager | Source) => ('connection' in db ? db.dataSource.options : db.options)

/** An instant as a parameter of a raw query. */
export function instantParam(db: EntityManager | Source, at: Date): Date | string {
  return optionsOf(db).type === 'better-sqlite3' ? at.toISOString().replace('T', ' ').slice(0, 23) : at
}

/** An instant as a raw query returned it. */
export function readInstant(value: Date | string): Date
export function readInstant(value: Date | string | null): Date | null
export function readInstant(value: Date | string | null): Date | null {
  if (value === null || value instanceof Date) return value
  return new Date(`${value.replace(' ', 'T')}Z`)
}
