/**
 * WHO MAY DO WHAT: one line a verb; in each line, per role, how far the power reaches (the scopes of people/roles.ts).
 * A role that is not in a line may not. `anyone` needs no login, `enterprise` is anybody who has logged in.
 * The first line of each subject is who may see it at all: to everybody else it does not exist (404).
 */
import type { Verb } from './contract.js'
import type { Role, Scope } from './people/roles.js'

export type Line = Partial<Record<Role, readonly Scope[]>>

/** Routes that are not verbs, under the same table. */
export const routes = [
  'GET /',
  'GET /preview/:file',
  'POST /preview/grants',
  'POST /preview/transfers',
  'GET /health/live',
  'GET /health/ready',
  'GET /openapi.json',
  'GET /docs',
  'POST /api/files',
  'GET /api/files/:id',
  'GET /wechat/push',
  'POST /wechat/push',
  'POST /wechat/pay/notify',
] as const
export type Route = (typeof routes)[number]
export type PolicyName = Verb | Route

const public_ = { anyone: ['all'] } as const satisfies Line
const loggedIn = { enterprise: ['own'] } as const satisfies Line
/** Officers see a case of their unit, or that is theirs, lent to them, or that they handed on. */
const caseForOfficer = ['assigned', 'standIn', 'unit', 'assisting', 'handedOn'] as const
const caseInHand = ['assigned', 'standIn'] as const

