/** The guides' verbs, by who acts. */
import { commentVerbs } from './handlers/comments.js'
import { editorVerbs } from './handlers/editor.js'
import { questionVerbs } from './handlers/questions.js'
import { readerVerbs } from './handlers/reader.js'

export const guideVerbs = { ...readerVerbs, ...editorVerbs, ...commentVerbs, ...questionVerbs }
