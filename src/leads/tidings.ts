/** WHO IS TOLD WHAT of a lead: for each event, whom it concerns and in which words. Nothing tells where it came from. */
import type { EntityManager } from 'typeorm'
import { dateOf } from '../calendar/dates.js'
import type { Knowledge } from '../house.js'
import { tell } from '../notices/tell.js'
import { Post } from '../people/post.js'
import type { TemplateValues } from '../wechat/templates.js'
import type { Lead } from './lead.js'

type Audience = 'branch' | 'leaders' | 'sender' | 'enforcers' | 'supervisors'

interface Facts {
  row: Lead
  /** Working days past the last day. */
  late: number
}

interface Tiding {
  to: readonly Audience[]
  title: (facts: Facts) => string
  template?: string
  values?: (facts: Facts) => TemplateValues
}

const FIRM_SHOWN = 24
const firm = ({ row }: Facts) => {
  const characters = [...row.firmName]
  return characters.length > FIRM_SHOWN ? `${characters.slice(0, FIRM_SHOWN - 1).join('')}…` : row.firmName
}
const day = (date: string | null) => (date === null ? '' : `${Number(date.slice(5, 7))}月${Number(date.slice(8))}日`)
const until = ({ row }: Facts) => `${day(row.dueOn)}（含当天）前`
const lateTitle = (facts: Facts) =>
  `${firm(facts)}的超标线索应在${day(facts.row.dueOn)}反馈，${facts.late > 0 ? `已超过${facts.late}个工作日` : '已经超期'}`

/** In WeChat. */
const asked = ({ row }: Facts, what: string): TemplateValues => ({
  number: row.number,
  firm: row.firmName,
  what,
  dueOn: row.dueOn ?? '',
})

export const tidings = {
  sent: {
    to: ['branch', 'leaders'],
    title: (facts) => `超标线索待核查：${firm(facts)}，${until(facts)}反馈`,
    template: 'leadAssigned',
    values: (facts) => asked(facts, '新移交，请现场核查'),
  },
  returned: {
    to: ['branch', 'leaders'],
    title: (facts) => `${firm(facts)}的超标线索退回补充，${until(facts)}反馈`,
    template: 'leadAssigned',
    values: (facts) => asked(facts, '退回补充，请再核查'),
  },
  answered: { to: ['sender'], title: (facts) => `${firm(facts)}的超标线索分局已反馈，请查看` },
  dueSoon: {
    to: ['branch', 'leaders'],
    title: (facts) => `${firm(facts)}的超标线索即将到期，${until(facts)}反馈`,
    template: 'leadDue',
    values: (facts) => asked(facts, '即将到期，请按时反馈'),
  },
  overdue: {
    to: ['branch', 'leaders', 'sender'],
    title: lateTitle,
    template: 'leadDue',
    values: (facts) => asked(facts, '已经超期，请马上反馈'),
  },
  overdueLong: { to: ['supervisors', 'enforcers'], title: lateTitle },
} as const satisfies Record<string, Tiding>

export type LeadTiding = keyof typeof tidings

/** With a `uniqueKey`, each person once. */
export async function spread(
  db: EntityManager,
  know: Knowledge,
  now: Date,
  name: LeadTiding,
  row: Lead,
  uniqueKey: string,
): Promise<void> {
  const tiding: Tiding = tidings[name]
  const today = dateOf(now)
  const late = row.dueOn === null ? 0 : know.calendar.countWorkdays(row.dueOn, today)
  const facts: Facts = { row, late }
  // Late for so long when first told: whoever sent it hears of that with all the others (overdueLong), and not twice.
  const isToldToAll = name === 'overdue' && late >= know.deadlines.escalate.supervisor.workdays
  await tell(db, know, now, {
    template: tiding.template,
    values: tiding.values?.(facts),
    postIds: await postsFor(db, row, isToldToAll ? tiding.to.filter((one) => one !== 'sender') : tiding.to),
    subjectKind: 'lead',
    subjectId: row.id,
    title: tiding.title(facts),
    text: row.number,
    uniqueKey,
  })
}

async function postsFor(db: EntityManager, row: Lead, to: readonly Audience[]): Promise<string[]> {
  const postsOf = async (where: Parameters<typeof db.findBy<Post>>[1]) => db.findBy(Post, where)
  const found: string[] = []
  const add = (posts: readonly Post[]) => found.push(...posts.map(({ id }) => id))
  for (const one of to) {
    if (one === 'branch') {
      // 值班的; where a branch has none, all of its officers.
      const officers = await postsOf({ unitId: row.unitId, role: 'officer', isActive: true })
      const onDuty = officers.filter(({ isDuty }) => isDuty)
      add(onDuty.length > 0 ? onDuty : officers)
    }
    if (one === 'leaders') add(await postsOf({ unitId: row.unitId, role: 'leader', isActive: true }))
    if (one === 'sender') {
      const sender = await postsOf({ id: row.sentByPostId ?? '', isActive: true })
      add(sender.length > 0 ? sender : await postsOf({ role: 'enforcer', isActive: true }))
    }
    if (one === 'enforcers') add(await postsOf({ role: 'enforcer', isActive: true }))
    if (one === 'supervisors') add(await postsOf({ role: 'supervisor', isActive: true }))
  }
  return found
}
