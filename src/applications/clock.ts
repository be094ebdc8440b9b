/** The two days an application waits for: the last one for the single notice, and the promised one for the decision. */
import type { Knowledge } from '../house.js'

type Rules = Pick<Knowledge, 'calendar' | 'deadlines'>

/** 五日内一次告知 (行政许可法32条), in working days (82条); an item's own rule comes first. */
export function noticeWorkdays({ window }: Knowledge['deadlines'], guideCode: string): number {
  const own = window.noticeByGuide.find(({ codes }) => codes.includes(guideCode))
  return (own ?? window.notice).workdays
}

/** The last day on which what is missing may be told; the day of receipt does not count. */
export function noticeDue({ calendar, deadlines }: Rules, guideCode: string, receivedOn: string) {
  const { date, isProvisional } = calendar.addWorkdays(receivedOn, noticeWorkdays(deadlines, guideCode))
  return { noticeDueOn: date, isProvisional }
}

/** The promised day of the decision; null where the guide promises none. Days that the law leaves out come on top. */
export const decideDue = ({ calendar }: Rules, promise: number | null, acceptedOn: string): string | null =>
  promise === null ? null : calendar.workdayAfter(acceptedOn, promise)
