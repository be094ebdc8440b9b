// WeChat's verdict on a text or a picture in one shape, from the direct answer and from the pushed event alike.
import { z } from 'zod'

export type ContentOutcome = 'pass' | 'review' | 'risky'

/** 命中标签枚举值. Source: msgSecCheck 2.0 (mark M-h for the names). */
export const CONTENT_LABELS: Readonly<Record<number, string>> = {
  100: '正常',
  10001: '广告',
  20001: '时政',
  20002: '色情',
  20003: '辱骂',
  20006: '违法犯罪',
  20008: '欺诈',
  20012: '低俗',
  20013: '版权',
  21000: '其他',
}

const NORMAL = 100

/** From mildest to worst. */
const SEVERITY: readonly ContentOutcome[] = ['pass', 'review', 'risky']

const Suggest = z.enum(['pass', 'review', 'risky'])

/** The part that the answer of msg_sec_check and the event wxa_media_check have in common. */
export const VerdictAnswer = z.object({
  trace_id: z.string().min(1),
  result: z.object({ suggest: Suggest, label: z.number().int() }),
  detail: z
    .array(
      z.object({ errcode: z.number().optional(), suggest: Suggest.optional(), label: z.number().int().optional() }),
    )
    .default([]),
})

export interface ContentVerdict {
  readonly outcome: ContentOutcome
  /** Codes of CONTENT_LABELS, without 100 正常, in ascending order. */
  readonly labels: readonly number[]
  /** Of the piece judged worst; null when there was nothing to check. */
  readonly traceId: string | null
}

export function readVerdict({ trace_id, result, detail }: z.infer<typeof VerdictAnswer>): ContentVerdict {
  // detail: 当 errcode 为 0 时，该策略的结果有效
  const details = detail.filter(({ errcode = 0, suggest }) => errcode === 0 && suggest !== 'pass')
  return {
    outcome: result.suggest,
    labels: sorted([result.label, ...details.map(({ label }) => label)]),
    traceId: trace_id,
  }
}

/** The worst verdict wins; the labels are united. */
export function uniteVerdicts(verdicts: readonly ContentVerdict[]): ContentVerdict {
  const severity = ({ outcome }: ContentVerdict) => SEVERITY.indexOf(outcome)
  const worst = verdicts.reduce<ContentVerdict>(
    (soFar, next) => (soFar.traceId === null || severity(next) > severity(soFar) ? next : soFar),
    { outcome: 'pass', labels: [], traceId: null },
  )
  return { ...worst, labels: sorted(verdicts.flatMap(({ labels }) => labels)) }
}

function sorted(labels: readonly (number | undefined)[]): number[] {
  const real = labels.filter((label): label is number => label !== undefined && label !== NORMAL)
  return [...new Set(real)].sort((a, b) => a - b)
}
