// Checks 公民身份号码 (GB 11643-1999), so that a mistyped one is found out while its owner is there to mend it.

/** GB 11643-1999: 加权因子 of the first 17 digits, 2^(18-i) mod 11. */
const weights = Array.from({ length: 17 }, (_, index) => 2 ** (17 - index) % 11)
/** GB 11643-1999: 校验码字符值 by the remainder. */
const checks = '10X98765432'

/** What people type: full-width digits, a small x, blanks. */
export const normalizeIdNumber = (typed: string): string => typed.normalize('NFKC').replace(/\s/gu, '').toUpperCase()

/** True for a normalised number with a day of birth that there was and a fitting check; says nothing about whose it is. */
export function isIdNumber(number: string, today: string): boolean {
  if (!/^[1-9]\d{16}[\dX]$/.test(number)) return false
  const born = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  const at = new Date(`${born}T00:00:00Z`)
  const isDay =
    !Number.isNaN(at.getTime()) && at.toISOString().startsWith(born) && born >= '1900-01-01' && born <= today
  const sum = weights.reduce((total, weight, index) => total + weight * Number(number[index]), 0)
  return isDay && checks[sum % 11] === number[17]
}
