// The inbox while nothing is in it: what somebody will be told of there, by what they do here.
import type { Hat } from '../../services/hats'

const empty: Record<Hat, string> = {
  enterprise: '您的诉求有进展、有人约上门服务时，会在这里告诉您',
  officer: '有新诉求、企业补充或催办、快到期、有超标线索要核查时，会在这里告诉您',
  enforcement: '有项目审批信息移交过来时，会在这里告诉您',
  tips: '有新的举报、线索或奖励等您办，快到期、超期时，会在这里告诉您',
  supervisor: '有诉求超期、要您审核或指派时，会在这里告诉您',
  clerk: '有成员要核实、指南有修改建议、清单要核对时，会在这里告诉您',
  admin: '有要您处理的事时，会在这里告诉您',
}

export const emptyTextOf = (hat: Hat): string => empty[hat]
