// Who a sandbox code stands for: the same name is always the same WeChat user, also after a restart.
import { createHash } from 'node:crypto'

const LOGIN_CODE = /^demo:([\p{L}\p{N}._-]{1,32})(?:#.{0,128})?$/u
const PHONE_CODE = /^phone:(?:\+(\d{1,3})-)?(\d{5,15})(?:#.{0,128})?$/

/** WeChat's openids have 28 characters and begin with o; the seeds use this to know the demonstration's people. */
export function demoOpenid(name: string): string {
  return `o${createHash('sha256').update(`shenhuan-bangban sandbox ${name}`).digest('base64url').slice(0, 27)}`
}

export const isOpenid = (value: unknown): value is string => typeof value === 'string' && /^o[\w-]{27}$/.test(value)

/** `demo:<name>`, and anything after a `#` to make codes differ. */
export function readLoginCode(code: string): string | undefined {
  return LOGIN_CODE.exec(code)?.[1]
}

/** `phone:<number>`, or `phone:+<country>-<number>`. */
export function readPhoneCode(code: string): { countryCode: string; number: string } | undefined {
  const found = PHONE_CODE.exec(code)
  return found?.[2] ? { countryCode: found[1] ?? '86', number: found[2] } : undefined
}
