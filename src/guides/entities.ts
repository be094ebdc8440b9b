/** The guides' tables. */
import { Guide } from './guide.js'
import { GuideComment } from './guideComment.js'
import { GuideMove } from './guideMove.js'
import { GuideQuestion } from './guideQuestion.js'
import { GuideVersion } from './guideVersion.js'

export const guideEntities = [Guide, GuideVersion, GuideMove, GuideComment, GuideQuestion]
