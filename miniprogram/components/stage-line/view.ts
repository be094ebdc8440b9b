// Puts a project's stage line into words.
import type { ProjectView } from '../../services/api'
import { dayText } from '../../services/dates'
import { wordFor } from '../../services/words'

export type StagePoint = ProjectView['line'][number]

export function viewOf(line: readonly StagePoint[]) {
  const at = line.findIndex(({ state }) => state === 'now')
  const now = line[at]
  const next = at < 0 ? undefined : line[at + 1]
  const nowText = now ? [now.title, dayText(now.on)].filter(Boolean).join(' · ') : ''
  return {
    steps: line.map(({ stage, title, state, on }, index) => ({
      key: `${stage}${index}`,
      title,
      state,
      isLast: index === line.length - 1,
      when: dayText(on) || wordFor('stageSteps', state),
    })),
    now: nowText,
    next: next ? `下一步：${next.title}` : '',
    said: now ? `共${line.length}步，现在是第${at + 1}步：${now.title}${next ? `，下一步${next.title}` : ''}` : '',
  }
}
