// The stages of a project: what is done, where it stands and what usually follows; in one row (`compact`) or one below the other.
import { type StagePoint, viewOf } from './view'

Component({
  properties: {
    /** `line` of `project.read`. */
    line: { type: Array, value: [] as StagePoint[] },
    compact: { type: Boolean, value: false },
  },
  data: { steps: [] as ReturnType<typeof viewOf>['steps'], said: '', now: '', next: '' },
  observers: {
    line(line: StagePoint[]) {
      this.setData(viewOf(line))
    },
  },
})
