/** What leaves the server about a project's approval clock. */
import type { Output } from '../contract.js'
import type { ApprovalReading, Deadline } from './approvalClock.js'
import type { Rules } from './approvalRow.js'
import { clockOf } from './approvalRules.js'
import type { Project } from './project.js'
import { type LinePoint, type Stage, stageTitle } from './stages.js'

type Entry = Output<'project.read'>

export function clockView(reading: ApprovalReading, { approval, calendar }: Rules, today: string): Entry['clock'] {
  const { startedOn, decidedOn, stoppedOn, isPaused, isProvisional, used, paused, stretches, reduction } = reading
  const deadline = <Term extends { source: string; confirmed: boolean }>(one: Deadline & { term: Term }) => ({
    dueOn: one.dueOn,
    daysLeft: stoppedOn === null ? calendar.countWorkdays(today, one.dueOn) : null,
    isOverdue: one.isOverdue,
    source: one.term.source,
    confirmed: one.term.confirmed,
  })
  const pauses = stretches.flatMap(({ stage, from, to, counts, workdays }, at) => {
    if (counts) return []
    const { source, confirmed } = approval.stages[stage]
    const isUnderWay = stoppedOn === null && at === stretches.length - 1
    return [{ stage, title: stageTitle(stage), from, to: isUnderWay ? null : to, workdays, source, confirmed }]
  })
  const { promised, legal } = reading
  return {
    startedOn,
    decidedOn,
    isPaused,
    isProvisional,
    used,
    paused,
    pauses,
    promised: promised && { workdays: promised.term.workdays, ...deadline(promised) },
    legal: legal && {
      days: legal.term.days,
      text: legal.term.text,
      dueOnByCalendar: legal.dueOnByCalendar,
      dueOnByWorkdays: legal.dueOnByWorkdays,
      ...deadline(legal),
    },
    reduction,
  }
}

/** What the clock cannot tell, or tells only for the time being, in plain words. */
export function clockNotes(project: Project, reading: ApprovalReading | null, rules: Rules): string[] {
  const clock = clockOf(rules.approval, project.stage)
  if (reading === null)
    return clock === 'on' || clock === 'off' || clock === 'decide' ? notWrittenDown(project.stage) : []
  return [
    ...(project.documentType === null ? ['环评类别还没有写，先按时间短的报告表算'] : []),
    ...(reading.promised === null && project.careLevel === 'upper' ? ['由上级审批，没有市里的承诺期限'] : []),
    ...(reading.legal && reading.stoppedOn === null ? ['法定的“日”算不算休息日，各地做法不一，待市局确认'] : []),
    ...(reading.isProvisional && reading.stoppedOn === null ? ['期限跨到放假安排还没有公布的年份，公布后可能变'] : []),
  ]
}

/** A project put aside before its acceptance has no deadline, and lacks nothing. */
const notWrittenDown = (stage: Stage) => (stage === 'suspended' ? [] : ['受理日没有登记，算不出期限'])

/** The stage line with what each stage does to the clock, and the days spent in it. */
export function clockedLine(
  line: readonly LinePoint[],
  reading: ApprovalReading | null,
  { approval }: Rules,
): Entry['line'] {
  return line.map((point) => {
    const clock = clockOf(approval, point.stage)
    const counts = clock === 'start' || clock === 'on' ? true : clock === 'off' ? false : null
    const stretches = reading?.stretches.filter(({ stage }) => stage === point.stage) ?? []
    const isWalked = point.state !== 'ahead' && counts !== null && stretches.length > 0
    return {
      ...point,
      counts,
      workdays: isWalked ? stretches.reduce((sum, { workdays }) => sum + workdays, 0) : null,
    }
  })
}
