// A guide in the list of those who keep it: where the version being worked on stands, and what the public reads.
import type { ItemOf } from '../../services/api'
import { dayText } from '../../services/dates'
import { wordFor } from '../../services/words'

type Guide = ItemOf<'guide.list'>

export const tones: Record<string, string> = {
  draft: '',
  submitted: 'info',
  returned: 'warn',
  filed: 'info',
  published: 'good',
  withdrawn: 'bad',
}

const states = ['draft', 'submitted', 'returned', 'filed', 'published', 'withdrawn'] as const
export type State = (typeof states)[number]

export const viewsOf = () => [
  { value: '', text: '全部' },
  ...states.map((code) => ({ value: code as string, text: wordFor('guideStates', code) })),
]

/** What the version being worked on waits for. */
export const stateText = ({ state, isReviewed }: Pick<Guide, 'state' | 'isReviewed'>): string =>
  state === 'submitted' && isReviewed ? '省厅已通过，待备案' : wordFor('guideStates', state)

export const publicText = ({ publishedNumber, publishedOn }: Pick<Guide, 'publishedNumber' | 'publishedOn'>): string =>
  publishedNumber === null ? '还没有对外公开' : `公开的是第${publishedNumber}版，${dayText(publishedOn)}发布`

export const lineOf = (guide: Guide) => ({
  id: guide.id,
  title: guide.title,
  code: guide.code,
  tag: stateText(guide),
  tone: tones[guide.state] ?? '',
  working: guide.number === guide.publishedNumber ? '' : `在编第${guide.number}版`,
  shown: publicText(guide),
})
