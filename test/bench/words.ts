/** What people might type, never the same twice: pieces of the guides' texts, some with a slip, some in pinyin. */
import { pinyin } from 'pinyin-pro'

const chinese = /[\u4e00-\u9fff]{2,}/g

export function questions(texts: readonly string[], count: number): string[] {
  const runs = [...new Set(texts.flatMap((text) => text.match(chinese) ?? []))].filter((run) => run.length >= 4)
  const pick = <T>(items: ArrayLike<T>): T => items[Math.floor(Math.random() * items.length)] as T
  const piece = () => {
    const run = pick(runs)
    const length = 2 + Math.floor(Math.random() * Math.min(5, run.length - 2))
    const from = Math.floor(Math.random() * (run.length - length + 1))
    return run.slice(from, from + length)
  }
  const slip = (text: string) => {
    const at = Math.floor(Math.random() * text.length)
    return text.slice(0, at) + pick(pick(runs)) + text.slice(at + 1)
  }
  const ways = [
    piece,
    () => `${piece()} ${piece()}`,
    () => `${piece()}${piece()}`,
    () => slip(`${piece()}${piece()}`),
    () => pinyin(piece(), { toneType: 'none', type: 'array' }).join(''),
  ]
  const found = new Set<string>()
  while (found.size < count) found.add(pick(ways)())
  return [...found]
}
