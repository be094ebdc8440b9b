/** What is written down of a request: of those that say nothing of who and when, neither which it was nor that it came. */
import type { Verb } from '../contract.js'
import { verbs } from '../verbs.js'

const isDiscreet = (name: string): boolean => Object.hasOwn(verbs, name) && verbs[name as Verb].isDiscreet === true

export const loggedVerb = (name: string): string => (isDiscreet(name) ? 'discreet' : name)

/** Counted: beside the half hour of a tip, when an answer was counted would be the second. What went wrong is seen. */
export const isCounted = (name: string, status: number): boolean => status >= 500 || !isDiscreet(name)

/** Photos go with tips, and WeChat tells when its receiver confirms: nginx.conf does not write these down either. */
const untold: readonly string[] = ['POST /api/files', 'POST /wechat/pay/notify']

export const isLogged = (name: string, status: number): boolean =>
  isCounted(name, status) && (status >= 400 || !untold.includes(name))
