/** Finding a class, what to ask about it, and the way that the answers lead to. */
import { dateOf } from '../calendar/dates.js'
import type { Input, Output } from '../contract.js'
import type { Knowledge } from '../house.js'
import { readCursor, writeCursor } from '../http/cursor.js'
import { serve } from '../http/serve.js'
import { Unit } from '../people/unit.js'
import { unitView } from '../people/view.js'
import { Problem } from '../problem.js'
import { find } from './find.js'
import { faultsOf } from './lines.js'
import { questionsOf } from './questions.js'
import { classOf } from './tables.js'
import { classView, wayView } from './view.js'

export const pathVerbs = {
  'path.classes': serve('path.classes', {
    async handle({ input, know }) {
      const offset = Number(readCursor(know.keyring, 'path.classes', input)?.[0] ?? 0)
      const { items, total } = know.paths.search(input.q, input.limit, offset)
      const end = offset + items.length
      const hasMore = end < total && items.length > 0
      return {
        items: items.map(classView),
        next: hasMore ? writeCursor(know.keyring, 'path.classes', input, [end, '']) : null,
        total,
      }
    },
  }),
  'path.questions': serve('path.questions', {
    ready: (input, know) => know.paths.about(input.classCode, () => asked(input, know)),
    handle: async ({ input, know }) => asked(input, know),
  }),
  'path.find': serve('path.find', {
    async handle({ db, input, now, know }) {
      const { tables } = know.paths
      const errors = faultsOf(tables, input)
      if (errors.length > 0) throw new Problem('invalid', { errors })
      const today = dateOf(now)
      const way = find(input, tables, today, know.calendar)
      const unit = await db.findOneBy(Unit, { id: way.unitId })
      const guides = way.guideCodes.flatMap((code) => {
        const guide = know.guides.find(code)
        return guide ? [{ id: guide.id, code: guide.code, title: guide.content.title }] : []
      })
      return wayView(way, {
        tables,
        answers: input,
        today,
        guides,
        unit: unitView(unit ?? undefined, way.unitId),
      })
    },
  }),
}

function asked({ classCode }: Input<'path.questions'>, { paths }: Knowledge): Output<'path.questions'> {
  const { tables } = paths
  const one = classCode === undefined ? undefined : classOf(tables, classCode)
  return {
    project: one ? classView(one) : null,
    most: tables.questions.questions.length,
    questions: questionsOf(tables, classCode),
  }
}
