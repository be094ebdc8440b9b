/** The embedded database through nothing but its driver, every statement prepared once. */
import Libsql from 'libsql'
import { freshly } from './fresh.mjs'

export function bareLibsql({ file }) {
  const database = new Libsql(file)
  for (const pragma of ['busy_timeout = 5000', 'journal_mode = WAL', 'synchronous = FULL']) database.pragma(pragma)
  const prepared = new Map()
  const prepare = (sql) => {
    const statement = prepared.get(sql) ?? database.prepare(sql)
    prepared.set(sql, statement)
    return statement
  }
  return async (statements, body) => {
    const fresh = freshly(body)
    try {
      for (const { sql, parameters } of statements) {
        const statement = prepare(sql)
        const values = parameters.map(fresh)
        if (/^\s*SELECT/i.test(sql)) statement.all(values)
        else statement.run(values)
      }
    } catch (error) {
      if (database.inTransaction) database.exec('ROLLBACK')
      throw error
    }
  }
}
