/** The staff roster, and who stands in for whom. */
import { MoreThan, MoreThanOrEqual } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { change, create } from '../../audit/trail.js'
import { dateOf } from '../../calendar/dates.js'
import { startingWith } from '../../database/startsWith.js'
import { phoneHash as hashPhone } from '../../encryption/lookup.js'
import { pageFrom, readCursor, writeCursor } from '../../http/cursor.js'
import { type ScopeTable } from '../../http/scopes.js'
import { serve } from '../../http/serve.js'
import { invalid, Problem } from '../../problem.js'
import { Absence } from '../absence.js'
import type { Actor } from '../actor.js'
import { holdPosts, refuseClashes } from '../clashes.js'
import { Person } from '../person.js'
import { Post } from '../post.js'
import type { StaffRole } from '../roles.js'
import { Unit } from '../unit.js'
import { byId, staffViews } from '../view.js'
import type { EntityManager } from 'typeorm'

/** Who can take over the work of somebody away. */
const handling: readonly StaffRole[] = ['officer', 'leader', 'supervisor']

/** Whose absence somebody may enter. */
const absenceScopes: ScopeTable<Post> = {
  own: {
    holds: (grant, post) => post.id === grant.postId,
    where: ({ postId }) => ({ sql: 'p.id = ?', params: [postId] }),
  },
  branch: {
    holds: (grant, post) => post.unitId === grant.unitId,
    where: ({ unitId }) => ({ sql: 'p.unitId = ?', params: [unitId] }),
  },
  all: { holds: () => true, where: () => ({ sql: '1 = 1', params: [] }) },
}

export const staffVerbs = {
  'unit.list': serve('unit.list', {
    async handle({ db }) {
      // Those whose name nobody has confirmed come last.
      const items = await db.find(Unit, { order: { isConfirmed: 'DESC', id: 'ASC' } })
      return { items: items.map((unit) => ({ ...unit })) }
    },
  }),
  'staff.list': serve('staff.list', {
    async handle({ db, input, know, now }) {
      const after = readCursor(know.keyring, 'staff.list', input)
      const rows = await db.find(Post, {
        where: {
          ...(after ? { id: MoreThan(after[1]) } : {}),
          ...(input.unitId === undefined ? {} : { unitId: input.unitId }),
          ...(input.role === undefined ? {} : { role: input.role }),
          ...(input.isActive === undefined ? {} : { isActive: input.isActive }),
          ...(input.q === undefined ? {} : { name: startingWith(input.q) }),
        },
        order: { id: 'ASC' },
        take: input.limit + 1,
      })
      const views = await staffViews(db, rows, dateOf(now))
      return pageFrom(rows, input.limit, views, (last) =>
        writeCursor(know.keyring, 'staff.list', input, [last.id, last.id]),
      )
    },
  }),
  'staff.save': serve('staff.save', {
    async handle({ db, actor, input, know, now }) {
      const { id, version, phone, ...fields } = input
      if (!(await db.existsBy(Unit, { id: input.unitId }))) throw invalid('unitId', '没有这个单位')
      const phoneHash = phone === undefined ? undefined : hashPhone(know.keyring.purposeKey('lookup'), phone)
      const holderOf = async (hash: string) => (await db.findOneBy(Person, { phoneHash: hash }))?.id ?? null
      if (id !== undefined) {
        const post = await db.findOneBy(Post, { id })
        if (!post) throw new Problem('notFound')
        if (version !== undefined && post.version !== version) throw new Problem('stale')
        const hash = phoneHash ?? post.phoneHash
        await leaveOwnAlone(db, actor, post, { ...fields, phoneHash: hash })
        const isGivenBack = !post.isActive && fields.isActive === true
        // A post that nobody holds, or that is given back, looks for its person again: the phone may have been bound meanwhile.
        const isUntied = phoneHash !== undefined || post.personId === null || isGivenBack
        const tie = isUntied ? { personId: await holderOf(hash) } : {}
        await change(db, Post, post, { ...given(fields), phoneHash: hash, ...tie })
        return one(db, post, dateOf(now))
      }
      if (phoneHash === undefined) throw invalid('phone', '请填写手机号，本人绑定后岗位才生效')
      await leaveOwnAlone(db, actor, null, { phoneHash })
      const post = await create(db, Post, {
        id: uuid(),
        role: input.role,
        unitId: input.unitId,
        name: input.name,
        title: input.title ?? null,
        workPhone: input.workPhone ?? null,
        handles: input.handles ?? null,
        isDuty: input.isDuty ?? false,
        isActive: input.isActive ?? true,
        phoneHash,
        personId: await holderOf(phoneHash),
      })
      return one(db, post, dateOf(now))
    },
  }),
  'staff.absences': serve('staff.absences', {
    async handle({ db, input, know, now }) {
      const after = readCursor(know.keyring, 'staff.absences', input)
      const rows = await db.find(Absence, {
        where: {
          toOn: MoreThanOrEqual(dateOf(now)),
          isCancelled: false,
          ...(after ? { id: MoreThan(after[1]) } : {}),
          ...(input.postId === undefined ? {} : { postId: input.postId }),
        },
        order: { id: 'ASC' },
        take: input.limit + 1,
      })
      const views = await absenceViews(db, rows)
      return pageFrom(rows, input.limit, views, (last) =>
        writeCursor(know.keyring, 'staff.absences', input, [last.id, last.id]),
      )
    },
  }),
  'staff.setAbsence': serve('staff.setAbsence', {
    async handle({ db, input, grants, now }) {
      const before = input.id === undefined ? null : await db.findOneBy(Absence, { id: input.id })
      if (input.id !== undefined && !before) throw new Problem('notFound')
      const postId = before?.postId ?? input.postId ?? grants.find(({ scope }) => scope === 'own')?.postId
      if (!postId) throw invalid('postId', '请选择外出的人')
      const posts = await holdPosts(db, input.standInPostId === undefined ? [postId] : [postId, input.standInPostId])
      const post = posts.get(postId)
      if (!post) throw invalid('postId', '没有这个岗位')
      if (!grants.some((grant) => absenceScopes[grant.scope]?.holds(grant, post))) throw new Problem('forbidden')
      if (before && input.cancel) {
        await change(db, Absence, before, { isCancelled: true })
        return (await absenceViews(db, [before]))[0] as AbsenceView
      }
      const standIn = posts.get(input.standInPostId ?? '')
      const fromOn = input.fromOn ?? before?.fromOn
      const toOn = input.toOn ?? before?.toOn
      if (!standIn?.isActive) throw invalid('standInPostId', '请选择替岗人')
      if (!handling.includes(standIn.role)) throw invalid('standInPostId', '替岗人要能办件，请选择专员或领导')
      if (standIn.id === post.id || standIn.phoneHash === post.phoneHash)
        throw invalid('standInPostId', '不能由本人替岗')
      if (!fromOn || !toOn) throw invalid('fromOn', '请填写起止日期')
      if (toOn < fromOn) throw invalid('toOn', '结束日期不能早于开始日期')
      if (toOn < dateOf(now)) throw invalid('toOn', '这段时间已经过去了')
      const period = { standInPostId: standIn.id, fromOn, toOn }
      await refuseClashes(db, { id: before?.id, postId, ...period })
      const absence = before
        ? await change(db, Absence, before, period)
        : await create(db, Absence, { id: uuid(), postId, ...period, isCancelled: false })
      return (await absenceViews(db, [absence]))[0] as AbsenceView
    },
  }),
}

