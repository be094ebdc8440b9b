// What the proof of the trail found, and jobs that gave up, in words.
import type { ItemOf, Output } from '../../services/api'
import { momentText } from '../../services/dates'
import { wordFor } from '../../services/words'

type Verified = Output<'audit.verify'>

export interface Proof {
  checked: number
  days: number
  faults: { key: string; text: string }[]
}
export const nothingYet: Proof = { checked: 0, days: 0, faults: [] }

/** The proof so far with one more stretch. */
export function withStretch(proof: Proof, { checked, days, findings, lost, forgedDays }: Verified): Proof {
  const texts = [
    ...findings.map(
      ({ subjectKind, fault, seq }) =>
        `${wordFor('noticeSubjects', subjectKind)}的第${seq}条：${wordFor('auditFaults', fault)}`,
    ),
    ...lost.map(({ subjectKind, day, seq }) => `${day}封存的${wordFor('noticeSubjects', subjectKind)}第${seq}条不在了`),
    ...forgedDays.map((day) => `${day}的封存对不上`),
  ]
  const from = proof.faults.length
  return {
    checked: proof.checked + checked,
    days: proof.days + days,
    faults: [...proof.faults, ...texts.map((text, index) => ({ key: String(from + index), text }))],
  }
}

export const views = [
  { value: 'dead', text: '多次失败' },
  { value: 'ready', text: '待执行' },
  { value: 'done', text: '已完成' },
] as const
export type JobState = (typeof views)[number]['value']

export const jobOf = ({ id, kind, state, attempts, lastError, dueAt, finishedAt }: ItemOf<'job.list'>) => ({
  id,
  kind,
  tries: `试了${attempts}次`,
  when: state === 'ready' ? `${momentText(dueAt)}执行` : momentText(finishedAt),
  error: lastError ?? '',
})
