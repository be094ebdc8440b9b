/** Imports and exports asked for. */
import type { MigrationInterface, QueryRunner } from 'typeorm'
import { boolean, createTable, index, instant, integer, json, key, optional, tracked, varchar } from '../columns.js'

export class Excel1796100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const columns = [
      ...tracked(),
      varchar('verb', 30),
      key('personId'),
      optional(key('postId')),
      optional(json('filter')),
      optional(key('sourceId')),
      optional(varchar('book', 10)),
      boolean('isDryRun'),
      varchar('state', 10),
      integer('done'),
      optional(integer('total')),
      optional(json('counts')),
      optional(varchar('message', 500)),
      optional(key('fileId')),
      instant('createdAt'),
      optional(instant('finishedAt')),
    ]
    await createTable(runner, 'excel_run', columns, [
      index('excel_run_person', 'personId', 'id'),
      index('excel_run_age', 'createdAt'),
    ])
  }

  async down(): Promise<void> {
    throw new Error('There is no way back: restore the backup made before the upgrade')
  }
}
