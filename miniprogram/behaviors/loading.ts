// A page's content on its way: loading, ready, empty, failed or not there at all, as `state` for `<state-view>`.
import { absenceOf, isAbsent } from '../services/absent'
import { Failure, sentenceOf } from '../services/failure'
import { haveWords } from '../services/words'

export type LoadState = 'loading' | 'ready' | 'empty' | 'failed' | 'absent'

export const loading = Behavior({
  data: { state: 'loading' as LoadState, failure: '' },
  methods: {
    /**
     * Runs `work`, which sets the data and says whether there is anything to show. What is shown already stays while it
     * is fetched anew, also when that fails; the person is then told.
     */
    async load(work: () => Promise<boolean>): Promise<void> {
      const isFirst = this.data.state !== 'ready'
      if (isFirst) this.setData({ state: 'loading', failure: '' })
      try {
        await haveWords()
        const hasContent = await work()
        this.setData({ state: hasContent ? 'ready' : 'empty' })
      } catch (error) {
        if (!(error instanceof Failure)) console.error(error)
        const failure = sentenceOf(error)
        if (error instanceof Failure && isAbsent(error)) this.setData({ state: 'absent', failure: absenceOf(error) })
        else if (isFirst) this.setData({ state: 'failed', failure })
        else void wx.showToast({ title: failure, icon: 'none', duration: 3000 })
      } finally {
        void wx.stopPullDownRefresh()
      }
    },
  },
})
