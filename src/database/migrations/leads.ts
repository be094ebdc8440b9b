/** Leads of exceedances and what was said of them. */
import type { MigrationInterface, QueryRunner } from 'typeorm'
import { createTable, day, index, instant, key, optional, primary, text, tracked, unique, varchar } from '../columns.js'

export class ExpandLeads1796500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'lead',
      [
        ...tracked(),
        varchar('number', 24),
        varchar('mark', 64),
        varchar('state', 10),
        varchar('source', 10),
        optional(varchar('reference', 60)),
        varchar('firmName', 100),
        optional(varchar('creditCode', 18)),
        optional(key('enterpriseId')),
        optional(varchar('districtCode', 6)),
        key('unitId'),
        optional(varchar('outlet', 100)),
        optional(varchar('pollutant', 60)),
        optional(varchar('value', 24)),
        optional(varchar('limitValue', 24)),
        optional(varchar('measure', 20)),
        optional(instant('exceededAt')),
        optional(text('text')),
        optional(key('createdByPostId')),
        instant('createdAt'),
        day('createdOn'),
        optional(key('sentByPostId')),
        optional(day('sentOn')),
        optional(day('dueOn')),
        optional(day('answeredOn')),
        optional(varchar('outcome', 14)),
        optional(day('closedOn')),
      ],
      [
        unique('lead_number', 'number'),
        unique('lead_once', 'mark'),
        index('lead_unit', 'unitId', 'id'),
        index('lead_in_state', 'state', 'dueOn', 'id'),
        index('lead_created', 'createdOn', 'id'),
        index('lead_sent', 'sentOn', 'id'),
      ],
    )
    await createTable(
      runner,
      'lead_entry',
      [
        primary(key('id')),
        key('leadId'),
        varchar('verb', 20),
        optional(key('postId')),
        instant('at'),
        optional(text('text')),
        optional(varchar('outcome', 14)),
        optional(varchar('measured', 200)),
      ],
      [index('lead_entry_lead', 'leadId', 'id')],
    )
  }

  async down(): Promise<void> {
    throw new Error('There is no way back: restore the backup made before the upgrade')
  }
}
