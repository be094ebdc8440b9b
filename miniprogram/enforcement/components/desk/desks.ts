// THE DESKS of those who handle tips, leads and rewards: for each role its numbers, what comes next, and where else it goes.
import type { Input } from '../../../services/api'
import { call } from '../../../services/call'
import { dayText } from '../../../services/dates'
import { MOST } from '../../../services/counting'
import { type RewardLine, rewardLine } from '../../services/rewardWords'
import { type TipLine, tipLine } from '../../services/tipWords'

export interface Tile {
  name: string
  word: string
  url: string
  /** Red when there is any. */
  isAlarm?: boolean
}
export interface Link {
  word: string
  url: string
}
interface Candidate {
  id: string
  firm: string
  about: string
}
export interface Next {
  /** Tips of which somebody has to say what reward they deserve. */
  candidates: Candidate[]
  tips: TipLine[]
  rewards: RewardLine[]
  hasMore: boolean
}
export type Figures = Record<string, string>

interface Desk {
  tiles: readonly Tile[]
  /** Above what comes next. */
  title: string
  nothing: string
  all: string
  links: readonly Link[]
  figures(): Promise<Figures>
  next(): Promise<Next>
  /** Something about paying that everybody here has to know; empty where all is well. */
  warning?(): Promise<string>
}

const SHOWN = 5

const page = (name: string, query = '') => `/enforcement/${name}/index${query}`

interface Counted {
  items: object[]
  next: string | null
}
const figureOf = ({ items, next }: Counted): string => `${items.length}${next === null ? '' : '+'}`

const tips: readonly Link[] = [
  { word: '举报清单', url: page('tips', '?view=all') },
  { word: '重点信访事项', url: page('tips', '?view=priority') },
]
const warnings: Link = { word: '多次被举报的单位', url: page('warnings') }
const rewards: readonly Link[] = [
  { word: '奖励清单', url: page('rewards', '?view=all') },
  { word: '发放情况和开关', url: page('payout') },
  { word: '资金台账', url: page('money') },
  { word: '每日对账', url: page('reconciliations') },
  { word: '奖励标准', url: page('rules') },
  { word: '谁看过举报人', url: page('looks') },
]

const rewardTiles: readonly Tile[] = [
  { name: 'approved', word: '待领取', url: page('rewards', '?view=approved') },
  { name: 'paying', word: '支付中', url: page('rewards', '?view=paying') },
  { name: 'bank', word: '待银行转账', url: page('rewards', '?view=bank') },
  { name: 'trouble', word: '有问题的', url: page('rewards', '?view=trouble'), isAlarm: true },
]

const countRewards = async (filter: Partial<Input<'reward.list'>>) =>
  figureOf(await call('reward.list', { ...filter, limit: MOST }))

const countLeads = async (filter: Partial<Input<'lead.list'>>) =>
  figureOf(await call('lead.list', { ...filter, limit: MOST }))

async function rewardFigures(): Promise<Figures> {
  const [approved, paying, bank, trouble] = await Promise.all([
    countRewards({ states: ['approved'] }),
    countRewards({ states: ['paying'] }),
    countRewards({ states: ['bank'] }),
    countRewards({ hasTrouble: true }),
  ])
  return { approved, paying, bank, trouble }
}

/** Only those that nothing stands in the way of. */
const toRecognise = async () =>
  (await call('reward.candidates', { limit: MOST })).items.filter(({ obstacle }) => obstacle === null)

async function handlerNext(): Promise<Next> {
  const [found, next] = await Promise.all([toRecognise(), rewardsNext()])
  const candidates = found.slice(0, SHOWN).map(({ tipId, number, firmName, concludedOn }) => ({
    id: tipId,
    firm: firmName,
    about: `${number} · ${dayText(concludedOn)}办结`,
  }))
  return { ...next, candidates }
}

async function rewardsNext(): Promise<Next> {
  const { items } = await call('reward.list', { awaitsMe: true, limit: SHOWN + 1 })
  return { candidates: [], tips: [], rewards: items.slice(0, SHOWN).map(rewardLine), hasMore: items.length > SHOWN }
}

async function payoutWarning(): Promise<string> {
  const { isSetUp, isStopped, isLow } = await call('payout.status', {})
  if (isStopped) return '微信发放已停止，原因看“发放情况和开关”'
  return isSetUp && isLow ? '微信支付账户余额不多了，请及时充值' : ''
}

