// What every page has: the size of its letters, as `<page-meta page-style="{{pageStyle}}">` and `typeScale` for components.
import { typeScale } from '../services/typeScale'

const styled = () => ({ typeScale: typeScale(), pageStyle: `--type-scale: ${typeScale()}` })

export const page = Behavior({
  data: { typeScale: 1, pageStyle: '' },
  lifetimes: {
    attached() {
      this.setData(styled())
    },
  },
  methods: {
    /** After the large-type mode was switched on this very page. */
    restyle() {
      this.setData(styled())
    },
  },
  pageLifetimes: {
    show() {
      if (this.data.typeScale !== typeScale()) this.setData(styled())
    },
  },
})
