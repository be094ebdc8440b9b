// Who uses this phone: the token, what the server says of the person, and how to get both again without asking.
import type { Me, Output } from './api'
import { request } from './request'

const TOKEN = 'token'
let token = wx.getStorageSync<string>(TOKEN)
let me: Me | null = null
let entering: Promise<Me> | undefined
const listeners = new Set<(me: Me | null) => void>()

export const currentToken = (): string => token
export const currentMe = (): Me | null => me

/** Told at once what is known, and again with every change. Returns how to stop listening. */
export function onMe(listener: (me: Me | null) => void): () => void {
  listeners.add(listener)
  listener(me)
  return () => listeners.delete(listener)
}

export function setMe(next: Me | null): void {
  me = next
  for (const listener of listeners) listener(me)
}

/** Logs in silently, once for all who ask meanwhile. WeChat asks the person nothing for it. @throws Failure */
export function enter(): Promise<Me> {
  entering ??= logIn().finally(() => {
    entering = undefined
  })
  return entering
}

async function logIn(): Promise<Me> {
  const { code } = await wx.login()
  const session = await request<Output<'session.login'>>({
    method: 'POST',
    path: '/api/session.login',
    body: { code },
  })
  keepToken(session.token)
  setMe(session.me)
  return session.me
}

/** The person of the kept token, or whoever WeChat says uses the phone. @throws Failure */
export async function start(): Promise<Me> {
  return me ?? enter()
}

/** The token is no longer good for anything. */
export function forget(): void {
  keepToken('')
  setMe(null)
}

function keepToken(next: string): void {
  token = next
  wx.setStorageSync(TOKEN, next)
}
