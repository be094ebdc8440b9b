// The search of the guides across pages: what another page asks for, what was looked for on this phone, and words to begin with.

/** As people say it at the counter; each finds something. */
export const everydayWords = ['开厂要办什么', '环评', '扩建', '排污许可证', '危废', '夜里施工', '应急预案', '拆厂房']

interface Wanted {
  q: string
  hasFocus: boolean
}

let wanted: Wanted | undefined

/** Opens the guides with these words, or with the cursor in the empty field. A tab takes no parameters: it fetches them. */
export function openSearch(q = ''): void {
  wanted = { q, hasFocus: q === '' }
  void wx.switchTab({ url: '/pages/guides/index' })
}

/** What was asked for, once. */
export function takeWanted(): Wanted | undefined {
  const taken = wanted
  wanted = undefined
  return taken
}

const RECENT = 'guides.recent'
const MOST_RECENT = 8

export const recentSearches = (): string[] => wx.getStorageSync<string[]>(RECENT) || []

/** Newest first, each once. */
export function rememberSearch(q: string): string[] {
  const words = q.trim()
  if (words.length === 0) return recentSearches()
  const recent = [words, ...recentSearches().filter((one) => one !== words)].slice(0, MOST_RECENT)
  wx.setStorageSync(RECENT, recent)
  return recent
}

export function forgetSearches(): string[] {
  wx.removeStorageSync(RECENT)
  return []
}
