// Checks 统一社会信用代码 (GB 32100-2015), so that a mistyped code never becomes an enterprise.

/** GB 32100-2015: 数字与大写英文字母, 不使用 I、O、S、V、Z. A character's value is its place here (0–30). */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const modulus = alphabet.length

/** GB 32100-2015 表: 1 登记管理部门, 1 机构类别, 6 登记管理机关行政区划 (digits), 9 主体标识码, 1 校验码. */
const form = /^[0-9A-HJ-NP-RTUWXY]{2}\d{6}[0-9A-HJ-NP-RTUWXY]{10}$/

/** GB 32100-2015: 第 i 位加权因子 Wi = 3^(i-1) mod 31. */
const weights = Array.from({ length: 17 }, (_, index) => 3 ** index % modulus)

/** What people type or paste: full-width letters and digits, lower case, spaces or dashes between groups. */
export function normalizeCreditCode(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s-]/gu, '').toUpperCase()
}

/**
 * GB 32100-2015: 校验码 C18 = 31 - mod(∑ Ci×Wi, 31), where 31 is written 0.
 * Throws RangeError unless given 17 characters of the alphabet.
 */
export function checkCharacter(first17: string): string {
  if (first17.length !== weights.length) throw new RangeError('a credit code has 17 characters before its check')
  const sum = weights.reduce((total, weight, index) => {
    const value = alphabet.indexOf(first17.charAt(index))
    if (value < 0) throw new RangeError('a credit code has no such character')
    return total + value * weight
  }, 0)
  return alphabet.charAt((modulus - (sum % modulus)) % modulus)
}

/** True for a normalised code of the right form whose check character fits; says nothing about who holds it. */
export function isCreditCode(code: string): boolean {
  return form.test(code) && checkCharacter(code.slice(0, 17)) === code.charAt(17)
}
