/** Looking at who informed: with a reason, and each look is written down. */
import { In, IsNull } from 'typeorm'
import { change } from '../../audit/trail.js'
import { toWireInstant } from '../../calendar/dates.js'
import { idAt } from '../../database/idAt.js'
import { pageFrom, readCursor, writeCursor } from '../../http/cursor.js'
import { serve } from '../../http/serve.js'
import { Person } from '../../people/person.js'
import { Post } from '../../people/post.js'
import { byId } from '../../people/view.js'
import { Problem } from '../../problem.js'
import { identityOf } from '../informers/store.js'
import { reachOf } from '../list.js'
import { tipTarget } from '../target.js'
import { Tip } from '../tip.js'
import { TipLook } from '../tipLook.js'
import { withoutInformer } from '../withoutInformer.js'

export const identityVerbs = {
  'tip.identity': serve('tip.identity', {
    target: tipTarget,
    // The answer is kept nowhere; each time it is asked is a look.
    isUnrepeatable: true,
    async handle({ db, target, grants, actor, input, know, now }) {
      const identity = await identityOf(db, know, target.id)
      if (!identity) throw new Problem('wrongState', { title: '举报人已经删除了自己的信息，查不到了' })
      const postId = grants[0]?.postId
      if (!postId) throw new Error('nobody looks without a post')
      // Read by those who may not know: the reason names nobody.
      const look = { id: idAt(now), text: withoutInformer(input.reason, identity) }
      await change(db, Tip, target as Tip, {}, { look: [null, look] })
      await db.insert(TipLook, { ...look, tipId: target.id, postId, personId: actor.personId, at: now })
      const { personId, name, phone, idNumber, bank } = identity
      const hasWechat = personId !== null && (await db.existsBy(Person, { id: personId, erasedAt: IsNull() }))
      return { name, phone, idNumber, bank, hasWechat }
    },
  }),
  'tip.looks': serve('tip.looks', {
    async handle({ db, input, grants, know }) {
      const after = readCursor(know.keyring, 'tip.looks', input)
      const reach = reachOf(grants)
      const found = (await db.query(
        `SELECT l.id, t.number FROM tip_look l JOIN tip t ON t.id = l.tipId WHERE ${reach.sql}
         ${input.id === undefined ? '' : 'AND l.tipId = ?'} ${after ? 'AND l.id < ?' : ''}
         ORDER BY l.id DESC LIMIT ${input.limit + 1}`,
        [...reach.params, ...(input.id === undefined ? [] : [input.id]), ...(after ? [after[1]] : [])],
      )) as { id: string; number: string }[]
      const numbers = new Map(found.map(({ id, number }) => [id, number]))
      const looks = await db.find(TipLook, { where: { id: In([...numbers.keys()]) }, order: { id: 'DESC' } })
      const posts = await byId(
        db,
        Post,
        looks.map(({ postId }) => postId),
      )
      const items = looks.map(({ id, tipId, postId, at, text }) => ({
        id: tipId,
        number: numbers.get(id) ?? '',
        by: posts.get(postId)?.name ?? '',
        at: toWireInstant(at),
        reason: text,
      }))
      return pageFrom(looks, input.limit, items, (last) => writeCursor(know.keyring, 'tip.looks', input, ['', last.id]))
    },
  }),
}
