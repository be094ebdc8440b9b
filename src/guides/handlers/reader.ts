/** Finding and reading a guide, and saying something about it. */
import type { EntityManager } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { create } from '../../audit/trail.js'
import { dateOf } from '../../calendar/dates.js'
import type { Input, Output } from '../../contract.js'
import { readCursor, writeCursor } from '../../http/cursor.js'
import { serve } from '../../http/serve.js'
import type { Knowledge } from '../../house.js'
import { Problem } from '../../problem.js'
import { isWhole } from '../completeness.js'
import { GuideComment } from '../guideComment.js'
import type { Guide } from '../guide.js'
import { guideTarget } from '../guideTarget.js'
import { GuideVersion } from '../guideVersion.js'
import { editionOf, publicComments } from '../library.js'
import { guideView, ownCommentView } from '../view.js'

type Search = Input<'guide.search'>

export const readerVerbs = {
  'guide.search': serve('guide.search', {
    ready: (input, know) => know.guides.answer(searchKey(input), () => found(input, know)),
    handle: async ({ input, know }) => found(input, know),
  }),
  'guide.read': serve('guide.read', {
    target: guideTarget,
    targetId: (input) => input.id ?? input.code ?? '',
    ready: ({ id, code, number }, know, now) =>
      number === undefined ? know.guides.page(id?.toLowerCase() ?? code ?? '', now) : undefined,
    async handle({ db, actor, grants, input, target, now, know }) {
      const mayReadAll = grants.some(({ scope }) => scope === 'all')
      if (input.number !== undefined && !mayReadAll) throw new Problem('notFound')
      const version = await versionToRead(db, target, input.number)
      if (!isWhole(version.content)) {
        throw new Problem('wrongState', { title: '这一版还没有写完，请在版本里查看草稿' })
      }
      const comments = (await publicComments(db, target.id)).get(target.id) ?? []
      const mine = actor.personId === null ? [] : await ownComments(db, target.id, actor.personId)
      return guideView(editionOf(target, version, comments), {
        laws: know.guides.laws,
        day: dateOf(now),
        find: (code) => know.guides.find(code),
        mine,
      })
    },
  }),
  'guide.comment': serve('guide.comment', {
    target: guideTarget,
    targetId: (input) => input.guideId,
    async handle({ db, actor, input, target, now }) {
      const comment = await create(db, GuideComment, {
        id: uuid(),
        guideId: target.id,
        kind: input.kind,
        text: input.text,
        personId: actor.personId,
        createdAt: now,
        review: 'pending',
        answer: null,
        answeredAt: null,
        postId: null,
      })
      return ownCommentView(comment)
    },
  }),
}

const searchKey = ({ q, level, cursor, limit }: Search) => JSON.stringify([q, level, cursor, limit])

function found(input: Search, know: Knowledge): Output<'guide.search'> {
  const offset = Number(readCursor(know.keyring, 'guide.search', input)?.[0] ?? 0)
  const { items, total } = know.guides.search(input.q, input.level, input.limit, offset)
  const end = offset + items.length
  return {
    items: items.map(({ guide: { id, code, content }, titleMarks, snippet }) => ({
      id,
      code,
      title: content.title,
      level: content.level,
      kind: content.kind,
      promise: pick(content.promise, 'workdays', 'isImmediate', 'confirmed'),
      legal: pick(content.legal, 'value', 'unit', 'quote', 'note'),
      titleMarks,
      snippet,
    })),
    next: end < total && items.length > 0 ? writeCursor(know.keyring, 'guide.search', input, [end, '']) : null,
    total,
  }
}

const pick = <T extends object, K extends keyof T>(from: T, ...keys: K[]) =>
  Object.fromEntries(keys.map((key) => [key, from[key]])) as Pick<T, K>

/** The version asked for; without a number the published one, or the one being worked on. */
async function versionToRead(db: EntityManager, guide: Guide, number: number | undefined): Promise<GuideVersion> {
  const where =
    number === undefined ? { id: guide.publishedVersionId ?? guide.workingVersionId } : { guideId: guide.id, number }
  const version = await db.findOneBy(GuideVersion, where)
  if (!version) throw new Problem('notFound')
  return version
}

async function ownComments(db: EntityManager, guideId: string, personId: string) {
  const rows = await db.find(GuideComment, { where: { guideId, personId }, order: { id: 'DESC' }, take: 100 })
  return rows.map(ownCommentView)
}
