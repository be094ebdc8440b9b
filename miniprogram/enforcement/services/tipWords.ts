// A tip in words for a list: where it stands, by when what has to be done, and what is special about it.
import type { ItemOf, Output } from '../../services/api'
import { dayText } from '../../services/dates'
import { districts, wordFor } from '../../services/words'

export type TipItem = ItemOf<'tip.list'>
export type TipView = Output<'tip.read'>
type TipState = TipItem['state']

const tones: Record<TipState, string> = {
  received: 'warn',
  accepted: 'info',
  verified: 'info',
  refused: '',
  transferred: '',
  concluded: 'good',
}

export const toneOf = (state: TipState): string => tones[state]

export const districtName = (code: string | null): string =>
  districts().find((district) => district.code === code)?.name ?? ''

/** What is to be done by the day that counts now. */
const toDo: Partial<Record<TipState, string>> = { received: '答复是否受理', accepted: '办结', verified: '办结' }

export function dueText({
  state,
  dueOn,
  isLate,
  isProvisional,
}: Pick<TipItem, 'state' | 'dueOn' | 'isLate' | 'isProvisional'>): string {
  const what = toDo[state]
  if (!what || !dueOn) return ''
  const day = `${dayText(dueOn)}${isProvisional ? '（暂定）' : ''}`
  return isLate ? `已超期，应在${day}前${what}` : `${day}前${what}`
}

export const tipLine = (tip: TipItem) => ({
  id: tip.id,
  firm: tip.firmName,
  number: tip.number,
  tag: wordFor('tipStates', tip.state),
  tone: toneOf(tip.state),
  isPriority: tip.isPriority,
  due: dueText(tip),
  isLate: tip.isLate,
  about: [wordFor('violations', tip.violation), districtName(tip.districtCode), `${dayText(tip.submittedOn)}举报`]
    .filter(Boolean)
    .join(' · '),
  who: [tip.handler ?? '没有承办人', tip.isNamed ? '实名' : '匿名', tip.wantsReward ? '要奖励' : '']
    .filter(Boolean)
    .join(' · '),
})
export type TipLine = ReturnType<typeof tipLine>
