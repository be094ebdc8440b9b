// Guides that were read on this phone, to be read again where there is no signal: the last few, with the day of reading.
import type { GuideView } from './api'

export interface KeptGuide {
  guide: GuideView
  readAt: number
}

const INDEX = 'guides.kept'
const MOST = 12
const nameOf = (id: string) => `guides.kept.${id}`

interface Line {
  id: string
  code: string
}

/** Last read first. */
const lines = (): Line[] => wx.getStorageSync<Line[]>(INDEX) || []

/** Its comments of this reader are private to the session and are not kept. */
export function keepGuide(guide: GuideView, now = Date.now()): void {
  const { id, code } = guide
  const [stay, go] = split([{ id, code }, ...lines().filter((line) => line.id !== id)], MOST)
  for (const line of go) wx.removeStorageSync(nameOf(line.id))
  wx.setStorageSync(nameOf(id), { guide: { ...guide, myComments: [] }, readAt: now })
  wx.setStorageSync(INDEX, stay)
}

/** By its id or its code. */
export function keptGuide(key: string): KeptGuide | undefined {
  const line = lines().find(({ id, code }) => id === key || code === key)
  return (line && wx.getStorageSync<KeptGuide>(nameOf(line.id))) || undefined
}

/** It is no longer published. */
export function dropGuide(key: string): void {
  const [line] = lines().filter(({ id, code }) => id === key || code === key)
  if (!line) return
  wx.removeStorageSync(nameOf(line.id))
  wx.setStorageSync(
    INDEX,
    lines().filter(({ id }) => id !== line.id),
  )
}

const split = <T>(all: T[], at: number): [T[], T[]] => [all.slice(0, at), all.slice(at)]
