/** The house's own tables: trail, jobs, revisions, answers kept, shared rate limits. */
import type { MigrationInterface, QueryRunner } from 'typeorm'
import {
  createTable,
  index,
  instant,
  integer,
  json,
  key,
  optional,
  primary,
  text,
  unique,
  varchar,
} from '../columns.js'

export class House1763900000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'audit_entry',
      [
        primary(key('id')),
        varchar('subjectKind', 30),
        key('subjectId'),
        integer('seq'),
        instant('at'),
        varchar('verb', 40),
        optional(key('actorId')),
        optional(key('postId')),
        text('changes'),
        varchar('mac', 64),
      ],
      [unique('audit_entry_subject', 'subjectKind', 'subjectId', 'seq'), index('audit_entry_at', 'at')],
    )
    await createTable(
      runner,
      'job',
      [
        primary(key('id')),
        varchar('kind', 60),
        optional(varchar('uniqueKey', 160)),
        json('payload'),
        varchar('state', 10),
        instant('dueAt'),
        integer('attempts'),
        optional(varchar('lastError', 300)),
        instant('createdAt'),
        optional(instant('finishedAt')),
      ],
      [index('job_due', 'state', 'dueAt'), unique('job_unique', 'uniqueKey'), index('job_kind', 'kind', 'state')],
    )
    await createTable(runner, 'revision', [primary(varchar('name', 30)), integer('count')])
    await createTable(
      runner,
      'idempotency',
      [
        primary(varchar('scope', 64)),
        optional(key('personId')),
        varchar('inputHash', 64),
        optional(text('answer')),
        instant('createdAt'),
      ],
      [index('idempotency_created', 'createdAt'), index('idempotency_person', 'personId')],
    )
    // As rate-limiter-flexible's MySQL store expects it; not used on the embedded database.
    await createTable(runner, 'rate_limit', [
      primary(varchar('key', 255)),
      { ...integer('points'), default: 0 },
      optional({ name: 'expire', type: 'bigint' }),
    ])
  }

  async down(): Promise<void> {
    throw new Error('There is no way back: restore the backup made before the upgrade')
  }
}
