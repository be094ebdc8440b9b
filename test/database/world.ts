// The tiny schema that the storage tests run on, on both databases.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  Table,
  TableForeignKey,
  TableIndex,
} from 'typeorm'
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm'
import { migrate } from '../../src/database/migrate.js'
import { openDatabase } from '../../src/database/source.js'
import type { DatabaseSettings } from '../../src/database/source.js'
import { startMariaDb } from '../mariadb.js'

@Entity('shelf')
export class Shelf {
  @PrimaryColumn('varchar', { length: 36 })
  id: string
}

@Entity('book')
export class Book {
  @PrimaryColumn('varchar', { length: 36 })
  id: string
  @Index('ix_book_title', { unique: true })
  @Column('varchar', { length: 100 })
  title: string
  @Column('text', { nullable: true })
  body: string | null
  @Column('integer', { default: 0 })
  copies: number
  @Column('boolean', { default: false })
  isLent: boolean
  @Column('datetime', { precision: 3, nullable: true })
  boughtAt: Date | null
  @Column('date', { nullable: true })
  dueOn: string | null
  @Column('simple-json', { nullable: true })
  tags: unknown
  @Column('blob', { nullable: true })
  cover: Buffer | null
  @Column('varchar', { length: 36, nullable: true })
  shelfId: string | null
  @ManyToOne(() => Shelf)
  @JoinColumn({ name: 'shelfId', foreignKeyConstraintName: 'fk_book_shelf' })
  shelf?: Shelf
}

export class Begin1700000000000 implements MigrationInterface {
  name = 'Begin1700000000000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({ name: 'shelf', columns: [{ name: 'id', type: 'varchar', length: '36', isPrimary: true }] }),
    )
    await runner.createTable(
      new Table({
        name: 'book',
        columns: [
          { name: 'id', type: 'varchar', length: '36', isPrimary: true },
          { name: 'title', type: 'varchar', length: '100' },
          { name: 'body', type: 'text', isNullable: true },
          { name: 'copies', type: runner.connection.driver.normalizeType({ type: 'integer' }), default: '0' },
          { name: 'isLent', type: runner.connection.driver.normalizeType({ type: 'boolean' }), default: '0' },
          { name: 'boughtAt', type: 'datetime', precision: 3, isNullable: true },
          { name: 'dueOn', type: 'date', isNullable: true },
          { name: 'tags', type: 'text', isNullable: true },
          { name: 'cover', type: 'blob', isNullable: true },
          { name: 'shelfId', type: 'varchar', length: '36', isNullable: true },
        ],
        indices: [new TableIndex({ name: 'ix_book_title', columnNames: ['title'], isUnique: true })],
        foreignKeys: [
          new TableForeignKey({
            name: 'fk_book_shelf',
            columnNames: ['shelfId'],
            referencedTableName: 'shelf',
            referencedColumnNames: ['id'],
            onDelete: 'NO ACTION',
            onUpdate: 'NO ACTION',
          }),
        ],
      }),
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('book')
    await runner.dropTable('shelf')
  }
}

export interface World {
  settings: DatabaseSettings
  ds: DataSource
  end(): Promise<void>
}

/** The two databases that every storage test runs on. */
export const DATABASES = ['embedded', 'MariaDB'] as const
export type Database = (typeof DATABASES)[number]

let worlds = 0

/** A migrated, empty database in a folder of its own. */
export async function makeWorld(database: Database, extra: Partial<DatabaseSettings> = {}): Promise<World> {
  const settings = { ...(await emptyPlace(database)), ...extra }
  await migrate(settings)
  const ds = await openDatabase(settings)
  return {
    settings,
    ds,
    async end() {
      if (ds.isInitialized) await ds.destroy()
      await rm(settings.dataDir, { recursive: true, force: true })
    },
  }
}

/** Settings that point to a place where nothing is yet. */
export async function emptyPlace(database: Database): Promise<DatabaseSettings> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'shenhuan-test-'))
  const place = { dataDir, entities: [Shelf, Book], migrations: [Begin1700000000000] }
  if (database === 'embedded') return place
  const server = await startMariaDb()
  return { ...place, url: await server.createDatabase(`storage_${process.pid}_${++worlds}`) }
}
