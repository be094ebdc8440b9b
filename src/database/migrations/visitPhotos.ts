/** Whether the firm agreed to photos being taken on a visit. */
import type { MigrationInterface, QueryRunner } from 'typeorm'

export class VisitPhotos1763900000017 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE visit ADD COLUMN photosAgreed boolean NULL')
  }

  async down(): Promise<void> {
    throw new Error('There is no way back: restore the backup made before the upgrade')
  }
}
