// Where a link leads to nothing: the thing was removed, is nobody's here to see, or never was.
import type { Verb } from './api'
import type { Failure } from './failure'

const said: Partial<Record<Verb, string>> = {
  'application.read': '没有这件申请',
  'case.read': '没有这件诉求',
  'guide.read': '没有这份指南',
  'handover.read': '没有这份清单',
  'indicator.read': '没有这项任务',
  'lead.read': '没有这条线索',
  'meeting.read': '没有这次会议',
  'project.read': '没有这个项目',
  'reconciliation.read': '没有这一天的对账',
  'rectification.read': '没有这件差评整改',
  'reward.read': '没有这笔奖励',
  'tip.read': '没有这件举报',
  'tip.track': '没有找到您的这件举报',
  'visit.read': '没有这次上门服务',
}

/** Asked again, it would be answered the same: nothing is there, or the page was opened with what is no id at all. */
export const isAbsent = ({ status, verb }: Failure): boolean => status === 404 || (status === 422 && verb in said)

export function absenceOf({ status, verb, sentence }: Failure): string {
  const what = said[verb as Verb]
  if (what === undefined) return sentence
  return status === 404 ? `${what}，可能已被删除或不对您开放` : what
}
