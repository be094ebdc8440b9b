/** Care for a project (包保): how long it lasts, what its level asks for, and who answers for it. */
import { dateOf } from '../calendar/dates.js'
import type { ApprovalRules } from './approvalRules.js'
import type { Rules } from './approvalRow.js'
import type { Project } from './project.js'
import type { CareLevel } from './words.js'

/** 上级审批项目全程协办、本级审批项目即来即办、下级审批项目跟踪督办. */
export const careDuty = ({ care }: ApprovalRules, careLevel: CareLevel): string => care[careLevel].duty

type Cared = Pick<Project, 'careLevel' | 'careEndedOn' | 'lastContactOn' | 'createdAt'>

/** What the level asks of the officer, and by when to be in touch again: from the last contact, or from the first day. */
export function careOf(project: Cared, { approval, calendar }: Rules, today: string) {
  const { duty, meaning, contactWorkdays, source, confirmed } = approval.care[project.careLevel]
  const since = project.lastContactOn ?? dateOf(project.createdAt)
  const contactDueOn = isUnderCare(project, today) ? calendar.workdayAfter(since, contactWorkdays) : null
  return {
    duty,
    meaning,
    contactDueOn,
    isContactLate: contactDueOn !== null && contactDueOn < today,
    source,
    confirmed,
  }
}

/** 包保至环评服务结束: looked after up to and including the day care ends; a suspended project (暂缓) still is. */
export const isUnderCare = ({ careEndedOn }: Pick<Project, 'careEndedOn'>, on: string): boolean =>
  careEndedOn === null || on <= careEndedOn

type Officers = Pick<Project, 'officerPostId' | 'branchLeaderPostId' | 'cityLeaderPostId'>

/** The posts in charge (包保专员、分局领导、市局领导), in this order; those not yet named are left out. */
export const officersOf = (project: Officers): string[] =>
  [project.officerPostId, project.branchLeaderPostId, project.cityLeaderPostId].filter((id) => id !== null)
