/** A phone number is found by its keyed hash and shown masked, so that neither an index nor a list gives it away. */
import { createHmac } from 'node:crypto'

/**
 * One spelling for each number: a mainland mobile as 11 digits, a landline with its area code, a foreign one with `+`.
 * Undefined when the text is no phone number.
 */
export function normalizePhone(text: string): string | undefined {
  const compact = text.normalize('NFKC').replace(/[\s\-‐‑‒–—().·]/gu, '')
  const number = compact
    .replace(/^00/, '+')
    .replace(/^\+?86(?=1[3-9]\d{9}$)/, '')
    .replace(/^\+860?/, '0')
  return phoneShapes.some((shape) => shape.test(number)) ? number : undefined
}

const phoneShapes = [
  // 工业和信息化部《电信网编号计划》: mobile 11 digits from 1; landline 0, area code of 2 or 3 digits, 7 or 8 digits.
  /^1[3-9]\d{9}$/,
  /^0[1-9]\d{1,2}[2-8]\d{6,7}$/,
  // ITU-T E.164: at most 15 digits.
  /^\+[1-9]\d{6,14}$/,
]

/** HMAC-SM3 in base64url (43 characters). `kind` keeps equal texts of different meaning apart. */
export function lookupHash(key: Buffer, kind: string, value: string): string {
  return createHmac('sm3', key).update(`${kind}\0${value}`, 'utf8').digest('base64url')
}

/** The hash a phone number is found by, however it was typed. Throws TypeError when it is no phone number. */
export function phoneHash(key: Buffer, phone: string): string {
  const number = normalizePhone(phone)
  if (!number) throw new TypeError('not a phone number')
  return lookupHash(key, 'phone', number)
}

/** `138****5678`; of shorter numbers only the last two digits, of very short ones nothing. */
export function maskPhone(phone: string): string {
  const number = normalizePhone(phone) ?? phone
  if (number.length >= 11) return `${number.slice(0, 3)}****${number.slice(-4)}`
  return number.length >= 7 ? `****${number.slice(-2)}` : '****'
}

/** `张*`, `欧阳*`: the family name; how long the rest is stays hidden. */
export function maskName(name: string): string {
  const characters = Array.from(name.trim())
  if (characters.length < 2) return '*'
  const familyLength = characters.length > 2 && compoundFamilyNames.has(characters.slice(0, 2).join('')) ? 2 : 1
  return `${characters.slice(0, familyLength).join('')}*`
}

// The compound family names in use, after 《百家姓》 and common later ones.
const compoundFamilyNames = new Set(
  (
    '欧阳 司马 上官 诸葛 夏侯 东方 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 司徒 司空 端木 独孤 南宫 澹台 申屠 轩辕 钟离 ' +
    '淳于 单于 太叔 公冶 宗政 濮阳 闻人 赫连 呼延 万俟 闾丘 鲜于 拓跋 东郭 西门 百里 第五 左丘 谷梁 乐正 公羊 梁丘 ' +
    '仲孙 叔孙 纳兰 完颜 叶赫 太史 东门 南门'
  ).split(' '),
)
