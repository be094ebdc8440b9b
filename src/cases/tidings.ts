/** WHO IS TOLD WHAT: for each event of a case, whom it concerns and in which words; one line of the table an event. */
import { type EntityManager, In } from 'typeorm'
import { dateOf, toWireInstant } from '../calendar/dates.js'
import type { Knowledge } from '../house.js'
import { holdersOf } from '../notices/holders.js'
import { tell } from '../notices/tell.js'
import { Enterprise } from '../people/enterprise.js'
import { Membership } from '../people/membership.js'
import { Post } from '../people/post.js'
import type { TemplateValues } from '../wechat/templates.js'
import { withoutAccused } from './accused.js'
import type { HelpCase } from './helpCase.js'
import { actingOn } from './roster.js'

export type Audience = 'asker' | 'officer' | 'leaders' | 'supervisors' | 'assistants'

/** What the words of a telling are made of. */
export interface Facts {
  row: HelpCase
  enterprise: string
  officer: string
  /** What was said with the event, shortened. */
  said: string
  now: Date
}

interface Tiding {
  to: readonly Audience[]
  title: (facts: Facts) => string
  template?: string
  values?: (facts: Facts) => TemplateValues
}

const common = ({ row }: Facts) => ({ number: row.number, title: row.title })

export const tidings = {
  assigned: {
    to: ['officer'],
    title: ({ row }) => `新诉求待签收，${row.dueOn} 前答复`,
    template: 'caseAssigned',
    values: (facts) => ({ ...common(facts), enterprise: facts.enterprise, dueOn: facts.row.dueOn }),
  },
  pooled: { to: ['supervisors'], title: () => '有诉求没有人可派，请指派承办人' },
  signed: {
    to: ['asker'],
    title: ({ officer, row }) => `${officer}已签收，${row.dueOn} 前答复`,
    template: 'caseSigned',
    values: (facts) => ({ ...common(facts), officer: facts.officer, dueOn: facts.row.dueOn }),
  },
  asked: {
    to: ['asker'],
    title: () => '请补充材料，补充前不计时',
    template: 'caseSupply',
    values: (facts) => ({ ...common(facts), question: facts.said, askedAt: toWireInstant(facts.now) }),
  },
  supplied: {
    to: ['officer'],
    title: ({ row }) => `企业已补充，${row.dueOn} 前答复`,
    template: 'caseSupplied',
    values: (facts) => ({ ...common(facts), enterprise: facts.enterprise, dueOn: facts.row.dueOn }),
  },
  answered: {
    to: ['asker'],
    title: () => '已答复，请查看并评价',
    template: 'caseAnswered',
    values: (facts) => ({
      ...common(facts),
      state: '已答复',
      answeredAt: toWireInstant(facts.now),
      hint: '请查看答复并评价',
    }),
  },
  declined: {
    to: ['asker', 'officer'],
    title: () => '不予办理，请查看依据和理由',
    template: 'caseAnswered',
    values: (facts) => ({
      ...common(facts),
      state: '不予办理',
      answeredAt: toWireInstant(facts.now),
      hint: '请查看依据和理由',
    }),
  },
  declineProposed: { to: ['leaders', 'supervisors'], title: () => '有诉求提出不予办理，请审核依据' },
  extensionAsked: { to: ['supervisors'], title: () => '有诉求申请延期，请审核' },
  extensionRefused: { to: ['officer'], title: () => '延期没有同意，请按时答复' },
  declineRefused: { to: ['officer'], title: () => '不予办理没有同意，请继续办理' },
  extended: {
    to: ['asker', 'officer'],
    title: ({ row }) => `已延期，${row.dueOn} 前答复`,
    template: 'caseExtended',
    values: (facts) => ({ ...common(facts), reason: facts.said || '需要更多时间', dueOn: facts.row.dueOn }),
  },
  urged: {
    to: ['officer', 'leaders'],
    title: () => '企业催办，请尽快处理',
    template: 'caseUrged',
    values: (facts) => ({ ...common(facts), enterprise: facts.enterprise, urgedAt: toWireInstant(facts.now) }),
  },
  assistAsked: { to: ['assistants'], title: () => '请会办一件诉求' },
  assistReplied: { to: ['officer'], title: () => '会办单位已回复' },
  withdrawn: { to: ['officer'], title: () => '企业已撤回诉求' },
  rated: { to: ['officer'], title: () => '企业已评价' },
  held: { to: ['officer'], title: () => '企业提交的内容需要您看一眼再放行' },
  closed: { to: ['asker'], title: () => '诉求已自动办结，15日内可重新提起' },
  dueSoon: {
    to: ['officer'],
    title: ({ row }) => `即将到期，${row.dueOn} 前答复`,
    template: 'caseDueSoon',
    values: (facts) => ({ ...common(facts), dueOn: facts.row.dueOn, hint: '请按时答复' }),
  },
  signLate: { to: ['officer', 'leaders'], title: () => '诉求超过1个工作日没有签收' },
  overdue: {
    to: ['officer', 'leaders'],
    title: ({ row }) => `已逾期，应在 ${row.dueOn} 前答复`,
    template: 'caseOverdue',
    values: (facts) => ({ ...common(facts), officer: facts.officer, dueOn: facts.row.dueOn }),
  },
  overdueLong: {
    to: ['supervisors'],
    title: ({ row }) => `诉求逾期2个工作日以上，应在 ${row.dueOn} 前答复`,
    template: 'caseOverdue',
    values: (facts) => ({ ...common(facts), officer: facts.officer, dueOn: facts.row.dueOn }),
  },
} as const satisfies Record<string, Tiding>

