// A case's clock in words: by when, how long is left, and which days do not count.
import type { CaseView } from '../../services/api'
import { type CaseState, type Due, dueDayText, isOpen, leftText } from '../../services/caseWords'
import { dayText, weekdayText } from '../../services/dates'

export type Clock = CaseView['clock']

export interface Told {
  state: CaseState
  closesOn: string | null
  isStaff: boolean
}

export interface Deadline {
  title: string
  day: string
  left: Due | null
  /** In percent of the time allowed; null where nothing is under way. */
  spent: number | null
  note: string
}

export function deadlineOf(clock: Clock, { state, closesOn, isStaff }: Told): Deadline {
  const day = `${weekdayText(clock.dueOn)}${clock.isProvisional ? '（暂定）' : ''}`
  if (!isOpen(state)) return ended(clock, state, closesOn)
  if (clock.isPaused) {
    const whom = isStaff ? '企业' : '您'
    return {
      title: `等${whom}补充，暂不计时`,
      day: clock.isOverdue ? `原定${day}` : `今天补充的话，${dueDayText(clock)}前答复`,
      left: null,
      spent: null,
      note: `${whom}补充后，从下一个工作日起接着计时`,
    }
  }
  return {
    title: '答复期限',
    day,
    left: leftOf(clock),
    spent: Math.min(100, Math.round((clock.used / clock.workdays) * 100)),
    note: `共 ${clock.workdays} 个工作日，已用 ${clock.used} 个`,
  }
}

/** What the server counted as used, taken from what it allowed. */
function leftOf({ workdays, used, isOverdue, overdueBy }: Clock): Due {
  if (isOverdue) return overdueBy > 0 ? leftText(-overdueBy) : { text: '已超期', tone: 'bad' }
  return leftText(workdays - used)
}

function ended(clock: Clock, state: CaseState, closesOn: string | null): Deadline {
  const isAnswered = state === 'answered' || state === 'closed'
  return {
    title: isAnswered ? '办理用时' : '办理期限',
    day: isAnswered
      ? `用了 ${clock.used} 个工作日答复`
      : state === 'withdrawn'
        ? '撤回了，不再计时'
        : '没有办理，不再计时',
    left: clock.isOverdue
      ? { text: '超过了期限', tone: 'bad' }
      : isAnswered
        ? { text: '在期限内', tone: 'good' }
        : null,
    spent: null,
    note: closesOn ? `${dayText(closesOn)}前没有别的意见，会自动办结` : `期限是${dueDayText(clock)}`,
  }
}

/** How the due date came about, line by line. */
export function explained({ startedOn, workdays, dueOn, isProvisional, skipped }: Clock) {
  return {
    rule: [
      `${dayText(startedOn)}收到，当天不算，从下一个工作日起数 ${workdays} 个工作日，到${weekdayText(dueOn)}。`,
      ...(isProvisional ? ['其中有的年份国务院还没有公布放假安排，日期是暂定的，公布后会重新计算。'] : []),
    ],
    days: skipped.map(({ date, reason }) => ({
      date,
      day: weekdayText(date),
      reason: /^周[六日]$/.test(reason) ? '周末' : reason,
    })),
  }
}
