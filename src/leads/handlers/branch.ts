/** What the branch does with a lead: it answers with what it found on site. */
import { In } from 'typeorm'
import { attachFiles } from '../../files/attach.js'
import { StoredFile } from '../../files/storedFile.js'
import { serve } from '../../http/serve.js'
import { invalid } from '../../problem.js'
import { FILES_OF_LEAD } from '../open.js'
import { answer } from '../steps.js'
import { leadTarget } from '../target.js'
import { leadView } from '../view.js'

export const branchVerbs = {
  'lead.answer': serve('lead.answer', {
    target: leadTarget,
    async handle(call) {
      const { db, know, actor, grants, input, target, now } = call
      const { outcome, text, measured = null, fileIds } = input
      const postId = grants[0]?.postId ?? null
      const entryId = await answer({ db, know, target, now, postId }, { outcome, text, measured })
      const owner = { ownerKind: 'lead' as const, ownerId: target.id, entryId, isStaff: true }
      await attachFiles(db, { ...owner, fileIds, personId: actor.personId ?? '', max: FILES_OF_LEAD })
      const photos = await db.countBy(StoredFile, { id: In(fileIds), kind: 'image' })
      if (photos === 0) throw invalid('fileIds', '请至少附一张现场照片')
      return leadView(call, target)
    },
  }),
}
