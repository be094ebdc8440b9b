/** Whom one can be in the demonstration, as the page of the preview offers them. */
import { members, namedLogins, officials } from '../../demo/names.js'

export interface Face {
  /** `?as=<login>`; of a new user, the beginning of a name that is made up each time. */
  login: string
  name: string
  role: string
  does: string
}

const does: Readonly<Record<string, string>> = {
  enterprise: '查指南、提诉求、看进度、评价、举报',
  enterprise2: '另一家企业，只看得到自己的事；有笔举报奖励可领',
  officer: '签收、答复、上门服务',
  officer2: '同一分局的同事，可以代办、会办',
  leader: '分派、延期、看分局的进展',
  supervisor: '看全市：谁超期了，为什么',
  clerk: '维护指南和人员名册',
  admin: '查留痕、看系统是否正常',
  expert: '给难办的诉求出意见',
  enforcement: '签收每月移交的批复清单',
  enforcer: '受理、查证、回复举报',
  enforcer2: '另一位承办人',
  rewardhandler: '认定奖励，核对领奖人，登记银行转账',
  rewardapprover: '审批奖励，看资金台账',
  rewardapprover2: '第二位审批人',
}

export const newcomer: Face = {
  login: 'visitor-',
  name: '第一次打开',
  role: '新用户',
  does: '还没有登记企业，也能查指南、举报',
}

export const faces: readonly Face[] = [
  ...members.map(({ login, name }) => ({ login, name, role: '企业环保专员' })),
  ...officials([])
    .filter(({ login }) => namedLogins.includes(login))
    .map(({ login, name, role, title }) => ({ login, name, role: role === 'supervisor' ? `市局${title}` : title })),
].map((face) => ({ ...face, does: does[face.login] ?? '' }))
