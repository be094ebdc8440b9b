/** A person's ties to firms, as their own data. */
import { change } from '../audit/trail.js'
import { Membership } from './membership.js'
import type { OwnData } from './ownData.js'
import { membershipViews } from './view.js'

export const membershipData: OwnData = {
  title: '所属企业',
  read: async (db, { person }) => membershipViews(db, await db.findBy(Membership, { personId: person.id })),
  async erase(db, { person }) {
    for (const membership of await db.findBy(Membership, { personId: person.id })) {
      await change(db, Membership, membership, { state: 'left', title: null })
    }
  },
}
