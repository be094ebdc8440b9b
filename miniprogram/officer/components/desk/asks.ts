// What staff can be told of by WeChat: each of its moments in words, and how many messages are still in stock.
import type { ItemOf } from '../../../services/api'

type Asked = ItemOf<'notice.templates'>

/** By the server's moments: the only ones a desk asks for. */
const words: Record<string, string> = {
  officerWork: '有新诉求、补充、催办时提醒我',
  officerDates: '快到期、要整改时提醒我',
  officerLeads: '有超标线索要核查、快到期时提醒我',
}

export interface AskLine extends Asked {
  about: string
  stock: string
}

export const asksOf = (items: Asked[]): AskLine[] =>
  items.flatMap((asked) => {
    const about = words[asked.moment]
    return about === undefined ? [] : [{ ...asked, about, stock: stockOf(asked) }]
  })

function stockOf({ templates }: Asked): string {
  const left = templates.reduce((sum, { granted }) => sum + granted, 0)
  return left > 0 ? `还能收${left}条，再点可以再加` : '微信要您每次点同意，同意一次发一条'
}
