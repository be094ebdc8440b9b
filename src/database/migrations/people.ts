/** People, posts, firms, sessions, and the keys of personal data. */
import type { MigrationInterface, QueryRunner } from 'typeorm'
import {
  boolean,
  createTable,
  day,
  index,
  instant,
  json,
  key,
  optional,
  primary,
  text,
  tracked,
  unique,
  varchar,
} from '../columns.js'

export class People1763900000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'unit', [
      primary(key('id')),
      varchar('name', 60),
      varchar('kind', 10),
      json('districtCodes'),
      optional(varchar('phone', 40)),
      boolean('isConfirmed'),
    ])
    await createTable(
      runner,
      'post',
      [
        ...tracked(),
        varchar('role', 20),
        key('unitId'),
        varchar('name', 40),
        optional(varchar('title', 40)),
        varchar('phoneHash', 64),
        optional(varchar('workPhone', 40)),
        optional(key('personId')),
        optional(json('handles')),
        boolean('isDuty'),
        boolean('isActive'),
      ],
      [index('post_phone', 'phoneHash'), index('post_person', 'personId'), index('post_unit', 'unitId', 'role')],
    )
    await createTable(
      runner,
      'person',
      [
        ...tracked(),
        optional(varchar('openidHash', 64)),
        optional(text('openidSealed')),
        optional(text('nameSealed')),
        optional(text('phoneSealed')),
        optional(varchar('phoneHash', 64)),
        instant('createdAt'),
        instant('seenAt'),
        optional(instant('erasedAt')),
      ],
      [unique('person_openid', 'openidHash'), index('person_phone', 'phoneHash')],
    )
    await createTable(
      runner,
      'person_key',
      [
        primary(key('id')),
        key('personId'),
        text('wrapped'),
        varchar('wrapId', 40),
        varchar('algorithm', 30),
        instant('createdAt'),
      ],
      [unique('person_key_person', 'personId'), index('person_key_wrap', 'wrapId')],
    )
    await createTable(
      runner,
      'session',
      [
        primary(key('id')),
        varchar('tokenHash', 64),
        key('personId'),
        instant('createdAt'),
        instant('expiresAt'),
        optional(instant('revokedAt')),
      ],
      [unique('session_token', 'tokenHash'), index('session_person', 'personId')],
    )
    await createTable(
      runner,
      'enterprise',
      [
        ...tracked(),
        varchar('creditCode', 18),
        varchar('name', 100),
        optional(varchar('districtCode', 6)),
        instant('createdAt'),
      ],
      [unique('enterprise_code', 'creditCode'), index('enterprise_name', 'name')],
    )
    await createTable(
      runner,
      'membership',
      [
        ...tracked(),
        key('personId'),
        key('enterpriseId'),
        optional(varchar('title', 40)),
        varchar('state', 10),
        instant('createdAt'),
        optional(key('decidedByPostId')),
      ],
      [
        unique('membership_pair', 'personId', 'enterpriseId'),
        index('membership_enterprise', 'enterpriseId', 'state'),
        index('membership_state', 'state', 'id'),
      ],
    )
    await createTable(
      runner,
      'absence',
      [...tracked(), key('postId'), key('standInPostId'), day('fromOn'), day('toOn'), boolean('isCancelled')],
      [index('absence_post', 'postId', 'toOn'), index('absence_stand_in', 'standInPostId', 'toOn')],
    )
  }

  async down(): Promise<void> {
    throw new Error('There is no way back: restore the backup made before the upgrade')
  }
}
