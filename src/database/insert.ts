/** Inserts whole rows by a statement made once for each entity: TypeORM's query builder makes it anew for every row. */
import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm'

interface Form {
  head: string
  marks: string
  valuesOf(row: object): unknown[]
}

const forms = new WeakMap<object, Map<unknown, Form>>()

/** Each of the rows gives all of its fields; what is undefined is written as NULL. */
export async function insertWhole<T extends ObjectLiteral>(
  db: EntityManager,
  entity: EntityTarget<T>,
  rows: readonly object[],
): Promise<void> {
  if (rows.length === 0) return
  const { head, marks, valuesOf } = formOf(db, entity)
  await db.query(`${head} ${rows.map(() => marks).join(', ')}`, rows.flatMap(valuesOf))
}

function formOf<T extends ObjectLiteral>({ dataSource }: EntityManager, entity: EntityTarget<T>): Form {
  const known = forms.get(dataSource) ?? new Map<unknown, Form>()
  forms.set(dataSource, known)
  const found = known.get(entity)
  if (found) return found
  const { driver } = dataSource
  const { tableName, columns } = dataSource.getMetadata(entity)
  const names = columns.map((column) => driver.escape(column.databaseName)).join(', ')
  const form = {
    head: `INSERT INTO ${driver.escape(tableName)} (${names}) VALUES`,
    marks: `(${columns.map(() => '?').join(', ')})`,
    valuesOf: (row: object) =>
      columns.map((column) => {
        const value: unknown = (row as ObjectLiteral)[column.propertyName]
        return value === null || value === undefined ? null : (driver.preparePersistentValue(value, column) as unknown)
      }),
  }
  known.set(entity, form)
  return form
}
