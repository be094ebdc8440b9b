/** WeChat's lengths in a browser: rpx is a part of the phone's width, vh and vw are of the page and not of the window. */

/** Addresses, strings and names are stepped over. */
const LENGTH = /url\([^)]*\)|"[^"]*"|'[^']*'|(?<![\w#.-])(-?(?:\d+\.?\d*|\.\d+))(rpx|v[hw]|vmin|vmax)\b/g

export function browserUnits(value: string): string {
  return value.replace(LENGTH, (whole, number: string | undefined, unit: string | undefined) => {
    if (number === undefined || unit === undefined) return whole
    if (unit !== 'rpx') return `${number}cq${unit.slice(1)}`
    return Number(number) === 0 ? '0px' : `calc(var(--rpx) * ${number})`
  })
}
