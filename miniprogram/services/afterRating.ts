// After a bad rating: the rated says what they say against it, the enterprise rates once more when it was put right.
import type { CaseView } from './api'
import { dayText } from './dates'
import { wordFor } from './words'

export function afterRatingOf({ can, appeal, secondRating }: CaseView) {
  const said = appeal?.said
  const result = said?.result ? `${wordFor('appealResults', said.result)}：${said.finding ?? ''}` : ''
  const waits = said && !said.result ? `${dayText(said.dueOn)}前由市局复核` : ''
  return {
    second: secondRating
      ? `整改后再次评价：${wordFor('ratings', secondRating.score)}（${dayText(secondRating.on)}）`
      : '',
    said: said ? `您的申诉：${said.text}` : '',
    result: result || waits,
    canRateAgain: can.includes('rectification.rateAgain'),
    canAppeal: can.includes('rectification.appeal'),
    until:
      appeal && !said ? `有异议的，${dayText(appeal.untilOn)}前可以申诉一次，由市局复核（期限以市局公布为准）` : '',
  }
}

/** From the best down, as people look for it. */
const scores = [5, 4, 3, 2, 1] as const

/** Undefined where nothing was chosen. */
export async function askScore(): Promise<number | undefined> {
  try {
    const { tapIndex } = await wx.showActionSheet({ itemList: scores.map((score) => wordFor('ratings', score)) })
    return scores[tapIndex]
  } catch {
    return undefined
  }
}

/** Undefined where nothing was written. */
export async function askAppeal(): Promise<string | undefined> {
  const { confirm, content } = await wx.showModal({
    title: '申诉',
    editable: true,
    placeholderText: '写清楚事实，如：当天已电话答复，有记录',
    confirmText: '提交申诉',
  })
  const text = content?.trim() ?? ''
  return confirm && text !== '' ? text : undefined
}
