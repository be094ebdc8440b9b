/** Which of the statements of a series read a whole table or a whole index, by the database's own account. */
import type { DataSource } from 'typeorm'
import { isEmbedded } from '../../src/database/source.js'
import type { Plan } from './record.js'

/** Tables that have at most so many rows are read whole with good reason. */
const FEW_ROWS = 2000

export async function scansOf(ds: DataSource, plans: readonly Plan[]): Promise<string[]> {
  const found = new Set<string>()
  for (const { sql, parameters } of distinct(plans)) {
    const values = parameters.map((parameter) => (typeof parameter === 'object' ? '' : parameter))
    for (const scan of isEmbedded(ds) ? await embeddedScans(ds, sql, values) : await serverScans(ds, sql, values)) {
      found.add(scan)
    }
  }
  return [...found]
}

function distinct(plans: readonly Plan[]) {
  const selects = plans.flatMap(({ statements }) => statements.filter(({ sql }) => /^\s*SELECT/i.test(sql)))
  return new Map(selects.map((statement) => [statement.sql, statement])).values()
}

async function embeddedScans(ds: DataSource, sql: string, values: unknown[]): Promise<string[]> {
  const plan = (await ds.query(`EXPLAIN QUERY PLAN ${sql}`, values)) as { detail: string }[]
  const scans: string[] = []
  for (const { detail } of plan) {
    if (isCutShort(sql, / USING (?:COVERING )?INDEX (\w+)/.exec(detail)?.[1])) continue
    const alias = /^SCAN (\w+)/.exec(detail)?.[1]
    const table = alias === undefined ? undefined : tableOf(sql, alias)
    if (table !== undefined && (await rowsOf(ds, table)) > FEW_ROWS) scans.push(detail.replace(/^SCAN \w+/, table))
  }
  return scans
}

async function serverScans(ds: DataSource, sql: string, values: unknown[]): Promise<string[]> {
  const plan = (await ds.query(`EXPLAIN ${sql}`, values)) as {
    table: string | null
    type: string | null
    key: string | null
    rows: number | null
    Extra: string | null
  }[]
  return plan.flatMap(({ table, type, key, rows, Extra }) =>
    (type === 'ALL' || type === 'index') &&
    table !== null &&
    !table.startsWith('<') &&
    (rows ?? 0) > FEW_ROWS &&
    !isCutShort(sql, key, Extra)
      ? [`${tableOf(sql, table) ?? table}${key === null ? '' : ` by ${key}`}`]
      : [],
  )
}

/** Read by an index in the order wanted, only until the page is full. */
const isCutShort = (sql: string, key: string | null | undefined, extra: string | null = '') =>
  Boolean(key) && /\bLIMIT\b/.test(sql) && !/filesort|temporary/.test(extra ?? '')

/** The table behind an alias of the statement. */
function tableOf(sql: string, alias: string): string | undefined {
  return (
    new RegExp(`(?:FROM|JOIN)\\s+["\`]?(\\w+)["\`]?\\s+(?:AS\\s+)?["\`]?${alias}["\`]?\\b`, 'i').exec(sql)?.[1] ??
    new RegExp(`(?:FROM|JOIN)\\s+["\`]?(${alias})["\`]?\\b`, 'i').exec(sql)?.[1]
  )
}

async function rowsOf(ds: DataSource, table: string): Promise<number> {
  const [row] = (await ds.query(`SELECT COUNT(*) AS n FROM ${table}`)) as { n: number }[]
  return Number(row?.n ?? 0)
}
