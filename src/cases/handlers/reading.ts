/** Reading cases, the rejection register and canned replies. */
import { In, IsNull, LessThan, LessThanOrEqual, MoreThanOrEqual, And } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { change, create } from '../../audit/trail.js'
import { pageFrom, readCursor, writeCursor } from '../../http/cursor.js'
import { grantFor, grantsOf } from '../../http/scopes.js'
import { serve } from '../../http/serve.js'
import { Enterprise } from '../../people/enterprise.js'
import { Post } from '../../people/post.js'
import { Unit } from '../../people/unit.js'
import { byId, unitView } from '../../people/view.js'
import type { Category } from '../../people/contract.js'
import { Problem } from '../../problem.js'
import { CannedReply } from '../cannedReply.js'
import { HelpCase } from '../helpCase.js'
import { listCases } from '../list.js'
import { Rejection } from '../rejection.js'
import { caseScopes, caseTarget } from '../target.js'
import { caseView } from '../view.js'

export const readingVerbs = {
  'case.list': serve('case.list', {
    handle: ({ db, know, actor, grants, input, now }) => listCases(db, know, actor, grants, input, now),
  }),
  'case.read': serve('case.read', { target: caseTarget, handle: (call) => caseView(call, call.target) }),
  'rejection.list': serve('rejection.list', {
    async handle({ db, know, actor, grants, input }) {
      const after = readCursor(know.keyring, 'rejection.list', input)
      const units = grants.some(({ scope }) => scope === 'all') ? undefined : grants.map(({ unitId }) => unitId ?? '')
      const unitIds = input.unitId === undefined ? units : [input.unitId].filter((id) => units?.includes(id) ?? true)
      const { from = '0000-01-01', to = '9999-12-31' } = input
      const rows = await db.find(Rejection, {
        where: {
          ...(after ? { id: LessThan(after[1]) } : {}),
          ...(input.kind === undefined ? {} : { kind: input.kind }),
          ...(unitIds === undefined ? {} : { unitId: In(unitIds) }),
          registeredOn: And(MoreThanOrEqual(from), LessThanOrEqual(to)),
        },
        order: { id: 'DESC' },
        take: input.limit + 1,
      })
      const cases = await byId(db, HelpCase, rows.map((row) => row.caseId))
      const firms = await byId(db, Enterprise, rows.map((row) => row.enterpriseId))
      const posts = await byId(db, Post, rows.flatMap((row) => [row.proposedByPostId, row.agreedByPostId]))
      const unitNames = await byId(db, Unit, rows.map((row) => row.unitId))
      const reading = grantsOf(actor, 'case.read')
      const items = rows.map((row) => {
        const found = cases.get(row.caseId ?? '')
        // Whom a declined complaint was about does not learn of it here either.
        const isKept = found !== undefined && !grantFor(reading, caseScopes, found)
        const about = isKept ? undefined : found
        const firm = firms.get(row.enterpriseId ?? '')
        return {
          id: row.id,
          kind: row.kind,
          case: about ? { id: about.id, number: about.number, title: about.title } : null,
          enterprise: firm ? { id: firm.id, name: firm.name } : null,
          unit: row.unitId === null ? null : unitView(unitNames.get(row.unitId), row.unitId),
          basis: row.basis,
          reason: isKept ? '（不对您公开）' : row.reason,
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
      const patch = { ...fields, ...(category === undefined ? {} : { category }), ...(unitId === undefined ? {} : { unitId }) }
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
