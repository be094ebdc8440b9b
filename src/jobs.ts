/** WHAT FOLLOWS FROM WHAT, AND WHEN: every consequence of a verb or a job, and the timetable. */
import { applicationJobs } from './applications/jobs.js'
import type { ApplicationTiding } from './applications/tidings.js'
import type { NewJob } from './audit/queue.js'
import { everyDay, everyMinutes, everyWorkday, type Slot } from './audit/timetable.js'
import { houseJobs } from './audit/jobs.js'
import type { AnyJob } from './audit/jobKind.js'
import { boardJobs } from './board/jobs.js'
import { BAD_SCORE } from './cases/rating.js'
import { caseJobs } from './cases/jobs.js'
import type { TidingName } from './cases/tidings.js'
import type { Verb } from './contract.js'
import { excelJobs } from './excel/jobs.js'
import { fileJobs } from './files/jobs.js'
import { guideJobs } from './guides/jobs.js'
import { handoverJobs, isRecent } from './handovers/jobs.js'
import { leadJobs } from './leads/jobs.js'
import type { LeadTiding } from './leads/tidings.js'
import { noticeJobs } from './notices/jobs.js'
import type { Actor } from './people/actor.js'
import { peopleJobs } from './people/jobs.js'
import { projectJobs } from './projects/jobs.js'
import { rewardJobs } from './rewards/jobs.js'
import type { TidingName as RewardTiding } from './rewards/tidings.js'
import { serviceSheetJobs } from './serviceSheets/jobs.js'
import { tipJobs } from './tips/jobs.js'
import { RELEASED_EACH_MINUTES } from './tips/rules.js'
import { taskForceJobs } from './taskForce/jobs.js'
import { visitJobs } from './visits/jobs.js'

/** What has just been committed to: `actor` is undefined where a job did it. */
export interface Event {
  // oxlint-disable-next-line typescript/no-explicit-any
  input: any
  // oxlint-disable-next-line typescript/no-explicit-any
  output: any
  // oxlint-disable-next-line typescript/no-explicit-any
  target: any
  actor: Actor | undefined
  now: Date
}

/** The jobs that an event asks for; none where it returns null. */
type Payload = (event: Event) => Omit<NewJob, 'kind'>['payload'] | null
interface Consequence {
  cause: string
  kind: string
  payload: Payload
}
const after = (cause: Verb | (string & {}), kind: string, payload: Payload): Consequence => ({ cause, kind, payload })

const memberEvent: Payload = ({ output, now }) => ({
  membershipId: output.id,
  version: output.version,
  at: now.toISOString(),
})

/** Only where files came along. */
const caseFiles: Payload = ({ input, output }) =>
  input.fileIds?.length > 0 ? { ownerKind: 'case', ownerId: output.id } : null

const changedCase: Payload = ({ output }) => ({ caseId: output.id })

const telling =
  (tiding: TidingName, when: (event: Event) => boolean = () => true): Payload =>
  (event) =>
    when(event) ? { caseId: event.output.id, tiding } : null
const hasOfficer = ({ output }: Event) => output.officer !== null
const hasNone = ({ output }: Event) => output.officer === null
/** Given to its first officer, or to another one (cases/handing.ts). */
const wasPooled = ({ target }: Event) => target.takenFrom === null
const wasTaken = ({ target }: Event) => target.takenFrom !== null
const isAgreed = ({ input }: Event) => input.agree
const isRefused = ({ input }: Event) => !input.agree
/** Only where the enterprise wrote something. */
const written: Payload = ({ input, output, actor }) =>
  input.text ? { caseId: output.id, personId: actor?.personId } : null

const tellingOf =
  (tiding: ApplicationTiding): Payload =>
  ({ output }) => ({ applicationId: output.id, tiding })
const tellingRejection =
  (to: 'leaders' | 'supervisors'): Payload =>
  ({ output }) => ({ rejectionId: output.id, version: output.version, to })

const tellingReward =
  (tiding: RewardTiding): Payload =>
  ({ output }) => ({ rewardId: output.id, version: output.version, tiding })
/** Of two approvals the first: the second ends the waiting. */
const isHalfApproved = ({ output }: Event) => output.state === 'approvedOnce'

/** The tip's id alone: whom it goes to is found where nobody else looks. */
const informerOfTip: Payload = ({ output }) => ({ tipId: output.id })
const informerOfReward: Payload = ({ output }) => (output.state === 'approved' ? { tipId: output.tip.id } : null)

