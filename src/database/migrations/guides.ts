/** Guides, their versions, who moved them, and readers' comments. */
import type { MigrationInterface, QueryRunner } from 'typeorm'
import {
  boolean,
  createTable,
  day,
  index,
  instant,
  integer,
  json,
  key,
  optional,
  primary,
  text,
  tracked,
  unique,
  varchar,
} from '../columns.js'

export class Guides1763900000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'guide',
      [
        ...tracked(),
        varchar('code', 40),
        varchar('title', 200),
        varchar('state', 10),
        boolean('isReviewed'),
        integer('number'),
        key('workingVersionId'),
        optional(key('publishedVersionId')),
        instant('createdAt'),
        instant('changedAt'),
      ],
      [unique('guide_code', 'code'), index('guide_state', 'state', 'code')],
    )
    await createTable(
      runner,
      'guide_version',
      [
        primary(key('id')),
        key('guideId'),
        integer('number'),
        varchar('state', 10),
        json('content'),
        optional(varchar('filingNumber', 60)),
        optional(text('provinceNote')),
        optional(day('submittedOn')),
        optional(day('reviewedOn')),
        optional(day('filedOn')),
        optional(day('publishedOn')),
        optional(day('withdrawnOn')),
      ],
      [unique('guide_version_number', 'guideId', 'number'), index('guide_version_published', 'publishedOn')],
    )
    await createTable(
      runner,
      'guide_move',
      [
        primary(key('id')),
        key('guideId'),
        key('versionId'),
        varchar('verb', 40),
        instant('at'),
        optional(key('postId')),
        optional(text('note')),
      ],
      [index('guide_move_guide', 'guideId', 'id')],
    )
    await createTable(
      runner,
      'guide_comment',
      [
        ...tracked(),
        key('guideId'),
        varchar('kind', 12),
        text('text'),
        optional(key('personId')),
        instant('createdAt'),
        varchar('review', 8),
        optional(text('answer')),
        optional(instant('answeredAt')),
        optional(key('postId')),
      ],
      [
        index('guide_comment_guide', 'guideId', 'id'),
        index('guide_comment_person', 'personId', 'guideId', 'id'),
        index('guide_comment_answered', 'answeredAt', 'id'),
        index('guide_comment_review', 'review', 'answeredAt'),
      ],
    )
  }

  async down(): Promise<void> {
    throw new Error('There is no way back: restore the backup made before the upgrade')
  }
}
