// A reader's comment as a card, and the question that answers it.
import type { ItemOf } from '../../services/api'
import { dayText } from '../../services/dates'
import { wordFor } from '../../services/words'
import type { Question } from '../../components/ask/question'

type Comment = ItemOf<'guide.comments'>

/** Where the comment stands for its readers. */
const standing = ({ answer, isPublic }: Comment) =>
  answer === null
    ? { tag: '还没答复', tone: 'warn' }
    : isPublic
      ? { tag: '已公开答复', tone: 'good' }
      : { tag: '只答复了本人', tone: 'info' }

export const lineOf = (comment: Comment) => ({
  id: comment.id,
  version: comment.version,
  guideId: comment.guide.id,
  guide: comment.guide.title,
  kind: wordFor('commentKinds', comment.kind),
  ...standing(comment),
  text: comment.text,
  isHeld: comment.review === 'held' && comment.answer === null,
  when: [comment.author ?? '', dayText(comment.createdOn)].filter((part) => part !== '').join(' · '),
  answer: comment.answer ?? '',
  answered: [comment.answeredBy ?? '', dayText(comment.answeredOn)].filter((part) => part !== '').join(' · '),
  canReply: comment.can.includes('guide.replyComment'),
})
export type CommentLine = ReturnType<typeof lineOf>

export const views = [
  { value: 'open', text: '还没答复', filter: { isAnswered: false } },
  { value: 'answered', text: '已答复', filter: { isAnswered: true } },
  { value: 'all', text: '全部', filter: {} },
] as const

export const questionFor = ({ id, text }: CommentLine): Question => ({
  form: `guide.replyComment.${id}`,
  title: '答复读者',
  about: text,
  label: '怎么答复',
  hint: '说清楚怎么办，不要只说「看网站」',
  button: '答复',
  most: 2000,
  isLine: false,
  choices: [
    { code: 'public', word: '连同原文公开，别人也看得到' },
    { code: 'private', word: '只答复他本人' },
  ],
  freeCode: '',
})
