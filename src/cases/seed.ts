/** The canned replies every unit starts with, from `seeds/replies.json`. */
import { v7 as uuid } from 'uuid'
import { z } from 'zod'
import { create } from '../audit/trail.js'
import type { Seed } from '../database/seed.js'
import { CannedReply } from './cannedReply.js'

const file = z.object({
  replies: z.array(
    z.object({ category: z.string().nullable(), unitCode: z.string().nullable(), title: z.string(), text: z.string() }),
  ),
})

export const seedReplies: Seed = {
  name: 'replies',
  async lay(db, { read }) {
    for (const { category, unitCode, title, text } of file.parse(read('replies.json')).replies) {
      await create(db, CannedReply, { id: uuid(), unitId: unitCode, category, title, text, isActive: true })
    }
  },
}
