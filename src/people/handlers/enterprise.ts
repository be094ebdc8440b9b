/** Joining a firm, finding one, and saying who really belongs to it. */
import { v7 as uuid } from 'uuid'
import { change, create } from '../../audit/trail.js'
import { isDuplicate } from '../../database/transaction.js'
import { pageFrom, readCursor, writeCursor } from '../../http/cursor.js'
import { conditionsOf } from '../../http/scopes.js'
import { serve, type Target } from '../../http/serve.js'
import { invalid } from '../../problem.js'
import { isCreditCode, normalizeCreditCode } from '../creditCode.js'
import { Enterprise } from '../enterprise.js'
import { memberTarget } from '../memberTarget.js'
import { Membership } from '../membership.js'
import { masked, personalOf } from '../personal.js'
import { enterpriseView, membershipViews } from '../view.js'
import { In, Like, MoreThan } from 'typeorm'
import { forUpdate } from '../../database/transaction.js'

/** One's own membership. */
const ownMembership: Target<Membership> = {
  seenBy: 'enterprise.mine',
  scopes: {
    own: {
      holds: (grant, row) => row.personId === grant.personId,
      where: (grant) => ({ sql: 'm.personId = ?', params: [grant.personId] }),
    },
  },
  load: (db, id, lock) => db.findOne(Membership, { where: { id }, ...(lock ? { lock: forUpdate(db) } : {}) }),
}

export const enterpriseVerbs = {
  'enterprise.join': serve('enterprise.join', {
    async handle({ db, actor, input, now }) {
      const creditCode = normalizeCreditCode(input.creditCode)
      if (!isCreditCode(creditCode)) throw invalid('creditCode', '统一社会信用代码不对，请核对18位代码')
      let firm = await db.findOneBy(Enterprise, { creditCode })
      if (!firm) {
        if (input.name === undefined) throw invalid('name', '这家企业还没有登记，请填写企业全称')
        const districtCode = input.districtCode ?? null
        try {
          firm = await create(db, Enterprise, {
            id: uuid(),
            creditCode,
            name: input.name,
            districtCode,
            createdAt: now,
          })
        } catch (error) {
          firm = isDuplicate(error) ? await db.findOneBy(Enterprise, { creditCode }) : null
          if (!firm) throw error
        }
      }
      const personId = actor.personId as string
      const title = input.title ?? null
      const before = await db.findOneBy(Membership, { personId, enterpriseId: firm.id })
      const membership = before
        ? before.state === 'refused'
          ? await change(db, Membership, before, { state: 'pending', title, decidedByPostId: null })
          : before
        : await create(db, Membership, {
            id: uuid(),
            personId,
            enterpriseId: firm.id,
            title,
            state: 'pending',
            createdAt: now,
            decidedByPostId: null,
          })
      const [view] = await membershipViews(db, [membership])
      if (!view) throw new Error('a firm just found is missing')
      return view
    },
  }),
  'enterprise.mine': serve('enterprise.mine', {
    async handle({ db, actor }) {
      const rows = await db.find(Membership, { where: { personId: actor.personId ?? '' }, order: { id: 'ASC' } })
      return { items: await membershipViews(db, rows) }
    },
  }),
  'enterprise.leave': serve('enterprise.leave', {
    target: ownMembership,
    async handle({ db, target }) {
      await change(db, Membership, target, { state: 'refused', title: null })
      return { ok: true as const }
    },
  }),
  'enterprise.search': serve('enterprise.search', {
    async handle({ db, input, know }) {
      const after = readCursor(know.keyring, 'enterprise.search', input)
      const code = input.q === undefined ? '' : normalizeCreditCode(input.q)
      const from = after ? { id: MoreThan(after[1]) } : {}
      const where =
        input.q === undefined
          ? from
          : isCreditCode(code)
            ? { creditCode: code, ...from }
            : { name: Like(`${input.q.replaceAll(/[\\%_]/g, '\\$&')}%`), ...from }
      const rows = await db.find(Enterprise, { where, order: { id: 'ASC' }, take: input.limit + 1 })
      const views = rows.map((row) => ({ ...enterpriseView(row), districtCode: row.districtCode }))
      return pageFrom(rows, input.limit, views, (last) =>
        writeCursor(know.keyring, 'enterprise.search', input, [last.id, last.id]),
      )
    },
  }),
  'enterprise.members': serve('enterprise.members', {
    async handle({ db, input, grants, know }) {
      const after = readCursor(know.keyring, 'enterprise.members', input)
      const reach = conditionsOf(grants, memberTarget.scopes)
      const found = (await db.query(
        `SELECT m.id FROM membership m WHERE m.state = ? AND m.id > ?
           AND (${reach.map(({ sql }) => sql).join(' OR ')}) ORDER BY m.id LIMIT ${input.limit + 1}`,
        [input.state, after?.[1] ?? '', ...reach.flatMap(({ params }) => params)],
      )) as { id: string }[]
      const rows = await db.find(Membership, { where: { id: In(found.map((row) => row.id)) }, order: { id: 'ASC' } })
      const people = await personalOf(
        db,
        know.keyring,
        rows.map((row) => row.personId),
      )
      const personIds = new Map(rows.map((row) => [row.id, row.personId]))
      const views = (await membershipViews(db, rows)).map((view) => {
        const { name, phone } = masked(people.get(personIds.get(view.id) ?? '') ?? { name: null, phone: null })
        return { ...view, personName: name, phone }
      })
      return pageFrom(rows, input.limit, views, (last) =>
        writeCursor(know.keyring, 'enterprise.members', input, [last.id, last.id]),
      )
    },
  }),
  'enterprise.verifyMember': serve('enterprise.verifyMember', {
    target: memberTarget,
    async handle({ db, target, input, grants }) {
      const state = input.isMember ? 'verified' : 'refused'
      await change(db, Membership, target, { state, decidedByPostId: grants[0]?.postId ?? null })
      const [view] = await membershipViews(db, [target])
      if (!view) throw new Error('a membership without its firm')
      return view
    },
  }),
}
