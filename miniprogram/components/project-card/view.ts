// One line of the ledger in words.
import type { ProjectItem } from '../../services/api'
import { dayText, today } from '../../services/dates'
import { wordFor } from '../../services/words'

type Stage = ProjectItem['stage']

const toneOf: Partial<Record<Stage, 'good' | 'warn' | 'calm'>> = {
  approved: 'good',
  exempt: 'good',
  registration: 'good',
  refused: 'warn',
  suspended: 'warn',
  terminated: 'calm',
}

export const stageTone = (stage: Stage): string => toneOf[stage] ?? 'info'

/** The earlier of the promised and the legal deadline, as far as one runs. */
function dueOf({ promisedDueOn, legalDueOn, daysLeft, isOverdue }: ProjectItem): string {
  if (daysLeft === null) return ''
  const isPromise = promisedDueOn !== null && (legalDueOn === null || promisedDueOn <= legalDueOn)
  const name = isPromise ? '承诺期限' : '法定期限'
  if (isOverdue) return daysLeft < 0 ? `${name}已超${-daysLeft}个工作日` : `${name}已超期`
  return daysLeft === 0
    ? `${name}今天到期`
    : `${name}${dayText(isPromise ? promisedDueOn : legalDueOn)}，还剩${daysLeft}个工作日`
}

/** A day that has gone by is no plan any more. */
function followUpText(on: string | null): string {
  if (!on) return ''
  return on < today() ? `原定${dayText(on)}跟进` : `${dayText(on)}再跟进`
}

export function lineOf(project: ProjectItem) {
  const { id, name, builderName, stage, stageTitle, stageOn, book, careDuty, openIssues, officer, unit } = project
  return {
    id,
    name,
    builderName,
    stage: stageTitle,
    tone: stageTone(stage),
    since: dayText(stageOn),
    book: wordFor('books', book),
    duty: careDuty,
    due: dueOf(project),
    dueTone: project.isOverdue ? 'bad' : project.daysLeft !== null && project.daysLeft <= 1 ? 'warn' : 'info',
    issues: openIssues > 0 ? `${openIssues}个堵点` : '',
    officer: officer ? `专员 ${officer.name}` : '还没有专员',
    unit: unit?.name ?? '',
    contact: project.lastContactOn ? `${dayText(project.lastContactOn)}联系过` : '还没有联系记录',
    next: followUpText(project.nextFollowUpOn),
  }
}
