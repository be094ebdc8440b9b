/** Login by WeChat's code, opaque tokens, logout. */
import { randomBytes } from 'node:crypto'
import type { EntityManager } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { dateOf, toWireInstant } from '../../calendar/dates.js'
import { isDuplicate } from '../../database/transaction.js'
import type { Knowledge } from '../../house.js'
import { hashToken } from '../../http/token.js'
import { serve } from '../../http/serve.js'
import { Problem } from '../../problem.js'
import { WechatError } from '../../wechat/problems.js'
import { loadActor } from '../actor.js'
import { newPerson, openidHash } from '../newPerson.js'
import { Person } from '../person.js'
import { Session } from '../session.js'
import { meView } from '../view.js'

const SESSION_DAYS = 30

export const sessionVerbs = {
  'session.login': serve('session.login', {
    isUnrepeatable: true,
    async prepare({ input, outside }) {
      try {
        return await outside.wechat.codeToSession(input.code)
      } catch (error) {
        throw loginProblem(error)
      }
    },
    async handle({ db, prepared: { openid }, now, know }) {
      const person = (await findPerson(db, know, openid)) ?? (await welcome(db, know, openid, now))
      await db.update(Person, { id: person.id }, { seenAt: now })
      const token = randomBytes(32).toString('base64url')
      const expiresAt = new Date(now.getTime() + SESSION_DAYS * 86_400_000)
      const tokenHash = hashToken(token)
      await db.insert(Session, {
        id: uuid(),
        tokenHash,
        personId: person.id,
        createdAt: now,
        expiresAt,
        revokedAt: null,
      })
      const actor = await loadActor(db, tokenHash, now, dateOf(now))
      if (!actor) throw new Error('a session just made is not found')
      return { token, expiresAt: toWireInstant(expiresAt), me: await meView(db, know, actor, dateOf(now)) }
    },
  }),
  'session.me': serve('session.me', { handle: ({ db, know, actor, now }) => meView(db, know, actor, dateOf(now)) }),
  'session.logout': serve('session.logout', {
    async handle({ db, actor, now }) {
      await db.update(Session, { id: actor.sessionId ?? '' }, { revokedAt: now })
      return { ok: true as const }
    },
  }),
}

/** What a failed call to WeChat's login or phone interface means to the person waiting. */
export function loginProblem(error: unknown): unknown {
  if (!(error instanceof WechatError)) return error
  if (error.kind === 'badInput') {
    return new Problem('invalid', { errors: [{ path: 'code', message: '微信凭证无效或已过期，请重试' }], cause: error })
  }
  if (error.kind === 'refused')
    return new Problem('forbidden', { title: '微信拒绝了这次请求，请稍后再试', cause: error })
  return new Problem('unavailable', { title: '微信暂时没有回应，请稍后再试', retryAfterSeconds: 5, cause: error })
}

const findPerson = (db: EntityManager, know: Knowledge, openid: string) =>
  db.findOneBy(Person, { openidHash: openidHash(know.keyring, openid) })

/** A newcomer. Two first logins at once meet at the unique openid. */
async function welcome(db: EntityManager, know: Knowledge, openid: string, now: Date): Promise<Person> {
  try {
    return await newPerson(db, know.keyring, { openid }, now)
  } catch (error) {
    const first = isDuplicate(error) ? await findPerson(db, know, openid) : null
    if (!first) throw error
    return first
  }
}
