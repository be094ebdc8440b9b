/** Reading cases, and canned replies. */
import { In, IsNull } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { change, create } from '../../audit/trail.js'
import { serve } from '../../http/serve.js'
import type { Category } from '../../people/contract.js'
import { Problem } from '../../problem.js'
import { CannedReply } from '../cannedReply.js'
import { countCases } from '../counts.js'
import { listCases } from '../list.js'
import { forRating } from '../raters.js'
import { caseTarget } from '../target.js'
import { caseView } from '../view.js'

export const readingVerbs = {
  'case.list': serve('case.list', {
    handle: ({ db, know, actor, grants, input, now }) =>
      listCases(db, know, actor, forRating(grants, input), input, now),
  }),
  'case.counts': serve('case.counts', { handle: ({ db, actor, now }) => countCases(db, actor, now) }),
  'case.read': serve('case.read', { target: caseTarget, handle: (call) => caseView(call, call.target) }),
  'reply.list': serve('reply.list', {
    async handle({ db, input, grants }) {
      const units = In(grants.flatMap(({ unitId }) => unitId ?? []))
      const own = grants.some(({ scope }) => scope === 'all') ? [{}] : [{ unitId: IsNull() }, { unitId: units }]
      const rows = await db.find(CannedReply, {
        where: own.map((where) => ({ ...where, isActive: true })),
        order: { id: 'ASC' },
        take: 500,
      })
      const fitting = rows.filter(({ category }) => !input.category || category === null || category === input.category)
      return { items: fitting.map(replyView) }
    },
  }),
  'reply.save': serve('reply.save', {
    async handle({ db, input, grants }) {
      const { id, version, unitId, category, ...fields } = input
      const isForAll = grants.some(({ scope }) => scope === 'all')
      const units = grants.flatMap((grant) => grant.unitId ?? [])
      const home = unitId === undefined ? (isForAll ? null : (units[0] ?? null)) : unitId
      if (!isForAll && (home === null || !units.includes(home))) throw new Problem('forbidden')
      if (id === undefined) {
        const values = { id: uuid(), unitId: home, category: category ?? null, ...fields }
        return replyView(await create(db, CannedReply, values))
      }
      const row = await db.findOneBy(CannedReply, { id })
      if (!row || (!isForAll && !units.includes(row.unitId ?? ''))) throw new Problem('notFound')
      if (version !== undefined && version !== row.version) throw new Problem('stale')
      const patch = {
        ...fields,
        ...(category === undefined ? {} : { category }),
        ...(unitId === undefined ? {} : { unitId }),
      }
      return replyView(await change(db, CannedReply, row, patch))
    },
  }),
}

const replyView = ({ id, unitId, category, title, text, isActive, version }: CannedReply) => ({
  id,
  unitId,
  category: category as Category | null,
  title,
  text,
  isActive,
  version,
})
