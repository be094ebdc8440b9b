/** Which WeChat messages the mini-program may ask for, and what people answered. */
import { serve } from '../../http/serve.js'
import { invalid } from '../../problem.js'
import { APART, type Ask, asks } from '../asks.js'
import { addGrant } from '../grants.js'
import { templateViews } from '../view.js'

export const grantVerbs = {
  'notice.templates': serve('notice.templates', {
    async handle({ db, actor, know }) {
      const roles = new Set(actor.holdings.map(({ role }) => role))
      const views = await templateViews(db, actor.personId as string, [...know.templates.values()])
      const items = Object.entries<Ask>(asks)
        .filter(([, ask]) => ask.roles === undefined || ask.roles.some((role) => roles.has(role)))
        .map(([moment, ask]) => ({ moment, templates: views.filter(({ key }) => ask.templates.includes(key)) }))
      return { items }
    },
  }),
  'notice.grant': serve('notice.grant', {
    async handle({ db, actor, input, know, now }) {
      const personId = actor.personId as string
      const templates = input.templates.map(({ key }, index) => {
        const template = know.templates.get(key)
        const isFirst = input.templates.findIndex((other) => other.key === key) === index
        if (!template || key === APART) throw invalid(`templates.${index}.key`, '没有这种消息')
        if (!isFirst) throw invalid(`templates.${index}.key`, '同一种消息只能登记一次')
        return template
      })
      for (const { key, accepted } of input.templates) if (accepted) await addGrant(db, personId, key, now)
      return { items: await templateViews(db, personId, templates) }
    },
  }),
}
