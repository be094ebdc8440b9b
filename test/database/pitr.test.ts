/** A backup and MariaDB's own binary log together give the data as it was at any instant between. */
import { strict as assert } from 'node:assert'
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, open, readdir, rename, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import mysql from 'mysql2/promise'
import { BackupFailed } from '../../src/database/backup/archive.js'
import type { Until } from '../../src/database/backup/binlog-survey.js'
import { makeBackup } from '../../src/database/backup/make.js'
import { putBack } from '../../src/database/backup/put-back.js'
import { ground } from '../faults/ground.js'
import { asks, send } from '../faults/asking.js'
import { built } from '../faults/built.js'
import { type MariaDb, startMariaDb } from '../mariadb.js'

const HARD = "第一\n行 '引号' \\ 😀"

describe('point-in-time restore on MariaDB', function () {
  this.timeout(180_000)
  let server: MariaDb
  let folder: string
  let logs: string
  let admin: mysql.Connection

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'shenhuan-pitr-'))
    logs = path.join(folder, 'logs')
    await mkdir(logs)
    // As in production: all on its own database and those of the restore, and only what each test is about besides.
    await writeFile(
      path.join(folder, 'users.sql'),
      ['plain', 'replayer']
        .map(
          (user) =>
            `CREATE USER ${user}@'127.0.0.1' IDENTIFIED BY 'secret';\nGRANT ALL ON \`shop\\_%\`.* TO ${user}@'127.0.0.1';`,
        )
        .concat(`GRANT BINLOG REPLAY ON *.* TO replayer@'127.0.0.1';\n`)
        .join('\n'),
    )
    server = await startMariaDb({
      options: [
        `--init-file=${path.join(folder, 'users.sql')}`,
        `--log-bin=${path.join(logs, 'mysql-bin')}`,
        '--binlog-format=ROW',
      ],
    })
    admin = await mysql.createConnection({ uri: server.url('mysql'), multipleStatements: true })
  })
  after(async () => {
    admin?.destroy()
    await server?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  /** The log tells whole seconds: what comes next is in a later one. Answers the beginning of that second. */
  const nextSecond = async (): Promise<Date> => {
    const at = Math.floor(Date.now() / 1000) * 1000 + 1000
    while (Date.now() <= at) await delay(at - Date.now() + 1)
    return new Date(at)
  }

  /** Rows and structure of every table. */
  const contents = async (database: string) => {
    const [tables] = await admin.query<mysql.RowDataPacket[]>(
      `SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? ORDER BY 1`,
      [database],
    )
    const all: Record<string, unknown> = {}
    for (const { name } of tables) {
      const table = `\`${database}\`.\`${name}\``
      const [rows] = await admin.query<mysql.RowDataPacket[]>(`SELECT * FROM ${table} ORDER BY 1`)
      const [shape] = await admin.query<mysql.RowDataPacket[]>(`SHOW CREATE TABLE ${table}`)
      all[name] = { rows, shape: shape[0]?.['Create Table'] }
    }
    return JSON.stringify(all)
  }

  it('gives a whole service as it was just before a mistaken mass update', async () => {
    const place = await ground(await server.createDatabase('bangban'))
    const dataDir = place.env['DATA_DIR'] ?? ''
    const files = path.join(dataDir, 'files')
    const tar = path.join(folder, 'service.tar')
    const running = await place.start()
    const ask = async (n: number) => {
      const some = asks(place.tokens, n)
      await Promise.all(some.map((one) => send(running.url, one)))
      return some
    }
    try {
      const before = await ask(10)
      await mkdir(path.join(files, 'aa'), { recursive: true })
      await writeFile(path.join(files, 'aa', 'before'), 'before')
      const manifest = await makeBackup({ url: server.url('bangban'), dataDir }, tar)
      assert.match(manifest.binlog?.file ?? '', /^mysql-bin\.\d{6}$/)
      const between = await ask(15)
      await admin.query('FLUSH BINARY LOGS')
      const more = await ask(5)
      assert.equal(await running.stop(), 0)
      await writeFile(path.join(files, 'aa', 'between'), 'between')
      const [[wanted]] = await admin.query<mysql.RowDataPacket[]>('SELECT COUNT(*) AS n FROM bangban.audit_entry')
      const rows = await contents('bangban')

      const instant = await nextSecond()
      await admin.query(`USE bangban; UPDATE help_case SET title = '误改', state = 'closed'; DELETE FROM notice`)
      assert.notEqual(await contents('bangban'), rows)

      const options = { replace: true, replayed: { until: instant, logs } }
      const { survey, replaced } = await putBack({ url: server.url('bangban'), dataDir }, tar, options)
      assert.equal(await contents('bangban'), rows)
      assert.ok((survey?.transactions ?? 0) >= 20)
      assert.equal(replaced.length, 2)
      assert.deepEqual(await readdir(path.join(files, 'aa')), ['before', 'between'])

      const settled = await place.settle()
      for (const one of [...before, ...between, ...more]) assert.deepEqual(settled.casesOf(one), [one.caseId])
      assert.equal(settled.cases, 30)
      assert.ok(wanted?.['n'] > 30)
      assert.deepEqual(settled.findings, [])

      // The tables were exchanged as a whole since: the same backup cannot go further than that.
      await assert.rejects(
        putBack({ url: server.url('bangban'), dataDir }, tar, { replace: true, replayed: { until: 'end', logs } }),
        /期间做过一次恢复/,
      )
    } finally {
      await running.kill()
      await place.end()
    }
  })

  describe('of a small database beside another one', () => {
    let n = 0
    let name: string
    let dataDir: string
    let tar: string
    const url = () => server.url(name)
    const sql = (text: string) => admin.query(`USE ${name}; ${text}`)
    const restore = (until: Until, from = logs, to = { url: url(), dataDir }) =>
      putBack(to, tar, { replace: true, replayed: { until, logs: from } })

    beforeEach(async () => {
      name = `shop_${++n}`
      await server.createDatabase(name)
      dataDir = await mkdtemp(path.join(folder, 'data-'))
      tar = path.join(dataDir, 'backup.tar')
      await admin.query(`ALTER DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`)
      await sql(`CREATE TABLE shelf (id INT PRIMARY KEY, label TEXT) ENGINE=InnoDB;
        CREATE TABLE book (id INT PRIMARY KEY, shelfId INT, body TEXT, cover BLOB,
          CONSTRAINT fk_book FOREIGN KEY (shelfId) REFERENCES shelf (id)) ENGINE=InnoDB;
        INSERT INTO shelf VALUES (1, 'first'); INSERT INTO book VALUES (1, 1, 'old', NULL)`)
      await makeBackup({ url: url(), dataDir }, tar)
    })

    it('holds each transaction of the second before, and none of the second itself', async () => {
      await nextSecond()
      await admin.query(`USE ${name}; START TRANSACTION; INSERT INTO shelf VALUES (2, 'second')`)
      await admin.query('INSERT INTO book VALUES (2, 2, ?, ?)', [HARD, Buffer.from([0, 255, 39, 92])])
      await admin.query(`COMMIT; CREATE DATABASE IF NOT EXISTS neighbour;
        CREATE TABLE IF NOT EXISTS neighbour.shelf (id INT PRIMARY KEY); INSERT INTO neighbour.shelf VALUES (${n});
        ALTER TABLE book ADD COLUMN seen INT NULL; UPDATE book SET seen = id`)
      const wanted = await contents(name)
      const instant = await nextSecond()
      await sql(`INSERT INTO shelf VALUES (3, 'third')`)
      const neighbour = await contents('neighbour')
      await restore(instant)
      assert.equal(await contents(name), wanted)
      assert.equal(await contents('neighbour'), neighbour)
      await assert.rejects(sql('INSERT INTO book (id, shelfId) VALUES (9, 99)'), { errno: 1452 })
    })

    it('to the end holds everything, also where nothing came after the backup', async () => {
      const empty = { url: await server.createDatabase(`${name}_b`), dataDir }
      await makeBackup({ url: url(), dataDir }, (tar = path.join(dataDir, 'last.tar')))
      const { survey } = await restore('end', logs, empty)
      assert.deepEqual(survey?.files, [])
      assert.equal(await contents(`${name}_b`), await contents(name))
      await sql(`DELETE FROM book`)
      const wanted = await contents(name)
      await restore('end', logs, { url: await server.createDatabase(`${name}_c`), dataDir })
      assert.equal(await contents(`${name}_c`), wanted)
    })

    /** What lies in the databases and in DATA_DIR. */
    const everything = async () => {
      const [databases] = await admin.query<mysql.RowDataPacket[]>('SHOW DATABASES')
      return JSON.stringify([
        databases,
        await contents(name),
        (await readdir(dataDir)).filter((one) => one !== 'service.lock'),
      ])
    }
    const refused = async (until: Until, from: string, said: RegExp) => {
      const before = await everything()
      await assert.rejects(restore(until, from), (error: Error) => {
        assert.ok(error instanceof BackupFailed, String(error.stack))
        assert.match(error.message, said)
        return true
      })
      assert.equal(await everything(), before)
    }
    const copyOfLogs = async () => {
      const copy = await mkdtemp(path.join(folder, 'copy-'))
      await cp(logs, copy, { recursive: true })
      return copy
    }
    /** Three files: the backup's, one in the middle, one after it. Answers their names. */
    const threeFiles = async () => {
      await sql(`INSERT INTO shelf VALUES (10, 'x'); FLUSH BINARY LOGS; INSERT INTO shelf VALUES (11, 'x');
        FLUSH BINARY LOGS; INSERT INTO shelf VALUES (12, 'x')`)
      return (await readdir(logs))
        .filter((one) => /\d$/.test(one))
        .toSorted()
        .slice(-3) as [string, string, string]
    }

    it('refuses an instant before the backup, and one that the logs do not reach', async () => {
      await sql(`INSERT INTO shelf VALUES (4, 'x')`)
      await refused(new Date(Date.now() - 3_600_000), logs, /早于这份备份/)
      await refused(new Date(Date.now() + 3_600_000), logs, /日志只到.*--until end/)
    })

    it('refuses logs of which one is missing, at the beginning or in the middle', async () => {
      const [first, middle] = await threeFiles()
      const copy = await copyOfLogs()
      await rm(path.join(copy, middle))
      await refused('end', copy, new RegExp(`中间缺日志 ${middle}`))
      await rm(path.join(copy, first))
      await refused('end', copy, new RegExp(`没有 ${first}`))
      await refused('end', path.join(folder, 'nowhere'), /打不开日志目录/)
    })

    it('refuses a log that is cut off or altered in the middle; a last one cut off serves as far as it is whole', async () => {
      const [, middle, last] = await threeFiles()
      const copy = await copyOfLogs()
      const { size } = await stat(path.join(copy, middle))
      await truncate(path.join(copy, middle), size - 100)
      await refused('end', copy, /接不上|不完整/)

      const altered = await copyOfLogs()
      const handle = await open(path.join(altered, middle), 'r+')
      await handle.write(Buffer.from([0xff, 0xff]), 0, 2, size - 120)
      await handle.close()
      await refused('end', altered, /不完整/)

      const torn = await copyOfLogs()
      // In its last transaction, which a checkpoint of the server's own may follow.
      const [events] = await admin.query<mysql.RowDataPacket[]>('SHOW BINLOG EVENTS IN ?', [last])
      const committed = Number(events.findLast((event) => event['Event_type'] === 'Xid')?.['End_log_pos'])
      await truncate(path.join(torn, last), committed - 5)
      const to = { url: await server.createDatabase(`${name}_d`), dataDir }
      const { survey } = await restore('end', torn, to)
      assert.equal(survey?.brokenOff, last)
      const [rows] = await admin.query<mysql.RowDataPacket[]>(`SELECT id FROM ${name}_d.shelf ORDER BY id`)
      assert.deepEqual(
        rows.map(({ id }) => id),
        [1, 10, 11],
      )
    })

    it('refuses the log of another server', async () => {
      const [first] = await threeFiles()
      const theirs = path.join(folder, `theirs-${n}`)
      await mkdir(theirs)
      const other = await startMariaDb({
        options: [`--log-bin=${path.join(theirs, 'mysql-bin')}`, '--binlog-format=ROW'],
      })
      try {
        const connection = await mysql.createConnection(await other.createDatabase(name))
        const size = (await stat(path.join(logs, first))).size
        await connection.query('CREATE TABLE shelf (id INT PRIMARY KEY, label TEXT)')
        const theirLog = path.join(theirs, 'mysql-bin.000001')
        for (let id = 0; (await stat(theirLog)).size <= size; id++) {
          await connection.query('INSERT INTO shelf VALUES (?, REPEAT("x", 60000))', [id])
        }
        connection.destroy()
      } finally {
        await other.stop()
      }
      await rename(path.join(theirs, 'mysql-bin.000001'), path.join(theirs, first)).catch(() => {})
      await refused('end', theirs, /不是做这份备份的服务器/)
      // Nor do theirs go on where ours end.
      const mixed = await copyOfLogs()
      const [, second] = (await readdir(mixed))
        .filter((one) => /\d$/.test(one))
        .toSorted()
        .slice(-3)
      await cp(path.join(theirs, first), path.join(mixed, second ?? ''))
      await refused('end', mixed, /接不上/)
    })

    it('refuses what would be done to another database, or was logged as a statement', async () => {
      await sql(`ALTER TABLE ${name}.book ADD COLUMN other INT NULL`)
      await refused('end', logs, /写明了库名/)
      await makeBackup({ url: url(), dataDir }, (tar = path.join(dataDir, 'second.tar')))
      await sql(
        `SET SESSION binlog_format = 'STATEMENT'; UPDATE shelf SET label = 'stated'; SET SESSION binlog_format = 'ROW'`,
      )
      await refused('end', logs, /按语句记录/)
    })

    it('says which privilege is missing', async () => {
      await sql(`INSERT INTO shelf VALUES (5, 'x')`)
      const before = await everything()
      const as = (user: string) => ({ url: url().replace(/\/\/.*@/, `//${user}:secret@`), dataDir })
      await assert.rejects(restore('end', logs, as('plain')), /GRANT BINLOG REPLAY ON \*\.\* TO 'plain'/)
      assert.equal(await everything(), before)
      tar = path.join(dataDir, 'own.tar')
      await makeBackup(as('replayer'), tar)
      await sql(`DELETE FROM book; UPDATE shelf SET label = 'after'`)
      const wanted = await contents(name)
      await restore('end', logs, as('replayer'))
      assert.equal(await contents(name), wanted)
    })

    it('is a command that says what it did', async () => {
      await sql(`INSERT INTO shelf VALUES (6, 'six')`)
      const instant = await nextSecond()
      await sql(`DELETE FROM book`)
      const env = { ...process.env, NODE_ENV: 'test', DATA_DIR: dataDir, DATABASE_URL: url() }
      const command = path.join(await built(), 'database', 'backup', 'restore.js')
      const run = (...args: string[]) => promisify(execFile)(process.execPath, [command, ...args], { env })
      await assert.rejects(run(tar, '--until', 'yesterday', '--binlogs', logs), /时间点写法不对/)
      await assert.rejects(run(tar, '--until', 'end'), /用法/)
      const shenyang = new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
      const { stdout } = await run(tar, '--replace', '--until', shenyang, '--binlogs', logs)
      assert.match(stdout, /按日志又做了 1 个事务，最后一个提交于/)
      const [rows] = await admin.query<mysql.RowDataPacket[]>(`SELECT (SELECT COUNT(*) FROM ${name}.book) AS books`)
      assert.equal(rows[0]?.['books'], 1)
    })
  })
})

describe('a server without a usable binary log', function () {
  this.timeout(60_000)

  it('is backed up all the same, and the backup says what it cannot do', async () => {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'shenhuan-pitr-'))
    const server = await startMariaDb()
    const url = await server.createDatabase(`nolog_${process.pid}`)
    const tar = path.join(dataDir, 'backup.tar')
    const { binlog, noBinlog } = await makeBackup({ url, dataDir }, tar)
    assert.equal(binlog, undefined)
    assert.match(noBinlog ?? '', /没有开启二进制日志/)
    await assert.rejects(
      putBack({ url, dataDir }, tar, { replayed: { until: 'end', logs: dataDir } }),
      /没有开启二进制日志/,
    )
    await rm(dataDir, { recursive: true, force: true })
  })
})
