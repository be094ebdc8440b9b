// Turns a parameter into what libsql can really store: the driver ends the process on a boolean, takes a lone
// Date, null or Buffer for named parameters, stores NaN as NULL and cuts text at a NUL.

import Libsql from 'libsql'

type Bound = null | number | string | bigint | Uint8Array

function bound(value: unknown): Bound {
  if (value === undefined || value === null) return null
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'bigint') return value
  if (typeof value === 'number') return finite(value)
  if (typeof value === 'string') return whole(value)
  if (value instanceof Date) return storedInstant(value)
  if (value instanceof Uint8Array) return value
  throw new TypeError(`A query parameter cannot be ${typeof value === 'object' ? 'an object' : `a ${typeof value}`}`)
}

interface Statement {
  all(...parameters: unknown[]): unknown[]
  run(...parameters: unknown[]): unknown
}

/** libsql, with every parameter checked, and all of them handed over as one array. */
export class CheckedLibsql extends Libsql {
  // oxlint-disable-next-line typescript/no-explicit-any -- as the driver declares it
  override prepare(sql: string): any {
    const statement = super.prepare(sql) as unknown as Statement
    const all = statement.all.bind(statement)
    const run = statement.run.bind(statement)
    statement.all = (...parameters) => all(parameters.map(bound))
    statement.run = (...parameters) => run(parameters.map(bound))
    return statement
  }
}

/** As TypeORM writes a datetime into SQLite: UTC, to the millisecond. */
function storedInstant(instant: Date): string {
  return instant.toISOString().replace('T', ' ').replace('Z', '')
}

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new TypeError(`A query parameter cannot be ${value}`)
  return value
}

function whole(value: string): string {
  if (value.includes('\0')) throw new TypeError('A query parameter cannot hold the character NUL')
  return value
}