const changedVisit: Payload = ({ output }) => ({ visitId: output.id, version: output.version })

const excelRun: Payload = ({ output }) => ({ runId: output.id })

const changedProject: Payload = ({ output }) => ({ projectId: output.id, version: output.version })
const movedProject: Payload = ({ output }) => ({
  projectId: output.id,
  version: output.version,
  stage: output.stage,
  on: output.stageOn,
  isBack: output.stages.at(-1).isBack,
})

const issuedSheet: Payload = ({ output }) => ({ sheetId: output.id })
const changedBind: Payload = ({ output }) => ({ bindId: output.id })
/** 审批完成即进清单: decided now, or taken over into the ledger as decided not long ago. */
const approved: Payload = (event) => (event.output.stage === 'approved' ? movedProject(event) : null)
const approvedBefore: Payload = (event) => (isRecent(event.output.stageOn, event.now) ? approved(event) : null)
const takenBack: Payload = (event) => (event.output.stages.at(-1).isBack ? movedProject(event) : null)

const tellingOfLead =
  (tiding: LeadTiding): Payload =>
  ({ output }) => ({ leadIds: [output.id], tiding })

const changedMeeting: Payload = ({ output }) => ({ meetingId: output.id, version: output.version })
const changedDecision: Payload = ({ output }) => ({ decisionId: output.id, version: output.version })
const changedList: Payload = ({ output }) => ({ listId: output.id })
const settledQuestion: Payload = ({ output }) => ({ questionId: output.id })

