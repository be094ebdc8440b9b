/** What the window and the authority do with an application, each step by the state table and the rules. */
import { dateOf } from '../../calendar/dates.js'
import type { Verb } from '../../contract.js'
import type { Call } from '../../http/serve.js'
import { serve } from '../../http/serve.js'
import { refuseSamePerson } from '../../people/secondPerson.js'
import { invalid, Problem } from '../../problem.js'
import type { Application } from '../application.js'
import { groundsFor } from '../grounds.js'
import {
  accept,
  agreeRefusal,
  decide,
  type Doing,
  notify,
  refuse,
  returnRefusal,
  supplement,
  withdraw,
} from '../steps.js'
import { applicationTarget } from '../target.js'
import { applicationView } from '../view.js'

type On<V extends Verb> = Call<V, Application>

const doing = <V extends Verb>({ db, know, target, now, grants }: On<V>): Doing => ({
  db,
  know,
  target,
  now,
  postId: grants[0]?.postId ?? null,
})

/** The day something was done: today, or a day since `earliest`. */
function dayOf(on: string | undefined, earliest: string | null, today: string): string {
  const day = on ?? today
  if (day > today) throw invalid('on', '日期不能在今天以后')
  if (earliest !== null && day < earliest) throw invalid('on', `日期不能早于${earliest}`)
  return day
}

export const windowVerbs = {
  'application.notify': serve('application.notify', {
    target: applicationTarget,
    async handle(call: On<'application.notify'>) {
      await notify(doing(call), call.input.text ?? null)
      return applicationView(call, call.target)
    },
  }),
  'application.supplement': serve('application.supplement', {
    target: applicationTarget,
    async handle(call: On<'application.supplement'>) {
      const { input, target, now } = call
      const open = target.materials.filter(({ isPresent }) => !isPresent).map(({ name }) => name)
      const stray = input.names.find((name) => !open.includes(name))
      if (stray !== undefined) throw invalid('names', `“${stray}”不在要补的材料里`)
      const on = dayOf(input.on, target.noticedOn ?? target.receivedOn, dateOf(now))
      await supplement(doing(call), input.names, on)
      return applicationView(call, target)
    },
  }),
  'application.accept': serve('application.accept', {
    target: applicationTarget,
    async handle(call: On<'application.accept'>) {
      const { input, target, now } = call
      await accept(doing(call), dayOf(input.on, target.suppliedOn ?? target.receivedOn, dateOf(now)))
      return applicationView(call, target)
    },
  }),
  'application.decide': serve('application.decide', {
    target: applicationTarget,
    async handle(call: On<'application.decide'>) {
      const { input, target, now } = call
      await decide(doing(call), input.approvalNumber, dayOf(input.on, target.acceptedOn, dateOf(now)))
      return applicationView(call, target)
    },
  }),
  'application.refuse': serve('application.refuse', {
    target: applicationTarget,
    async handle(call: On<'application.refuse'>) {
      const { input, target, actor } = call
      if (!groundsFor(target.state).includes(input.ground)) throw invalid('ground', '这个理由不适用于现在的阶段')
      await refuse(doing(call), input, actor.personId)
      return applicationView(call, target)
    },
  }),
  'application.agreeRefusal': serve('application.agreeRefusal', {
    target: applicationTarget,
    async handle(call: On<'application.agreeRefusal'>) {
      await agreeRefusal(doing(call), await askedOf(call))
      return applicationView(call, call.target)
    },
  }),
  'application.returnRefusal': serve('application.returnRefusal', {
    target: applicationTarget,
    async handle(call: On<'application.returnRefusal'>) {
      await askedOf(call)
      await returnRefusal(doing(call), call.input.text)
      return applicationView(call, call.target)
    },
  }),
  'application.withdraw': serve('application.withdraw', {
    target: applicationTarget,
    async handle(call: On<'application.withdraw'>) {
      await withdraw(doing(call), call.input.text ?? null)
      return applicationView(call, call.target)
    },
  }),
}

/** The refusal that waits. @throws Problem forbidden, for whoever proposed it */
async function askedOf({ db, target, grants }: On<'application.agreeRefusal' | 'application.returnRefusal'>) {
  const asked = target.pendingRefusal
  if (!asked) throw new Problem('wrongState')
  await refuseSamePerson(db, asked, grants, '提出否决的人不能自己决定')
  return asked
}
