/** Joining a firm, finding one, and saying who really belongs to it. */
import { type EntityManager, MoreThan } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { change, create } from '../../audit/trail.js'
import { rowsBy } from '../../database/rows.js'
import { startingWith } from '../../database/startsWith.js'
import { forUpdate, isDuplicate } from '../../database/transaction.js'
import { pageFrom, readCursor, writeCursor } from '../../http/cursor.js'
import { conditionsOf } from '../../http/scopes.js'
import { serve, type Target } from '../../http/serve.js'
import { invalid, Problem } from '../../problem.js'
import type { Grant } from '../actor.js'
import { isCreditCode, normalizeCreditCode } from '../creditCode.js'
import { Enterprise } from '../enterprise.js'
import { confirmedFirms, findOrRegister } from '../findFirm.js'
import { memberTarget } from '../memberTarget.js'
import { isOver, Membership } from '../membership.js'
import { masked, personalOf } from '../personal.js'
import { enterpriseView, membershipViews } from '../view.js'

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
      const firm = await findOrRegister(db, input, now)
      const personId = actor.personId as string
      const title = input.title ?? null
      const pair = { personId, enterpriseId: firm.id }
      const before = await db.findOneBy(Membership, pair)
      const membership = before ? await rejoin(db, before, title) : await firstJoin(db, pair, title, now)
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
      await change(db, Membership, target, { state: 'left', title: null })
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
            : { name: startingWith(input.q), ...from }
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
      const rows = await rowsBy(db, Membership, { id: found.map((row) => row.id) }, { order: 'id' })
      const people = await personalOf(
        db,
        know.keyring,
        rows.map((row) => row.personId),
      )
      const personIds = new Map(rows.map((row) => [row.id, row.personId]))
      const confirmed = await confirmedFirms(
        db,
        rows.map((row) => row.enterpriseId),
      )
      const views = (await membershipViews(db, rows)).map((view) => {
        const { name, phone } = masked(people.get(personIds.get(view.id) ?? '') ?? { name: null, phone: null })
        const isNameConfirmed = confirmed.has(view.enterprise.id)
        return { ...view, personName: name, phone, isNameConfirmed }
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
      if (state === target.state) throw new Problem('wrongState', { title: '这位成员已经核实' })
      if (input.name !== undefined) await correctName(db, target, input.name, grants)
      await change(db, Membership, target, { state, decidedByPostId: grants[0]?.postId ?? null })
      const [view] = await membershipViews(db, [target])
      if (!view) throw new Error('a membership without its firm')
      return view
    },
  }),
}

/** @throws Problem invalid on `name`, where it is not the clerk's to correct or no longer open */
async function correctName(db: EntityManager, { enterpriseId }: Membership, name: string, grants: readonly Grant[]) {
  if (grants.every(({ role }) => role !== 'clerk')) throw invalid('name', '企业名称由信息员更正')
  const lock = forUpdate(db)
  const firm = await db.findOneOrFail(Enterprise, { where: { id: enterpriseId }, ...(lock ? { lock } : {}) })
  if (firm.name === name) return
  if ((await confirmedFirms(db, [enterpriseId])).has(enterpriseId)) throw invalid('name', '这家企业的名称已经核实')
  await change(db, Enterprise, firm, { name })
}

/** Who was refused or has left may ask again; who has asked already keeps what they have. */
const rejoin = async (db: EntityManager, before: Membership, title: string | null): Promise<Membership> =>
  isOver(before.state) ? change(db, Membership, before, { state: 'pending', title, decidedByPostId: null }) : before

async function firstJoin(
  db: EntityManager,
  pair: { personId: string; enterpriseId: string },
  title: string | null,
  now: Date,
): Promise<Membership> {
  try {
    const asked = { id: uuid(), ...pair, title, state: 'pending' as const, createdAt: now, decidedByPostId: null }
    return await create(db, Membership, asked)
  } catch (error) {
    const first = isDuplicate(error) ? await db.findOneBy(Membership, pair) : null
    if (!first) throw error
    return first
  }
}
