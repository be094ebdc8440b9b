/** 举报的事不让分局知道: of a matter that somebody told of, no word the branch reads may say that. */
import { invalid } from '../problem.js'
import type { Lead } from './lead.js'

const TELLING = /举报|信访|投诉|群众|反映|来信|来电|来访|热线|12345|JB\d{8}/iu

/** @throws Problem invalid, on `text` */
export function refuseTelling({ source }: Pick<Lead, 'source'>, text: string | null): void {
  if (source !== 'tip' || text === null) return
  const found = TELLING.exec(text.normalize('NFKC'))?.[0]
  if (found !== undefined) throw invalid('text', `不要写“${found}”：分局不能知道有人举报，请只写要现场查什么`)
}
