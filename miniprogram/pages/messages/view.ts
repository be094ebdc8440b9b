// The inbox while nothing is in it: what somebody will be told of there, by what they do here.
import { currentHat, currentRole } from '../../services/hats'
import type { Me } from '../../services/api'

type Kind = Exclude<ReturnType<typeof currentHat>, 'tips'> | ReturnType<typeof currentRole>

const empty: Record<Kind, string> = {
  enterprise: '您的诉求有进展、有人约上门服务时，会在这里告诉您',
  officer: '有新诉求、企业补充或催办、快到期、有超标线索要核查时，会在这里告诉您',
  enforcement: '有项目审批信息移交过来时，会在这里告诉您',
  enforcer: '有新的举报、线索有反馈、快到期或超期时，会在这里告诉您',
  rewardHandler: '有奖励等您办、发放有问题、对账不符时，会在这里告诉您',
  rewardApprover: '有奖励等您审批、转账等您核对、对账不符时，会在这里告诉您',
  leader: '分局有诉求或线索超期、要您审核时，会在这里告诉您',
  supervisor: '有诉求或线索超期、要您审核或指派时，会在这里告诉您',
  clerk: '有成员要核实、指南有修改建议、清单要核对时，会在这里告诉您',
  admin: '有要您处理的事时，会在这里告诉您',
}

export function emptyTextOf(me: Me): string {
  const hat = currentHat(me)
  return empty[hat === 'enforcement' || hat === 'enterprise' ? hat : currentRole(me)]
}
