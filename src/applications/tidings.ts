/** WHO IS TOLD WHAT of an application at the window: for each event, whom it concerns and in which words. */
import type { EntityManager } from 'typeorm'
import type { Knowledge } from '../house.js'
import { tell } from '../notices/tell.js'
import { Post } from '../people/post.js'
import { membersOf } from '../projects/firmMembers.js'
import type { Application } from './application.js'

type Audience = 'firm' | 'receiver' | 'leaders' | 'supervisors'

interface Tiding {
  to: readonly Audience[]
  title: (row: Application) => string
}

const TITLE_SHOWN = 24
const named = ({ guideTitle }: Application) => {
  const characters = [...guideTitle]
  return characters.length > TITLE_SHOWN ? `${characters.slice(0, TITLE_SHOWN - 1).join('')}…` : guideTitle
}
const day = (date: string | null) => (date === null ? '' : `${Number(date.slice(5, 7))}月${Number(date.slice(8))}日`)
const until = (date: string | null) => `${day(date)}（含当天）前`

export const tidings = {
  received: {
    to: ['firm'],
    title: (row) =>
      row.wasComplete
        ? `您申请的${named(row)}已收件，要件齐全`
        : `您申请的${named(row)}已收件，缺什么${until(row.noticeDueOn)}一次性告知`,
  },
  notified: { to: ['firm'], title: (row) => `您申请的${named(row)}要补${row.noticeItems?.length ?? 0}件材料，请查看` },
  accepted: { to: ['firm'], title: (row) => `您申请的${named(row)}已受理` },
  deemed: {
    to: ['firm', 'receiver', 'leaders'],
    title: (row) => `${named(row)}超过期限没有告知，依法自${day(row.acceptedOn)}起视为受理`,
  },
  approved: { to: ['firm'], title: (row) => `您申请的${named(row)}已批准` },
  refused: {
    to: ['firm', 'receiver', 'supervisors'],
    title: (row) => `${named(row)}${row.state === 'rejected' ? '不予批准' : '不予受理'}，请查看依据、理由和救济途径`,
  },
  refusalProposed: { to: ['leaders', 'supervisors'], title: (row) => `${named(row)}提出否决，请另一人审核依据` },
  refusalReturned: { to: ['receiver'], title: (row) => `${named(row)}否决没有同意，请继续办理` },
  withdrawn: { to: ['receiver'], title: (row) => `${named(row)}的申请已撤回` },
  noticeDue: {
    to: ['receiver'],
    title: (row) => `${named(row)}${until(row.noticeDueOn)}要受理或一次性告知，逾期视为受理`,
  },
} as const satisfies Record<string, Tiding>

export type ApplicationTiding = keyof typeof tidings

/** With a `uniqueKey`, each person once. */
export async function spread(
  db: EntityManager,
  know: Knowledge,
  now: Date,
  name: ApplicationTiding,
  row: Application,
  uniqueKey?: string,
): Promise<void> {
  const tiding: Tiding = tidings[name]
  const postIds: string[] = []
  const postsOf = async (where: Parameters<typeof db.findBy<Post>>[1]) =>
    postIds.push(...(await db.findBy(Post, where)).map(({ id }) => id))
  for (const one of tiding.to) {
    if (one === 'receiver') postIds.push(row.receivedByPostId)
    if (one === 'leaders') await postsOf({ unitId: row.unitId, role: 'leader', isActive: true })
    if (one === 'supervisors') await postsOf({ role: 'supervisor', isActive: true })
  }
  const personIds = (tiding.to as readonly Audience[]).includes('firm') ? await membersOf(db, [row.enterpriseId]) : []
  await tell(db, know, now, {
    personIds,
    postIds,
    subjectKind: 'application',
    subjectId: row.id,
    title: tiding.title(row),
    text: row.number,
    uniqueKey,
  })
}
