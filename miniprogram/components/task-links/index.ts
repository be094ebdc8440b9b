// The way to what the task force does: meetings, what they decided, leads, lists handed over; with how much waits for the reader.
import { call } from '../../services/call'
import { currentRole } from '../../services/hats'
import { currentMe } from '../../services/session'
import { type Counts, linksOf, type TaskLink } from './links'

const MOST = 20

Component({
  data: { links: [] as TaskLink[] },
  lifetimes: {
    attached() {
      void this.refresh()
    },
  },
  pageLifetimes: {
    show() {
      void this.refresh()
    },
  },
  methods: {
    /** What cannot be counted now is shown without its number: the way stays open. */
    async refresh() {
      const role = currentRole(currentMe())
      const show = (counts: Counts) => this.setData({ links: linksOf(role, counts) })
      if (this.data.links.length === 0) show({})
      const none = () => undefined
      const [mine, reported, lists, leads, anyLead] = await Promise.all([
        call('decision.list', { scope: 'mine', states: ['open'], limit: MOST }).catch(none),
        call('decision.list', { scope: 'all', states: ['reported'], limit: MOST }).catch(none),
        call('handover.list', { limit: MOST }).catch(none),
        call('lead.list', { scope: 'todo', limit: MOST }).catch(none),
        call('lead.list', { limit: 1 }).catch(none),
      ])
      show({ mine, reported, lists, leads, hasLeads: (anyLead?.items.length ?? 0) > 0 })
    },
    open(event: WechatMiniprogram.TouchEvent<{}, {}, { url: string }>) {
      void wx.navigateTo({ url: event.currentTarget.dataset.url })
    },
  },
})
