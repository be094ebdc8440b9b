/** Reading cases, the rejection register and canned replies. */
import { In, IsNull } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { change, create } from '../../audit/trail.js'
import { pageFrom, readCursor, writeCursor } from '../../http/cursor.js'
import { among, type Condition } from '../../http/scopes.js'
import { serve } from '../../http/serve.js'
import { Enterprise } from '../../people/enterprise.js'
import { Post } from '../../people/post.js'
import { Unit } from '../../people/unit.js'
import { byId, unitView } from '../../people/view.js'
import type { Category } from '../../people/contract.js'
import { Problem } from '../../problem.js'
import { notAbout } from '../accused.js'
import { CannedReply } from '../cannedReply.js'
import { countCases } from '../counts.js'
import { HelpCase } from '../helpCase.js'
import { listCases } from '../list.js'
import { Rejection } from '../rejection.js'
import { caseTarget } from '../target.js'
import { caseView } from '../view.js'

export const readingVerbs = {
  'case.list': serve('case.list', {
    handle: ({ db, know, actor, grants, input, now }) => listCases(db, know, actor, grants, input, now),
  }),
  'case.counts': serve('case.counts', { handle: ({ db, actor, now }) => countCases(db, actor, now) }),
  'case.read': serve('case.read', { target: caseTarget, handle: (call) => caseView(call, call.target) }),
  'rejection.list': serve('rejection.list', {
    async handle({ db, know, grants, input }) {
      const after = readCursor(know.keyring, 'rejection.list', input)
      const isEverywhere = grants.some(({ scope }) => scope === 'all')
      const conditions: Condition[] = [
        ...(isEverywhere
          ? []
          : [
              among(
                'j.unitId',
                grants.map(({ unitId }) => unitId),
              ),
            ]),
        // Whom a declined complaint was about does not learn of it here either.
        ...grants.slice(0, 1).map((grant) => notAbout(grant, 'j.caseId')),
        ...(after ? [{ sql: 'j.id < ?', params: [after[1]] }] : []),
        ...(input.kind === undefined ? [] : [{ sql: 'j.kind = ?', params: [input.kind] }]),
        ...(input.unitId === undefined ? [] : [{ sql: 'j.unitId = ?', params: [input.unitId] }]),
        ...(input.from === undefined ? [] : [{ sql: 'j.registeredOn >= ?', params: [input.from] }]),
        ...(input.to === undefined ? [] : [{ sql: 'j.registeredOn <= ?', params: [input.to] }]),
      ]
      const found = (await db.query(
        `SELECT j.id FROM rejection j WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}
         ORDER BY j.id DESC LIMIT ${input.limit + 1}`,
        conditions.flatMap(({ params }) => params),
      )) as { id: string }[]
      const rows = await db.find(Rejection, { where: { id: In(found.map(({ id }) => id)) }, order: { id: 'DESC' } })
      const cases = await byId(
        db,
        HelpCase,
        rows.map((row) => row.caseId),
      )
      const firms = await byId(
        db,
        Enterprise,
        rows.map((row) => row.enterpriseId),
      )
      const posts = await byId(
        db,
        Post,
        rows.flatMap((row) => [row.proposedByPostId, row.agreedByPostId]),
      )
      const unitNames = await byId(
        db,
        Unit,
        rows.map((row) => row.unitId),
      )
      const items = rows.map((row) => {
        const about = cases.get(row.caseId ?? '')
        const firm = firms.get(row.enterpriseId ?? '')
        return {
          id: row.id,
          kind: row.kind,
          case: about ? { id: about.id, number: about.number, title: about.title } : null,
          enterprise: firm ? { id: firm.id, name: firm.name } : null,
          unit: row.unitId === null ? null : unitView(unitNames.get(row.unitId), row.unitId),
          basis: row.basis,
          reason: row.reason,
          proposedBy: posts.get(row.proposedByPostId)?.name ?? '',
          agreedBy: posts.get(row.agreedByPostId)?.name ?? '',
          registeredOn: row.registeredOn,
        }
      })
      return pageFrom(rows, input.limit, items, (last) =>
        writeCursor(know.keyring, 'rejection.list', input, ['', last.id]),
      )
    },
  }),
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
