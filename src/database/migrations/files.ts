/** Uploaded files: what is known of them beside their bytes. */
import type { MigrationInterface, QueryRunner } from 'typeorm'
import { createTable, index, instant, integer, key, optional, primary, text, varchar } from '../columns.js'

export class Files1763900000014 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'stored_file',
      [
        primary(key('id')),
        varchar('hash', 64),
        integer('size'),
        varchar('mime', 100),
        varchar('extension', 8),
        varchar('kind', 10),
        varchar('name', 100),
        optional(integer('width')),
        optional(integer('height')),
        optional(instant('takenAt')),
        optional(text('placeSealed')),
        optional(key('uploadedBy')),
        instant('uploadedAt'),
        optional(varchar('ownerKind', 12)),
        optional(key('ownerId')),
        optional(key('entryId')),
        varchar('review', 8),
        optional(varchar('traceId', 100)),
      ],
      [
        index('stored_file_owner', 'ownerKind', 'ownerId'),
        index('stored_file_unattached', 'ownerId', 'uploadedAt'),
        index('stored_file_uploader', 'uploadedBy'),
        index('stored_file_hash', 'hash'),
        index('stored_file_trace', 'traceId'),
      ],
    )
  }

  async down(): Promise<void> {
    throw new Error('There is no way back: restore the backup made before the upgrade')
  }
}
