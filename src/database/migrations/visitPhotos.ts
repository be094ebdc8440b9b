/** Whether the firm agreed to photos being taken on a visit. */
import type { MigrationInterface, QueryRunner } from 'typeorm'
import { boolean, optional } from '../columns.js'
import { addColumn } from '../online.js'

export class VisitPhotos1763900000017 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumn(runner, 'visit', optional(boolean('photosAgreed')))
  }

  async down(): Promise<void> {
    throw new Error('There is no way back: restore the backup made before the upgrade')
  }
}
