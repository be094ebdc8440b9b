/** The mini-program's pages as somebody who uses each would open it. */
import { strict as assert } from 'node:assert'
import type { Stage } from './stage.js'

export interface Opened {
  person: string
  path: string
}

/** Every page, each as somebody who uses it, with things of the demonstration that it can show. */
export async function openedPages({ w }: Stage): Promise<Opened[]> {
  const [enterprise, officer, leader, supervisor, clerk, enforcer] = await Promise.all(
    ['enterprise', 'officer', 'leader', 'supervisor', 'clerk', 'enforcer'].map((name) => w.as(name)),
  )
  assert.ok(enterprise && officer && leader && supervisor && clerk && enforcer)
  const idOf = ({ items }: { items: { id: string }[] }, what: string) => {
    assert.ok(items[0], `the demonstration has ${what}`)
    return items[0].id
  }
  const guideId = idOf(await enterprise.call('guide.search', { q: '报告表' }), 'a guide on 报告表')
  const own = idOf(await enterprise.call('case.list', {}), 'a case of the enterprise')
  const answered = idOf(await enterprise.call('case.list', { states: ['answered', 'closed'] }), 'an answered case')
  const todo = idOf(await officer.call('case.list', { scope: 'todo' }), 'a case to do')
  const projectId = idOf(await enterprise.call('project.list', {}), 'a project')
  const underCare = idOf(await officer.call('project.list', {}), 'a project of the officer')
  const visitId = idOf(await enterprise.call('visit.list', {}), 'a visit')
  const held = idOf(await enterprise.call('visit.list', { states: ['held'] }), 'a held visit')
  const toSign = (await enterprise.call('visit.list', { awaitsConfirmation: true })).items[0]
  assert.ok(toSign, 'the demonstration has a visit to sign')
  const staffVisit = idOf(await officer.call('visit.list', {}), 'a visit of the officer')
  const rectification = idOf(await leader.call('rectification.list', {}), 'a rectification')
  const application = idOf(await enterprise.call('application.list', { isNotified: true }), 'an application told once')
  const incomplete = (await officer.call('application.list', { states: ['received'], wasComplete: false })).items[0]
  const complete = (await officer.call('application.list', { states: ['received'], wasComplete: true })).items[0]
  const refusing = (await leader.call('application.list', { isRefusalPending: true })).items[0]
  assert.ok(incomplete && complete && refusing, 'the demonstration has applications to work on')
  const refused = idOf(await officer.call('application.list', { states: ['rejected'] }), 'a refused application')
  const staffGuide = idOf(await clerk.call('guide.list', {}), 'a guide')
  const meeting = idOf(await leader.call('meeting.list', { states: ['held'] }), 'a meeting that was held')
  const plannedMeeting = idOf(await leader.call('meeting.list', { states: ['planned'] }), 'a planned meeting')
  const handover = idOf(await clerk.call('handover.list', {}), 'a list of approvals')
  const handedOver = idOf(await supervisor.call('handover.list', { states: ['sent'] }), 'a list handed over')
  const lateLead = idOf(await officer.call('lead.list', { due: 'overdue' }), 'a lead that is late')
  const answeredLead = idOf(await enforcer.call('lead.list', { states: ['answered'] }), 'an answered lead')
  const newLead = idOf(await enforcer.call('lead.list', { states: ['new'] }), 'a new lead')
  const tip = idOf(await enforcer.call('tip.list', { states: ['accepted'] }), 'a tip under way')
  const trueTip = idOf(
    await supervisor.call('tip.list', { states: ['concluded'], wantsReward: true }),
    'a tip concluded',
  )
  const reward = idOf(await supervisor.call('reward.list', { states: ['approved'] }), 'a reward to be claimed')
  // Each night's reconciliation is a job.
  await w.drainJobs()
  const reconciled = idOf(await supervisor.call('reconciliation.list', {}), 'a day that was reconciled')
  const ownTip = (await (await w.as('enterprise2')).call('tip.mine', {})).items.find(({ reward }) => reward !== null)
  assert.ok(ownTip, 'the demonstration has a tip with a reward to claim')
  const as = (person: string, ...paths: string[]) => paths.map((path) => ({ person, path }))
  const tabs = ['home', 'guides', 'cases', 'projects', 'me'].map((name) => `pages/${name}/index`)
  return [
    ...as(
      'visitor-pages',
      ...tabs,
      'pages/firms/index',
      'pages/help/index',
      'tips/start/index',
      'tips/report/index',
      'tips/track/index',
      'tips/mine/index',
      'pages/way-result/index?classCode=unknown&districtCode=210106&nature=new',
    ),
    ...as(
      'enterprise',
      ...tabs,
      `pages/guide/index?id=${guideId}`,
      `pages/guide-comment/index?id=${guideId}`,
      'pages/way/index',
      'pages/way-result/index?classCode=90&sensitive=no&line=f3&districtCode=210124&nature=new&situations=several.windSolarBase',
      'pages/help/index',
      `pages/case/index?id=${own}`,
      `pages/case/index?id=${answered}`,
      `pages/case-act/index?verb=case.rate&id=${answered}`,
      'pages/case-list/index?title=&filter=',
      `pages/project/index?id=${projectId}`,
      `pages/sheet/index?id=${projectId}`,
      'pages/bind/index',
      'pages/visits/index',
      `pages/visit/index?id=${visitId}`,
      `pages/visit/index?id=${held}`,
      `pages/sign/index?id=${toSign.id}&enterpriseId=${toSign.firms[0]?.enterprise.id}`,
      'pages/applications/index',
      `pages/application/index?id=${application}`,
      'pages/messages/index',
      'pages/firms/index',
      'pages/privacy/index',
      'pages/data/index',
    ),
    ...as(
      'enterprise2',
      'tips/mine/index',
      `tips/tip/index?number=${ownTip.number}`,
      `tips/reward/index?number=${ownTip.number}`,
    ),
    ...as(
      'officer',
      ...tabs,
      `pages/case/index?id=${todo}`,
      `officer/act/index?verb=case.answer&id=${todo}`,
      `officer/act/index?verb=case.transfer&id=${todo}`,
      `pages/project/index?id=${underCare}`,
      `pages/project-history/index?id=${underCare}`,
      `pages/sheet/index?id=${underCare}`,
      'officer/binds/index',
      `officer/stage/index?id=${underCare}`,
      `officer/issue/index?id=${underCare}`,
      `pages/visit/index?id=${staffVisit}`,
      'officer/visits/index',
      'officer/plan/index',
      'officer/record/index',
      'officer/outbox/index',
      'officer/absence/index',
      'officer/members/index',
      'officer/replies/index',
      'officer/applications/index',
      'officer/application-receive/index',
      `officer/application/index?id=${incomplete.id}`,
      `officer/application/index?id=${complete.id}`,
      `pages/application/index?id=${refused}`,
      'supervisor/decisions/index?mine=1',
      `officer/question/index?id=${todo}`,
      'enforcement/leads/index',
      `enforcement/lead/index?id=${lateLead}`,
      `enforcement/lead-answer/index?id=${lateLead}`,
    ),
    ...as(
      'leader',
      'pages/home/index',
      `officer/rectification/index?id=${rectification}`,
      `officer/application/index?id=${refusing.id}`,
      'supervisor/meetings/index',
      `supervisor/meeting/index?id=${plannedMeeting}`,
      `supervisor/meeting/index?id=${meeting}`,
      'supervisor/decisions/index',
      'enforcement/leads/index',
      'officer/meeting-plan/index',
      `officer/meeting-record/index?id=${plannedMeeting}`,
    ),
    ...as(
      'enforcement',
      'pages/home/index',
      'supervisor/handovers/index',
      `supervisor/handover/index?id=${handedOver}`,
    ),
    ...as(
      'enforcer',
      'pages/home/index',
      'enforcement/leads/index',
      'enforcement/tips/index',
      `enforcement/tip/index?id=${tip}`,
      `enforcement/act/index?verb=tip.verify&id=${tip}`,
      `enforcement/act/index?verb=tip.assign&id=${tip}`,
      'enforcement/warnings/index',
      'enforcement/lead-new/index',
      `enforcement/lead/index?id=${newLead}`,
      `enforcement/lead/index?id=${answeredLead}`,
      'supervisor/import/index?of=leads',
    ),
    ...as(
      'rewardhandler',
      'pages/home/index',
      'enforcement/candidates/index',
      `enforcement/act/index?verb=reward.propose&id=${trueTip}`,
      'enforcement/rewards/index?view=all',
      `enforcement/reward/index?id=${reward}`,
      `enforcement/tip/index?id=${trueTip}`,
      'enforcement/looks/index',
    ),
    ...as('rewardapprover', 'pages/home/index', 'enforcement/rules/index', 'enforcement/payout/index'),
    ...as('expert', 'pages/home/index', 'pages/cases/index'),
    ...as(
      'supervisor',
      ...tabs,
      'pages/project-list/index',
      'enforcement/tips/index?view=priority',
      'enforcement/money/index',
      'enforcement/reconciliations/index',
      `enforcement/reconciliation/index?id=${reconciled}`,
      'supervisor/units/index',
      'supervisor/officers/index',
      'supervisor/overdue/index',
      'supervisor/week/index',
      'supervisor/rectifications/index',
      'supervisor/rejections/index',
      'supervisor/indicators/index',
      'supervisor/indicator/index?no=4',
    ),
    ...as(
      'clerk',
      'pages/home/index',
      'supervisor/guides/index',
      `supervisor/guide/index?id=${staffGuide}`,
      'supervisor/comments/index',
      'supervisor/questions/index',
      'supervisor/handovers/index',
      `supervisor/handover/index?id=${handover}`,
      'officer/teams/index',
      'supervisor/import/index',
    ),
    ...as('admin', 'pages/home/index', 'supervisor/trail/index'),
  ]
}

/** As part of a file name. */
export const nameOf = ({ person, path }: Opened) =>
  `${person}-${path
    .replace(/\?.*(verb=case\.(\w+)).*/, '-$2')
    .replace(/\?.*/, '')
    .replaceAll('/', '-')
    .replace(/-index/, '')}`
