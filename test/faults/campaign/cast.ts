/** Who takes part: people who ask, the officer they come to, two who go on visits, the firm they visit. */
import { v7 as uuid } from 'uuid'
import { create } from '../../../src/audit/trail.js'
import { checkCharacter } from '../../../src/people/creditCode.js'
import { Enterprise } from '../../../src/people/enterprise.js'
import { Membership } from '../../../src/people/membership.js'
import { Post } from '../../../src/people/post.js'
import { write } from '../../factories.js'
import { logIn } from '../asking.js'
import { inside, officerPost } from '../ground.js'

export interface Somebody {
  token: string
  personId: string
}

export interface Cast {
  askers: Somebody[]
  /** Every request comes to them. */
  officer: Somebody
  /** The first of two who go out: writes the records. */
  visitor: Somebody
  visitorPostIds: [string, string]
  supervisor: Somebody
  enterpriseId: string
  /** Of the firm; is told of its visits. */
  member: Somebody
}

const ASKERS = 20

/** Seeds the data and logs everybody in. */
export function assemble(env: Record<string, string>): Promise<Cast> {
  const now = () => new Date()
  return inside(env, now, async (service) => {
    const { url } = service
    const names = { officer: 'officer-on-duty', visitor: 'visitor-1', second: 'visitor-2', supervisor: 'watcher' }
    const officer = await logIn(url, names.officer)
    const visitor = await logIn(url, names.visitor)
    const second = await logIn(url, names.second)
    const supervisor = await logIn(url, names.supervisor)
    const member = await logIn(url, 'member-of-the-firm')
    const askers: Somebody[] = []
    for (let n = 0; n < ASKERS; n += 1) askers.push(await logIn(url, `asker-${n}`))
    const post = (who: Somebody, unitId: string, role: Post['role'] = 'officer') => ({
      ...officerPost(who.personId),
      phoneHash: `of-${who.personId}`,
      unitId,
      role,
    })
    const first17 = '91210100TEXT00001'
    return write({ service, now }, async (db) => {
      await create(db, Post, post(officer, 'tiexi'))
      await create(db, Post, post(supervisor, 'approval', 'supervisor'))
      const going = [await create(db, Post, post(visitor, 'hunnan')), await create(db, Post, post(second, 'hunnan'))]
      const firm = await create(db, Enterprise, {
        id: uuid(),
        creditCode: first17 + checkCharacter(first17),
        name: '测试·受访有限公司',
        districtCode: '210106',
        createdAt: now(),
      })
      await create(db, Membership, {
        id: uuid(),
        personId: member.personId,
        enterpriseId: firm.id,
        title: null,
        state: 'verified',
        createdAt: now(),
        decidedByPostId: null,
      })
      const visitorPostIds = going.map(({ id }) => id) as [string, string]
      return { askers, officer, visitor, visitorPostIds, supervisor, enterpriseId: firm.id, member }
    })
  })
}
