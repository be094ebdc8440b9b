// The one way to the server: a verb of the contract with its input, and its output back.
import type { Input, Output, Verb } from './api'
import { Failure } from './failure'
import { newId } from './identifier'
import { queries } from './queries'
import { type Asked, queryString, request } from './request'
import { currentToken, enter } from './session'

interface Manner {
  /** Of a command that may have been sent before, from here or from the draft it was kept with. */
  key?: string
  /** Without saying who asks: not even the token goes along. */
  isNameless?: boolean
}

const AGAIN_AFTER_MS = [400, 1500]

/** Answered to anybody: what the phone has not yet a token for need not wait for one. */
const forAnybody: readonly Verb[] = [
  'words.read',
  'guide.search',
  'guide.read',
  'unit.list',
  'calendar.read',
  'tip.settings',
]

/**
 * Asks or commands. Without an answer it is sent again, a command with the same key, so that it is done once.
 * @throws Failure
 */
export async function call<V extends Verb>(
  verb: V,
  input: Input<V>,
  { key, isNameless = false }: Manner = {},
): Promise<Output<V>> {
  const asked = asRequest(verb, input, key)
  const ask = () => (isNameless ? request<Output<V>>(asked) : withSession<Output<V>>(verb, asked))
  for (const pause of AGAIN_AFTER_MS) {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof Failure && error.isOffline)) throw error
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
  return ask()
}

function asRequest(verb: Verb, input: object, key = newId()): Asked {
  const how = (queries as Partial<Record<Verb, 'address' | 'body'>>)[verb]
  const path = `/api/${verb}`
  if (how === undefined) return { method: 'POST', path, body: input, key }
  if (how === 'body') return { method: 'POST', path, body: input }
  const search = queryString(input)
  return { method: 'GET', path: search ? `${path}?${search}` : path }
}

/** The first start logs in before it asks; a session that has ended is begun anew, once, and asked again. */
async function withSession<T>(verb: Verb, asked: Asked): Promise<T> {
  if (!currentToken() && !forAnybody.includes(verb)) await enter()
  const token = currentToken()
  try {
    return await request<T>({ ...asked, token })
  } catch (error) {
    if (!(error instanceof Failure && error.status === 401)) throw error
    if (currentToken() === token) await enter()
    return request<T>({ ...asked, token: currentToken() })
  }
}
