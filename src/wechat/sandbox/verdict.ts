// The sandbox's content check: two words decide, everything else passes.
import { randomUUID } from 'node:crypto'

const WORDS = [
  { word: '违规样例', suggest: 'risky', label: 20006 },
  { word: '待核样例', suggest: 'review', label: 21000 },
] as const

export function sandboxVerdict(text: string) {
  const hits = WORDS.filter(({ word }) => text.includes(word))
  const { suggest, label } = hits[0] ?? { suggest: 'pass', label: 100 }
  const found = hits.length > 0 ? hits : [{ suggest, label }]
  return {
    trace_id: randomUUID(),
    result: { suggest, label },
    detail: found.map((hit) => ({
      strategy: 'content_model',
      errcode: 0,
      suggest: hit.suggest,
      label: hit.label,
      prob: 90,
    })),
  }
}
