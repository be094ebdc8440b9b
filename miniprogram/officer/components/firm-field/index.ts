// Which firms, and for which of their projects.
import type { Named } from '../../../services/visitRecord'
import { firms as knownFirms, type KnownFirm } from '../../services/known'

const NONE = ''

Component({
  properties: {
    firms: { type: Array, value: [] as Named[] },
    /** A `Named`, or null. */
    project: { type: Object, value: null },
    error: { type: String, value: '' },
    projectError: { type: String, value: '' },
  },
  data: {
    isOpen: false,
    selected: [] as string[],
    known: [] as KnownFirm[],
    projects: [] as { value: string; label: string }[],
    projectId: '',
  },
  observers: {
    'firms, project, known'() {
      const { firms, project, known } = this.data as unknown as {
        firms: Named[]
        project: Named | null
        known: KnownFirm[]
      }
      const selected = firms.map(({ id }) => id)
      const own = known.filter(({ id }) => selected.includes(id)).flatMap(({ projects }) => projects)
      const all = project && own.every(({ id }) => id !== project.id) ? [project, ...own] : own
      const projects = all.map(({ id, name }) => ({ value: id, label: name }))
      this.setData({
        selected,
        projectId: project?.id ?? NONE,
        projects: projects.length > 0 ? [...projects, { value: NONE, label: '不针对项目' }] : [],
      })
    },
  },
  lifetimes: {
    attached() {
      knownFirms().then(
        (known) => this.setData({ known }),
        // The picker says it when it is opened.
        () => undefined,
      )
    },
  },
  methods: {
    open() {
      this.setData({ isOpen: true })
    },
    close() {
      this.setData({ isOpen: false })
    },
    pick({ detail }: WechatMiniprogram.CustomEvent<{ firm: KnownFirm; isOn: boolean }>) {
      const { firm, isOn } = detail
      const others = (this.data.firms as Named[]).filter(({ id }) => id !== firm.id)
      const firms = isOn ? [...others, { id: firm.id, name: firm.name }] : others
      // The only project of the only firm is most likely meant.
      const [only] = firm.projects
      const isClear = isOn && firms.length === 1 && firm.projects.length === 1
      this.tell(firms, isClear && only ? only : this.projectAmong(firms))
    },
    drop(event: WechatMiniprogram.TouchEvent<{}, {}, { id: string }>) {
      const { id } = event.currentTarget.dataset
      const firms = (this.data.firms as Named[]).filter((firm) => firm.id !== id)
      this.tell(firms, this.projectAmong(firms))
    },
    chooseProject({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      const found = this.data.projects.find(({ value }) => value === detail.value && value !== NONE)
      this.tell(this.data.firms as Named[], found ? { id: found.value, name: found.label } : null)
    },
    /** The project chosen, as long as its firm is. */
    projectAmong(firms: Named[]): Named | null {
      const project = this.data.project as unknown as Named | null
      const owner = this.data.known.find(({ projects }) => projects.some(({ id }) => id === project?.id))
      const isOn = owner === undefined ? firms.length > 0 : firms.some(({ id }) => id === owner.id)
      return isOn ? project : null
    },
    tell(firms: Named[], project: Named | null) {
      this.triggerEvent('change', { firms, project })
    },
  },
})
