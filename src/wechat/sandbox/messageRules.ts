// What WeChat demands of the values of a subscribe message, so that the demonstration refuses what production would.
import { Refusal } from './refusal.js'

const DAY = String.raw`(?:\d{4}年\d{1,2}月\d{1,2}日|\d{4}[-/.]\d{1,2}[-/.]\d{1,2})`
const CLOCK = String.raw`\d{1,2}:\d{2}(?::\d{2})?`

/** 订阅消息参数值内容限制说明, by the prefix of the key. */
const RULES: Readonly<Record<string, RegExp>> = {
  thing: /^[^\p{Cc}]{1,20}$/u,
  character_string: /^[\x20-\x7e]{1,32}$/,
  phrase: /^\p{Script=Han}{1,5}$/u,
  date: new RegExp(`^${DAY}(?: ${CLOCK})?$`),
  time: new RegExp(`^(?:${DAY} )?${CLOCK}$`),
}

/** Gives the plain values, or refuses with 47003. */
export function readMessageData(data: unknown): Record<string, string> {
  if (typeof data !== 'object' || data === null || Object.keys(data).length === 0) throw new Refusal(47003)
  return Object.fromEntries(
    Object.entries(data as Record<string, { value?: unknown } | null>).map(([key, field]) => {
      const rule = RULES[key.replace(/\d+$/, '')]
      const value = field?.value
      if (!rule || typeof value !== 'string' || !rule.test(value)) {
        throw new Refusal(47003, `argument invalid! data.${key}.value invalid`)
      }
      return [key, value]
    }),
  )
}
