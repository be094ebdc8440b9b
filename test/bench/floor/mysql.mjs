/** The server database through nothing but its driver: transactions on one connection, everything else from the pool. */
import mysql from 'mysql2/promise'
import { freshly } from './fresh.mjs'

export function bareMysql({ host, port, user, password, database, readsOwnCluster }) {
  const pool = mysql.createPool({
    host,
    port,
    user,
    password,
    database,
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    connectionLimit: 20,
    supportBigNumbers: true,
    decimalNumbers: true,
  })
  pool.pool.on('connection', (connection) => {
    connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED')
    // As the service asks it: to read what other nodes have committed.
    if (readsOwnCluster) connection.query('SET SESSION wsrep_sync_wait = 1')
  })
  return async (statements, body) => {
    const fresh = freshly(body)
    let connection
    try {
      for (const { sql, parameters } of statements) {
        if (/^(START TRANSACTION|BEGIN)/.test(sql)) connection = await pool.getConnection()
        await (connection ?? pool).query(sql, parameters.map(fresh))
        if (sql === 'COMMIT') {
          connection.release()
          connection = undefined
        }
      }
    } finally {
      connection?.destroy()
    }
  }
}