export type TidingName = keyof typeof tidings

/** Tells everybody whom an event concerns. With a `uniqueKey`, each person once. */
export async function spread(
  db: EntityManager,
  know: Knowledge,
  now: Date,
  name: TidingName,
  row: HelpCase,
  { said = '', uniqueKey }: { said?: string; uniqueKey?: string } = {},
): Promise<void> {
  const tiding: Tiding = tidings[name]
  const personIds = await audience(db, row, tiding.to, now)
  const firm = row.enterpriseId === null ? null : await db.findOneBy(Enterprise, { id: row.enterpriseId })
  const today = toWireInstant(now).slice(0, 10)
  const acting = row.officerPostId && (await actingOn(db, row, row.officerPostId, today))
  const officer = acting ? await db.findOneBy(Post, { id: acting }) : null
  const facts: Facts = { row, enterprise: firm?.name ?? '个人', officer: officer?.name ?? '承办人', said, now }
  await tell(db, know, now, {
    personIds,
    subjectKind: 'case',
    subjectId: row.id,
    title: tiding.title(facts),
    text: `${row.number}`,
    ...(tiding.template ? { template: tiding.template, values: tiding.values?.(facts) } : {}),
    ...(uniqueKey ? { uniqueKey } : {}),
  })
}

/** The persons whom an event concerns; a complaint's news does not reach whom it is about, nor through a stand-in. */
async function audience(db: EntityManager, row: HelpCase, to: readonly Audience[], now: Date): Promise<string[]> {
  const personIds: string[] = []
  const postIds: string[] = []
  const postsOf = async (where: Parameters<typeof db.findBy<Post>>[1]) =>
    postIds.push(...(await db.findBy(Post, where)).map((post) => post.id))
  for (const one of to) {
    if (one === 'asker') personIds.push(...(await askers(db, row)))
    if (one === 'officer' && row.officerPostId) postIds.push(row.officerPostId)
    // What nobody has in hand is the supervisors' to know.
    if (one === 'officer' && row.officerPostId === null) await postsOf({ role: 'supervisor', isActive: true })
    if (one === 'leaders' && row.unitId) await postsOf({ unitId: row.unitId, role: 'leader', isActive: true })
    if (one === 'supervisors') await postsOf({ role: 'supervisor', isActive: true })
    if (one === 'assistants') {
      const units = (row.shares ?? []).filter(({ how, repliedAt }) => how === 'assisting' && repliedAt === null)
      const unitId = In(units.map((share) => share.unitId))
      await postsOf([
        { unitId, role: 'officer', isActive: true },
        { unitId, role: 'leader', isActive: true },
      ])
    }
  }
  return [...personIds, ...(await withoutAccused(db, row, await holdersOf(db, postIds, dateOf(now))))]
}

/** Who asked; where a visit found the matter, the firm's verified members. */
async function askers(db: EntityManager, row: HelpCase): Promise<string[]> {
  if (row.createdBy !== null && row.source === 'help') return [row.createdBy]
  if (row.enterpriseId === null) return []
  const members = await db.findBy(Membership, { enterpriseId: row.enterpriseId, state: 'verified' })
  return members.map((member) => member.personId)
}