/** What gives a post its powers, and whose it is. */
type Powers = Partial<Pick<Post, 'role' | 'unitId' | 'isActive' | 'phoneHash'>>
const powers = ['role', 'unitId', 'isActive', 'phoneHash'] as const

/** 自己的岗位由另一人登记: nobody gives a post to themselves, or changes what their own may do. */
async function leaveOwnAlone(db: EntityManager, { personId }: Actor, post: Post | null, wanted: Given<Powers>) {
  const self = await db.findOneByOrFail(Person, { id: personId ?? '' })
  const isOwn = post !== null && (post.personId === self.id || post.phoneHash === self.phoneHash)
  const changesPowers = powers.some((field) => wanted[field] !== undefined && wanted[field] !== post?.[field])
  if (changesPowers && (isOwn || wanted.phoneHash === self.phoneHash)) {
    throw new Problem('forbidden', { title: '自己的岗位请由另一位信息员或技术管理员登记' })
  }
}

type Given<T> = { [K in keyof T]?: T[K] | undefined }

/** Leaves out what was not given. */
const given = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>

async function one(db: EntityManager, post: Post, today: string) {
  const [view] = await staffViews(db, [post], today)
  if (!view) throw new Error('a post just written is missing')
  return view
}

type AbsenceView = Awaited<ReturnType<typeof absenceViews>>[number]

async function absenceViews(db: EntityManager, rows: Absence[]) {
  const posts = await byId(
    db,
    Post,
    rows.flatMap((row) => [row.postId, row.standInPostId]),
  )
  return rows.map(({ id, postId, standInPostId, fromOn, toOn, isCancelled, version }) => ({
    id,
    postId,
    name: posts.get(postId)?.name ?? '',
    standIn: { postId: standInPostId, name: posts.get(standInPostId)?.name ?? '' },
    fromOn,
    toOn,
    isCancelled,
    version,
  }))
}
