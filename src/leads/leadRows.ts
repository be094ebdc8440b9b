/** Leads as an export writes them: the list as its reader sees it, with what the branch said last. */
import { In } from 'typeorm'
import type { Export } from '../excel/export.js'
import { LeadEntry, Lead } from './lead.js'
import { leadColumns, type LeadRow } from './leadColumns.js'

export const leadExport: Export<'lead.list', LeadRow> = {
  list: 'lead.list',
  title: '超标线索',
  sheets: [
    {
      name: '超标线索',
      columns: leadColumns,
      async rowsOf({ db }, items) {
        const leadId = In(items.map(({ id }) => id))
        const texts = new Map(
          (await db.find(Lead, { select: { id: true, text: true }, where: { id: leadId } })).map(({ id, text }) => [
            id,
            text,
          ]),
        )
        const answers = new Map(
          (await db.find(LeadEntry, { where: { leadId, verb: 'lead.answer' }, order: { id: 'ASC' } })).map((entry) => [
            entry.leadId,
            entry,
          ]),
        )
        return items.map((item): LeadRow => {
          const answer = item.answeredOn === null ? undefined : answers.get(item.id)
          return {
            number: item.number,
            state: item.state,
            source: item.source,
            reference: item.reference,
            firmName: item.firmName,
            creditCode: item.creditCode,
            districtCode: item.districtCode,
            unit: item.unit.name,
            outlet: item.outlet,
            pollutant: item.pollutant,
            value: item.value,
            limit: item.limit,
            measure: item.measure,
            exceededAt: item.exceededAt,
            text: texts.get(item.id) ?? null,
            createdOn: item.createdOn,
            sentOn: item.sentOn,
            dueOn: item.dueOn,
            answeredOn: item.answeredOn,
            isLate: item.isOverdue || item.isInTime === false,
            outcome: item.outcome,
            answer: answer?.text ?? null,
            measured: answer?.measured ?? null,
            closedOn: item.closedOn,
          }
        })
      },
    },
  ],
}
