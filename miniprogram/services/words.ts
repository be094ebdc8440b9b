// What the codes on the wire are called in Chinese: the server's table, kept on the phone between starts.
import type { Words } from './api'
import { call } from './call'

const KEPT = 'words'
let words = wx.getStorageSync<Words>(KEPT) || undefined

/** Fetches the table; an old one serves until then. */
export async function loadWords(): Promise<void> {
  words = await call('words.read', {})
  wx.setStorageSync(KEPT, words)
}

/** Done once the codes have their words; at once on every start but the first. @throws Failure */
export const haveWords = async (): Promise<void> => (words ? undefined : loadWords())

/** The word for a code; the code itself where there is none, never nothing. */
export function wordFor(group: keyof Words, code: string | number | null | undefined): string {
  if (code === null || code === undefined) return ''
  return (words?.[group] as Record<string, string> | undefined)?.[code] ?? String(code)
}

/** All codes of a list with their words, in the server's order. */
export const wordsOf = (group: keyof Words): { code: string; word: string }[] =>
  Object.entries(words?.[group] ?? {}).map(([code, word]) => ({ code, word: String(word) }))

/** 沈阳市的区县. */
export const districts = (): Words['districts'] => words?.districts ?? []

export const districtWord = (code: string | null | undefined): string =>
  districts().find((district) => district.code === code)?.name ?? ''
