// One project in words: who looks after it, what holds it up, and the ledger's columns that have a value.
import { stageTone } from '../../components/project-card/view'
import { lineOf as visitLineOf } from '../../components/visit-card/view'
import type { CaseItem, ProjectView, VisitItem } from '../../services/api'
import { dayText } from '../../services/dates'
import { districtWord, wordFor } from '../../services/words'
import { officersOf } from '../projects/view'

type Clock = NonNullable<ProjectView['clock']>

/** How far off a deadline is, in words. */
function leftOf(deadline: NonNullable<Clock['promised'] | Clock['legal']>, clock: Clock): string {
  const { daysLeft, isOverdue } = deadline
  if (daysLeft === null) return clock.decidedOn === null ? '' : isOverdue ? '超期办结' : '按期办结'
  if (isOverdue) return daysLeft < 0 ? `已超${-daysLeft}个工作日` : '已超期'
  if (clock.isPaused) return '暂停计时，日期会顺延'
  return daysLeft === 0 ? '今天到期' : `还剩${daysLeft}个工作日`
}

const unconfirmed = (isConfirmed: boolean) => (isConfirmed ? '' : '，待市局确认')

/** Both readings of 日, where they differ. */
const legalRule = ({ days, text, dueOnByCalendar, dueOnByWorkdays }: NonNullable<Clock['legal']>) =>
  dueOnByCalendar === dueOnByWorkdays
    ? `${days}日（${text}）`
    : `${days}日：连休息日算到${dayText(dueOnByCalendar)}，只算工作日到${dayText(dueOnByWorkdays)}，取早的（${text}）`

/** The promised beside the legal deadline, what has been used, and what is not certain. */
export function clockOf({ clock, clockNotes }: Pick<ProjectView, 'clock' | 'clockNotes'>) {
  if (clock === null) return { deadlines: [], used: '', reduction: '', notes: clockNotes }
  const { promised, legal, reduction, used, paused, decidedOn } = clock
  const deadlineOf = (name: string, one: NonNullable<Clock['promised'] | Clock['legal']> | null, rule: string) =>
    one === null
      ? []
      : [
          {
            name,
            day: dayText(one.dueOn),
            left: leftOf(one, clock),
            tone: one.isOverdue ? 'bad' : clock.decidedOn === null ? 'info' : 'good',
            rule,
          },
        ]
  return {
    deadlines: [
      ...deadlineOf(
        '承诺期限',
        promised,
        promised ? `${promised.workdays}个工作日${unconfirmed(promised.confirmed)}` : '',
      ),
      ...deadlineOf('法定期限', legal, legal ? legalRule(legal) : ''),
    ],
    used: `${dayText(clock.startedOn)}受理，${decidedOn ? '一共' : '已'}用${used}个工作日${paused > 0 ? `，另有${paused}个工作日不计时` : ''}`,
    reduction: reduction ? `比法定时限压缩${reduction.byWorkdays}%` : '',
    notes: clockNotes,
  }
}

function careEnd({ isUnderCare, careEndedOn }: ProjectView): string {
  if (careEndedOn === null) return '专员一直跟到环评办完'
  return isUnderCare ? `专员跟到${dayText(careEndedOn)}` : `环评已办完，专员跟到${dayText(careEndedOn)}为止`
}

const issueOf = (issue: ProjectView['issues'][number]) => {
  const who = [issue.responsibleUnit?.name, issue.responsible?.name].filter(Boolean).join(' ')
  const solved = issue.solvedOn !== null
  return {
    id: issue.id,
    text: issue.text,
    measures: issue.measures ?? '',
    who: who ? `负责：${who}` : '',
    when: solved ? `${dayText(issue.openedOn)}登记，${dayText(issue.solvedOn)}解决` : `${dayText(issue.openedOn)}登记`,
    state: solved ? '已解决' : '正在解决',
    tone: solved ? 'good' : 'warn',
    caseId: issue.caseId ?? '',
  }
}

const yes = (is: boolean) => (is ? '是' : '否')
const wan = (value: number | null) => (value === null ? '' : `${value} 万元`)

type Row = [title: string, value: string | null]

