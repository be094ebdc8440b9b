// What is wrong with what was typed: the server's sentences beside their fields, and one of them by the button.
import { Failure } from '../services/failure'

/** One line by the button, which the fields may be far above. */
function wrongOf({ title, errors }: Failure): string {
  const [only] = errors
  if (!only) return title
  return errors.length > 1 ? `有${errors.length}处要改，请看红字` : `还不能提交：${only.message}`
}

export const form = Behavior({
  data: { errors: {} as Record<string, string>, wrong: '', isSending: false },
  methods: {
    /** Runs `work` once at a time; true when it succeeded. A refusal of fields is shown beside them, the rest in a dialog. */
    async submit(work: () => Promise<unknown>): Promise<boolean> {
      if (this.data.isSending) return false
      this.setData({ isSending: true, errors: {}, wrong: '' })
      try {
        await work()
        return true
      } catch (error) {
        this.refuse(error)
        return false
      } finally {
        this.setData({ isSending: false })
      }
    },
    refuse(error: unknown) {
      if (!(error instanceof Failure)) console.error(error)
      const failure = error instanceof Failure ? error : new Failure({ title: '出了点问题，请再试一次', status: 500 })
      const errors = Object.fromEntries(failure.errors.map(({ path, message }) => [path.split('.')[0], message]))
      this.setData({ errors, wrong: wrongOf(failure) })
    },
  },
})