export const consequences: readonly Consequence[] = [
  // 诉求: who is told of what (cases/tidings.ts), and what WeChat looks at
  after('case.submit', 'case.tell', telling('assigned', hasOfficer)),
  after('case.submit', 'case.tell', telling('pooled', hasNone)),
  after('case.submit', 'case.screen', written),
  after('case.sign', 'case.tell', telling('signed')),
  after('case.askMore', 'case.tell', telling('asked')),
  after('case.supply', 'case.tell', telling('supplied', hasOfficer)),
  after('case.supply', 'case.screen', written),
  after('case.answer', 'case.tell', telling('answered')),
  after('case.urge', 'case.tell', telling('urged')),
  after('case.urge', 'case.screen', written),
  after('case.withdraw', 'case.tell', telling('withdrawn')),
  after('case.withdraw', 'case.screen', written),
  after('case.transfer', 'case.tell', telling('assigned')),
  after('case.transfer', 'case.tell', telling('officerFound', wasPooled)),
  after('case.transfer', 'case.tell', telling('officerChanged', wasTaken)),
  after('case.assign', 'case.tell', telling('assigned')),
  after('case.assign', 'case.tell', telling('officerFound', wasPooled)),
  after('case.assign', 'case.tell', telling('officerChanged', wasTaken)),
  after('case.reopen', 'case.tell', telling('assigned', hasOfficer)),
  after('case.reopen', 'case.tell', telling('pooled', hasNone)),
  after('case.reopen', 'case.screen', written),
  after('case.assist', 'case.tell', telling('assistAsked')),
  after('case.assistReply', 'case.tell', telling('assistReplied')),
  after('case.extend', 'case.tell', telling('extensionAsked')),
  after('case.agreeExtension', 'case.tell', telling('extended', isAgreed)),
  after('case.agreeExtension', 'case.tell', telling('extensionRefused', isRefused)),
  after('case.decline', 'case.tell', telling('declineProposed')),
  after('case.agreeDecline', 'case.tell', telling('declined', isAgreed)),
  after('case.agreeDecline', 'case.tell', telling('declineRefused', isRefused)),
  after('case.rate', 'case.tell', telling('rated')),
  after('case.rate', 'case.screen', written),
  after('case.rate', 'case.tellRectifier', ({ output, input }) =>
    input.score <= BAD_SCORE ? { caseId: output.id } : null,
  ),
  after('case.screen', 'case.tell', ({ input, output }) =>
    output?.isHeld ? { caseId: input.caseId, tiding: 'held' } : null,
  ),
  after('case.closeOne', 'case.tell', ({ input, output }) =>
    output.isClosed ? { caseId: input.caseId, tiding: 'closed' } : null,
  ),
  // 差评: once put right it may be rated again; what is said against it is the bureau's to decide
  after('rectification.callBack', 'case.tell', ({ output }) =>
    output.isSatisfied ? { caseId: output.case.id, tiding: 'calledBack' } : null,
  ),
  after('rectification.rateAgain', 'case.tell', ({ output, input }) =>
    input.score <= BAD_SCORE ? { caseId: output.id, tiding: 'secondBad' } : null,
  ),
  after('rectification.appeal', 'case.tell', telling('appealed')),
  after('rectification.decideAppeal', 'case.tell', ({ output }) => ({
    caseId: output.case.id,
    tiding: 'appealDecided',
  })),
  // 窗口办件: who is told of what (applications/tidings.ts)
  after('application.receive', 'application.tell', tellingOf('received')),
  after('application.notify', 'application.tell', tellingOf('notified')),
  after('application.accept', 'application.tell', tellingOf('accepted')),
  after('application.deemOne', 'application.tell', ({ input, output }) =>
    output.isDeemed ? { applicationId: input.applicationId, tiding: 'deemed' } : null,
  ),
  after('application.decide', 'application.tell', tellingOf('approved')),
  after('application.decide', 'handover.join', ({ output }) =>
    output.project ? { projectId: output.project.id, on: output.endedOn } : null,
  ),
  after('application.accept', 'project.remindOne', ({ output }) =>
    output.project ? { projectId: output.project.id } : null,
  ),
  after('application.refuse', 'application.tell', tellingOf('refusalProposed')),
  after('application.agreeRefusal', 'application.tell', tellingOf('refused')),
  after('application.returnRefusal', 'application.tell', tellingOf('refusalReturned')),
  after('application.withdraw', 'application.tell', tellingOf('withdrawn')),
  // 否决事项备案: what is to be corrected, and what has been
  after('rejection.review', 'rejection.tell', (event) =>
    event.input.isAgreed ? null : tellingRejection('leaders')(event),
  ),
  after('rejection.correct', 'rejection.tell', tellingRejection('supervisors')),
  // 看板: what is handed on, opened again or rated late changes days already counted
  after('case.transfer', 'board.recount', changedCase),
  after('case.assign', 'board.recount', changedCase),
  after('case.reopen', 'board.recount', changedCase),
  after('case.rate', 'board.recount', changedCase),
  after('board.recount', 'board.recount', ({ output }) => (output.days.length > 0 ? { days: output.days } : null)),
  after('board.rollUp', 'board.rollUp', ({ output }) => (output.isDone ? null : {})),
  // 指南意见
  after('guide.comment', 'guide.screenComment', ({ output }) => ({ commentId: output.id })),
  after('guide.replyComment', 'guide.tellAnswer', ({ output }) => ({ commentId: output.id, version: output.version })),
  // 附件
  after('case.submit', 'files.check', caseFiles),
  after('case.supply', 'files.check', caseFiles),
  // 注销: what was erased does not stand in the database's log either
  after('person.erase', 'house.cutLog', () => ({})),
  after('person.forgetUnused', 'house.cutLog', ({ output }) => (output.erased > 0 ? {} : null)),
  // 企业成员
  after('enterprise.join', 'notice.memberJoined', memberEvent),
  after('enterprise.verifyMember', 'notice.memberDecided', memberEvent),
  // 项目: who looks after it, and where it stands
  after('project.assign', 'project.tellAssigned', changedProject),
  after('project.advance', 'project.tellAdvanced', movedProject),
  // 服务单: drawn, told of, and bound by
  after('project.issueSheet', 'sheet.draw', issuedSheet),
  after('project.issueSheet', 'sheet.tellIssued', issuedSheet),
  after('project.bind', 'bind.tellAsked', changedBind),
  after('project.confirmBind', 'bind.tellDecided', changedBind),
  after('project.refuseBind', 'bind.tellDecided', changedBind),
  after('project.advance', 'project.remindOne', ({ output }) => ({ projectId: output.id })),
  after('project.create', 'project.remindOne', ({ output }) => ({ projectId: output.id })),
  after('project.update', 'project.remindOne', ({ output }) => ({ projectId: output.id })),
  // 审管联动: each approval joins its month's list
  after('project.advance', 'handover.join', approved),
  after('project.advance', 'handover.leave', takenBack),
  after('project.create', 'handover.join', approvedBefore),
  after('handover.send', 'handover.tellSent', changedList),
  after('handover.acknowledge', 'handover.tellAcknowledged', changedList),
  // 专班: members of meetings, and those who answer for what was decided
  after('meeting.plan', 'meeting.tellPlanned', changedMeeting),
  after('meeting.record', 'meeting.tellRecorded', changedMeeting),
  after('meeting.cancel', 'meeting.tellCancelled', changedMeeting),
  after('decision.report', 'decision.tellReported', (event) => (event.input.isDone ? changedDecision(event) : null)),
  after('decision.close', 'decision.tellSentBack', (event) => (isRefused(event) ? changedDecision(event) : null)),
  // 超标线索: the branch of what it is to check, whoever sent it of what was found (leads/tidings.ts)
  after('lead.send', 'lead.tell', ({ output }) => ({
    leadIds: output.items.map(({ id }: { id: string }) => id),
    tiding: 'sent' satisfies LeadTiding,
  })),
  after('tip.check', 'lead.tell', ({ output }) => ({
    leadIds: [output.checks.at(-1).id],
    tiding: 'sent' satisfies LeadTiding,
  })),
  after('lead.answer', 'lead.tell', tellingOfLead('answered')),
  after('lead.return', 'lead.tell', tellingOfLead('returned')),
  // 诉求到指南: what was answered may help others
  after('case.proposeQuestion', 'guide.tellQuestions', changedCase),
  after('guide.takeQuestion', 'guide.tellSettled', settledQuestion),
  after('guide.leaveQuestion', 'guide.tellSettled', settledQuestion),
  // 举报: the informer by one neutral message; the bureau's own hear of new tips each half hour
  after('tip.accept', 'tip.message', informerOfTip),
  after('tip.refuse', 'tip.message', informerOfTip),
  after('tip.transfer', 'tip.message', informerOfTip),
  after('tip.reply', 'tip.message', informerOfTip),
  after('tip.conclude', 'tip.message', informerOfTip),
  after('reward.approve', 'tip.message', informerOfReward),
  after('reward.returnBank', 'tip.message', ({ output }) => ({ tipId: output.tip.id })),
  after('tip.assign', 'tip.tellAssigned', ({ output }) => ({ tipId: output.id, version: output.version })),
  // 举报奖励: approvers, handlers; the informer is told by tips/ alone
  after('reward.propose', 'reward.tell', tellingReward('proposed')),
  after('reward.approve', 'reward.tell', (event) => (isHalfApproved(event) ? tellingReward('proposed')(event) : null)),
  after('reward.reject', 'reward.tell', tellingReward('rejected')),
  after('reward.payBank', 'reward.tell', tellingReward('registered')),
  after('payout.stop', 'payout.tellTurned', ({ now }) => ({ isStopped: true, at: now.toISOString() })),
  after('payout.resume', 'payout.tellTurned', ({ now }) => ({ isStopped: false, at: now.toISOString() })),
  after('payout.resume', 'payout.sweep', ({ now }) => ({ cause: now.toISOString() })),
  // 上门服务: firms of offers and records, officials of answers
  after('visit.plan', 'visit.tellOffered', changedVisit),
  after('visit.consent', 'visit.tellAnswered', changedVisit),
  after('visit.decline', 'visit.tellAnswered', changedVisit),
  after('visit.record', 'visit.tellRecorded', changedVisit),
  after('visit.record', 'visit.tellCases', changedVisit),
  after('visit.cancel', 'visit.tellCancelled', changedVisit),
  // Excel: the work is done by a job that ends in a file
  after('project.export', 'excel.export', excelRun),
  after('case.export', 'excel.export', excelRun),
  after('visit.export', 'excel.export', excelRun),
  after('rejection.export', 'excel.export', excelRun),
  after('indicator.export', 'excel.export', excelRun),
  after('tip.export', 'excel.export', excelRun),
  after('lead.export', 'excel.export', excelRun),
  after('reward.export', 'excel.export', excelRun),
  after('project.import', 'excel.import', excelRun),
  after('lead.import', 'excel.import', excelRun),
  after('excel.forget', 'excel.forget', ({ output }) => (output.isDone ? null : {})),
  // 日历: open cases and approvals are due by the new arrangement
  after('calendar.import', 'case.recompute', ({ input }) => ({ year: input.year })),
  after('calendar.import', 'project.recompute', ({ input }) => ({ year: input.year })),
  after('calendar.import', 'application.recompute', ({ input }) => ({ year: input.year })),
  after('calendar.import', 'tip.recompute', ({ input }) => ({ year: input.year })),
  after('calendar.import', 'lead.recompute', () => ({})),
]

