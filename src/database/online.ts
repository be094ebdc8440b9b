// The words of a change of schema that is made while others serve: each step may be run again, waits for its table only a
// moment at a time, and is done without copying or locking the table, or not at all.

import { setTimeout as delay } from 'node:timers/promises'
import type { QueryRunner, TableColumnOptions, TableIndexOptions } from 'typeorm'
import { TableColumn, TableIndex } from 'typeorm'
import { isEmbedded } from './source.js'

/** Whoever comes after a change that waits for its table waits with it: so it lets them pass, and tries again. */
const WAIT_S = 2
const PAUSE_MS = 500
const ATTEMPTS = 120
/** Waited too long for a table or a row. */
const LOCK_WAIT = 1205

/** A column that may be empty, or has a default: older programs write rows without it. */
export async function addColumn(runner: QueryRunner, table: string, column: TableColumnOptions): Promise<void> {
  if (column.isNullable !== true && column.default === undefined) {
    throw new Error(
      `${table}.${column.name}: older programs write rows without it, so it may be empty or has a default`,
    )
  }
  if (await runner.hasColumn(table, column.name)) return
  const change = `ADD COLUMN ${definition(runner, column)}`
  // TypeORM's own would write the whole table anew.
  if (isEmbedded(runner.dataSource))
    return runner.query(`ALTER TABLE ${runner.dataSource.driver.escape(table)} ${change}`)
  await alter(runner, table, change, 'INSTANT')
}

/** An index; a unique one would refuse what older programs write. */
export async function addIndex(runner: QueryRunner, table: string, index: TableIndexOptions): Promise<void> {
  const { name, columnNames, isUnique } = index
  if (!name || isUnique) throw new Error(`${table}: an index with a name, and not a unique one`)
  if (await hasIndex(runner, table, name)) return
  if (isEmbedded(runner.dataSource)) return runner.createIndex(table, new TableIndex(index))
  const columns = columnNames.map((column) => runner.dataSource.driver.escape(column)).join(', ')
  await alter(runner, table, `ADD INDEX ${runner.dataSource.driver.escape(name)} (${columns})`, 'INPLACE')
}

/**
 * Lets a column be empty from now on, so that a later program need not write it. `column` is as it is now. MariaDB builds
 * the table anew for it, while others go on writing to the old one.
 */
export async function loosen(runner: QueryRunner, table: string, column: TableColumnOptions): Promise<void> {
  const free = { ...column, isNullable: true }
  if (isEmbedded(runner.dataSource)) {
    const before = (await runner.getTable(table))?.findColumnByName(column.name)
    if (!before || before.isNullable) return
    const after = before.clone()
    after.isNullable = true
    return runner.changeColumn(table, before, after)
  }
  await alter(runner, table, `MODIFY COLUMN ${definition(runner, free)}`, 'INPLACE')
}

/** In a contraction. */
export async function dropColumn(runner: QueryRunner, table: string, column: string): Promise<void> {
  if (!(await runner.hasColumn(table, column))) return
  if (isEmbedded(runner.dataSource)) return runner.dropColumn(table, column)
  await alter(runner, table, `DROP COLUMN ${runner.dataSource.driver.escape(column)}`, 'INSTANT')
}

/** In a contraction, before the columns that it is over. */
export async function dropIndex(runner: QueryRunner, table: string, name: string): Promise<void> {
  if (!(await hasIndex(runner, table, name))) return
  if (isEmbedded(runner.dataSource)) return runner.dropIndex(table, name)
  await alter(runner, table, `DROP INDEX ${runner.dataSource.driver.escape(name)}`, 'INPLACE')
}

async function hasIndex(runner: QueryRunner, table: string, name: string): Promise<boolean> {
  return (await runner.getTable(table))?.indices.some((index) => index.name === name) ?? false
}

/** As TypeORM writes a column of a new table. */
function definition(runner: QueryRunner, column: TableColumnOptions): string {
  const { driver } = runner.dataSource
  const fallback = column.default === undefined ? '' : ` DEFAULT ${column.default}`
  const type = driver.createFullType(new TableColumn(column))
  return `${driver.escape(column.name)} ${type}${column.isNullable ? ' NULL' : ' NOT NULL'}${fallback}`
}

/** The server refuses what it could do only by copying the table or locking it. */
async function alter(runner: QueryRunner, table: string, change: string, how: 'INSTANT' | 'INPLACE'): Promise<void> {
  const lock = how === 'INPLACE' ? ', LOCK=NONE' : ''
  const statement = `ALTER TABLE ${runner.dataSource.driver.escape(table)} ${change}, ALGORITHM=${how}${lock}`
  await runner.query(`SET SESSION lock_wait_timeout = ${WAIT_S}`)
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        await runner.query(statement)
        return
      } catch (error) {
        if ((error as { errno?: number }).errno !== LOCK_WAIT || attempt === ATTEMPTS) throw error
        await delay(PAUSE_MS)
      }
    }
  } finally {
    await runner.query('SET SESSION lock_wait_timeout = DEFAULT')
  }
}