const ownOpen: Partial<Input<'tip.list'>> = { mine: true, states: ['received', 'accepted', 'verified'] }
/** What is due first comes first, and so what is late before everything. */
const byDue = (one: { dueOn: string | null }, other: { dueOn: string | null }): number => {
  const [day, otherDay] = [one.dueOn ?? '9', other.dueOn ?? '9']
  return day < otherDay ? -1 : day > otherDay ? 1 : 0
}
const ownUrl = `/enforcement/tips/index?title=${encodeURIComponent('我承办的')}&filter=${encodeURIComponent(JSON.stringify(ownOpen))}`

export const desks = {
  enforcer: {
    tiles: [
      { name: 'received', word: '待受理', url: page('tips', '?view=received') },
      { name: 'open', word: '在办', url: page('tips', '?view=open') },
      { name: 'overdue', word: '已超期', url: page('tips', '?view=overdue'), isAlarm: true },
      { name: 'mine', word: '我承办的', url: ownUrl },
      { name: 'priority', word: '重点', url: page('tips', '?view=priority') },
      { name: 'warnings', word: '多次被举报', url: page('warnings'), isAlarm: true },
      { name: 'newLeads', word: '线索待移交', url: page('leads', '?view=new') },
      { name: 'answeredLeads', word: '线索待办结', url: page('leads', '?view=answered') },
      { name: 'lateLeads', word: '线索超期', url: page('leads', '?view=overdue'), isAlarm: true },
    ],
    title: '我承办的，接下来要办的',
    nothing: '手上没有要办的举报。有新的分到您这里，会排在这里。',
    all: ownUrl,
    links: [...tips, warnings, { word: '超标线索', url: page('leads') }],
    async figures(): Promise<Figures> {
      const [counts, several, mine, newLeads, answeredLeads, lateLeads] = await Promise.all([
        call('tip.counts', {}),
        call('tip.warnings', {}),
        call('tip.list', { ...ownOpen, limit: MOST }),
        countLeads({ states: ['new'] }),
        countLeads({ states: ['answered'] }),
        countLeads({ due: 'overdue' }),
      ])
      return {
        received: String(counts.received),
        open: String(counts.accepted + counts.verified),
        overdue: String(counts.overdue),
        priority: String(counts.priority),
        warnings: String(several.items.length),
        mine: figureOf(mine),
        newLeads,
        answeredLeads,
        lateLeads,
      }
    },
    async next(): Promise<Next> {
      const found = await call('tip.list', { ...ownOpen, limit: MOST })
      const items = [...found.items].sort(byDue)
      return { candidates: [], tips: items.slice(0, SHOWN).map(tipLine), rewards: [], hasMore: items.length > SHOWN }
    },
  },
  rewardHandler: {
    tiles: [
      { name: 'candidates', word: '待认定', url: page('candidates') },
      { name: 'proposed', word: '待审批', url: page('rewards', '?view=proposed') },
      ...rewardTiles,
    ],
    title: '接下来要办的',
    nothing: '没有等您办的奖励。',
    all: page('rewards', '?view=awaits'),
    links: [{ word: '待认定奖励', url: page('candidates') }, ...rewards, ...tips],
    async figures(): Promise<Figures> {
      const [candidates, proposed, others] = await Promise.all([
        toRecognise(),
        countRewards({ states: ['proposed', 'approvedOnce'] }),
        rewardFigures(),
      ])
      return { candidates: String(candidates.length), proposed, ...others }
    },
    next: handlerNext,
    warning: payoutWarning,
  },
  rewardApprover: {
    tiles: [
      { name: 'awaits', word: '等我审批', url: page('rewards', '?view=awaits') },
      { name: 'different', word: '对账不符', url: page('reconciliations', '?view=different'), isAlarm: true },
      ...rewardTiles,
    ],
    title: '等我审批的',
    nothing: '没有等您审批的奖励。',
    all: page('rewards', '?view=awaits'),
    links: [...rewards, ...tips],
    async figures(): Promise<Figures> {
      const [awaits, different, others] = await Promise.all([
        countRewards({ awaitsMe: true }),
        call('reconciliation.list', { onlyDifferent: true, limit: MOST }),
        rewardFigures(),
      ])
      return { awaits, different: figureOf(different), ...others }
    },
    next: rewardsNext,
    warning: payoutWarning,
  },
} satisfies Record<string, Desk>

export type DeskRole = keyof typeof desks

export const deskOf = (role: string): Desk => desks[role in desks ? (role as DeskRole) : 'enforcer']

/** Without its figure, as long as that is not known, a dash. */
export const tileLine = ({ name, word, isAlarm = false }: Tile, figures: Figures) => {
  const figure = figures[name] ?? '–'
  return { name, word, figure, isAlarm: isAlarm && figure !== '–' && figure !== '0' }
}
