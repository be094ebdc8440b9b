// Puts a project's stage line into words.
import type { ProjectView } from '../../services/api'
import { dayText } from '../../services/dates'
import { wordFor } from '../../services/words'

export type StagePoint = ProjectView['line'][number]

/** Whether a stage's days count towards the deadlines, and how many there were. */
function clockOf({ counts, workdays, state }: StagePoint): string {
  if (counts !== true && counts !== false) return ''
  if (state === 'ahead' || workdays === null) return counts ? '计时' : '不计时'
  return counts ? `计时，用了${workdays}个工作日` : `不计时，过了${workdays}个工作日`
}

export function viewOf(line: readonly StagePoint[]) {
  const at = line.findIndex(({ state }) => state === 'now')
  const now = line[at]
  const next = at < 0 ? undefined : line[at + 1]
  const nowText = now ? [now.title, dayText(now.on)].filter(Boolean).join(' · ') : ''
  return {
    steps: line.map((point, index) => ({
      key: `${point.stage}${index}`,
      title: point.title,
      state: point.state,
      clock: clockOf(point),
      isLast: index === line.length - 1,
      when: dayText(point.on) || wordFor('stageSteps', point.state),
    })),
    now: nowText,
    next: next ? `下一步：${next.title}` : '',
    said: now ? `共${line.length}步，现在是第${at + 1}步：${now.title}${next ? `，下一步${next.title}` : ''}` : '',
  }
}