export const timetable: readonly Slot[] = [
  everyMinutes(RELEASED_EACH_MINUTES, 'tip.release'), // 新举报和补充，每半小时送达承办人；多次被举报的单位预警
  everyWorkday('08:33', 'tip.remind'), // 到期前1个工作日提醒承办人，逾期报市局
  everyMinutes(30, 'payout.sweep'), // 没有结果的微信转账再查一遍，等着的再试
  everyMinutes(30, 'payout.balance'), // 商户账户余额
  everyDay('00:25', 'reward.expire'), // 逾期不领，视为放弃
  everyDay('08:31', 'reward.tellLeft'), // 本人选了银行、微信没有付成的，每天早上告诉经办人
  everyDay('10:30', 'reward.reconcile'), // 昨天的账：微信账单上午10点以后可以下载
  everyDay('00:05', 'case.refreshWaiting'), // a case that waits is due later with each day
  everyDay('00:10', 'project.refreshClocks'), // so is an approval whose clock stands still
  everyDay('00:15', 'case.closeSilent'), // 答复后10个工作日没有回应的自动办结
  everyDay('00:20', 'application.deem'), // 超过期限没有告知的视为受理
  everyWorkday('08:30', 'application.remind'), // 一次性告知期限前1个工作日提醒收件人
  everyWorkday('08:30', 'case.remind'), // 到期前1个工作日提醒
  everyWorkday('08:35', 'case.escalate'), // 逾期报分局领导，2个工作日后报市局
  everyWorkday('08:36', 'lead.remind'), // 反馈期限前1个工作日提醒分局
  everyWorkday('08:37', 'lead.escalate'), // 逾期报分局领导，2个工作日后报市局
  everyWorkday('08:40', 'project.remind'), // 承诺期限前1个、法定期限前5个工作日提醒，逾期报分局领导和市局
  everyWorkday('08:32', 'case.remindExperts'), // 专家组会办到期前后
  everyWorkday('08:40', 'decision.remind'), // 推进会定的事到期前后
  everyWorkday('08:42', 'meeting.remind'), // 下个工作日的推进会
  everyWorkday('08:45', 'handover.remind'), // 每月第一个工作日提醒移交上月清单
  everyWorkday('09:00', 'visit.weekBegins'), // on the week's first: which projects have no offer yet
  everyDay('00:10', 'board.rollUp'), // yesterday's cases into the board's roll-up
  everyDay('02:00', 'house.forgetKeys'), // what retention.ts says of answers, jobs and sessions
  everyDay('02:30', 'audit.digest'), // the signed digest of all chains, outside the database
  everyDay('03:05', 'payout.forgetNotices'), // the numbers of WeChat Pay's notices
  everyDay('03:10', 'notice.forget'), // what was read long ago
  everyDay('03:15', 'tip.forgetInformers'), // who informed of what has long been over
  everyDay('03:20', 'person.forgetUnused'), // who has long not been here
  everyDay('03:25', 'post.forgetPhones'), // the numbers of those who left their post
  everyDay('02:45', 'excel.forget'), // workbooks
  everyDay('03:00', 'files.sweep'), // uploads that were never attached, and bytes that nothing names
]

export const jobs: Readonly<Record<string, AnyJob>> = {
  ...houseJobs,
  ...peopleJobs,
  ...caseJobs,
  ...applicationJobs,
  ...boardJobs,
  ...guideJobs,
  ...noticeJobs,
  ...fileJobs,
  ...excelJobs,
  ...projectJobs,
  ...serviceSheetJobs,
  ...visitJobs,
  ...taskForceJobs,
  ...handoverJobs,
  ...leadJobs,
  ...rewardJobs,
  ...tipJobs,
}

export const isDiscreet = (kind: string): boolean => jobs[kind]?.isDiscreet === true
/** That one of these waits, or is done, would tell of what an informer did a moment ago. */
export const discreetKinds = (): string[] => Object.keys(jobs).filter(isDiscreet)

const byCause = new Map<string, Consequence[]>()
for (const one of consequences) byCause.set(one.cause, [...(byCause.get(one.cause) ?? []), one])

export function consequencesOf(cause: string, event: Event): NewJob[] {
  return (byCause.get(cause) ?? []).flatMap(({ kind, payload }) => {
    const content = payload(event)
    return content === null ? [] : [{ kind, payload: content }]
  })
}
