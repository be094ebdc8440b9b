/** What leaves the server about guides and the comments on them. */
import type { EntityManager } from 'typeorm'
import { In } from 'typeorm'
import { dateOf, toWireInstant } from '../calendar/dates.js'
import type { Output } from '../contract.js'
import { possible } from '../http/can.js'
import type { Knowledge } from '../house.js'
import type { Actor } from '../people/actor.js'
import { masked, personalOf } from '../people/personal.js'
import { Post } from '../people/post.js'
import { byId } from '../people/view.js'
import { commentTarget } from './commentTarget.js'
import { type GuideContent, UNCONFIRMED_LABEL } from './content.js'
import { Guide } from './guide.js'
import type { GuideComment } from './guideComment.js'
import { guideActions, guideTarget } from './guideTarget.js'
import { GuideVersion } from './guideVersion.js'
import { basisOn, type Laws } from './laws.js'
import type { VersionState } from './states.js'

export const FILING_NOTE = '备案号以市营商局公布为准'

/** One whole version of a guide, as it is read. */
export interface Edition {
  id: string
  code: string
  state: VersionState
  number: number
  filingNumber: string | null
  filedOn: string | null
  publishedOn: string | null
  content: GuideContent
  comments: Output<'guide.read'>['comments']
}

interface Around {
  laws: Laws
  /** The day of reading: what has been repealed by then is not shown as current. */
  day: string
  /** A published guide by its code. */
  find(code: string): { id: string; code: string; content: { title: string } } | undefined
  mine?: Output<'guide.read'>['myComments']
}

export function guideView(edition: Edition, { laws, day, find, mine = [] }: Around): Output<'guide.read'> {
  const { content, comments, ...facts } = edition
  const { basis, ways = [], related, unconfirmed, code: _, ...sections } = content
  const named = (code: string | undefined) => {
    const guide = code === undefined ? undefined : find(code)
    return guide ? { id: guide.id, code: guide.code, title: guide.content.title } : null
  }
  return {
    ...facts,
    filingNote: facts.filingNumber === null ? FILING_NOTE : null,
    ...sections,
    basis: basisOn(basis, laws, day),
    ways: ways.map(({ when, answer, guideCode }) => ({ when, answer, guide: named(guideCode) })),
    related: related.map(named).filter((guide) => guide !== null),
    unconfirmed: unconfirmed.map(({ field, note }) => ({ field, note, label: UNCONFIRMED_LABEL })),
    comments,
    myComments: mine,
  }
}

export const isPublic = ({ answeredAt, review }: GuideComment) => answeredAt !== null && review === 'passed'

export const commentView = ({ id, kind, text, createdAt, answer, answeredAt }: GuideComment) => ({
  id,
  kind,
  text,
  createdOn: dateOf(createdAt),
  answer,
  answeredOn: answeredAt === null ? null : dateOf(answeredAt),
})

export const ownCommentView = (comment: GuideComment): Output<'guide.comment'> => ({
  ...commentView(comment),
  guideId: comment.guideId,
  isPublic: isPublic(comment),
})

/** Guides as the staff who keep them see them. */
export async function guideLines(db: EntityManager, actor: Actor, rows: Guide[]): Promise<Output<'guide.save'>[]> {
  const ids = rows.flatMap(({ publishedVersionId }) => publishedVersionId ?? [])
  const select = { id: true, number: true, publishedOn: true } as const
  const published = ids.length === 0 ? [] : await db.find(GuideVersion, { select, where: { id: In(ids) } })
  const versions = new Map(published.map((one) => [one.id, one]))
  return rows.map((guide) => {
    const shown = versions.get(guide.publishedVersionId ?? '')
    return {
      id: guide.id,
      code: guide.code,
      title: guide.title,
      state: guide.state,
      number: guide.number,
      isReviewed: guide.isReviewed,
      publishedNumber: shown?.number ?? null,
      publishedOn: shown?.publishedOn ?? null,
      changedAt: toWireInstant(guide.changedAt),
      version: guide.version,
      can: possible(actor, guideTarget, guide, guideActions),
    }
  })
}

/** Comments as the staff who answer them see them; the writer's name masked. */
export async function staffCommentViews(
  db: EntityManager,
  know: Knowledge,
  actor: Actor,
  rows: GuideComment[],
): Promise<Output<'guide.replyComment'>[]> {
  const ids = (pick: (row: GuideComment) => string | null) => rows.map(pick)
  const guides = await byId(
    db,
    Guide,
    ids((row) => row.guideId),
  )
  const posts = await byId(
    db,
    Post,
    ids((row) => row.postId),
  )
  const people = await personalOf(
    db,
    know.keyring,
    rows.flatMap((row) => row.personId ?? []),
  )
  return rows.flatMap((row) => {
    const guide = guides.get(row.guideId)
    if (!guide) return []
    const writer = people.get(row.personId ?? '')
    return [
      {
        ...commentView(row),
        guide: { id: guide.id, code: guide.code, title: guide.title },
        author: writer ? masked(writer).name : null,
        createdAt: toWireInstant(row.createdAt),
        review: row.review,
        isPublic: isPublic(row),
        answeredBy: posts.get(row.postId ?? '')?.name ?? null,
        version: row.version,
        can: possible(actor, commentTarget, row, ['guide.replyComment']),
      },
    ]
  })
}
