/** One's own data: name, phone, taking it along, and leaving. */
import { change } from '../../audit/trail.js'
import { dateOf, toWireInstant } from '../../calendar/dates.js'
import { phoneHash as hashPhone } from '../../encryption/lookup.js'
import { loadPersonalKeys } from '../../encryption/personalKeys.js'
import { serve } from '../../http/serve.js'
import { Problem } from '../../problem.js'
import { ownData } from '../../ownData.js'
import { type Actor, loadActor } from '../actor.js'
import type { EntityManager } from 'typeorm'
import { In, Not } from 'typeorm'
import { erase } from '../erase.js'
import { Person } from '../person.js'
import { openFor, sealFor } from '../personal.js'
import { Post } from '../post.js'
import { Session } from '../session.js'
import { meView } from '../view.js'
import { loginProblem } from './session.js'
import type { Knowledge } from '../../house.js'

export const ownVerbs = {
  'person.update': serve('person.update', {
    async handle({ db, actor, input, know, now }) {
      const { person, key } = await self(db, know, actor)
      await change(db, Person, person, { nameSealed: sealFor(key, person.id, 'name', input.name) })
      return meView(db, know, actor, dateOf(now))
    },
  }),
  'person.bindPhone': serve('person.bindPhone', {
    async prepare({ input, outside }) {
      try {
        return await outside.wechat.phoneNumber(input.code)
      } catch (error) {
        throw loginProblem(error)
      }
    },
    async handle({ db, actor, prepared: phone, know, now }) {
      const { person, key } = await self(db, know, actor)
      const phoneHash = hashPhone(know.keyring.purposeKey('lookup'), phone)
      // The number is the proof: it and its posts leave a WeChat account that had them before.
      for (const former of await db.findBy(Person, { phoneHash, id: Not(person.id) })) {
        await change(db, Person, former, { phoneHash: null, phoneSealed: null })
      }
      await change(db, Person, person, { phoneHash, phoneSealed: sealFor(key, person.id, 'phone', phone) })
      // Posts that rest too: given back later, they are this person's and not a former holder's.
      for (const post of await db.findBy(Post, [{ personId: person.id }, { phoneHash }])) {
        const personId = post.phoneHash === phoneHash ? person.id : null
        if (post.personId !== personId) await change(db, Post, post, { personId })
      }
      const fresh = await loadOwn(db, actor, now)
      return meView(db, know, fresh, dateOf(now))
    },
  }),
  'person.export': serve('person.export', {
    async handle({ db, actor, know, now }) {
      const { person, key } = await self(db, know, actor)
      const personal = { name: openFor(key, person, 'name'), phone: openFor(key, person, 'phone') }
      const sections: Record<string, unknown> = {
        本人: { ...personal, 注册时间: toWireInstant(person.createdAt), 最近登录: toWireInstant(person.seenAt) },
      }
      for (const { title, read } of ownData) sections[title] = await read(db, { person, personal, know, now })
      return { exportedAt: toWireInstant(now), sections }
    },
  }),
  'person.erase': serve('person.erase', {
    isUnrepeatable: true,
    async handle({ db, actor, know, now }) {
      const { person } = await self(db, know, actor)
      await erase(db, know, person, now)
      return { ok: true as const }
    },
  }),
}

async function self(db: EntityManager, know: Knowledge, actor: Actor) {
  const person = await db.findOneBy(Person, { id: actor.personId ?? '' })
  const key = person && (await loadPersonalKeys(db, know.keyring, [person.id])).get(person.id)
  if (!person || !key) throw new Problem('unauthenticated')
  return { person, key }
}

/** The actor anew, after posts have come or gone in this transaction. */
async function loadOwn(db: EntityManager, actor: Actor, now: Date): Promise<Actor> {
  const session = await db.findOneBy(Session, { id: In([actor.sessionId ?? '']) })
  const fresh = session && (await loadActor(db, session.tokenHash, now, dateOf(now)))
  if (!fresh) throw new Problem('unauthenticated')
  return fresh
}
