/** WHO IS TOLD WHAT: for each event of a case, whom it concerns and in which words; one line of the table an event. */
import { type EntityManager, In, IsNull } from 'typeorm'
import { dateOf, toWireInstant } from '../calendar/dates.js'
import type { Knowledge } from '../house.js'
import { holdersOf } from '../notices/holders.js'
import { tell } from '../notices/tell.js'
import { Enterprise } from '../people/enterprise.js'
import { Membership } from '../people/membership.js'
import { Person } from '../people/person.js'
import { Post } from '../people/post.js'
import type { TemplateValues } from '../wechat/templates.js'
import { withoutAccused } from './accused.js'
import { CaseEntry } from './caseEntry.js'
import type { HelpCase } from './helpCase.js'
import { actingOn } from './roster.js'

export type Audience = 'asker' | 'officer' | 'leaders' | 'supervisors' | 'assistants'

/** What the words of a telling are made of. */
export interface Facts {
  row: HelpCase
  enterprise: string
  officer: string
  /** The officer's number in office. */
  phone?: string | null
  /** The case's title has not passed the content check. */
  isHeld?: boolean
  /** Working days past the day on which an answer was due. */
  late?: number
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

const TITLE_SHOWN = 20

/** A case's title as notices quote it: at most twenty characters, in 《》. */
export function quoted(title: string): string {
  const characters = [...title.replaceAll('《', '〈').replaceAll('》', '〉')]
  const shown = characters.length > TITLE_SHOWN ? [...characters.slice(0, TITLE_SHOWN - 1), '…'] : characters
  return `《${shown.join('')}》`
}

/** The case by its title; by other words while that has not passed the content check. */
const named = ({ row, isHeld }: Facts, otherwise: string) => (isHeld ? otherwise : quoted(row.title))
const day = (date: string) => `${Number(date.slice(5, 7))}月${Number(date.slice(8))}日`
export const untilDay = (date: string) => `${day(date)}（含当天）前`
const inCharge = ({ officer, phone }: Facts) => (phone ? `${officer}，电话${phone}` : officer)
const lateTitle = (facts: Facts) =>
  `${named(facts, '诉求')}应在${day(facts.row.dueOn)}答复，已超过${facts.late ?? 1}个工作日`

const common = ({ row }: Facts) => ({ number: row.number, title: row.title })
/** In WeChat other members of the firm may read it, too. */
const commonToAsker = (facts: Facts) => ({
  ...common(facts),
  ...(facts.isHeld ? { title: '（内容待核）' } : {}),
})

export const tidings = {
  assigned: {
    to: ['officer'],
    title: (facts) =>
      `新诉求待签收${facts.isHeld ? '' : `：${quoted(facts.row.title)}`}，${untilDay(facts.row.dueOn)}答复`,
    template: 'caseAssigned',
    values: (facts) => ({ ...common(facts), enterprise: facts.enterprise, dueOn: facts.row.dueOn }),
  },
  pooled: { to: ['supervisors'], title: (facts) => `${named(facts, '有诉求')}还没有承办人，请指派` },
  officerFound: { to: ['asker'], title: (facts) => `${named(facts, '您的诉求')}已有承办人：${inCharge(facts)}` },
  officerChanged: { to: ['asker'], title: (facts) => `${named(facts, '您的诉求')}承办人换成${inCharge(facts)}` },
  signed: {
    to: ['asker'],
    title: (facts) => `${facts.officer}已签收${named(facts, '您的诉求')}，${untilDay(facts.row.dueOn)}答复`,
    template: 'caseSigned',
    values: (facts) => ({ ...commonToAsker(facts), officer: facts.officer, dueOn: facts.row.dueOn }),
  },
  asked: {
    to: ['asker'],
    title: (facts) => `${named(facts, '您的诉求')}请补充材料，补充前不计时`,
    template: 'caseSupply',
    values: (facts) => ({ ...commonToAsker(facts), question: facts.said, askedAt: toWireInstant(facts.now) }),
  },
  supplied: {
    to: ['officer'],
    title: (facts) => `${named(facts, '诉求')}企业已补充，${untilDay(facts.row.dueOn)}答复`,
    template: 'caseSupplied',
    values: (facts) => ({ ...common(facts), enterprise: facts.enterprise, dueOn: facts.row.dueOn }),
  },
  answered: {
    to: ['asker'],
    title: (facts) => `${named(facts, '您的诉求')}已答复，请查看并评价`,
    template: 'caseAnswered',
    values: (facts) => ({
      ...commonToAsker(facts),
      state: '已答复',
      answeredAt: toWireInstant(facts.now),
      hint: '请查看答复并评价',
    }),
  },
  declined: {
    to: ['asker', 'officer'],
    title: (facts) => `${named(facts, '诉求')}不予办理，请查看依据和理由`,
    template: 'caseAnswered',
    values: (facts) => ({
      ...commonToAsker(facts),
      state: '不予办理',
      answeredAt: toWireInstant(facts.now),
      hint: '请查看依据和理由',
    }),
  },
  declineProposed: {
    to: ['leaders', 'supervisors'],
    title: (facts) => `${named(facts, '有诉求')}提出不予办理，请审核依据`,
  },
  extensionAsked: { to: ['supervisors'], title: (facts) => `${named(facts, '有诉求')}申请延期，请审核` },
  extensionRefused: { to: ['officer'], title: (facts) => `${named(facts, '诉求')}延期没有同意，请按时答复` },
  declineRefused: { to: ['officer'], title: (facts) => `${named(facts, '诉求')}不予办理没有同意，请继续办理` },
  extended: {
    to: ['asker', 'officer'],
    title: (facts) => `${named(facts, '诉求')}已延期，${untilDay(facts.row.dueOn)}答复`,
    template: 'caseExtended',
    values: (facts) => ({
      ...commonToAsker(facts),
      reason: facts.said || '需要更多时间',
      dueOn: facts.row.dueOn,
    }),
  },
  urged: {
    to: ['officer', 'leaders'],
    title: (facts) => `企业催办${named(facts, '诉求')}，请尽快处理`,
    template: 'caseUrged',
    values: (facts) => ({ ...common(facts), enterprise: facts.enterprise, urgedAt: toWireInstant(facts.now) }),
  },
  assistAsked: { to: ['assistants'], title: (facts) => `请会办${named(facts, '一件诉求')}` },
  assistReplied: { to: ['officer'], title: (facts) => `${named(facts, '诉求')}会办单位已回复` },
  withdrawn: { to: ['officer'], title: (facts) => `企业已撤回${named(facts, '诉求')}` },
  left: { to: ['officer'], title: (facts) => `提出人已注销，${named(facts, '诉求')}自动撤回，不用再办` },
  rated: { to: ['officer'], title: (facts) => `企业已评价${named(facts, '诉求')}` },
  calledBack: { to: ['asker'], title: (facts) => `${named(facts, '您的诉求')}的差评已整改回访，可以再评价一次` },
  secondBad: { to: ['supervisors'], title: (facts) => `${named(facts, '诉求')}整改后企业仍不满意，请查看` },
  appealed: { to: ['supervisors'], title: (facts) => `${named(facts, '诉求')}的差评有申诉，请复核` },
  appealDecided: { to: ['officer'], title: (facts) => `${named(facts, '诉求')}的差评申诉已有复核结果` },
  held: { to: ['officer'], title: (facts) => `请看一下${named(facts, '这件诉求')}的内容，没有问题就放行` },
  closed: { to: ['asker'], title: (facts) => `${named(facts, '您的诉求')}已自动办结，15日内可重新提起` },
  dueSoon: {
    to: ['officer'],
    title: (facts) => `${named(facts, '诉求')}即将到期，${untilDay(facts.row.dueOn)}答复`,
    template: 'caseDueSoon',
    values: (facts) => ({ ...common(facts), dueOn: facts.row.dueOn, hint: '请按时答复' }),
  },
  signLate: { to: ['officer', 'leaders'], title: (facts) => `${named(facts, '诉求')}超过1个工作日没有签收` },
  overdue: {
    to: ['officer', 'leaders'],
    title: lateTitle,
    template: 'caseOverdue',
    values: (facts) => ({ ...common(facts), officer: facts.officer, dueOn: facts.row.dueOn }),
  },
  overdueLong: {
    to: ['supervisors'],
    title: lateTitle,
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
  const today = dateOf(now)
  const acting = row.officerPostId && (await actingOn(db, row, row.officerPostId, today))
  const officer = acting ? await db.findOneBy(Post, { id: acting }) : null
  const question = await db.findOneBy(CaseEntry, { caseId: row.id, verb: 'case.submit' })
  const facts: Facts = {
    row,
    enterprise: firm?.name ?? '个人',
    officer: officer?.name ?? '承办人',
    phone: officer?.workPhone ?? null,
    isHeld: (question?.review ?? row.review) !== 'passed',
    late: know.calendar.countWorkdays(row.dueOn, today),
    said,
    now,
  }
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

/** Who asked; where they have left us, or a visit found the matter, the firm's verified members. */
async function askers(db: EntityManager, row: HelpCase): Promise<string[]> {
  const isAsked = row.createdBy !== null && row.source === 'help'
  if (isAsked && (await db.existsBy(Person, { id: row.createdBy as string, erasedAt: IsNull() }))) {
    return [row.createdBy as string]
  }
  if (row.enterpriseId === null) return []
  const members = await db.findBy(Membership, { enterpriseId: row.enterpriseId, state: 'verified' })
  return members.map((member) => member.personId)
}
