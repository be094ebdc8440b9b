// The visits of a firm: what waits for it, how many there were this year, and what it has put off.
import type { Input, Output, VisitItem } from '../../services/api'
import { dayText } from '../../services/dates'
import { wordFor } from '../../services/words'

type Part = VisitItem['firms'][number]

export interface Chip {
  code: string
  word: string
  input: Input<'visit.list'>
  /** In a park each firm answers for itself: the visit as a whole may have gone further than this firm. */
  isMine(part: Part): boolean
  emptyTitle: string
  emptyText: string
}

const any = () => true

/** What a firm may ask for, most urgent first. */
export const chips: readonly Chip[] = [
  {
    code: 'answer',
    word: '等我答复',
    input: { states: ['offered', 'consented'] },
    isMine: ({ state }) => state === 'offered',
    emptyTitle: '没有等您答复的',
    emptyText: '有人约上门服务时，这里和消息里都会告诉您',
  },
  {
    code: 'coming',
    word: '要上门的',
    input: { states: ['consented'] },
    isMine: ({ state }) => state === 'consented',
    emptyTitle: '没有约好的上门服务',
    emptyText: '您同意以后，谁来、几点来会写在这里',
  },
  {
    code: 'confirm',
    word: '等我确认',
    input: { states: ['held'], awaitsConfirmation: true },
    isMine: ({ state, isConfirmed }) => state === 'held' && !isConfirmed,
    emptyTitle: '没有等您确认的',
    emptyText: '上门服务以后，请您看看记录、签个字',
  },
  {
    code: 'done',
    word: '已确认',
    input: { states: ['held'], awaitsConfirmation: false },
    isMine: any,
    emptyTitle: '还没有确认过的上门服务',
    emptyText: '',
  },
  {
    code: 'all',
    word: '全部',
    input: {},
    isMine: any,
    emptyTitle: '还没有上门服务',
    emptyText: '列入包保的项目，每周都可以约人上门；需要时也可以给包保专员打电话',
  },
]

export const chipOf = (code: string): Chip => chips.find((chip) => chip.code === code) ?? (chips[0] as Chip)

type CounterItem = Output<'visit.counter'>['items'][number]

/** The yearly counter of one firm, and what it has put off. */
export const counterOf = ({ enterprise, counter, pauses }: CounterItem) => ({
  id: enterprise.id,
  name: enterprise.name,
  year: `${counter.year}年`,
  held: counter.held,
  rest: `专员约过${counter.offered}次${counter.declined > 0 ? `，您谢绝${counter.declined}次` : ''}`,
  pauses: pauses.map(({ project, how, fromOn, untilOn }, index) => ({
    key: `${project?.id ?? ''}${index}`,
    projectId: project?.id ?? '',
    title: `${wordFor('declineWays', how)}${project ? ` · ${project.name}` : ''}`,
    text: untilOn
      ? `${dayText(fromOn)}说的，到${dayText(untilOn)}为止不再约`
      : `${dayText(fromOn)}说的，等您需要时再约`,
  })),
})
