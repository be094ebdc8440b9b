// Where in a MariaDB's binary log a consistent snapshot stands: everything before is in the backup, nothing after.

import type { Connection, RowDataPacket } from 'mysql2/promise'

export interface BinlogPosition {
  /** Such as `mysql-bin.000012`. */
  file: string
  /** Bytes from the beginning of that file. */
  position: number
  /** The last transaction of each domain before that place, such as `0-1-4711`: tells this server's log from another's. */
  gtid: string
  /** When the snapshot was taken, by the server's clock. */
  at: string
  /** Whose log it is, for people: host, port and server id. On a cluster each node has a log of its own. */
  server: string
  /** The name of the database in that log. */
  database: string
}

/** A position, or why a backup can only be put back as it is, said to the person at the keyboard. */
export type BinlogPlace = { binlog: BinlogPosition } | { noBinlog: string }

/**
 * Asked inside the snapshot's transaction. Needs no privilege. MariaDB only: MySQL names no position for a snapshot
 * (https://mariadb.com/kb/en/enhancements-for-start-transaction-with-consistent-snapshot/).
 */
export async function binlogOfSnapshot(connection: Connection): Promise<BinlogPlace> {
  const one = async (sql: string, values: unknown[] = []): Promise<Record<string, unknown>> =>
    (await connection.query<RowDataPacket[]>(sql, values))[0][0] ?? {}
  const { version } = await one('SELECT VERSION() AS version')
  if (!String(version).includes('MariaDB')) return { noBinlog: '服务器不是 MariaDB' }
  const server = await one(
    `SELECT @@log_bin AS isLogging, @@binlog_format AS format, @@log_slave_updates AS logsOthers, DATABASE() AS database_,
            CONCAT(@@hostname, ':', @@port, ' (server_id ', @@server_id, ')') AS name,
            CAST(UNIX_TIMESTAMP(SYSDATE(3)) * 1000 AS INTEGER) AS at`,
  )
  if (server['isLogging'] !== 1) return { noBinlog: '服务器没有开启二进制日志（log_bin）' }
  if (server['format'] !== 'ROW') {
    return { noBinlog: `服务器的 binlog_format 是 ${server['format']}，应为 ROW` }
  }
  const isNode = (await one(`SHOW GLOBAL VARIABLES LIKE 'wsrep_on'`))['Value'] === 'ON'
  if (isNode && server['logsOthers'] !== 1) return { noBinlog: '集群节点没有开启 log_slave_updates，日志不全' }
  const file = String((await one(`SHOW STATUS LIKE 'binlog_snapshot_file'`))['Value'] ?? '')
  const position = Number((await one(`SHOW STATUS LIKE 'binlog_snapshot_position'`))['Value'])
  if (file === '' || !(position > 0)) return { noBinlog: '服务器没有给出快照在日志中的位置' }
  const { gtid } = await one('SELECT BINLOG_GTID_POS(?, ?) AS gtid', [file, position])
  return {
    binlog: {
      file,
      position,
      gtid: String(gtid ?? ''),
      at: new Date(Number(server['at'])).toISOString(),
      server: String(server['name']),
      database: String(server['database_']),
    },
  }
}
