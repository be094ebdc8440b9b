// How large letters are: WeChat's own font size, made larger by the large-type mode of this mini-program.

const LARGE = 'largeType'
/** WeChat's setting in px where 16 is the standard. */
const STANDARD = 16
const LARGE_STEP = 1.25
/** Beyond this a line of a card holds less than a sentence. */
const MOST = 1.75

export const isLargeType = (): boolean => wx.getStorageSync<boolean>(LARGE) === true

export function setLargeType(isLarge: boolean): void {
  wx.setStorageSync(LARGE, isLarge)
}

export function typeScale(): number {
  const { fontSizeSetting = STANDARD } = wx.getAppBaseInfo() as { fontSizeSetting?: number }
  const system = Math.max(1, fontSizeSetting / STANDARD)
  return Math.min(MOST, system * (isLargeType() ? LARGE_STEP : 1))
}
