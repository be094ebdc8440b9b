/** What was told waits until it is released to those who handle it; additions wait in a table of their own. */
import type { MigrationInterface, QueryRunner } from 'typeorm'
import { createTable, index, instant, integer, key, optional, primary, text, unique } from '../columns.js'
import { addColumn, addIndex } from '../online.js'

export class ExpandTipRelease1796700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumn(runner, 'tip', optional(instant('releaseAt')))
    await addIndex(runner, 'tip', index('tip_release', 'releaseAt'))
    await createTable(
      runner,
      'tip_addition',
      [primary(key('id')), key('tipId'), integer('seq'), text('text'), instant('releaseAt')],
      [unique('tip_addition_tip', 'tipId', 'seq'), index('tip_addition_release', 'releaseAt')],
    )
  }

  async down(): Promise<void> {
    throw new Error('There is no way back: restore the backup made before the upgrade')
  }
}
