/** Care for a project (包保): how long it lasts, what its level asks for, and who answers for it. */
import type { Project } from './project.js'
import type { CareLevel } from './words.js'

/**
 * 上级审批项目全程协办、本级审批项目即来即办、下级审批项目跟踪督办. The second is shortened: a firm would take it for the
 * fast track of that name, 即来即办, which its project need not have.
 */
const duties: Readonly<Record<CareLevel, string>> = { upper: '全程协办', own: '本级即办', lower: '跟踪督办' }

export const careDuty = (careLevel: CareLevel): string => duties[careLevel]

/** 包保至环评服务结束: looked after up to and including the day care ends; a suspended project (暂缓) still is. */
export const isUnderCare = ({ careEndedOn }: Pick<Project, 'careEndedOn'>, on: string): boolean =>
  careEndedOn === null || on <= careEndedOn

type Officers = Pick<Project, 'officerPostId' | 'branchLeaderPostId' | 'cityLeaderPostId'>

/** The posts in charge (包保专员、分局领导、市局领导), in this order; those not yet named are left out. */
export const officersOf = (project: Officers): string[] =>
  [project.officerPostId, project.branchLeaderPostId, project.cityLeaderPostId].filter((id) => id !== null)
