/** A server cannot roll a change of schema back: whoever is cut short while the tables are made begins again where it was. */
import assert from 'node:assert/strict'
import { MysqlQueryRunner } from 'typeorm/driver/mysql/MysqlQueryRunner.js'
import mysql, { type RowDataPacket } from 'mysql2/promise'
import { entities, migrations } from '../../src/database/entities.js'
import { migrate } from '../../src/database/migrate.js'
import { databases } from '../databases.js'

const CHANGE = /^\s*(CREATE (TABLE|(UNIQUE )?INDEX)|ALTER TABLE)/i
class CutShort extends Error {}

describe('migrations of a server that are cut short', function () {
  this.timeout(120_000)
  const original = MysqlQueryRunner.prototype.query
  afterEach(() => {
    MysqlQueryRunner.prototype.query = original
  })

  const newDatabase = async () => ({ url: await databases['MariaDB']?.(), dataDir: '', entities, migrations })

  /** Every column and every index, as the server describes them. */
  async function schemaOf(url = ''): Promise<unknown> {
    const connection = await mysql.createConnection(url)
    try {
      const look = async (sql: string) => (await connection.query<RowDataPacket[]>(sql))[0]
      return [
        await look(
          `SELECT TABLE_NAME, COLUMN_NAME, ORDINAL_POSITION, COLUMN_TYPE, IS_NULLABLE, COLUMN_DEFAULT, COLLATION_NAME
           FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() ORDER BY 1, 3`,
        ),
        await look(
          `SELECT TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX, COLUMN_NAME, NON_UNIQUE
           FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() ORDER BY 1, 2, 3`,
        ),
      ]
    } finally {
      connection.destroy()
    }
  }

  it('after every single change of schema, leave what one run leaves', async () => {
    const whole = await newDatabase()
    await migrate(whole)
    const broken = await newDatabase()
    let isCut = false
    let cuts = 0
    MysqlQueryRunner.prototype.query = async function (this: MysqlQueryRunner, sql: string, ...rest) {
      const result: unknown = await original.call(this, sql, ...rest)
      if (CHANGE.test(sql) && !isCut) {
        isCut = true
        cuts += 1
        throw new CutShort()
      }
      return result
    }
    for (let isWhole = false; !isWhole; ) {
      isCut = false
      try {
        await migrate(broken)
        isWhole = true
      } catch (error) {
        if (!(error instanceof CutShort)) throw error
      }
    }
    assert.ok(cuts > 60, `${cuts} times`)
    assert.deepEqual(await schemaOf(broken.url), await schemaOf(whole.url))
  })
})