export const policy: Record<PolicyName, Line> = {
  // 打开就能用: nothing here needs a login
  'GET /health/live': public_,
  'GET /health/ready': public_,
  'GET /openapi.json': public_,
  'GET /docs': public_,
  'GET /': public_, // the mini-program in a browser, which calls the verbs like any other client
  'GET /preview/:file': public_,
  'POST /preview/grants': public_, // with the sandbox only
  'POST /preview/transfers': public_, // with the sandbox only
  'GET /wechat/push': public_, // WeChat signs its calls
  'POST /wechat/push': public_,
  'POST /wechat/pay/notify': public_, // WeChat Pay signs its notices
  'words.read': public_,
  'POST /api/files': public_, // without a login only what goes with a tip (discreet)
  'GET /api/files/:id': public_, // the link is signed

  // 登录与本人
  'session.login': public_,
  'session.me': loggedIn,
  'session.logout': loggedIn,
  'person.update': loggedIn,
  'person.bindPhone': loggedIn,
  'person.export': loggedIn,
  'person.erase': loggedIn,

  // 企业
  'enterprise.join': loggedIn,
  'enterprise.mine': loggedIn,
  'enterprise.leave': loggedIn,
  'enterprise.search': { officer: ['all'], leader: ['all'], supervisor: ['all'], clerk: ['all'] },
  'enterprise.members': { officer: ['assigned', 'standIn'], clerk: ['all'] },
  'enterprise.verifyMember': { officer: ['assigned', 'standIn'], clerk: ['all'] },

  // 人员名册
  'staff.list': {
    officer: ['all'],
    leader: ['all'],
    supervisor: ['all'],
    clerk: ['all'],
    admin: ['all'],
    enforcer: ['all'],
  },
  'staff.save': { clerk: ['all'], admin: ['all'] },
  'staff.setAbsence': { officer: ['own'], leader: ['own', 'branch'], supervisor: ['all'], clerk: ['all'] },
  'staff.absences': { officer: ['all'], leader: ['all'], supervisor: ['all'], clerk: ['all'] },
  'unit.list': public_,

  // 办事不找关系指南
  'guide.read': { anyone: ['public'], clerk: ['all'], supervisor: ['all'] },
  'guide.search': public_,
  'guide.comment': { enterprise: ['public'] },
  'guide.list': { clerk: ['all'], supervisor: ['all'] },
  'guide.versions': { clerk: ['all'], supervisor: ['all'] },
  'guide.save': { clerk: ['all'] },
  'guide.discard': { clerk: ['all'] },
  'guide.submit': { clerk: ['all'] },
  'guide.review': { clerk: ['all'], supervisor: ['all'] },
  'guide.file': { clerk: ['all'] },
  'guide.publish': { clerk: ['all'] },
  'guide.withdraw': { clerk: ['all'] },
  'guide.comments': { clerk: ['all'], supervisor: ['all'] },
  'guide.replyComment': { clerk: ['all'] },
  // what cases have answered, proposed for the guides
  'guide.questions': { clerk: ['all'], supervisor: ['all'] },
  'guide.takeQuestion': { clerk: ['all'] },
  'guide.leaveQuestion': { clerk: ['all'] },

  // 我的项目怎么办
  'path.classes': public_,
  'path.questions': public_,
  'path.find': public_,

  // 重大项目三本台账
  'project.read': {
    enterprise: ['enterprise'],
    officer: ['assigned', 'standIn', 'unit'],
    leader: ['assigned', 'standIn', 'branch'],
    supervisor: ['all'],
    clerk: ['all'],
  },
  'project.list': {
    enterprise: ['enterprise'],
    officer: ['assigned', 'standIn', 'unit'],
    leader: ['assigned', 'standIn', 'branch'],
    supervisor: ['all'],
    clerk: ['all'],
  },
  'project.import': { supervisor: ['all'], clerk: ['all'] },
  // An export holds what the list of the same person shows, whichever of their posts shows it.
  'project.export': { leader: ['branch'], supervisor: ['all'], clerk: ['all'] },
  'project.history': {
    officer: ['assigned', 'standIn', 'unit'],
    leader: ['assigned', 'standIn', 'branch'],
    supervisor: ['all'],
    clerk: ['all'],
  },
  'project.create': { supervisor: ['all'], clerk: ['all'] },
  'project.update': { officer: ['assigned', 'standIn'], supervisor: ['all'], clerk: ['all'] },
  'project.assign': { leader: ['branch'], supervisor: ['all'], clerk: ['all'] },
  'project.advance': { officer: ['assigned', 'standIn'], supervisor: ['all'], clerk: ['all'] },
  'project.addIssue': {
    officer: ['assigned', 'standIn'],
    leader: ['assigned', 'standIn', 'branch'],
    supervisor: ['all'],
    clerk: ['all'],
  },
  'project.solveIssue': {
    officer: ['assigned', 'standIn'],
    leader: ['assigned', 'standIn', 'branch'],
    supervisor: ['all'],
    clerk: ['all'],
  },

  // 环评审批服务单: whoever sees the project sees its sheet; the code is for those who hand it out
  'project.sheet': {
    enterprise: ['enterprise'],
    officer: ['assigned', 'standIn', 'unit'],
    leader: ['assigned', 'standIn', 'branch'],
    supervisor: ['all'],
    clerk: ['all'],
  },
  'project.issueSheet': { officer: ['assigned', 'standIn'], supervisor: ['all'], clerk: ['all'] },
  'project.revokeCode': { officer: ['assigned', 'standIn'], supervisor: ['all'], clerk: ['all'] },
  'project.receiveSheet': { enterprise: ['enterprise'] },
  // 凭编码绑定: asked for by anybody who belongs to the firm, decided by the officer
  'project.codeOf': loggedIn,
  'project.bind': loggedIn,
  'project.binds': {
    enterprise: ['own'],
    officer: ['assigned', 'standIn', 'unit'],
    leader: ['assigned', 'standIn', 'branch'],
    supervisor: ['all'],
    clerk: ['all'],
  },
  'project.confirmBind': { officer: ['assigned', 'standIn'], supervisor: ['all'], clerk: ['all'] },
  'project.refuseBind': { officer: ['assigned', 'standIn'], supervisor: ['all'], clerk: ['all'] },

  // 诉求
  'case.read': {
    enterprise: ['own', 'enterprise'],
    officer: caseForOfficer,
    leader: ['assigned', 'standIn', 'branch', 'assisting', 'handedOn'],
    supervisor: ['all'],
  },
  'case.list': {
    enterprise: ['own', 'enterprise'],
    officer: caseForOfficer,
    leader: ['assigned', 'standIn', 'branch', 'assisting', 'handedOn'],
    supervisor: ['assigned', 'standIn', 'all'],
  },
  'case.counts': { officer: caseInHand, leader: caseInHand, supervisor: caseInHand },
  'case.export': { leader: ['branch'], supervisor: ['all'] },
  'case.submit': loggedIn,
  'case.similar': { enterprise: ['own', 'enterprise'] },
  'case.supply': { enterprise: ['own', 'enterprise'] },
  'case.urge': { enterprise: ['own', 'enterprise'] },
  'case.withdraw': { enterprise: ['own'] },
  'case.close': { enterprise: ['own', 'enterprise'] },
  'case.rate': { enterprise: ['own', 'enterprise'] },
  'case.reopen': { enterprise: ['own', 'enterprise'] },
  'case.sign': { officer: caseInHand, leader: caseInHand, supervisor: caseInHand },
  'case.askMore': { officer: caseInHand, leader: caseInHand, supervisor: caseInHand },
  'case.answer': { officer: caseInHand, leader: caseInHand, supervisor: caseInHand },
  'case.note': {
    officer: ['assigned', 'standIn', 'unit', 'assisting'],
    leader: ['assigned', 'standIn', 'branch', 'assisting'],
    supervisor: ['all'],
  },
  'case.transfer': { officer: caseInHand, leader: ['assigned', 'standIn', 'branch'], supervisor: ['all'] },
  'case.assist': { officer: caseInHand, leader: ['assigned', 'standIn', 'branch'], supervisor: ['all'] },
  'case.assistReply': { officer: ['assisting'], leader: ['assisting'], supervisor: ['assisting'] },
  'case.proposeQuestion': {
    officer: ['assigned', 'standIn', 'assisting'],
    leader: ['assigned', 'standIn', 'branch', 'assisting'],
    supervisor: ['all'],
  },
  'case.extend': { officer: caseInHand, leader: caseInHand, supervisor: caseInHand },
  'case.agreeExtension': { supervisor: ['all'] },
  'case.decline': { officer: caseInHand, leader: caseInHand, supervisor: caseInHand },
  'case.agreeDecline': { leader: ['branch'], supervisor: ['all'] },
  'case.assign': { leader: ['branch'], supervisor: ['all'] },
  'case.release': { officer: caseInHand, leader: ['branch'], supervisor: ['all'] },

  // 窗口办件: taken in and worked on by the unit at whose window it is; a refusal needs another person
  'application.read': {
    enterprise: ['enterprise'],
    officer: ['standIn', 'unit'],
    leader: ['standIn', 'branch'],
    supervisor: ['all'],
  },
  'application.list': {
    enterprise: ['enterprise'],
    officer: ['standIn', 'unit'],
    leader: ['standIn', 'branch'],
    supervisor: ['all'],
  },
  'application.receive': { officer: ['unit'], leader: ['branch'], supervisor: ['unit'] },
  'application.notify': { officer: ['standIn', 'unit'], leader: ['standIn', 'branch'], supervisor: ['unit'] },
  'application.supplement': { officer: ['standIn', 'unit'], leader: ['standIn', 'branch'], supervisor: ['unit'] },
  'application.accept': { officer: ['standIn', 'unit'], leader: ['standIn', 'branch'], supervisor: ['unit'] },
  'application.decide': { officer: ['standIn', 'unit'], leader: ['standIn', 'branch'], supervisor: ['unit'] },
  'application.refuse': { officer: ['standIn', 'unit'], leader: ['standIn', 'branch'], supervisor: ['unit'] },
  'application.agreeRefusal': { leader: ['branch'], supervisor: ['all'] },
  'application.returnRefusal': { leader: ['branch'], supervisor: ['all'] },
  'application.withdraw': {
    enterprise: ['enterprise'],
    officer: ['standIn', 'unit'],
    leader: ['standIn', 'branch'],
    supervisor: ['unit'],
  },

  // 差评整改: never the person rated (the states check says so too)
  'rectification.read': { officer: ['assigned'], leader: ['assigned', 'branch'], supervisor: ['all'] },
  'rectification.list': { officer: ['assigned'], leader: ['assigned', 'branch'], supervisor: ['all'] },
  'rectification.verify': { officer: ['assigned'], leader: ['assigned'], supervisor: ['all'] },
  'rectification.resolve': { officer: ['assigned'], leader: ['assigned'], supervisor: ['all'] },
  'rectification.callBack': { officer: ['assigned'], leader: ['assigned'], supervisor: ['all'] },
  // the rated says what they say about it in their case, and the enterprise rates again there
  'rectification.appeal': {
    officer: ['assigned', 'standIn', 'unit', 'handedOn'],
    leader: ['assigned', 'standIn', 'branch', 'handedOn'],
    supervisor: ['assigned', 'standIn', 'all'],
  },
  'rectification.decideAppeal': { supervisor: ['all'] },
  'rectification.rateAgain': { enterprise: ['own', 'enterprise'] },
  // 否决事项备案
  'rejection.list': { leader: ['branch'], supervisor: ['all'] },
  'rejection.review': { supervisor: ['all'] },
  'rejection.correct': { leader: ['branch'], supervisor: ['all'] },
  'rejection.export': { leader: ['branch'], supervisor: ['all'] },
  // 常用答复
  'reply.list': { officer: ['unit'], leader: ['unit'], supervisor: ['unit'], clerk: ['all'] },
  'reply.save': { officer: ['unit'], leader: ['unit'], supervisor: ['unit'], clerk: ['all'] },

  // 进园区、进企业
  'visit.read': {
    enterprise: ['enterprise'],
    officer: ['assigned', 'standIn', 'unit'],
    leader: ['assigned', 'standIn', 'branch'],
    supervisor: ['all'],
  },
  'visit.list': {
    enterprise: ['enterprise'],
    officer: ['assigned', 'standIn', 'unit'],
    leader: ['assigned', 'standIn', 'branch'],
    supervisor: ['all'],
  },
  'visit.export': { leader: ['branch'], supervisor: ['all'] },
  'visit.plan': { officer: ['all'], leader: ['all'], supervisor: ['all'] },
  'visit.record': { officer: ['all'], leader: ['all'], supervisor: ['all'] },
  'visit.cancel': { officer: ['assigned', 'standIn'], leader: ['assigned', 'standIn', 'branch'], supervisor: ['all'] },
  'visit.consent': { enterprise: ['enterprise'] },
  'visit.decline': { enterprise: ['enterprise'] },
  'visit.resume': { enterprise: ['enterprise'] },
  'visit.confirm': { enterprise: ['enterprise'] },
  'visit.counter': { enterprise: ['enterprise'] },
  'visit.due': { officer: ['assigned', 'standIn'], leader: ['assigned', 'standIn', 'branch'], supervisor: ['all'] },

  // 专班推进：推进会请到的人看得到会，负责的人报进展，开会的一方核销
  'team.list': { officer: ['all'], leader: ['all'], supervisor: ['all'], clerk: ['all'] },
  'team.save': { supervisor: ['all'], clerk: ['all'] },
  'meeting.read': {
    officer: ['assigned', 'standIn'],
    leader: ['assigned', 'standIn', 'branch'],
    supervisor: ['all'],
    clerk: ['all'],
  },
  'meeting.list': {
    officer: ['assigned', 'standIn'],
    leader: ['assigned', 'standIn', 'branch'],
    supervisor: ['all'],
    clerk: ['all'],
  },
  'meeting.plan': { leader: ['branch'], supervisor: ['all'], clerk: ['all'] },
  'meeting.record': { leader: ['branch'], supervisor: ['all'], clerk: ['all'] },
  'meeting.cancel': { leader: ['branch'], supervisor: ['all'], clerk: ['all'] },
  'decision.list': {
    officer: ['assigned', 'standIn'],
    leader: ['assigned', 'standIn', 'branch'],
    supervisor: ['assigned', 'standIn', 'all'],
    clerk: ['assigned', 'all'],
  },
  'decision.report': {
    officer: ['assigned', 'standIn'],
    leader: ['assigned', 'standIn'],
    supervisor: ['assigned', 'standIn'],
    clerk: ['assigned'],
  },
  'decision.close': { leader: ['branch'], supervisor: ['all'], clerk: ['all'] },

  // 审管联动：清单由审批一方移交，市执法队（unit）和分局（branch）签收；上门服务的任何内容都不在里面
  'handover.read': { officer: ['unit'], leader: ['branch'], supervisor: ['all'], clerk: ['all'] },
  'handover.list': { officer: ['unit'], leader: ['branch'], supervisor: ['all'], clerk: ['all'] },
  'handover.send': { supervisor: ['all'], clerk: ['all'] },
  'handover.acknowledge': { officer: ['unit'], leader: ['branch'] },

  // 超标线索（第21项）：市执法队登记、导入、移交，属地分局核查反馈；企业看不到
  'lead.read': { officer: ['unit'], leader: ['branch'], enforcer: ['all'], supervisor: ['all'] },
  'lead.list': { officer: ['unit'], leader: ['branch'], enforcer: ['all'], supervisor: ['all'] },
  'lead.create': { enforcer: ['all'], supervisor: ['all'] },
  'lead.import': { enforcer: ['all'], supervisor: ['all'] },
  'lead.send': { enforcer: ['all'], supervisor: ['all'] },
  'lead.answer': { officer: ['unit'], leader: ['branch'] },
  'lead.return': { enforcer: ['all'], supervisor: ['all'] },
  'lead.close': { enforcer: ['all'], supervisor: ['all'] },
  'lead.export': { leader: ['branch'], enforcer: ['all'], supervisor: ['all'] },

  // 举报：谁都可以举报，凭编号和查询码看进度；谁举报的只有奖励经办人能看，看一次记一次
  'tip.read': { enforcer: ['unit'], rewardHandler: ['all'], rewardApprover: ['all'], supervisor: ['all'] },
  'tip.settings': public_,
  'tip.submit': public_,
  'tip.track': public_,
  'tip.add': public_,
  'tip.mine': loggedIn,
  'tip.list': { enforcer: ['unit'], rewardHandler: ['all'], rewardApprover: ['all'], supervisor: ['all'] },
  'tip.counts': { enforcer: ['unit'], rewardHandler: ['all'], rewardApprover: ['all'], supervisor: ['all'] },
  'tip.accept': { enforcer: ['assigned', 'unit'] },
  'tip.refuse': { enforcer: ['assigned', 'unit'] },
  'tip.transfer': { enforcer: ['assigned', 'unit'] },
  'tip.assign': { enforcer: ['unit'], supervisor: ['all'] },
  'tip.note': { enforcer: ['assigned', 'unit'] },
  'tip.reply': { enforcer: ['assigned', 'unit'] },
  'tip.check': { enforcer: ['assigned', 'unit'] },
  'tip.verify': { enforcer: ['assigned', 'unit'] },
  'tip.conclude': { enforcer: ['assigned', 'unit'] },
  'tip.markPriority': { enforcer: ['unit'], supervisor: ['all'] },
  'tip.warnings': { enforcer: ['unit'], supervisor: ['all'] },
  'tip.export': { enforcer: ['unit'], supervisor: ['all'] },
  'tip.identity': { rewardHandler: ['all'] },
  'tip.looks': { rewardHandler: ['all'], rewardApprover: ['all'], supervisor: ['all'] },

  // 举报奖励：经办人认定，两名审批人同意（经办人、承办人都不算），本人领取
  'reward.read': { rewardHandler: ['all'], rewardApprover: ['all'], supervisor: ['all'] },
  'reward.list': { rewardHandler: ['all'], rewardApprover: ['all'], supervisor: ['all'] },
  'reward.candidates': { rewardHandler: ['all'] },
  'reward.propose': { rewardHandler: ['all'] },
  'reward.approve': { rewardApprover: ['all'] },
  'reward.reject': { rewardApprover: ['all'] },
  'reward.withdraw': { rewardHandler: ['all'] },
  'reward.claim': loggedIn,
  'reward.decline': loggedIn,
  'reward.checkPayment': loggedIn,
  'reward.payBank': { rewardHandler: ['all'] },
  'reward.confirmBank': { rewardApprover: ['all'] },
  'reward.returnBank': { rewardHandler: ['all'] },
  'reward.cancelPayout': { rewardHandler: ['all'] },
  'reward.export': { rewardHandler: ['all'], rewardApprover: ['all'], supervisor: ['all'] },
  'reward.rules': { rewardHandler: ['all'], rewardApprover: ['all'], supervisor: ['all'] },
  'reward.saveRules': { rewardApprover: ['all'] },
  'payout.status': { rewardHandler: ['all'], rewardApprover: ['all'], supervisor: ['all'] },
  'payout.stop': { rewardHandler: ['all'], rewardApprover: ['all'], supervisor: ['all'] },
  'payout.resume': { rewardApprover: ['all'], supervisor: ['all'] },
  'money.list': { rewardHandler: ['all'], rewardApprover: ['all'], supervisor: ['all'] },
  'money.totals': { rewardHandler: ['all'], rewardApprover: ['all'], supervisor: ['all'] },
  'reconciliation.read': { rewardHandler: ['all'], rewardApprover: ['all'], supervisor: ['all'] },
  'reconciliation.list': { rewardHandler: ['all'], rewardApprover: ['all'], supervisor: ['all'] },
  'reconciliation.settle': { rewardApprover: ['all'] },

  // 消息
  'notice.list': loggedIn,
  'notice.markRead': loggedIn,
  'notice.grant': loggedIn,
  'notice.templates': loggedIn,
  'notice.deliveries': {
    officer: caseForOfficer,
    leader: ['assigned', 'standIn', 'branch', 'assisting', 'handedOn'],
    supervisor: ['all'],
  },

  // 看板与指标任务
  'board.overview': { leader: ['branch'], supervisor: ['all'] },
  'board.units': { leader: ['branch'], supervisor: ['all'] },
  'board.officers': { leader: ['branch'], supervisor: ['all'] },
  'board.trend': { leader: ['branch'], supervisor: ['all'] },
  'indicator.list': { officer: ['all'], leader: ['all'], supervisor: ['all'], clerk: ['all'] },
  'indicator.read': { officer: ['all'], leader: ['all'], supervisor: ['all'], clerk: ['all'] },
  'indicator.export': { leader: ['all'], supervisor: ['all'], clerk: ['all'] },

  // 导入和导出: whoever asked for it, while they hold a post that may
  'excel.read': {
    leader: ['own'],
    supervisor: ['own'],
    clerk: ['own'],
    enforcer: ['own'],
    rewardHandler: ['own'],
    rewardApprover: ['own'],
  },
  'excel.list': {
    leader: ['own'],
    supervisor: ['own'],
    clerk: ['own'],
    enforcer: ['own'],
    rewardHandler: ['own'],
    rewardApprover: ['own'],
  },

  // 日历与留痕
  'calendar.read': public_,
  'calendar.import': { clerk: ['all'] },
  'audit.list': { supervisor: ['all'], admin: ['all'] },
  'audit.verify': { supervisor: ['all'], admin: ['all'] },
  'job.list': { supervisor: ['all'], admin: ['all'] },
  'job.retry': { admin: ['all'] },
}