/** The ledger, in the groups in which people ask for it. */
const groups: { title: string; rows: (project: ProjectView) => Row[] }[] = [
  {
    title: '项目情况',
    rows: (p) => [
      ['项目代码', p.projectCode],
      ['建设性质', wordFor('natures', p.nature)],
      ['建设内容和规模', p.scale],
      ['行业', p.industry],
      ['总投资', wan(p.investment)],
      ['环保投资', wan(p.environmentalInvestment)],
      ['今年开工', yes(p.startsThisYear)],
      ['计划开工', dayText(p.plannedStartOn)],
      ['预计投产', dayText(p.plannedProductionOn)],
    ],
  },
  {
    title: '在哪里',
    rows: (p) => [
      ['区县', districtWord(p.districtCode)],
      ['园区', p.park],
      ['所属分局', p.unit?.name ?? ''],
    ],
  },
  {
    title: '环评手续',
    rows: (p) => [
      ['环评类别', wordFor('documentTypes', p.documentType)],
      ['名录大类', p.classMajor],
      ['名录小类', p.classMinor],
      ['即来即办', p.isImmediate ? '是' : ''],
      ['绿色通道', wordFor('greenChannels', p.greenChannel)],
      ['审批层级', wordFor('approvalLevels', p.approvalLevel)],
      ['审批部门', p.approvalUnit],
      ['编制单位', p.compiler],
      ['编制主持人', p.compilerLead],
      ['编制进度', p.compileProgress > 0 ? `${p.compileProgress}%` : ''],
      ['计划报批', dayText(p.plannedSubmitOn)],
      ['批复文号', p.approvalNumber],
    ],
  },
  {
    title: '排污许可和总量',
    rows: (p) => [
      ['排污许可类别', wordFor('permitTypes', p.permitType)],
      ['总量指标', p.totalQuota],
    ],
  },
  {
    title: '联系',
    rows: (p) => [
      ['联系人', p.contactName],
      ['联系电话', p.contactPhone],
      ['最近联系', dayText(p.lastContactOn)],
      ['下次跟进', dayText(p.nextFollowUpOn)],
    ],
  },
]

export const ledgerOf = (project: ProjectView) =>
  groups
    .map(({ title, rows }) => ({
      title,
      rows: rows(project).flatMap(([name, value]) => (value ? [{ name, value }] : [])),
    }))
    .filter(({ rows }) => rows.length > 0)

export function viewOf(project: ProjectView) {
  const last = project.stages[project.stages.length - 1]
  return {
    id: project.id,
    name: project.name,
    builderName: project.builderName,
    stage: project.stageTitle,
    tone: stageTone(project.stage),
    book: `${wordFor('books', project.book)}台账`,
    documentType: wordFor('documentTypes', project.documentType),
    duty: project.careDuty,
    dutyText: project.care.meaning,
    contact: project.care.contactDueOn
      ? `${dayText(project.care.contactDueOn)}前再联系一次${project.care.isContactLate ? '，已经晚了' : ''}`
      : '',
    clock: clockOf(project),
    careEnd: careEnd(project),
    line: project.line,
    stageNote: last?.note ?? '',
    officers: officersOf(project),
    issues: project.issues.map(issueOf).slice().reverse(),
    openIssues: project.openIssues,
    ledger: ledgerOf(project),
    enterpriseId: project.enterprise?.id ?? '',
    isUnderCare: project.isUnderCare,
    updated: dayText(project.updatedAt),
  }
}

/** The buttons at the foot of the page, the main one last. */
export const actionsOf = (can: readonly string[], isStaff: boolean) => [
  ...(can.includes('project.addIssue') || can.includes('project.solveIssue')
    ? [{ title: '堵点问题', url: '/officer/issue/index?id=' }]
    : []),
  ...(can.includes('project.advance') ? [{ title: '推进阶段', url: '/officer/stage/index?id=' }] : []),
  ...(isStaff ? [] : [{ title: '就这个项目求助', url: '/pages/help/index?projectId=' }]),
]

export function caseLineOf(item: CaseItem) {
  const { id, title, state, createdAt, isOverdue } = item
  return {
    id,
    title,
    state: isOverdue ? `${wordFor('caseStates', state)} · 超期` : wordFor('caseStates', state),
    tone: isOverdue ? 'bad' : 'info',
    when: `${dayText(createdAt)}提出`,
  }
}

export const visitRowOf = (visit: VisitItem, isFirm: boolean) => visitLineOf(visit, isFirm)
